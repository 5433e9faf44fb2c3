"""Figures for whoever keeps coach up, as Prometheus reads them. Counts and ages; nothing of anybody."""

from collections.abc import Iterator
from datetime import datetime

from fastapi import APIRouter, Response
from prometheus_client import CollectorRegistry
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest
from prometheus_client.metrics_core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlmodel import Session, col

from coach.domain.case import CaseState, Tier
from coach.domain.delivery import PRIORITY
from coach.services.self_test import HEARTBEAT
from coach.services.watch import CLOCK
from coach.storage import senders, signs
from coach.storage.tables import Case
from coach.web.deps import CoachDep

router = APIRouter()
NEVER = float("nan")


@router.get("/metrics")
def metrics(coach: CoachDep) -> Response:
    """The figures at this moment, in the text format of Prometheus."""
    registry = CollectorRegistry()
    with coach.sessions.read() as session:
        registry.register(_Taken(list(_figures(session, coach.gateway.sender, coach.now()))))
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)


class _Taken(Collector):
    """Figures that were taken already."""

    def __init__(self, figures: list[Metric]) -> None:
        self._figures = figures

    def collect(self) -> list[Metric]:
        return self._figures


def _figures(session: Session, sender: str, now: datetime) -> Iterator[Metric]:
    row, test = senders.get(session, sender), signs.newest_ended_test(session)
    beat, pulse = signs.last_seen(session, CLOCK), signs.last_seen(session, HEARTBEAT)
    heard = row.heard_through if row else None
    late = signs.delivery_lag(session, now, priority=max(PRIORITY.values()))
    yield _gauge("coach_clock_age_seconds", "since the clock was last at work", _age(beat, now))
    yield _gauge("coach_delivery_lag_seconds", "how long a text that is due has waited", late.total_seconds())
    yield _gauge("coach_reading_lag_seconds", "how long a text that came in has waited to be read", _lag(session, now))
    yield _gauge("coach_replies_unread", "texts that wait to be read", signs.unread_count(session))
    yield _gauge(
        "coach_self_test_age_seconds", "since the last self-test began", _age(test.started_at if test else None, now)
    )
    yield _gauge("coach_self_test_passed", "1 where the last self-test passed", float(bool(test and test.ok)))
    yield _gauge("coach_heartbeat_age_seconds", "since the alarm outside was told that all is well", _age(pulse, now))
    yield _gauge("coach_sender_refused", "1 while the account refuses all texts", float(bool(row and row.broken_at)))
    yield _gauge("coach_heard_age_seconds", "since the provider's list was read whole", _age(heard, now))
    yield _cases(session)


def _gauge(name: str, words: str, value: float) -> Metric:
    return GaugeMetricFamily(name, words, value=value)


def _age(at: datetime | None, now: datetime) -> float:
    return NEVER if at is None else (now - at).total_seconds()


def _lag(session: Session, now: datetime) -> float:
    return signs.reading_lag(session, now).total_seconds()


def _cases(session: Session) -> Metric:
    query = select(col(Case.tier), func.count()).where(col(Case.state) == CaseState.OPEN, col(Case.is_test).is_(False))
    found: dict[str, int] = {str(tier): count for tier, count in session.execute(query.group_by(col(Case.tier)))}
    family = GaugeMetricFamily("coach_cases_open", "cases that nobody has acknowledged", labels=["tier"])
    for tier in Tier:
        family.add_metric([tier], found.get(tier, 0))
    return family
