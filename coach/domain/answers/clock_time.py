"""A time of day, HH:MM."""

import re
from dataclasses import dataclass

from coach.domain.answers.marks import after_correction, masked
from coach.domain.answers.numbers import NUMBER_WORDS, numerals, whole
from coach.domain.answers.others import without_others_numbers
from coach.domain.answers.result import UNCLEAR, Answer, invalid, understood
from coach.domain.late import late_pattern
from coach.domain.normal import Line, Token
from coach.domain.spelling import Speller

NOON, HOURS, MINUTES = 12, 24, 60
SURE_FROM = 8  # a written 9:00 is the morning's; 6:30 may be either's
MORNING, AFTERNOON, EVENING, NIGHT = "morning", "afternoon", "evening", "night"

HALVES = ("am", "pm", "morning", "afternoon", "evening", "night", "noon", "midnight")
AM = r"a \. m(?: \.)?|am|a m|a(?= \Z)"
PM = r"p \. m(?: \.)?|pm|p m|p(?= )"
PART = (
    r"(?:sharp |o clock |oclock |en punto |horas |hs |ish )*(?:in the |in |at |this |de la |d la |por la |"
    r"en la |a la |of the |del |de )?"
    r"(?:(?P<morning>mornings?|manana|mananas|madrugada|breakfast)|(?P<afternoon>afternoons?|tarde|"
    r"tardes)|(?P<evening>evenings?|eve)|"
    r"(?P<night>nights?|nites?|nite|noche|noches|tonight)|(?P<noon>noon|mediodia|medio dia|midday|dia)|"
    r"(?P<midnight>midnight|medianoche))"
)
OF_THE_DAY = (
    r"(?:in |at |de |por |en )?(?:the |la )?"
    r"(?:mornings?|manana|afternoons?|tarde|evenings?|nights?|noche|tonight|madrugada) "
)
PART_BEFORE = late_pattern(
    r"(?<!\S)(?:(mornings?|this morning|por la manana)|(afternoons?|por la tarde)|(evenings?)|(nights?|tonight|"
    r"esta noche|por la noche)) (?:at|around|about|by|a las|como a las|,|-) \d"
)
TIME = late_pattern(
    rf"(?<!\S)(?:(?P<half>half (?:past )?)|(?P<past>quarter (?:past|after) )|(?P<to>quarter (?:to|till|of) ))?"
    rf"(?P<hour>-?\d+)(?:[:.](?P<minute>\d+))? (?:(?:h|hs|hrs|horas) (?P<h>\d\d )?)?"
    rf"(?:(?P<media>y media )|(?P<cuarto>y cuarto )|(?P<menos>menos cuarto )|y (?P<y>\d\d?) |"
    rf"(?P<spoken>[0-5]\d )(?={AM}|{PM}|{OF_THE_DAY}))?"
    rf"(?:ish |sharp |oclock  ?|en punto )*(?:, )?(?:(?:in the )?(?P<am>{AM}) |(?:in the )?(?P<pm>{PM}) |{PART} )?"
)
NAMED = late_pattern(
    r"(?<!\S)(?:(?P<noon>noonish|noon|mid day|midday|mediodia|medio dia)|(?P<midnight>midnight|medianoche|"
    r"media noche)) "
)
PAST = late_pattern(
    r"(?<!\S)(?:un )?([1-5]?\d|cuarto|quarter) (?:minutes |min |minutos )?(past|after|to|till|before|pa(?:ra)? las?) "
    r"(\d\d?) (?=\D|\Z)"
)
RANGE = late_pattern(r"\d (?:am |pm )?(?:to|a|-|/|hasta|till|thru|through) (?:las |a las |la )?\d")
ENDS = late_pattern(r"(?<!\S)(?:until|till|til|hasta|since|desde) (?:las |la )?\d+(?::\d\d)? (?:am |pm )?")
ONE = late_pattern(
    r"(?<!\S)(?:la )una (?!de las)|(?<!\S)una (?=de la (?:tarde|manana|madrugada)|y media|y cuarto|pm|p \.|en punto)"
)
ASKED_FOR = late_pattern(
    r"(?<!\S)(?:send|text|message|msg|ping|try|prefer|rather|better|lets do|how about|what about|lets say|try for|"
    r"que tal|make it|mand\w+|escrib\w+|envi\w+|prefiero|"
    r"mejor|quiero|quisiera|pong\w+) (?:(?:it|me|them|las?|los|el|mensajes?|texts?|at|around|by|about|for|to|a|como|"
    r"tipo|por|favor|please|que|sea|,) )*\Z"
)
VAGUE = late_pattern(
    r"(?<!\S)(?:(?:after|before|not|dont|later than|earlier than|earlier|despues|antes|until|till|hasta|no|>|<) "
    r"(?:about |around |las |la |a |de |than |before |after |at )*(?=\d|noon|mid|medi)|"
    r"(?:after|before|despues de|antes de) (?:[a-z]+ ){1,4}(?:at|a las) (?=\d)|"
    r"(?:between|entre|or|o|u|either|instead|except|anytime|whenever|am / pm|pm / am) )"
)
ROUGHLY_SO = late_pattern(r"(?<!\S)(?:mas o menos|more or less|o asi|or so) ")
OTHER_NUMBERS = late_pattern(
    r"(?<!\S)\d+ (?:min|mins|minutes|minutos|days|dias|weeks|times|veces|st|nd|rd|th|/ \d+|people|pills|%) "
)
SPELLER = Speller(
    (NUMBER_WORDS - {"mil", "hundred"})
    | {"noon", "midnight", "morning", "afternoon", "evening", "night", "tonight"}
    | {"mediodia", "medianoche", "tarde", "noche", "manana"}
)


