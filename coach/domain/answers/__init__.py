"""What a reply says to a question, by the kind of answer that was asked for."""

from collections.abc import Callable, Mapping

from coach.domain.answers.clock_time import read_time
from coach.domain.answers.done import read_done
from coach.domain.answers.free_text import read_text
from coach.domain.answers.minutes import read_minutes
from coach.domain.answers.result import UNCLEAR, Answer, Status, Value, understood
from coach.domain.answers.scale import read_change, read_how_often, read_scale
from coach.domain.answers.yes_no import read_yes_no
from coach.domain.late import late_pattern
from coach.domain.normal import Line, read_line
from coach.domain.program import AnswerKind
from coach.domain.spelling import Speller

__all__ = ["UNCLEAR", "Answer", "Status", "Value", "is_skip", "understand"]

READERS: Mapping[AnswerKind, Callable[[Line, str], Answer]] = {
    AnswerKind.YES_NO: read_yes_no,
    AnswerKind.DONE: read_done,
    AnswerKind.SCALE_0_10: read_scale,
    AnswerKind.SCALE_0_3: read_how_often,
    AnswerKind.SCALE_1_7: read_change,
    AnswerKind.MINUTES: read_minutes,
    AnswerKind.TEXT: read_text,
    AnswerKind.TIME: read_time,
}
_KIND = (
    r"please|pls|plz|porfa|por favor|sorry|perdon|perdone|disculpe|disculpa|lo siento|thanks|thank you|thx|gracias|"
    r"dear|honey|hun|ok|okay|and|y|🙏|[^\w\s]"
)
_LEAD = rf"\A(?:(?:{_KIND}|no|nope|well|oh|pues|ay|yo|i|id|ill|im|i am|i will|i would|would|i think|hoy|today) )*"
_ASKED = r"it|this|that|one|1|the|question|q|qn|bit|la|esta|esto|eso|esa|ese|pregunta|de|on|for|por|vez|time"
_NOW = r"now|right now|today|tonight|hoy|ahora|esta noche|este dia|mejor"
_IF_SO = (
    r"if (?:thats|that is|its|it is|you dont|u dont|thats all|no te|no le|no les)(?: all)? "
    r"(?:the same|ok|okay|alright|all right|fine|cool|mind|importa|molesta)(?: (?:to|with|by) (?:you|u|ye|yous))?"
)
_REST = rf"(?:(?:{_ASKED}|{_NOW}|{_KIND}|{_IF_SO}) )*\Z"
SKIPS = late_pattern(
    rf"{_LEAD}(?:(?:can i|let me|lets|just|gonna|going to|want to|like to|rather|prefer to|prefiero|quiero|quisiera|"
    rf"voy a|mejor|me|{_ASKED}) )*(?:skip|skipping|skiped|skipped|pass|passing|paso|omitir|omito|omita|saltar|salto|"
    rf"salta|saltear|saltarla|saltarlo|saltarme|pasar|next question|next one|next|"
    rf"siguiente|proxima|"
    rf"(?:leave|leaving) (?:(?:{_ASKED}) )+(?:out|blank|empty)|give (?:(?:{_ASKED}) )+a miss|no comment|"
    rf"(?:dejar|dejo|dejar?l[oa]) (?:(?:{_ASKED}) )*en blanco) {_REST}"
)
REFUSED = late_pattern(  # to say anything, which is no answer to any question
    rf"{_LEAD}(?:dont|do not|rather not|prefer not|not|wont|prefiero no|no) (?:(?:want to|wanna|going to|gonna|care to|"
    rf"feel like|like to|to|quiero|quisiera|voy a|deseo|me gusta) )?(?:answer|answering|say|saying|share|tell|discuss|"
    rf"talk about|respond|contestar|contestarla|responder|decir|decirlo|hablar de|compartir) {_REST}"
)
SKIP_FIRST = late_pattern(r"\A(?:skip|paso|omitir)(?: [,.!;:-])+ ")
SPELLER = Speller({"skip", "skipped", "skipping", "pass", "omitir", "saltar"})


def understand(text: str, kind: AnswerKind, language: str) -> Answer:
    """What `text` says to a question of `kind`; `language` (en or es) only decides words that are in both languages."""
    line = read_line(text)
    if _skips(line):  # to skip an exercise is to leave it undone
        said = (line.quote(0, len(line.words)) or text,)
        return understood("not_done", *said) if kind is AnswerKind.DONE else Answer("skip", None, said)
    return READERS[kind](line, language)


def is_skip(text: str) -> bool:
    """Whether `text` skips a question, of whatever kind."""
    return _skips(read_line(text))


def _skips(line: Line) -> bool:
    words = SPELLER.mend(line).words
    return bool(SKIPS.match(words) or REFUSED.match(words) or SKIP_FIRST.match(words))
