import io
import logging

import pytest

from coach.log import Redacting, set_up
from coach.storage.database import Sessions
from coach.storage.tables import Reply
from tests.people import MONDAY_6AM, Practice


def written(words: str, *values: object, error: BaseException | None = None) -> str:
    """The line that is written for a record."""
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    handler.setFormatter(Redacting("%(name)s %(message)s"))
    info = None if error is None else (type(error), error, error.__traceback__)
    handler.handle(logging.LogRecord("coach.test", logging.INFO, __file__, 1, words, values, info))
    return stream.getvalue()


@pytest.mark.parametrize(
    "number",
    ["+12025550143", "+1 202 555 0143", "+1 (202) 555-0143", "12025550143", "2025550143", "%2B12025550143"],
)
def test_what_looks_like_a_number_is_blanked(number: str) -> None:
    assert written("a text from %s came", number) == "coach.test a text from (number) came\n"


@pytest.mark.parametrize(
    "words", ["message 12 of patient 3", "SM00000000000000000000000000000001", "2026-11-23 in 35 s"]
)
def test_ids_and_times_are_kept(words: str) -> None:
    assert written(words) == f"coach.test {words}\n"


def test_a_number_in_a_traceback_is_blanked_too() -> None:
    assert "555" not in written("it raised", error=ValueError("no such number: +1 202 555 0143"))


def test_an_error_of_the_database_names_no_body_and_no_number(sessions: Sessions) -> None:
    Practice(sessions).stores("my back hurts", at=MONDAY_6AM)

    with pytest.raises(Exception, match="UNIQUE") as raised, sessions.write() as session:  # noqa: PT012 (one block)
        session.add(
            Reply(provider_id=f"SM{1:032x}", phone="+12025550143", to="", body="my back hurts", received_at=MONDAY_6AM)
        )
        session.flush()
    assert "my back hurts" not in str(raised.value)


def test_lines_are_in_utc_and_libraries_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    before = logging.getLogger().handlers[:], logging.getLogger().level
    set_up("DEBUG")
    logging.getLogger("coach.services").debug("message %s left", 7)
    logging.getLogger("somebody.else").info("chatter")
    lines = capsys.readouterr().err.splitlines()
    logging.getLogger().handlers[:], logging.getLogger().level = before
    logging.getLogger("coach").setLevel(logging.NOTSET)

    assert len(lines) == 1
    assert lines[0].endswith("Z DEBUG coach.services message 7 left")