@dataclass(frozen=True)
class Written:
    """A time as it was written, and what was said about the half of the day."""

    hour: int
    minute: int
    half: str = ""  # am, pm, or a part of the day
    digital: bool = False  # written with its minutes, as on a clock
    padded: bool = False  # 06:30 and 0900 are of 24 hours


def read_time(line: Line, language: str) -> Answer:
    """The one time of day that `line` gives; one that may be of the morning or the evening is unclear."""
    line = _one_o_clock(numerals(SPELLER.mend(line), language))
    words = _minutes_past(after_correction(line.words.replace(" o clock ", " oclock  ")))
    words = without_others_numbers(_but_for_ends(masked(masked(words, ROUGHLY_SO), OTHER_NUMBERS)))
    found = _asked_for(words, _surest([match for match in TIME.finditer(words) if match["hour"]]))
    named = list(NAMED.finditer(words))
    if VAGUE.search(words) or RANGE.search(words) or len(found) > 1 or len(named) > 1:
        return UNCLEAR
    if not found:
        return _named(line, named[0]) if named else UNCLEAR
    if words[found[0].end() :].lstrip().startswith(("-", "/", "+")):
        return UNCLEAR
    written = _written(found[0], PART_BEFORE.search(words))
    return _judged(written, line.quote(*found[0].span()).strip()) if written else UNCLEAR


