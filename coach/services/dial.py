"""What a patient turns by text: pause, pace, times, language; each answered with the new plan in one text."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from sqlmodel import Session

from coach.domain import dial
from coach.domain.clinic import Clinic
from coach.domain.commands import Command, Word
from coach.domain.consent import Consent
from coach.domain.inbound import Reading
from coach.domain.program import AnswerKind, Dial, Hours, Program
from coach.services import spells
from coach.services.dial_words import say
from coach.services.edit import Change, edit_in
from coach.services.editions import Editions
from coach.services.later import put_off
from coach.services.look import common_hours
from coach.services.turns import note_turn
from coach.storage import enrollments, ledger, patients
from coach.storage.tables import Enrollment, Patient, Question, Reply
from coach.storage.tables.patient import SpellKind

BY = "patient"


@dataclass(frozen=True)
class Hand:
    """Who turns, by which words, and what their programs allow; the patient's row is locked. UTC."""

    session: Session
    editions: Editions
    patient: Patient
    reply: Reply
    rows: Sequence[Enrollment]
    programs: Sequence[Program]
    limits: Dial
    now: datetime

    @property
    def hours(self) -> Hours:
        """The local hours in which all their programs may send."""
        return common_hours(self.programs)


def turn_dial(
    session: Session,
    editions: Editions,
    clinic: Clinic,
    reading: Reading,
    reply: Reply,
    patient: Patient,
    now: datetime,
) -> bool:
    """Whether the words were a command: it is done, and answered. Else they are an answer, or a note for the team.

    Nothing is turned for whoever has not said yes, or is in no program.
    """
    command = reading.command
    hand = _hand(session, editions, reply, patient, now)
    if command is None or hand is None or not _is_meant(hand, command, reading):
        return False
    if dial.is_fixed(command, hand.limits):
        reply.is_note = True  # what only the team can grant is a wish that they should see
        said = "dial_team"
    else:
        said = TURNS[command.word](hand, command)
    session.flush()
    say(session, editions, clinic, said, reply, patient, limits=hand.limits, hours=hand.hours, now=now)
    return True


def go_on(session: Session, editions: Editions, reply: Reply, patient: Patient, now: datetime) -> None:
    """Whoever comes back after a STOP takes up what they paused themselves."""
    lasting = spells.lasting_of(session, patient, SpellKind.PAUSE, now)
    if lasting is not None and lasting.opened_by == BY:
        spells.resume_in(session, editions, patient, by=BY, now=now, reply=reply)


def _hand(session: Session, editions: Editions, reply: Reply, patient: Patient, now: datetime) -> Hand | None:
    assert patient.id is not None
    rows = enrollments.active_of(session, patient.id)
    if not rows or ledger.standing(session, patient.phone) is not Consent.CONFIRMED:
        return None
    programs = [editions.get(session, row.program_id).program for row in rows]
    return Hand(session, editions, patient, reply, rows, programs, dial.strictest(programs), now)


def _is_meant(hand: Hand, command: Command, reading: Reading) -> bool:
    assert hand.patient.id is not None
    in_flare = SpellKind.FLARE in patients.spells_at(hand.session, hand.patient.id, hand.now)
    words = [
        one.question_id
        for one in reading.answers
        if hand.session.get_one(Question, one.question_id).expects is AnswerKind.TEXT
    ]
    return dial.is_meant(command, reading.answers, in_flare=in_flare, text_open=words)


def _pause(hand: Hand, command: Command) -> str:
    days = dial.pause_days(command, hand.limits)
    spells.pause_in(hand.session, hand.editions, hand.patient, days=days, by=BY, now=hand.now, reply=hand.reply)
    return "dial_pause_longest" if days < int(command.argument or days) else "dial_pause"


def _resume(hand: Hand, _: Command) -> str:
    resumed = spells.resume_in(hand.session, hand.editions, hand.patient, by=BY, now=hand.now, reply=hand.reply)
    return "dial_resume" if resumed else "dial_not_paused"


