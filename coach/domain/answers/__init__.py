"""What a reply says to a question, by the kind of answer that was asked for."""

from collections.abc import Callable, Mapping

from coach.domain.answers.clock_time import read_time
from coach.domain.answers.done import read_done
from coach.domain.answers.free_text import read_text
from coach.domain.answers.minutes import read_minutes
from coach.domain.answers.result import UNCLEAR, Answer, Status, Value, understood
from coach.domain.answers.scale import read_change, read_how_often, read_scale
from coach.domain.answers.skip import is_skip, skips
from coach.domain.answers.yes_no import read_yes_no
from coach.domain.normal import Line, read_line
from coach.domain.program import AnswerKind

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


def understand(text: str, kind: AnswerKind, language: str) -> Answer:
    """What `text` says to a question of `kind`; `language` (en or es) only decides words that are in both languages."""
    line = read_line(text)
    if skips(line):  # to skip an exercise is to leave it undone
        said = (line.quote(0, len(line.words)) or text,)
        return understood("not_done", *said) if kind is AnswerKind.DONE else Answer("skip", None, said)
    return READERS[kind](line, language)