def _asked_for(words: str, found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The one time that is asked for, where others only tell of the day: "I start at 2pm so better 11 am"."""
    asked = [one for one in found if ASKED_FOR.search(words[: one.start()])]
    return asked if len(found) > 1 and len(asked) == 1 else found


def _minutes_past(words: str) -> str:
    """`words` with "20 past 5" written as 5:20, and "10 to 8" as 7:50, in as much room."""

    def written(match: re.Match[str]) -> str:
        minute, hour = 15 if match[1][0] in "cq" else whole(match[1]), whole(match[3])
        may_be_range = match[2] in {"to", "till"} and minute < hour
        if not (minute < MINUTES and 1 <= hour <= NOON) or may_be_range:
            return match[0]
        if match[2] not in {"past", "after"}:
            hour, minute = (hour - 2) % NOON + 1, MINUTES - minute
        return f"{hour}:{minute:02} ".rjust(len(match[0]))

    return PAST.sub(written, words)


def _but_for_ends(words: str) -> str:
    """`words` without until when or since when somebody is busy, where another time stands too."""
    rest = masked(words, ENDS)
    return rest if any(match["hour"] for match in TIME.finditer(rest)) else words


def _one_o_clock(line: Line) -> Line:
    """`line` with "la una" as 1, which elsewhere is "a"."""
    words = ONE.sub(lambda match: match[0].replace("una", "\0"), line.words).split(" ")
    tokens = (
        Token("1" if word == "\0" else token.word, token.start, token.end)
        for word, token in zip(words, line.tokens, strict=False)
    )
    return Line(line.raw, tuple(tokens))


def _surest(found: list[re.Match[str]]) -> list[re.Match[str]]:
    """The one time that says its half of the day, where the others do not: "pill at 8, text me at 10 am"."""
    sure = [one for one in found if any(one[part] for part in HALVES)]
    return sure if len(sure) == 1 else found


def _named(line: Line, match: re.Match[str]) -> Answer:
    return understood("12:00" if match["noon"] else "00:00", line.quote(*match.span()))


def _written(match: re.Match[str], before: re.Match[str] | None) -> Written | None:
    hour, minute = _clock(match)
    if minute is None:
        return None
    half = next((part for part in HALVES if match[part]), "")
    if not half and before:
        half = (MORNING, AFTERNOON, EVENING, NIGHT)[(before.lastindex or 1) - 1]
    return Written(
        hour,
        minute,
        half,
        digital=bool(match["minute"] or match["h"]) or len(match["hour"]) == len("0900"),
        padded=match["hour"].startswith("0") and len(match["hour"]) > 1,
    )


def _clock(match: re.Match[str]) -> tuple[int, int | None]:
    """The hour and the minute as said; no minute when the two make no time."""
    hour, minute = match["hour"], match["minute"]
    if minute is not None:
        return whole(hour), whole(minute) if len(minute) == len("00") else None
    if len(hour) in {3, 4} and not hour.startswith("-"):
        return whole(hour[:-2]), whole(hour[-2:])
    for name, minutes in (("half", 30), ("past", 15), ("media", 30), ("cuarto", 15)):
        if match[name]:
            return whole(hour), minutes
    if match["to"] or match["menos"]:
        return (whole(hour) - 2) % NOON + 1, 45
    said = match["h"] or match["y"] or match["spoken"]
    return whole(hour), whole(said.strip()) if said else 0


def _judged(written: Written, because: str) -> Answer:
    if not 0 <= written.hour < HOURS or not 0 <= written.minute < MINUTES:
        return invalid(because)
    if not written.half:
        sure = written.digital and (written.padded or written.hour >= SURE_FROM or written.hour == 0)
        return _at(written.hour, written.minute, because) if sure or written.hour > NOON else UNCLEAR
    if written.hour > NOON and written.half in {AFTERNOON, EVENING, NIGHT}:
        return _at(written.hour, written.minute, because)
    if not 1 <= written.hour <= NOON:
        return _at(0, written.minute, because) if written.padded and written.half == "am" else invalid(because)
    return _of_half(written, because)


def _of_half(written: Written, because: str) -> Answer:
    """`written`, of 12 hours, in the half of the day that was said."""
    hour, half = written.hour % NOON, written.half
    if half in {"noon", "midnight"}:
        return _at(NOON if half == "noon" else 0, written.minute, because) if hour == 0 else UNCLEAR
    if half == MORNING and hour == 0:
        return UNCLEAR
    if half == NIGHT and hour in range(1, 6):
        return UNCLEAR
    late = half in {"pm", AFTERNOON, EVENING} or (half == NIGHT and hour > 0)
    return _at(hour + NOON if late else hour, written.minute, because)


def _at(hour: int, minute: int, because: str) -> Answer:
    return understood(f"{hour:02}:{minute:02}", because)
