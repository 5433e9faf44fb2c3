"""Made-up people: who they are, when they answer, and in which words. Drawn by seed, so that a run can be run again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from coach.domain.program import AnswerKind

K = AnswerKind

ANSWERS: Mapping[str, Mapping[AnswerKind, Sequence[str]]] = {
    "en": {
        K.MINUTES: ("12", "about 15 min", "10 minutes", "14", "quarter of an hour", "20 mins, slowly"),
        K.DONE: ("done", "Done!", "some", "did half", "not today", "all done"),
        K.SCALE_0_10: ("6", "5", "7/10", "4, better than last week", "6", "5"),
        K.SCALE_0_3: ("1", "2", "several days", "1", "not at all"),
        K.SCALE_1_7: ("3", "2", "a little better", "4", "the same"),
        K.YES_NO: ("Y", "yes, felt odd but ok", "N", "yep", "no"),
        K.TEXT: (
            "I sat in the garden and the light was lovely",
            "Walked to the corner shop and back",
            "skip",
            "Called my sister. She made me laugh",
        ),
        K.TIME: ("9am", "18:30"),
    },
    "es": {
        K.MINUTES: ("12", "unos 15 minutos", "10 min", "un cuarto de hora", "14"),
        K.DONE: ("hecho", "Listo!", "un poco", "hoy no", "hecho, despacio"),
        K.SCALE_0_10: ("6", "5", "cuatro", "7", "6 de 10"),
        K.SCALE_0_3: ("1", "2", "varios días", "1", "nunca"),
        K.SCALE_1_7: ("3", "2", "un poco mejor", "4", "igual"),
        K.YES_NO: ("si", "sí, me ayudó", "no", "S"),
        K.TEXT: ("Hoy cociné con mi hija", "Caminé hasta la plaza", "paso", "Dormí un poco mejor"),
        K.TIME: ("a las 9", "18:30"),
    },
}
UNCLEAR: Mapping[str, str] = {"en": "hmm hard to say", "es": "pues depende"}
ONCE_MORE = timedelta(minutes=6)  # until a person who was asked again answers
CONSENT: Mapping[str, str] = {"en": "YES", "es": "SI"}


@dataclass(frozen=True)
class Person:
    """One made-up person and their habits. `answers` is how many of ten questions they answer."""

    name: str
    phone: str
    zone: str
    language: str
    answers: int = 9
    says_yes_after: timedelta = timedelta(minutes=20)
    is_yours: bool = False


def replies_to(person: Person, question_id: int, expects: AnswerKind, seed: int) -> list[tuple[timedelta, str]]:
    """After how long the person answers, and what: now and then unclear at first; nothing where they let it pass."""
    draw = Random(f"{seed}:{person.phone}:{question_id}")  # noqa: S311 (made-up people)
    if draw.randrange(10) >= person.answers:
        return []
    after = timedelta(minutes=draw.choice((2, 4, 9, 25, 50, 200)), seconds=draw.randrange(60))
    answer = draw.choice(ANSWERS[person.language][expects])
    if expects is not AnswerKind.TEXT and draw.randrange(12) == 0:
        return [(after, UNCLEAR[person.language]), (after + ONCE_MORE, answer)]
    return [(after, answer)]
