import pytest

from coach.gateway.base import InboundSms
from coach.services.receive import receive
from coach.storage.database import Sessions, open_engine
from coach.storage.tables import Reply
from tests.people import ANA, CY, MONDAY_6AM, Practice

SMS = InboundSms("SM1", ANA, "+12025550100", " 6 \n", media=1, opt_out_type="STOP")


def test_a_text_is_committed_raw_and_unread_before_anything_reads_it(sessions: Sessions, database_url: str) -> None:
    reply_id = receive(sessions, SMS, now=MONDAY_6AM)
    other = open_engine(database_url)  # another process sees it

    with other.connect() as connection:
        row = connection.exec_driver_sql("SELECT id, phone, body, media, opt_out_type, state, faults FROM reply").all()
    other.dispose()

    assert row == [(reply_id, ANA, " 6 \n", 1, "STOP", "unread", 0)]


def test_the_same_text_twice_is_stored_once(sessions: Sessions) -> None:
    first = receive(sessions, SMS, now=MONDAY_6AM)

    assert first is not None
    assert receive(sessions, SMS, now=MONDAY_6AM) is None
    assert len(Practice(sessions).rows(Reply)) == 1


def test_the_same_words_in_another_text_are_another_reply(sessions: Sessions) -> None:
    receive(sessions, SMS, now=MONDAY_6AM)
    receive(sessions, InboundSms("SM2", CY, "+12025550100", " 6 \n"), now=MONDAY_6AM)

    assert [reply.phone for reply in Practice(sessions).rows(Reply)] == [ANA, CY]


@pytest.mark.parametrize(
    ("came", "stored"),
    [
        ("6\x00", "6\ufffd"),  # PostgreSQL keeps no NUL; a carrier's @ may come as one
        ("\ud83d ok", "\ufffd ok"),  # half an emoji, cut where one segment ends
        ("😀 ok", "😀 ok"),
    ],
)
def test_no_sign_in_a_text_keeps_it_from_being_stored(sessions: Sessions, came: str, stored: str) -> None:
    practice = Practice(sessions)
    reply_id = practice.stores(came, at=MONDAY_6AM)

    assert practice.reply(reply_id).body == stored
