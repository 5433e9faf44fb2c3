"""A span of time in whole minutes, from 0 to 1440."""

import re
from collections.abc import Callable
from fractions import Fraction

from coach.domain.answers.marks import (
    COMPARED,
    COUNTED,
    NUMBER,
    OTHER_DAY,
    RATED,
    ROUGHLY,
    SECONDS,
    after_correction,
    asks_back,
    masked,
    without_earlier,
)
from coach.domain.answers.numbers import NUMBER_WORDS, numerals, whole
from coach.domain.answers.others import without_others_numbers
from coach.domain.answers.result import UNCLEAR, Answer, invalid, understood
from coach.domain.late import late_pattern
from coach.domain.normal import Line
from coach.domain.phrases import late_phrases, words_of
from coach.domain.spelling import Speller

DAY = 1440
HOUR = r"(?:h|hr|hrs|hs|hour|hours|hora|horas|horita|ora|oras)"
MIN = (
    r"(?:m|min|mins|mns|mn|minute|minutes|minits?|minets?|minnits|minuets|minuto|minutos|minutito|"
    r"minutitos|minuticos?|')"
)
N = r"(\d[\d.,]*)"
A = r"(?:a |an |the |una |la |1 )?"
OF = r"(?:of |de )?(?:an |a |una |la )?"
LATER_PART = (
    rf"(?:and |y |con |, |& )?{N} (?:{MIN} |(?=[^\w\s] |"
    r"(?:and|but|y|pero|total|today|hoy|de|it|its|was|round|around|in|with|cos|cause|because|so|though|thanks|lol|i|"
    r"my|walking|walked|on|at|to|por|con|en|gracias) |walk|\Z))"
)
Spans = tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Fraction | None]], ...]


def _amount(digits: str) -> Fraction | None:
    """The amount that `digits` say; a comma is a decimal one unless three digits follow it. None for a clock time."""
    digits = digits.rstrip(".,")
    if re.fullmatch(r"-?\d{1,3}(?:[.,]\d{3})+", digits):
        digits = re.sub(r"[.,]", "", digits)
    if not re.fullmatch(r"-?\d+(?:[.,]\d+)?", digits):
        return None
    before, _, after = digits.replace(",", ".").partition(".")
    return whole(before) + Fraction(whole(after[:6]), 10 ** len(after[:6])) if after else Fraction(whole(before))


def _hours(extra: int) -> Callable[[re.Match[str]], Fraction | None]:
    def minutes(match: re.Match[str]) -> Fraction | None:
        hours = _amount(match[1] or "1")
        return None if hours is None else hours * 60 + extra

    return minutes


def _hours_and_minutes(match: re.Match[str]) -> Fraction | None:
    hours, rest = _amount(match[1] or "1"), _amount(match[2])
    return None if hours is None or rest is None or rest >= 60 else hours * 60 + rest  # noqa: PLR2004 - minutes an hour


def _fixed(minutes: int) -> Callable[[re.Match[str]], Fraction | None]:
    return lambda _: Fraction(minutes)


def _minutes(match: re.Match[str]) -> Fraction | None:
    return _amount(match[1])


def _span(pattern: str) -> re.Pattern[str]:
    return late_pattern(rf"(?<!\S){pattern}")


