"""A practice whose patients answer check-ins, and whose alert rules are looked at when told."""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from coach.content.publication import Publication
from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.measures import Measure, scale_of
from coach.services.alert import raise_alerts
from coach.services.alert_history import Watched, watched
from coach.storage.tables import Case, Spell
from coach.storage.tables.patient import SpellKind
from tests.people import ANA, Practice, ana_in, nudge, publication

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York on day 0, a Monday
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)
EVERY_DAY = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"]


def item(measure: str) -> dict[str, Any]:
    return {
        "name": measure.replace("_", "-"),
        "variants": ["a"],
        "answer": {"kind": scale_of(Measure(measure)), "within": 120},
        "measure": measure,
    }


def check_in(*measures: str) -> dict[str, Any]:
    """Asked every day at the same time, so that weeks of it are short to tell."""
    items = [item(measure) for measure in measures]
    return {"name": "how", "weeks": [1, 2, 3, 4], "days": EVERY_DAY, "slot": "morning", "items": items}


def program(*kinds: str, measures: tuple[str, ...] = (), nudges: tuple[dict[str, Any], ...] = ()) -> Publication:
    return publication(
        *(nudges or (nudge("calm", slot="evening", variants=[f"w{number}" for number in range(28)]),)),
        check_ins=[check_in(*measures)] if measures else [],
        alerts=[{"name": kind.replace("_", "-"), "kind": kind} for kind in kinds],
        limits={"per_day": 5, "per_week": 40, "minutes_between": 0, "segments": {"en": 1, "es": 2}},
    )


@dataclass
class Ward:
    """A practice whose alert rules are looked at when told."""

    practice: Practice

    def enrolls_ana(self, written: Publication, **person: Any) -> None:
        ana_in(self.practice.sessions, self.practice.editions, written, **person)

    def day(self, number: int, *replies: str, phone: str = ANA) -> datetime:
        """Day `number` at ten: what is due leaves, and each reply comes a minute after the text before it."""
        at = TEN + number * DAY
        self.practice.at(at)
        for reply in replies:
            at += MINUTE
            self.practice.hears(reply, at=at, phone=phone)
            at += MINUTE
            self.practice.at(at)
        return at

    def looks(self, at: datetime, **shard: Any) -> int:
        return raise_alerts(self.practice.sessions, self.practice.editions, now=at, **shard)

    def cases(self) -> list[tuple[CaseCategory, Tier, CaseState]]:
        return [(one.category, one.tier, one.state) for one in self.practice.rows(Case)]

    def watched(self, at: datetime) -> Watched:
        with self.practice.sessions.read() as session:
            (found,) = watched(session, self.practice.editions, [1], now=at)
        return found

    def spell(self, kind: SpellKind, starts_at: datetime, ends_at: datetime | None = None) -> None:
        with self.practice.sessions.write() as session:
            session.add(Spell(patient_id=1, kind=kind, starts_at=starts_at, ends_at=ends_at, opened_by="Nurse Bo"))
