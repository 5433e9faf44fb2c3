"""Alert rules at work: each past is read after a check-in and once a local day, and what speaks up becomes a case."""

import logging
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.domain.alerts.evaluate import evaluate
from coach.domain.alerts.history import Finding
from coach.domain.calendar import local_day
from coach.domain.case import CaseCategory
from coach.services.alert_history import Watched, watched
from coach.services.editions import Editions
from coach.services.quiet import take_back_where_needless, write_kindly
from coach.services.silence import rest
from coach.services.triage import open_case
from coach.storage import alerts, patients, signs
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE, Shard
from coach.storage.tables import Alert
from coach.storage.tables.patient import PatientState

log = logging.getLogger(__name__)

BATCH = 50  # enrollments whose past is read at once
OVERLAP = timedelta(minutes=2)  # between two looks, for what was being written during the first
CATEGORIES: Mapping[str, CaseCategory] = {"silence": CaseCategory.SILENCE, "delivery": CaseCategory.DELIVERY}


def raise_alerts(sessions: Sessions, editions: Editions, *, now: datetime, shard: Shard = EVERYONE) -> int:
    """How many findings were new. Each is told once: the same figures never open a case again, not even a resolved one.

    Looked at are those whose check-in had an answer since the last time, and those whose local day has turned since.
    """
    take_back_where_needless(sessions, now=now, shard=shard)
    sign = f"alert {shard.index} of {shard.of}"
    with sessions.read() as session:
        ids = _to_look_at(session, editions, signs.last_seen(session, sign), now, shard)
    new = sum(_look(sessions, editions, batch, now) for batch in _batches(ids))
    with sessions.write() as session:
        signs.seen(session, sign, now)
    return new


def _to_look_at(
    session: Session, editions: Editions, seen_at: datetime | None, now: datetime, shard: Shard
) -> list[int]:
    with_rules = {one for one in alerts.programs(session) if editions.get(session, one).program.alerts}
    zones = alerts.zones(session)
    if seen_at is None:
        return sorted(alerts.living_in(session, zones, with_rules, shard=shard))
    turned = {zone for zone in zones if local_day(seen_at, ZoneInfo(zone)) != local_day(now, ZoneInfo(zone))}
    answered = alerts.answered_since(session, seen_at - OVERLAP, shard=shard)
    return sorted({*alerts.living_in(session, turned, with_rules, shard=shard), *answered})


def _look(sessions: Sessions, editions: Editions, ids: Sequence[int], now: datetime) -> int:
    """How many findings of these enrollments were new; one person's trouble holds nobody else up."""
    try:
        with sessions.read() as session:
            found = list(_new(session, watched(session, editions, ids, now=now)))
        return sum(_tell(sessions, one, findings, now) for one, findings in found)
    except Exception:
        if len(ids) == 1:
            log.exception("the alert rules of enrollment %s could not be read", ids[0])  # and are again tomorrow
            return 0
        return sum(_look(sessions, editions, [one], now) for one in ids)


def _new(session: Session, people: Sequence[Watched]) -> Iterator[tuple[Watched, list[Finding]]]:
    told = alerts.told(session, [_id(one) for one in people])
    for one in people:
        found = evaluate(one.program.alerts, one.history, one.today)
        new = [finding for finding in found if (_id(one), finding.rule, finding.until) not in told]
        if new:
            yield one, new


def _tell(sessions: Sessions, one: Watched, findings: Sequence[Finding], now: datetime) -> int:
    """How many of the findings were told now; the patient's row is locked meanwhile."""
    with sessions.write() as session:
        patient = patients.lock(session, one.enrollment.patient_id)
        if patient.state is not PatientState.ACTIVE:
            return 0
        told = alerts.told(session, [_id(one)])
        new = [finding for finding in findings if (_id(one), finding.rule, finding.until) not in told]
        for finding in new:
            case_id = None
            if finding.tier is None:
                write_kindly(session, patient, one, finding, now=now)
            else:
                category = CATEGORIES.get(finding.kind, CaseCategory.WORSENING)
                what = f"{finding.words} (rule {finding.rule} of {one.program.name})"
                case = open_case(
                    session, category, patient=patient, phone=patient.phone, what=what, now=now, tier=finding.tier
                )
                case_id = case.id
                if category is CaseCategory.SILENCE:
                    rest(session, patient, case, now=now)
            session.add(_row(one, finding, case_id, now))
        return len(new)


def _row(one: Watched, finding: Finding, case_id: int | None, now: datetime) -> Alert:
    return Alert(
        enrollment_id=_id(one),
        rule=finding.rule,
        until=finding.until,
        figures=dict(finding.figures),
        case_id=case_id,
        at=now,
    )


def _id(one: Watched) -> int:
    assert one.enrollment.id is not None
    return one.enrollment.id


def _batches(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[first : first + BATCH] for first in range(0, len(ids), BATCH))