SPANS: Spans = (
    (_span(rf"(?:{N} |a |an |una |la )?{HOUR} (?:and |y )?(?:a )?(?:half|media|medio|1 / 2) (?!{HOUR})"), _hours(30)),
    (_span(rf"{N} (?:and |y )?(?:a )?(?:quarter|1 / 4|cuarto) (?:de |of )?(?:a |an )?{HOUR} "), _hours(15)),
    (_span(rf"{N} (?:and |y )?(?:3 / 4|3 quarters?) (?:de |of )?(?:a |an )?{HOUR} "), _hours(45)),
    (_span(rf"{N} (?:and |y )?(?:a )?(?:half|media|medio|1 / 2) (?:de |of )?(?:a |an )?{HOUR} "), _hours(30)),
    (
        _span(rf"(?:{N} |a |an |una |la )?{HOUR} (?:and |y )?(?:a |un )?(?:quarter|cuarto|1 / 4) (?!{HOUR}|de |of )"),
        _hours(15),
    ),
    (_span(rf"(?:3 / 4|3 quarters?|3 cuartos) {OF}{HOUR} "), _fixed(45)),
    (_span(rf"(?:a |an |1 )?(?:half|1 / 2|media|medio) {OF}{HOUR} "), _fixed(30)),
    (_span(rf"(?:a |un |1 )?(?:quarter|1 / 4|cuarto|cuartito) {OF}{HOUR} "), _fixed(15)),
    (_span(rf"(?:{N} |a |an |una |la )?{HOUR} {LATER_PART}"), _hours_and_minutes),
    (_span(rf"{N} {HOUR} "), _hours(0)),
    (_span(rf"(?:a|an|una|la|full|whole) {HOUR} "), _fixed(60)),
    (late_pattern(rf"\A{HOUR} \Z"), _fixed(60)),
    (_span(rf"{N} {MIN} (?:\. )?"), _minutes),
    (_span(r"(?<!ni )(?<!not )(?:a|1|un) (?:minute|minuto) "), _fixed(1)),
)

