"""Makes the tallies that the roster shows: of whom there is news, and of everybody once a day."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.adherence import Asked
from coach.domain.calendar import local_day
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.domain.tally import WEEKS
from coach.domain.tally import tally as tally_of
from coach.services.adherence_report import as_asked
from coach.services.alert_history import quiet_since
from coach.storage import alerts, ledger, signs, tallies
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE, Shard
from coach.storage.tables import Answer, ConsentEntry, Enrollment, Patient, Question, Spell
from coach.storage.tables.enrollment import EnrollmentState

log = logging.getLogger(__name__)

BATCH = 50  # patients a transaction
AT_MOST = 2000  # patients a run; the next run goes on
AT_LEAST = timedelta(days=1)  # how old a tally becomes at most: weeks go by
LOOK_BACK = timedelta(weeks=WEEKS + 1)
OVERLAP = timedelta(minutes=10)  # what a run left to the next
IN_WRITING = timedelta(seconds=30)  # how long news may be on its way into the database, under the time it began
SEEN = "tally"


def tally(sessions: Sessions, *, now: datetime, shard: Shard = EVERYONE) -> int:
    """How many tallies were made: those that lack news, or are a day old. Trouble with one holds up no other."""
    name = f"{SEEN} {shard.index}/{shard.of}"
    with sessions.read() as session:
        last = signs.last_seen(session, name)
        since = max(now - AT_LEAST, last - OVERLAP) if last else now - AT_LEAST
        found = sorted(tallies.to_make(session, since=since, stale=now - AT_LEAST, now=now, shard=shard))[:AT_MOST]
    made = sum(_try_to_make(sessions, found[place : place + BATCH], now) for place in range(0, len(found), BATCH))
    with sessions.write() as session:
        signs.seen(session, name, now)
    return made


def _try_to_make(sessions: Sessions, patient_ids: Sequence[int], now: datetime) -> int:
    try:
        with sessions.write() as session:
            tallies.keep(session, _rows(session, patient_ids, now))
    except Exception:  # one person's trouble keeps nobody else's weeks from being counted
        if len(patient_ids) == 1:
            log.exception("the weeks of patient %s could not be counted", patient_ids[0])
            return 0
        return sum(_try_to_make(sessions, [patient_id], now) for patient_id in patient_ids)
    return len(patient_ids)


@dataclass(frozen=True)
class _Facts:
    """What is known of some patients, by patient, enrollment, question or number."""

    enrollments: Mapping[int, Sequence[Enrollment]]
    questions: Mapping[int, Sequence[tuple[Question, Answer | None]]]
    states: Mapping[int, set[MessageState]]
    spells: Mapping[int, Sequence[Spell]]
    lines: Mapping[int, Sequence[ConsentEntry]]
    heard: Mapping[int, datetime]
    standings: Mapping[str, Consent]


def _rows(session: Session, patient_ids: Sequence[int], now: datetime) -> list[dict[str, Any]]:
    people = alerts.people(session, patient_ids)
    rows = tallies.all_enrollments_of(session, patient_ids)
    ids, since = [row.id for row in rows if row.id is not None], now - LOOK_BACK
    facts = _Facts(
        _by_patient(rows),
        alerts.questions_of(session, ids, since=since),
        alerts.asking_states(session, ids, since=since - timedelta(days=1)),
        alerts.spells(session, patient_ids),
        alerts.ledger_lines(session, patient_ids),
        alerts.last_heard(session, patient_ids),
        ledger.standings(session, {one.phone for one in people.values()}),
    )
    return [_row(people[patient_id], facts, now) for patient_id in patient_ids]


def _by_patient(rows: Iterable[Enrollment]) -> dict[int, list[Enrollment]]:
    found: dict[int, list[Enrollment]] = {}
    for row in rows:
        found.setdefault(row.patient_id, []).append(row)
    return found


def _row(patient: Patient, facts: _Facts, now: datetime) -> dict[str, Any]:
    assert patient.id is not None
    zone = ZoneInfo(patient.zone)
    tallied = tally_of(_asked(patient.id, facts), today=local_day(now, zone), now=now)
    answered, eligible = tallied.last
    return {
        "patient_id": patient.id,
        "made_at": now - IN_WRITING,
        "weeks": [
            {
                "starts": week.starts.isoformat(),
                "answered": week.answered,
                "eligible": week.eligible,
                "left_out": dict(week.left_out),
            }
            for week in tallied.weeks
        ],
        "answered": answered,
        "eligible": eligible,
        "share": answered / eligible if eligible else None,
        "does_well": tallied.does_well,
        "trend": tallied.trend,
        "heard_at": facts.heard.get(patient.id),
        "quiet_since": _quiet_since(patient, facts, zone, now),
    }


def _asked(patient_id: int, facts: _Facts) -> list[Asked]:
    spells, lines = facts.spells.get(patient_id, []), facts.lines.get(patient_id, [])
    return [
        as_asked(question, answer, facts.states.get(question.id or 0, ()), spells, lines)
        for row in facts.enrollments.get(patient_id, [])
        for question, answer in facts.questions.get(row.id or 0, [])
    ]


def _quiet_since(patient: Patient, facts: _Facts, zone: ZoneInfo, now: datetime) -> object:
    who = patient.id or 0
    active = [row.start_date for row in facts.enrollments.get(who, []) if row.state is EnrollmentState.ACTIVE]
    if not active or facts.standings[patient.phone] is not Consent.CONFIRMED:
        return None
    spells, lines = facts.spells.get(who, []), facts.lines.get(who, [])
    return quiet_since(min(active), spells, lines, facts.heard.get(who), zone=zone, now=now)