def _flare(hand: Hand, _: Command) -> str:
    lasting = spells.lasting_of(hand.session, hand.patient, SpellKind.FLARE, hand.now)
    spells.flare_in(hand.session, hand.patient, by=BY, now=hand.now, reply=hand.reply)
    return "dial_flare" if lasting is None else "dial_flare_longer"


def _better(hand: Hand, _: Command) -> str:
    spells.better_in(hand.session, hand.patient, by=BY, now=hand.now, reply=hand.reply)
    return "dial_better"


def _less(hand: Hand, _: Command) -> str:
    return "dial_less" if _step(hand, down=True) else "dial_least"


def _more(hand: Hand, _: Command) -> str:
    return "dial_more" if _step(hand, down=False) else "dial_most"


def _step(hand: Hand, *, down: bool) -> bool:
    """Whether any of their programs went a preset lighter, or fuller."""
    steps = {
        row.id: preset
        for row, program in zip(hand.rows, hand.programs, strict=True)
        if row.id is not None and (preset := dial.step(program, row.preset, down=down))
    }
    if steps:
        _edit(hand, Change(presets=steps))
    return bool(steps)


def _later(hand: Hand, _: Command) -> str:
    what = put_off(hand.session, hand.patient, hand.reply, hours=hand.hours, now=hand.now)
    if what is None:
        return "dial_keeps"
    note_turn(hand.session, hand.patient, "LATER", what, by=BY, now=hand.now, reply=hand.reply)
    return "dial_later"


def _time(hand: Hand, command: Command) -> str:
    if not command.argument:
        return "dial_time_how"
    return _all_at(hand, time.fromisoformat(command.argument))


def _of_the_day(hand: Hand, command: Command) -> str:
    slots = hand.programs[0].slots
    return _all_at(hand, getattr(slots, dial.OF_THE_DAY[command.word]))


def _all_at(hand: Hand, at: time) -> str:
    if not dial.in_reach(at, hand.hours):
        return "dial_time_hours"
    _edit(hand, Change(slots=dial.all_at(at)))
    return "dial_time"


def _language(hand: Hand, command: Command) -> str:
    shared = set.intersection(*(set(program.languages) for program in hand.programs))
    other = next(iter(sorted(shared - {hand.patient.language})), None)
    wanted = command.argument or other
    if wanted is None or wanted not in shared:
        return "dial_one_language"
    _edit(hand, Change(language=wanted))
    return "dial_language"


def _no_weekends(hand: Hand, _: Command) -> str:
    _edit(hand, Change(weekdays_off=[*_off_in_the_week(hand), *dial.WEEKEND]))
    return "dial_no_weekends"


def _weekends(hand: Hand, _: Command) -> str:
    _edit(hand, Change(weekdays_off=_off_in_the_week(hand)))
    return "dial_weekends"


def _off_in_the_week(hand: Hand) -> list[str]:
    return [day for day in hand.patient.weekdays_off if day not in dial.WEEKEND]


def _progress(_hand: Hand, _: Command) -> str:
    return "progress"


def _edit(hand: Hand, change: Change) -> None:
    edit_in(hand.session, hand.editions, hand.patient, change, by=BY, now=hand.now, reply=hand.reply)


TURNS: Mapping[Word, Callable[[Hand, Command], str]] = {
    "PAUSE": _pause,
    "RESUME": _resume,
    "FLARE": _flare,
    "BETTER": _better,
    "LESS": _less,
    "MORE": _more,
    "LATER": _later,
    "TIME": _time,
    "MORNINGS": _of_the_day,
    "EVENINGS": _of_the_day,
    "LANGUAGE": _language,
    "NO WEEKENDS": _no_weekends,
    "WEEKENDS": _weekends,
    "PROGRESS": _progress,
}
"""What each command does; each returns the text that answers it: messages/<language>/shared/<text>.txt."""