MANY = late_pattern(
    r"(?<!\S)(?:twice|dos veces|each|cada|apiece|per|por lado|por vez|both ways|each way|again|otros|"
    r"otras|otra vez|x \d|\d x|\d times|\d veces|\+|more than|less than|mas de|menos de|a "
    r"couple|couple|few|several|varios|some|algunos|un par|almost no|double|doble|in between|between|"
    r"entre|\d (?:min |minutos )?(?:de )?ida y (?:\d|otros)[^.]*|later|mas tarde|ago|hace|every|plus|mas otros|"
    r"halfway|(?:sets?|series|rounds?|walks?|reps|"
    r"laps|lots|goes|bursts|chunks|bouts|spells|stints|vueltas|sesiones|sessions|tandas|caminatas) (?:of|de) \d+) "
)
UNDONE = late_pattern(
    r"(?<!\S)(?:will|ill|gonna|going to|want to|wanted|wish|hope|hoping|plan(?= (?:to|on|for) )|planning|should|"
    r"try for|aim|"
    r"aiming|supposed|goal|voy a|quiero|queria|quisiera|espero|meta|objetivo|deberia|planeo|intentare|"
    r"hare|didnt (?:get|make|reach)|couldnt|cant|could not|cannot|no (?:llegue|pude|puedo|alcance)|need|"
    r"necesito|instead of|en vez de|tomorrow|(?<!la )(?<!esta )manana|yesterday|ayer) "
)
BESIDE_BEFORE = late_pattern(  # 20, which is 5 more than yesterday
    r"(?<=\d )(?:min |mins |minutes |minutos )?(?:[,.(;-] )?(?:thats |which is |es |son )?\d+ "
    r"(?:min |mins |minutes |minutos )?"
    r"(?:more|less|fewer|longer|mas|menos) (?:than|que) (?:yesterday|ayer|last time|before|antes|usual|siempre|"
    r"la otra vez|la vez pasada|normal) "
)
SETS = late_pattern(r"(?<!\S)\d+ (?:sets?|series|rounds?|reps|laps|vueltas) (?:of|de) \d+ (?=(?:in|en|total) )")
TOTAL = late_pattern(  # 20 and then 15, so 35 in all
    rf"(?<!\S)(?<!of )(?<!de )(?:{N} (?:{MIN} )?(?=(?:in all|in total|total|altogether|all together|all told|all up|"
    rf"combined|en total|entre todo|juntando todo|sumando) )|"
    rf"(?:total|totals|totaling|totalling|altogether|in all|in total|adds up to|comes to|makes|making|thats|"
    rf"so(?= (?:about |around |like )?\d)|o sea|es decir|equals|=|en total|suma|"
    rf"suman|sumando|son en total)(?: [:,=])?(?: (?:of|de|is|was|about|like|unos|como))* {N} (?:{MIN} )?)"
)
PLANNED = late_pattern(  # supposed to do 20, did 12
    r"(?<!\S)(?:supposed to (?:do|walk|be)|(?:goal|target|aim|plan|meta) (?:is|was|of|era|es|de)|aim(?:ed|ing) for|"
    r"planned|wanted(?: to do| to walk)?|tenia que (?:hacer|caminar)|queria (?:hacer|caminar)?) "
    rf"(?:about |around |like )?\d+ (?:{MIN} )?(?=.*(?:did|managed|made|got|walked|hice|camine|logre|only|just) .*\d)"
)
RESTED = late_pattern(  # walked 15, sat 30
    rf"(?<!\S)(?:sat|rested|slept|napped|lay down|resting|sitting|sleeping|descanse|dormi|me sente|me acoste)"
    rf"(?: (?:for|about|like|around|down|como|unos|por))* \d+ (?:{MIN} |{HOUR} )?"
)
BELOW_NOTHING = late_pattern(r"\A(?:minus|negative|negativo) \d+ ")
THEN = late_pattern(r"\d .*(?<!\S)(?:then|luego|despues|later) .*\d")
SENTENCE = late_pattern(r"[^.!?;]+")
AT_TIME = late_pattern(
    r"(?<!\S)(?:at|@) \d+(?! ?(?:%|min|mph|km))(?=[^\d])|"
    rf"(?<!\S)(?:half|quarter) (?:past |to |till |of )?\d+ (?!{HOUR}|{MIN})"
)
FROM_TO = late_pattern(
    r"(?<!\S)\d[\d:]* (?:am |pm )?(?:till|til|until|hasta|thru|through) (?:las |about |around )?\d|"
    r"(?<!\S)(?:from|desde|de las|de) \d[\d:]* (?:am |pm )?(?:to|till|til|until|a|a las|hasta|-) (?:las )?\d"
)
PAIRED = late_pattern(r"\d (?:(?:and|y|&|o|or|to|a|-|/|,|~) )?(?:a |an |un )?\d")
NONE_PHRASES = (
    "^ (none|nothing|nada|ninguno|nil|zilch|zip|not any) (today|hoy|at all|yet|sorry|sadly|really)? $",
    (
        "^ (today|hoy|pues)? (none|nothing|nada|ninguno) (today|hoy)? (my|because|bc|cuz|i|it|too|because of|me|"
        "porque|por|tuve|estoy|estaba|mucho|mi|stayed|rested|resting|in bed|me quede|descanse)"
    ),
    "^ (i)? (didnt|did not|havent|have not|couldnt|could not|wasnt able|no pude|no lo hice|no hice) (today|hoy)? $",
    (
        "no (walk|walking|exercise|exercising|steps|minutes|min|mins|activity|movement|stretching|swim|"
        "swimming|caminata|ejercicio)"
    ),
    (
        "(didnt|did not|havent|couldnt|could not|dint|wasnt able to|never) (even)? (go|get out|walk|walked|"
        "do any|done any|do it|exercise|move|get to it|get to walk|make it out|manage any|manage it|do "
        "anything|go out|leave the house|get any)"
    ),
    "^ (hoy|today|pues) (nada|none|nothing|zero) $",
    "(did|walked|managed|got) (none|nothing|zero|no minutes)",
    (
        "no (camine|pude|hice|sali|me movi|logre|he caminado|anduve) (nada|caminar|ejercicio|a caminar|hoy|"
        "hacer nada|salir|ni un minuto)?"
    ),
    "not (a|1|one|a single) (minute|min|step)",
    "ni (un|1) (minuto|paso)",
    "^ (hoy|pues)? ni (uno|1) (solo|hoy)? $",
    "(nada|none|nothing|zero) (hoy|today|de nada|at all)",
)
NONE = late_phrases(NONE_PHRASES)
NOT_ONE = late_pattern(r"(?<=ni )1 (?=(?:solo |hoy )?\Z)")
NUMBERLESS = late_phrases(("no more than", "no less than", "no mas de", "no menos de", "no (pude|puedo) (mas|parar)"))
SHORT_SECONDS = late_pattern(rf"(?<!\S)-?\d[\d.,]* (?:(?:{SECONDS}) |' ' |\" )")
BETTER_OFF = late_pattern(r"(?<!\S)(?:but|pero|except|instead|just|only|solo) ")
SPELLER = Speller(
    (NUMBER_WORDS - {"mil"})
    | words_of(NONE_PHRASES)
    | frozenset(
        {
            "minute",
            "minutes",
            "minuto",
            "minutos",
            "hour",
            "hours",
            "hora",
            "horas",
            "half",
            "media",
            "quarter",
            "quarters",
            "cuarto",
            "cuartos",
        }
    )
    | frozenset({"mins", "min", "mile", "miles", "steps", "pasos", "blocks", "cuadras", "twice", "second", "seconds"})
)


