"""Whose weeks are counted anew, and that nobody waits for another's trouble."""

from collections.abc import Iterable
from datetime import timedelta

from sqlalchemy import insert

from coach.domain.consent import Consent
from coach.services.editions import Editions
from coach.services.spells import pause
from coach.services.tally import BATCH, tally
from coach.storage import ledger, patients
from coach.storage.database import Sessions
from coach.storage.messages import Shard
from coach.storage.tables import Patient, Tally
from tests.people import MONDAY_6AM, Practice, ana, asks, nudge

MINUTE = timedelta(minutes=1)
CROWD = BATCH + 5


def crowd(sessions: Sessions, numbers: Iterable[int], *, zone: str = "America/New_York") -> None:
    rows = [
        {"name": f"P{number}", "phone": f"+1202555{number:04}", "country": "US", "zone": zone, "language": "en"}
        for number in numbers
    ]
    more = {"state": "active", "slots": {}, "weekdays_off": [], "created_at": MONDAY_6AM}
    with sessions.write() as session:
        session.connection().execute(insert(Patient), [row | more for row in rows])


def counted(sessions: Sessions) -> list[int]:
    return [row.patient_id for row in Practice(sessions).rows(Tally)]


def test_a_crowd_with_trouble_keeps_nobody_after_it_from_being_counted(sessions: Sessions) -> None:
    crowd(sessions, range(CROWD), zone="Mars")
    ana_id = ana(sessions)

    assert tally(sessions, now=MONDAY_6AM) == 1
    assert counted(sessions) == [ana_id]


def test_everybody_is_counted_in_one_run_where_more_than_a_batch_have_news(sessions: Sessions) -> None:
    crowd(sessions, range(CROWD))
    tally(sessions, now=MONDAY_6AM - MINUTE)
    for patient_id in range(1, CROWD + 1):
        pause(sessions, Editions(), patient_id, days=1, by="Bo", now=MONDAY_6AM)

    assert tally(sessions, now=MONDAY_6AM + MINUTE) == CROWD
    assert tally(sessions, now=MONDAY_6AM + 2 * MINUTE) == 0


def test_news_of_others_keeps_no_share_from_its_own(sessions: Sessions) -> None:
    crowd(sessions, range(2 * CROWD))
    tally(sessions, now=MONDAY_6AM - MINUTE)
    for patient_id in range(1, 2 * CROWD + 1):
        pause(sessions, Editions(), patient_id, days=1, by="Bo", now=MONDAY_6AM)
    shares = [tally(sessions, now=MONDAY_6AM + MINUTE, shard=Shard(index, 2)) for index in range(2)]

    assert shares == [CROWD, CROWD]


def test_news_that_was_being_written_while_weeks_were_counted_is_not_overlooked(sessions: Sessions) -> None:
    patient_id = ana(sessions, confirmed=False)
    began = MONDAY_6AM + MINUTE
    tally(sessions, now=began + timedelta(seconds=10))
    with sessions.write() as session:  # begun before, and there only now
        patient = patients.lock(session, patient_id)
        ledger.add(session, patient, Consent.CONFIRMED, at=began, by="patient", how="said yes")

    assert tally(sessions, now=began + MINUTE) == 1
    assert tally(sessions, now=began + 2 * MINUTE) == 0


def test_whoever_waits_for_nothing_is_counted_once_a_day(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    tally(sessions, now=MONDAY_6AM + MINUTE)

    assert tally(sessions, now=MONDAY_6AM + timedelta(hours=23)) == 0
    assert tally(sessions, now=MONDAY_6AM + timedelta(hours=25)) == 1
