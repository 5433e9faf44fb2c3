"""The audit: found by who, what, whom and when; and never changed, whoever tries."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from coach.domain.rights import Role
from coach.services.audit import Deed, Search, record, search
from coach.services.sign_in import Who
from coach.storage.database import Sessions
from tests.people import MONDAY_6AM
from tests.services.test_accounts import member

NOW, HOUR = MONDAY_6AM, timedelta(hours=1)


def who(sessions: Sessions, name: str) -> Who:
    account_id, _ = member(sessions, name, Role.CLINICIAN)
    return Who(account_id, name, f"{name}@clinic.example", Role.CLINICIAN, 1)


def found(sessions: Sessions, **wanted: object) -> list[tuple[str, str, tuple[int, ...]]]:
    return [(one.who, one.what, tuple(one.patients)) for one in search(sessions, Search(**wanted)).lines]  # type: ignore[arg-type]  # each case gives what Search takes


def test_lines_are_found_by_who_what_whom_and_when_the_newest_first(sessions: Sessions) -> None:
    bo, kim = who(sessions, "bo"), who(sessions, "kim")
    record(sessions, bo, Deed.LOOKED_AT_PATIENT, now=NOW, patients=[7])
    record(sessions, bo, Deed.PAUSED, now=NOW + HOUR, patients=[7])
    record(sessions, kim, Deed.LOOKED_AT_ROSTER, now=NOW + 2 * HOUR, patients=[9, 7, 8, 7])
    record(sessions, "the command line", Deed.ADDED_ACCOUNT, now=NOW + 3 * HOUR)
    roster = ("kim", "looked at the roster", (7, 8, 9))
    paused, looked = ("bo", "paused a patient's texts", (7,)), ("bo", "looked at a patient", (7,))

    assert found(sessions)[1:] == [roster, paused, looked]
    assert found(sessions, patient_id=7) == [roster, paused, looked]
    assert found(sessions, patient_id=8) == [roster]
    assert found(sessions, account_id=bo.account_id) == [paused, looked]
    assert found(sessions, what=Deed.PAUSED, patient_id=7) == [paused]
    assert found(sessions, since=NOW + HOUR, until=NOW + 2 * HOUR) == [paused]


def test_a_page_of_lines_says_how_many_there_are(sessions: Sessions) -> None:
    for number in range(7):
        record(sessions, "somebody", Deed.REFUSED, now=NOW, detail=str(number))
    second = search(sessions, Search(), page=2, size=3)

    assert ([one.detail for one in second.lines], second.total) == (["3", "2", "1"], 7)


@pytest.mark.parametrize("table", ["audit_entry", "audit_subject"])
@pytest.mark.parametrize("change", ["UPDATE {} SET id = 99", "DELETE FROM {}"])
def test_the_database_itself_refuses_to_change_or_take_away_a_line(sessions: Sessions, table: str, change: str) -> None:
    record(sessions, "somebody", Deed.LOOKED_AT_PATIENT, now=NOW, patients=[7])

    with pytest.raises(DatabaseError, match="added, never changed"), sessions.write() as session:
        session.connection().execute(text(change.format(table)))
    assert search(sessions, Search(patient_id=7)).total == 1
