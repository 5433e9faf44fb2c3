"""What a person who is moved to another version has had already, under whatever name, and so is not owed again."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlmodel import Session, col

from coach.domain.calendar import local_day, to_utc
from coach.domain.delivery import MAY_HAVE_ARRIVED, PRIORITY, MessageState, Purpose, Reason
from coach.domain.planner import Occurrence
from coach.domain.version import not_again, only_words_differ, renamed, this_week
from coach.services.editions import Edition
from coach.services.plan import enrollment_facts
from coach.storage import messages, patients
from coach.storage.insert import insert_new
from coach.storage.messages import Move
from coach.storage.tables import Enrollment, Message, Patient


@dataclass(frozen=True)
class Step:
    """From one version to another."""

    before: Edition
    after: Edition

    @cached_property
    def only_words(self) -> bool:
        """Whether nothing but words is different, so that no plan is touched."""
        return only_words_differ(self.before.program, self.after.program)

    @cached_property
    def renamed(self) -> Mapping[str, str]:
        """By its new name, what went by another before."""
        return renamed(self.before.program, self.after.program, self.before.templates, self.after.templates)


def rename_waiting(
    session: Session, patient: Patient, enrollment: Enrollment, step: Step, *, why: str, now: datetime
) -> None:
    """What is due by `now` and has not left goes by its new name; what the new version does not have is cancelled."""
    assert patient.id is not None
    by_old_name = {old: new for new, old in step.renamed.items()}
    program = step.after.program
    mine = (col(Message.enrollment_id) == enrollment.id, col(Message.occurrence) == 1)
    gone = []
    for message in messages.planned(session, patient.id, *mine):
        if message.name in by_old_name:
            message.name = by_old_name[message.name]
            session.add(message)
        elif program.nudge(message.name) is None and program.check_in(message.name) is None:
            gone.append(Move(message, MessageState.CANCELLED, f"{why}, which does not have it"))
    messages.move_all(session, gone, at=now)
    session.flush()


def write_not_again(session: Session, patient: Patient, enrollment: Enrollment, step: Step, *, now: datetime) -> None:
    """What is not owed again this week stands withheld, so that no planning owes it, nor any move after this one."""
    assert patient.id is not None
    program = step.after.program
    person = enrollment_facts(enrollment, patient, program, patients.pauses_of(session, [patient.id])[patient.id])
    today = local_day(now, ZoneInfo(patient.zone))
    stand = _standing(session, enrollment, min(this_week(person, today)))
    again = dict(_by_new_names(stand, step.renamed, today))
    settled = {*again, *(Occurrence(one.name, one.local_date) for one in stand if one.local_date)}
    had = Counter(one.name for one in stand if was_had(one.state, one.reason))
    had.update(one.name for one, reason in again.items() if reason == Reason.HAD_BY_ANOTHER_NAME)
    again |= dict.fromkeys(not_again(program, person, had, settled, now), Reason.HAD_THIS_WEEK)
    rows = [_row(enrollment, step, patient, one, reason, now) for one, reason in again.items()]
    new = insert_new(session, Message, rows)
    messages.log_born(session, new, MessageState.WITHHELD, at=now, why="found when they were moved to another version")


def _by_new_names(stand: Iterable[Message], names: Mapping[str, str], today: date) -> Iterator[tuple[Occurrence, str]]:
    """What they had this week, and what was settled today, under the names of now; with the reason."""
    by_old_name = {old: new for new, old in names.items()}
    for one in stand:
        if one.name not in by_old_name or one.local_date is None:
            continue
        had = was_had(one.state, one.reason)
        if had or one.local_date >= today:
            reason = Reason.HAD_BY_ANOTHER_NAME if had or one.reason is None else one.reason
            yield Occurrence(by_old_name[one.name], one.local_date), reason


def was_had(state: MessageState, reason: str | None) -> bool:
    """Whether the person has such a text, or may have it, or it is about to leave."""
    return state is MessageState.PLANNED or state in MAY_HAVE_ARRIVED or reason == Reason.HAD_BY_ANOTHER_NAME


def _standing(session: Session, enrollment: Enrollment, first: date) -> list[Message]:
    """The enrollment's occurrences since that local date, in any state but cancelled."""
    query = select(Message).where(
        col(Message.enrollment_id) == enrollment.id,
        col(Message.occurrence) == 1,
        col(Message.local_date) >= first,
        col(Message.state) != MessageState.CANCELLED,
    )
    return list(session.execute(query).scalars())


def _row(
    enrollment: Enrollment, step: Step, patient: Patient, one: Occurrence, reason: str, now: datetime
) -> dict[str, Any]:
    program = step.after.program
    check_in, nudge = program.check_in(one.name), program.nudge(one.name)
    purpose = Purpose.NUDGE if check_in is None else Purpose.CHECK_IN
    text = check_in or nudge
    assert text is not None
    at = to_utc(one.day, patient.slot_times().get(text.slot, getattr(program.slots, text.slot)), ZoneInfo(patient.zone))
    return {
        "patient_id": enrollment.patient_id,
        "enrollment_id": enrollment.id,
        "purpose": purpose,
        "priority": PRIORITY[purpose],
        "name": one.name,
        "item": None if check_in is None else check_in.items[0].name,
        "local_date": one.day,
        "occurrence": one.number,
        **dict.fromkeys(("due_at", "next_at", "send_by"), at),
        "state": MessageState.WITHHELD,
        "reason": reason,
        "created_at": now,
    }
