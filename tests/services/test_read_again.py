"""Texts that are read again, or by two readers at once."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy.exc import OperationalError
from sqlmodel import Session

from coach.services.read import Reader, read_reply, read_unread
from coach.storage import replies
from coach.storage.database import Sessions
from coach.storage.tables import Case
from coach.storage.tables.reply import ReplyState
from tests.people import CY, Practice, broken_rules, nudge, reader_of

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
MINUTE = timedelta(minutes=1)
SECOND_READER_ARRIVES = 0.5  # seconds within which it would have read the text, did it not wait


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def test_a_strangers_text_that_one_reader_has_in_hand_is_not_read_by_another(practice: Practice) -> None:
    reply_id = practice.stores("I want to die", at=TEN, phone=CY)
    with ThreadPoolExecutor(1) as pool:
        with practice.sessions.write() as session:
            replies.lock(session, reply_id).state = ReplyState.READ
            session.flush()
            second = pool.submit(practice.reads, reply_id, at=TEN)
            waits = not wait([second], SECOND_READER_ARRIVES).done

        assert (waits, second.result()) == (True, False)
    assert practice.rows(Case) == []  # the first reader's own, which this one has not made


def faults(practice: Practice, reply_id: int) -> tuple[int, str]:
    return practice.reply(reply_id).faults, practice.reply(reply_id).state.value


def test_a_text_that_cannot_be_read_is_tried_again_ever_less_often_and_fresh_ones_at_once(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    practice.stores("HELP", at=TEN)
    broken, mended = reader_of(practice.editions, broken_rules()), reader_of(practice.editions)
    tried = [second for second in range(0, 3600, 5) if read_tries(practice, broken, TEN + timedelta(seconds=second))]

    gaps = [later - earlier for earlier, later in pairwise(tried)]
    assert gaps == [5, 10, 20, 40, 80, 160, 320, 600, 600, 600, 600]
    assert [case.category for case in practice.rows(Case)] == ["system"]
    fresh = practice.stores("HELP", at=TEN + timedelta(hours=1))
    assert read_unread(practice.sessions, mended, now=TEN + timedelta(hours=1)) == 1
    assert practice.reply(fresh).state == "read"


def read_tries(practice: Practice, reader: Reader, now: datetime) -> bool:
    """Whether the first text was tried, in vain, in a round at `now`."""
    before = practice.reply(1).faults
    assert read_unread(practice.sessions, reader, now=now) == 0
    return practice.reply(1).faults > before


def test_fresh_texts_go_before_those_that_could_not_be_read(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    spoilt = [practice.stores("HELP", at=TEN) for _ in range(3)]
    for reply_id in spoilt:
        practice.reads(reply_id, at=TEN, by=broken_rules())
    fresh = practice.stores("STOP", at=TEN + MINUTE)

    assert read_unread(practice.sessions, reader_of(practice.editions), now=TEN + MINUTE, limit=1) == 1
    assert practice.reply(fresh).state == "read"


def test_one_numbers_flood_keeps_nobody_elses_text_waiting(practice: Practice) -> None:
    flood = [practice.stores(f"invoice {number}", at=TEN, phone=CY) for number in range(8)]
    cry = practice.stores("i want to die", at=TEN + MINUTE)

    assert read_unread(practice.sessions, reader_of(practice.editions), now=TEN + MINUTE, limit=2) == 2
    assert [practice.reply(reply_id).state for reply_id in (flood[0], cry, flood[1])] == ["read", "read", "unread"]


def test_a_busy_database_leaves_a_text_unread_without_a_fault_of_its_own(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    reply_id = practice.stores("HELP", at=TEN)
    busy = Busy(practice.sessions.engine)
    reader = reader_of(practice.editions)

    assert not read_reply(busy, reader, reply_id, now=TEN)
    assert read_unread(busy, reader, now=TEN) == 0
    assert faults(practice, reply_id) == (0, "unread")
    assert read_unread(practice.sessions, reader, now=TEN) == 1


class Busy(Sessions):
    """A database that another program has locked for writing."""

    @contextmanager
    def write(self) -> Iterator[Session]:
        raise OperationalError("BEGIN IMMEDIATE", {}, Exception("database is locked"))
        yield  # pragma: no cover (it makes this a generator)
