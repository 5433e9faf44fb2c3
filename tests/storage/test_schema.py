from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, Inspector, MetaData, UniqueConstraint, inspect, text

from coach.storage import tables
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import SchemaError, is_current, migrate
from coach.storage.tables.base import Row
from tests.people import MONDAY_6AM
from tests.postgres import Postgres


@pytest.fixture
def empty(kind: str, request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Engine]:
    """A database without a table."""
    server: Postgres | None = None if kind == "sqlite" else request.getfixturevalue("postgres")
    address = server.create() if server else f"sqlite:///{tmp_path / 'new.db'}"
    engine = open_engine(address)
    yield engine
    engine.dispose()
    if server:
        server.drop(address)


def of_coach(name: str | None, kind: str, _parents: Any) -> bool:
    """Whether a table is ours; the job engine has its own in the same database."""
    return kind != "table" or not (name or "").startswith("procrastinate_")


def differences(engine: Engine) -> list[Any]:
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "include_name": of_coach})
        return list(compare_metadata(context, Row.metadata))


def checks(look: Inspector, table: str) -> list[tuple[str, str]]:
    return sorted((str(check["name"]), check["sqltext"]) for check in look.get_check_constraints(table))


def indexes(look: Inspector, table: str) -> list[tuple[str, bool, str]]:
    def where(index: Any) -> str:
        options = index.get("dialect_options", {})
        return str(options.get("sqlite_where", options.get("postgresql_where")))

    return sorted((str(index["name"]), bool(index["unique"]), where(index)) for index in look.get_indexes(table))


def shape(engine: Engine) -> object:
    look = inspect(engine)
    return {table: (checks(look, table), indexes(look, table)) for table in Row.metadata.tables}


def test_migrating_from_nothing_equals_the_tables(sessions: Sessions) -> None:
    assert differences(sessions.engine) == []


def test_checks_and_partial_indexes_are_the_same_as_those_of_the_tables(sessions: Sessions, empty: Engine) -> None:
    Row.metadata.create_all(empty)

    assert shape(sessions.engine) == shape(empty)


def test_migrating_a_second_time_changes_nothing(sessions: Sessions) -> None:
    before = shape(sessions.engine)
    migrate(sessions.engine)

    assert is_current(sessions.engine)
    assert shape(sessions.engine) == before


def test_a_new_database_is_not_current(empty: Engine) -> None:
    assert not is_current(empty)


def test_the_code_before_runs_on_a_database_that_a_newer_coach_has_migrated(sessions: Sessions) -> None:
    """So that an upgrade can be made without stopping, and taken back without losing what was written since."""
    with sessions.write() as session:
        session.connection().exec_driver_sql("UPDATE alembic_version SET version_num = 'of-next-year'")
    migrate(sessions.engine)
    with sessions.read() as session:
        stands_at = session.connection().exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one()

    assert is_current(sessions.engine)
    assert stands_at == "of-next-year"


def test_four_migrations_at_once_are_as_one(empty: Engine) -> None:
    """As when each of four machines runs its release command at the same moment."""
    engines = [open_engine(empty.url.render_as_string(hide_password=False)) for _ in range(4)]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(migrate, engines))
    for engine in engines:
        engine.dispose()

    assert is_current(empty)
    assert differences(empty) == []


NOW = MONDAY_6AM
FIRST_ROWS: dict[str, dict[str, Any]] = {  # as the first schema had them
    "patient": {
        "id": 1,
        "name": "Ana",
        "phone": "+12025550143",
        "country": "US",
        "zone": "UTC",
        "language": "en",
        "state": "active",
        "slots": {"morning": "08:00"},
        "weekdays_off": [],
        "created_at": NOW,
    },
    "message": {
        "id": 1,
        "patient_id": 1,
        "purpose": "invitation",
        "priority": 2,
        "name": "invitation",
        "due_at": NOW,
        "next_at": NOW,
        "send_by": NOW,
        "state": "sending",
        "created_at": NOW,
    },
    "message_event": {"id": 1, "message_id": 1, "before": "planned", "after": "sending", "at": NOW, "why": "begun"},
    "attempt": {"id": 1, "message_id": 1, "token": "t", "phone": "+12025550143", "begun_at": NOW, "rank": -1},
    "reply": {
        "id": 1,
        "provider_id": "SM1",
        "phone": "+12025550143",
        "to": "+12025550100",
        "body": "6",
        "media": 0,
        "received_at": NOW,
        "state": "unread",
        "patient_id": 1,
        "faults": 1,
        "is_note": False,
    },
}


def test_rows_of_the_first_schema_come_through_every_later_migration(empty: Engine) -> None:
    migrate(empty, revision="0001")
    then = MetaData()
    then.reflect(empty)
    with empty.begin() as connection:
        for table, row in FIRST_ROWS.items():
            connection.execute(then.tables[table].insert().values(row))
    migrate(empty)
    with empty.connect() as connection:
        kept = {table: dict(connection.execute(then.tables[table].select()).mappings().one()) for table in FIRST_ROWS}

    assert is_current(empty)
    assert {table: {name: kept[table][name] for name in row} for table, row in FIRST_ROWS.items()} == {
        table: {name: comparable(empty, value) for name, value in row.items()} for table, row in FIRST_ROWS.items()
    }


def comparable(engine: Engine, value: Any) -> Any:
    """Reflected columns of SQLite know no zone."""
    return value.replace(tzinfo=None) if value is NOW and engine.dialect.name == "sqlite" else value


def test_a_migration_that_would_leave_a_row_without_its_parent_is_undone(tmp_path: Path) -> None:
    """PostgreSQL refuses it at the statement; on SQLite references rest meanwhile and are checked at the end."""
    engine = open_engine(f"sqlite:///{tmp_path / 'orphan.db'}")
    migrate(engine, revision="0001")
    with engine.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        driver.execute("PRAGMA foreign_keys=OFF")
        driver.execute(
            "INSERT INTO message_event (message_id, after, at, why) VALUES (7, 'planned', '2026-11-23', 'x')"
        )

    with pytest.raises(SchemaError, match="the database stays as it was"):
        migrate(engine)
    with engine.connect() as connection:
        stands_at = connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one()
    engine.dispose()

    assert stands_at == "0001"


@pytest.mark.parametrize("table", Row.metadata.tables.values(), ids=str)
def test_every_constraint_has_a_name(table: object) -> None:
    constraints = [one for one in table.constraints if isinstance(one, CheckConstraint | UniqueConstraint)]  # type: ignore[attr-defined]

    assert all(constraint.name for constraint in constraints)


def test_the_package_names_every_table() -> None:
    assert {getattr(tables, name).__tablename__ for name in tables.__all__} == set(Row.metadata.tables)
