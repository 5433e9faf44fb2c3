"""The words of one text: its variant, its goal, rendered from the published version and counted."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.content.templates import TextError
from coach.domain import segment
from coach.domain.calendar import local_day
from coach.domain.clinic import Clinic
from coach.domain.conditions import facts_of, variants_for
from coach.domain.delivery import ASKS, Purpose, Reason
from coach.domain.program import Answer, Item, Nudge, NudgeKind, Program
from coach.domain.segment import Size
from coach.domain.variant import choose_fresh, choose_variant, draw_key
from coach.services.editions import Edition
from coach.services.record import record_of
from coach.services.reported_minutes import pace_of
from coach.storage.tables import Enrollment, Message, Patient, Question

log = logging.getLogger(__name__)

WORDED_AT_ONCE = frozenset({Purpose.SAFETY, Purpose.DIAL, Purpose.FOLLOW_UP})


@dataclass(frozen=True)
class Asking:
    """The question that a text opens. `quota` is the goal in force, in minutes."""

    name: str
    kind: NudgeKind
    answer: Answer
    quota: int | None = None


@dataclass(frozen=True)
class _Words:
    """The template chosen, what it asks, and what it may name beside the usual."""

    path: str
    asking: Asking | None = None
    facts: dict[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Draft:
    """A text ready to leave."""

    text: str
    size: Size
    variant: str | None
    asking: Asking | None


def compose(
    session: Session,
    edition: Edition | None,
    clinic: Clinic,
    message: Message,
    patient: Patient,
    enrollment: Enrollment | None,
    used: Sequence[str],
) -> Draft | Reason:
    """The draft of `message`, or why there is none. `used`: the variants that the enrollment may have seen.

    A text of safety, an answer to what a person said or turned, or one that somebody of the team wrote, has had its
    words since it was planned.
    """
    has_words = message.purpose in WORDED_AT_ONCE or message.written_by is not None
    if has_words and message.text is not None:
        return Draft(message.text, segment.count(message.text), message.variant, None)
    if edition is None:  # no program is published yet, so that there are no words
        return Reason.TEXT_FAULT
    chosen = (
        _chosen(session, edition, message, patient, enrollment, used)
        if message.purpose in ASKS
        else _shared(session, edition, message, patient, enrollment)
    )
    if isinstance(chosen, Reason):
        return chosen
    path, asking = chosen.path, chosen.asking
    facts = _facts(edition.program, clinic, patient, asking) | chosen.facts
    try:
        text = edition.texts.render(path, patient.language, facts)
    except TextError as error:
        log.warning("message %s has no text: %s", message.id, error)
        return Reason.TEXT_FAULT
    own = message.purpose in ASKS or message.variant is not None
    return Draft(text, segment.count(text), path if own else None, asking)


def _facts(program: Program, clinic: Clinic, patient: Patient, asking: Asking | None) -> dict[str, object]:
    """What a text may name."""
    facts: dict[str, object] = {
        "name": patient.name.split()[0],
        "clinic": clinic.name,
        "phone": clinic.phone,
        "program": next(
            (title for language, title in program.title.items() if language == patient.language), program.name
        ),
        "per_week": program.limits.per_week,
    }
    return facts if asking is None or asking.quota is None else {**facts, "goal": asking.quota}


def _shared(
    session: Session, edition: Edition, message: Message, patient: Patient, enrollment: Enrollment | None
) -> _Words:
    if message.variant is not None and enrollment is not None:  # the program's follow-up, chosen when the answer came
        day = local_day(message.due_at, ZoneInfo(patient.zone))
        record = record_of(session, edition.program, enrollment, patient, day)
        return _Words(message.variant, facts=facts_of(record))
    if message.purpose is Purpose.REMINDER or message.purpose is Purpose.RE_ASK:
        question = session.get_one(Question, message.question_id)
        stem = "reminder" if message.purpose is Purpose.REMINDER else "unclear"
        return _Words(f"shared/{stem}_{question.expects}")
    return _Words(f"shared/{message.name}")


def _chosen(
    session: Session,
    edition: Edition,
    message: Message,
    patient: Patient,
    enrollment: Enrollment | None,
    used: Sequence[str],
) -> _Words | Reason:
    program = edition.program
    assert enrollment is not None
    assert message.local_date is not None
    check_in = program.check_in(message.name)
    if check_in is not None:
        item = next((one for one in check_in.items if one.name == message.item), None)
        return Reason.LEFT_OUT if item is None else _item(program, message, enrollment, item, used)
    nudge = program.nudge(message.name)
    if nudge is None:  # planned under a version that had it, and back from a call that never left
        return Reason.LEFT_OUT
    quota = None
    if program.goal is not None and nudge.name in program.goal.nudges:
        pace = pace_of(session, program, enrollment, patient)
        decision = None if pace is None else pace.on(message.local_date)
        quota = None if decision is None else decision.quota
        if quota is None:  # the baseline goes on until there are reports enough
            nudge = program.nudge(program.goal.baseline) or nudge
    return _nudge(session, program, message, enrollment, patient, nudge, quota, used)


def _nudge(
    session: Session,
    program: Program,
    message: Message,
    enrollment: Enrollment,
    patient: Patient,
    nudge: Nudge,
    quota: int | None,
    used: Sequence[str],
) -> _Words | Reason:
    facts: dict[str, object] = {}
    sets: list[Sequence[str]] = [nudge.variants]
    if nudge.when is not None or nudge.instead:
        assert message.local_date is not None
        record = record_of(session, program, enrollment, patient, message.local_date)
        facts, sets = facts_of(record), variants_for(nudge.variants, nudge.instead, record)
    path = choose_fresh(f"{program.name}/{nudge.name}/", sets, used, nudge.rotation, _key(message, enrollment))
    if path is None:
        return Reason.NO_FRESH_TEXT if nudge.name == message.name else Reason.NO_GOAL_YET
    return _Words(path, None if nudge.answer is None else Asking(nudge.name, nudge.kind, nudge.answer, quota), facts)


def _item(program: Program, message: Message, enrollment: Enrollment, item: Item, used: Sequence[str]) -> _Words:
    folder = f"{program.name}/{item.name}/"
    seen = [path.removeprefix(folder) for path in used if path.startswith(folder)]
    variant = choose_variant(item.variants, seen, "in_order", _key(message, enrollment), repeat=True)
    return _Words(f"{folder}{variant}", Asking(message.name, NudgeKind.CHECK_IN, item.answer))


def _key(message: Message, enrollment: Enrollment) -> str:
    assert enrollment.id is not None
    assert message.occurrence is not None
    return draw_key(enrollment.seed, enrollment.id, message.name, str(message.local_date), message.occurrence)
