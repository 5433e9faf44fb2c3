import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, select

from coach.services.editions import Editions
from coach.storage.database import Sessions, open_engine
from coach.storage.tables.base import Row
from coach.storage.transfer import TransferError, transfer
from tests.people import CY, MONDAY_6AM, Practice, ana, ana_in, nudge, publication


@pytest.fixture
def one_machine(migrated: Path, tmp_path: Path) -> Iterator[Sessions]:
    """A database of SQLite in which Ana has been coached for a morning."""
    shutil.copy(migrated, tmp_path / "one.db")
    engine = open_engine(f"sqlite:///{tmp_path / 'one.db'}")
    practice = Practice(Sessions(engine))
    ana_in(practice.sessions, practice.editions, publication(nudge("calm", slot="morning")))
    practice.at(MONDAY_6AM.replace(hour=14))
    practice.hears("HELP", at=MONDAY_6AM.replace(hour=15))
    yield practice.sessions
    engine.dispose()


def rows(engine: Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        return {
            table.name: [tuple(row) for row in connection.execute(select(table).order_by(table.c.id))]
            for table in Row.metadata.sorted_tables
        }


def test_every_row_arrives_as_it_was_and_new_ones_come_after_it(one_machine: Sessions, sessions: Sessions) -> None:
    told = transfer(one_machine.engine, sessions.engine)
    there, here = rows(one_machine.engine), rows(sessions.engine)

    assert here == there
    assert told == {name: len(found) for name, found in there.items()}
    assert told["message"] > 1
    assert told["reply"] == 1
    assert ana(sessions, phone=CY) == 2


def test_what_was_planned_on_one_machine_leaves_from_the_other(one_machine: Sessions, sessions: Sessions) -> None:
    transfer(one_machine.engine, sessions.engine)

    assert Practice(sessions, Editions()).at(MONDAY_6AM.replace(day=24, hour=15)) == ["en calm a Ana"]


def test_a_database_with_rows_takes_no_others(one_machine: Sessions, sessions: Sessions) -> None:
    ana(sessions)

    with pytest.raises(TransferError, match=r"has rows already \(in patient\)"):
        transfer(one_machine.engine, sessions.engine)


def test_a_database_that_is_not_migrated_is_named(sessions: Sessions, tmp_path: Path) -> None:
    new = open_engine(f"sqlite:///{tmp_path / 'new.db'}")

    with pytest.raises(TransferError, match="copied to is not up to date"):
        transfer(sessions.engine, new)
    with pytest.raises(TransferError, match="copied from is not up to date"):
        transfer(new, sessions.engine)
    new.dispose()
