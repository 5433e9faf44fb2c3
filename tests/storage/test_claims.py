from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.domain.delivery import MessageState, Purpose
from coach.storage import claims, messages, patients, senders
from coach.storage.claims import Claim
from coach.storage.database import Sessions
from coach.storage.tables import Message, MessageEvent, Patient
from tests.people import MONDAY_6AM

LEASE = timedelta(minutes=3)


def owe(sessions: Sessions, *, people: int, each: int) -> None:
    """So many patients are owed so many texts each, all due."""
    with sessions.write() as session:
        for number in range(people):
            patient = Patient(
                name="Ana", phone=f"+1202555{number:04}", country="US", zone="UTC", language="en", created_at=MONDAY_6AM
            )
            session.add(patient)
            session.flush()
            session.add_all(
                Message(
                    patient_id=patient.id,
                    purpose=Purpose.NUDGE,
                    priority=3,
                    name="calm",
                    due_at=MONDAY_6AM,
                    next_at=MONDAY_6AM,
                    send_by=MONDAY_6AM,
                    created_at=MONDAY_6AM,
                )
                for _ in range(each)
            )


def test_eight_threads_under_the_senders_lock_lease_each_patient_one_row_and_no_row_twice(sessions: Sessions) -> None:
    owe(sessions, people=60, each=3)

    def claim_all(worker: int) -> list[Claim]:
        mine: list[Claim] = []
        while True:
            with sessions.write() as session:
                senders.lock(session, "MG", now=MONDAY_6AM)
                got = claims.claim(session, now=MONDAY_6AM, token=f"worker {worker}", lease=LEASE, limit=7)
            if not got:
                return mine
            mine += got

    with ThreadPoolExecutor(8) as pool:
        taken = [claim for mine in pool.map(claim_all, range(8)) for claim in mine]
    with sessions.read() as session:
        leased = {
            row.id: row
            for row in session.execute(select(Message).where(col(Message.lease_token).is_not(None))).scalars()
        }

    assert len(taken) == 60
    assert {claim.message_id: claim.token for claim in taken} == {id_: row.lease_token for id_, row in leased.items()}
    assert len({row.patient_id for row in leased.values()}) == 60


def test_eight_threads_without_any_lock_still_lease_no_row_twice(sessions: Sessions) -> None:
    owe(sessions, people=80, each=1)

    def claim_some(worker: int) -> list[int]:
        with sessions.write() as session:
            got = claims.claim(session, now=MONDAY_6AM, token=f"worker {worker}", lease=LEASE, limit=20)
        return [claim.message_id for claim in got]

    with ThreadPoolExecutor(8) as pool:
        taken = [id_ for mine in pool.map(claim_some, range(8)) for id_ in mine]

    assert len(taken) == len(set(taken)) > 0


def test_what_expires_and_what_is_cancelled_at_once_ends_once(sessions: Sessions) -> None:
    """A sweep of late rows and an edit of their patient meet in the same rows, from both ends."""
    owe(sessions, people=1, each=120)
    later = MONDAY_6AM + timedelta(minutes=1)
    with sessions.read() as session:
        ids = [row.id or 0 for row in session.execute(select(Message).order_by(col(Message.id))).scalars()]

    def expire(_: int) -> None:
        with sessions.write() as session:
            claims.expire(session, ids, now=later)

    def cancel(part: int) -> None:
        for id_ in reversed(ids[part::4]):
            with sessions.write() as session:
                patient = session.execute(select(Patient)).scalar_one()
                patients.lock(session, patient.id or 0)
                message = session.get_one(Message, id_, populate_existing=True, with_for_update=True)
                if message.state == MessageState.PLANNED:
                    messages.move(session, message, MessageState.CANCELLED, at=later, why="edited")

    with ThreadPoolExecutor(5) as pool:
        jobs = [pool.submit(cancel, part) for part in range(4)] + [pool.submit(expire, 0)]
        for job in jobs:
            job.result()
    with sessions.read() as session:
        events = list(session.execute(select(col(MessageEvent.message_id))).scalars())

    assert sorted(events) == ids


@pytest.mark.parametrize(("of", "found"), [(1, 12), (2, 6), (3, 4)])
def test_shards_share_the_patients_out(sessions: Sessions, of: int, found: int) -> None:
    owe(sessions, people=12, each=1)
    taken: list[int] = []
    for index in range(of):
        with sessions.write() as session:
            shard = messages.Shard(index, of)
            got = claims.claim(session, now=MONDAY_6AM, token="t", lease=LEASE, limit=50, shard=shard)
        taken.append(len(got))

    assert taken == [found] * of
