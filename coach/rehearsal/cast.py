"""The demo's people and its small troubles: fixed, so that two runs tell the same story."""

from datetime import UTC, datetime, timedelta

from coach.rehearsal.people import Person
from coach.sandbox.faults import Fault, FaultKind

START = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)
"""A Monday; the clocks of New York and Denver change on its first Sunday."""

ROSA = Person("Rosa Medina", "+12025550108", "America/Denver", "es")
BEN = Person("Ben Okafor", "+12025550117", "Europe/London", "en", answers=7, says_yes_after=timedelta(hours=26))
ALEX = Person("Alex Doe", "+12025550126", "America/New_York", "en", answers=8, is_yours=True)
PEOPLE = (ROSA, BEN, ALEX)


def troubles(start: datetime) -> list[tuple[datetime, str, Fault]]:
    """What goes wrong with the provider, and when: each comes in words for the terminal."""

    def day(number: int) -> datetime:
        return start + timedelta(days=number - 1)

    return [
        (
            day(4),
            "the provider will lose the answer to Rosa's next text, though it takes it: its receipt tells us so",
            Fault(FaultKind.LOST_ANSWER, to=ROSA.phone),
        ),
        (
            day(6),
            "the provider will be too busy for Alex's next two texts (429): they wait, and leave a little later",
            Fault(FaultKind.THROTTLED, to=ALEX.phone, count=2),
        ),
        (
            day(9),
            "the provider will break at Rosa's next text (500): nobody knows whether it left, so it is not sent twice",
            Fault(FaultKind.ERROR_BEFORE, to=ROSA.phone),
        ),
        (
            day(11),
            "the provider will be too busy for Ben for a day: what cannot leave in time expires, and does not pile up",
            Fault(FaultKind.THROTTLED, to=BEN.phone, count=10_000, until=day(12)),
        ),
    ]