def read_minutes(line: Line, language: str) -> Answer:
    """The minutes of the one span of time that `line` gives; ranges, sums, distances and paces are unclear."""
    line = numerals(SPELLER.mend(line), language)
    words = without_others_numbers(without_earlier(after_correction(line.words)))
    for pattern in (PLANNED, ROUGHLY, BESIDE_BEFORE, AT_TIME):
        words = masked(words, pattern)
    walked = masked(words, RESTED)
    words = _in_all(masked(walked if NUMBER.search(walked) else words, SETS))
    if BELOW_NOTHING.match(words):
        return invalid(line.quote(0, len(words)))
    in_a_row = THEN.search(masked(words, COUNTED))
    if asks_back(words) or in_a_row or any(mark.search(words) for mark in (FROM_TO, SHORT_SECONDS, COMPARED, MANY)):
        return UNCLEAR
    spans, rest = _spans(words)
    if any(minutes is None for minutes, _ in spans) or (spans and OTHER_DAY.search(words)):
        return UNCLEAR
    rest = masked(masked(masked(rest, RATED), COUNTED), NOT_ONE)
    if PAIRED.search(rest) or OTHER_DAY.search(rest) or "/" in rest:
        return UNCLEAR
    spans += [(_amount(match[0]), match.span()) for match in NUMBER.finditer(rest)]
    if not spans:
        return _none(line, words)
    return _one(line, spans, words)


def _in_all(words: str) -> str:
    """`words` from the one total on that is told beside its parts: "20 and 15, so 35 in all"."""
    totals = list(TOTAL.finditer(words))
    if len(totals) != 1:
        return words
    before, after = words[: totals[0].start()], words[totals[0].end() :]
    if UNDONE.search(words) or not re.search(r"\d", before + after):
        return words
    return re.sub(r"\S", "#", before) + totals[0][0] + re.sub(r"\d", "#", after)


def _spans(words: str) -> tuple[list[tuple[Fraction | None, tuple[int, int]]], str]:
    """Each span of time that is written with its unit, with its place, and the words without them."""
    found = []
    for pattern, minutes in SPANS:
        found += [(minutes(match), match.span()) for match in pattern.finditer(words)]
        words = masked(words, pattern)
    return found, words


def _none(line: Line, words: str) -> Answer:
    none = NONE.search(masked(words, NUMBERLESS))
    if none is None or BETTER_OFF.search(words):
        return UNCLEAR
    return understood(0, line.quote(*none.span()))


def _one(line: Line, spans: list[tuple[Fraction | None, tuple[int, int]]], words: str) -> Answer:
    amounts = {minutes for minutes, _ in spans}
    minutes = amounts.pop()
    because = line.quote(*spans[0][1])
    none = NONE.search(masked(words, NUMBERLESS))
    said = next((one[0] for one in SENTENCE.finditer(words) if one.end() > spans[0][1][0]), words)
    if amounts or minutes is None or len(spans) > 1 or (UNDONE.search(said) and minutes) or (none and minutes):
        return UNCLEAR
    if not 0 <= minutes <= DAY:
        return invalid(because)
    return understood(int(minutes), because) if minutes.denominator == 1 else UNCLEAR
