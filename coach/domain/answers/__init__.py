"""What a reply says to a question, by the kind of answer that was asked for."""

import re
from collections.abc import Callable, Mapping

from coach.domain.answers.clock_time import read_time
from coach.domain.answers.done import read_done
from coach.domain.answers.free_text import read_text
from coach.domain.answers.minutes import read_minutes
from coach.domain.answers.result import UNCLEAR, Answer, Status, Value
from coach.domain.answers.scale import read_scale
from coach.domain.answers.yes_no import read_yes_no
from coach.domain.normal import Line, read_line
from coach.domain.phrases import compile_phrases
from coach.domain.program import AnswerKind
from coach.domain.spelling import Speller

__all__ = ["UNCLEAR", "Answer", "Status", "Value", "is_skip", "understand"]

READERS: Mapping[AnswerKind, Callable[[Line, str], Answer]] = {
    AnswerKind.YES_NO: read_yes_no,
    AnswerKind.DONE: read_done,
    AnswerKind.SCALE_0_10: read_scale,
    AnswerKind.MINUTES: read_minutes,
    AnswerKind.TEXT: read_text,
    AnswerKind.TIME: read_time,
}
SKIPS = compile_phrases(
    (
        (
            "^ (please|pls|plz|ill|i|i will|lets|can i|gonna|im gonna|im|hoy|yo|mejor|quiero|voy a|want to|i "
            "want to|id like to|just|sorry|me la)? (skip|skipping|skiped|skipped|pass|passing|paso|omitir|omito|"
            "saltar|salto|saltear|saltarla|saltarlo|pasar|saltarme) (it|this|this one|that|that one|today|hoy|"
            "now|for now|for today|por hoy|esta|esto|esta vez|la pregunta|esta pregunta|on this|on this one|this "
            "question|the question|this time|tonight|de esta|it today|this today|esta noche)? (please|pls|plz|"
            "sorry|thanks|thank you|thx|gracias|por favor|today|hoy|perdon|lo siento|🙏)? $"
        ),
        (
            "^ (sorry|perdon|no|nope)? (i|id|i would|i will|ill|i really|im|yo|hoy)? (dont|do not|rather not|"
            "prefer not|not|wont|prefiero no|no) (want to|wanna|going to|gonna|care to|feel like|like to|to|quiero|"
            "voy a|deseo|me gusta)? (answer|answering|say|saying|share|tell|discuss|talk about|respond|contestar|"
            "responder|decir|decirlo|hablar de|compartir) (that|this|it|you|eso|esto|nada)? (one|question|pregunta)? "
            "(today|now|right now|hoy|ahora)? (please|thanks|sorry|gracias|perdon)? $"
        ),
    )
)
SKIP_FIRST = re.compile(r"\A(?:skip|paso|omitir)(?: [,.!;:-])+ ")
SPELLER = Speller({"skip", "skipped", "skipping", "pass", "omitir", "saltar"})


def understand(text: str, kind: AnswerKind, language: str) -> Answer:
    """What `text` says to a question of `kind`; `language` (en or es) only decides words that are in both languages."""
    line = read_line(text)
    if kind is not AnswerKind.DONE and _skips(line):  # to skip an exercise is to leave it undone
        return Answer("skip", None, (line.quote(0, len(line.words)) or text,))
    return READERS[kind](line, language)


def is_skip(text: str) -> bool:
    """Whether `text` skips a question, of whatever kind."""
    return _skips(read_line(text))


def _skips(line: Line) -> bool:
    words = SPELLER.mend(line).words
    return bool(SKIPS.search(words) or SKIP_FIRST.match(words))
