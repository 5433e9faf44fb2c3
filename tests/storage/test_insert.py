from concurrent.futures import ThreadPoolExecutor
from typing import Any

from sqlalchemy import func, select

from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import Reply
from tests.people import ANA, MONDAY_6AM


def row(provider_id: str) -> dict[str, Any]:
    return {
        "provider_id": provider_id,
        "phone": ANA,
        "to": ANA,
        "body": "6",
        "media": 0,
        "received_at": MONDAY_6AM,
        "state": "unread",
        "faults": 0,
        "is_note": False,
    }


def test_only_what_is_new_is_inserted_and_told(sessions: Sessions) -> None:
    with sessions.write() as session:
        first = insert_new(session, Reply, [row("SM1"), row("SM2")])
        again = insert_new(session, Reply, [row("SM2"), row("SM3")])
        nothing = insert_new(session, Reply, [])
        count = session.execute(select(func.count()).select_from(Reply)).scalar_one()

    assert (len(first), len(again), nothing, count) == (2, 1, [], 3)
    assert not set(first) & set(again)


def test_of_eight_who_insert_the_same_row_at_once_one_is_told_that_it_was_new(sessions: Sessions) -> None:
    def insert(_: int) -> list[int]:
        with sessions.write() as session:
            return insert_new(session, Reply, [row("SM1")])

    with ThreadPoolExecutor(8) as pool:
        new = [id_ for ids in pool.map(insert, range(8)) for id_ in ids]
    with sessions.read() as session:
        stands = list(session.execute(select(Reply.id)).scalars())  # type: ignore[call-overload]  # sqlmodel's column is typed as its value

    assert new == stands
    assert len(new) == 1
