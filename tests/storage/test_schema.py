from pathlib import Path
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import CheckConstraint, Engine, Inspector, UniqueConstraint, inspect

from coach.storage import tables
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import is_current, migrate
from coach.storage.tables.base import Row


def test_migrating_from_nothing_equals_the_tables(sessions: Sessions) -> None:
    with sessions.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        differences = compare_metadata(context, Row.metadata)

    assert differences == []


def checks(look: Inspector, table: str) -> list[tuple[str, str]]:
    return sorted((str(check["name"]), check["sqltext"]) for check in look.get_check_constraints(table))


def indexes(look: Inspector, table: str) -> list[tuple[str, bool, str]]:
    def where(index: Any) -> str:
        return str(index.get("dialect_options", {}).get("sqlite_where"))

    return sorted((str(index["name"]), index["unique"], where(index)) for index in look.get_indexes(table))


def test_checks_and_partial_indexes_are_the_same_in_both(sessions: Sessions, tmp_path: Path) -> None:
    made = open_engine(f"sqlite:///{tmp_path / 'made.db'}")
    Row.metadata.create_all(made)

    def shape(engine: Engine) -> object:
        look = inspect(engine)
        return {table: (checks(look, table), indexes(look, table)) for table in Row.metadata.tables}

    assert shape(sessions.engine) == shape(made)
    made.dispose()


def test_migrating_a_second_time_changes_nothing(sessions: Sessions) -> None:
    migrate(sessions.engine)

    assert is_current(sessions.engine)


def test_a_new_database_is_not_current(tmp_path: Path) -> None:
    engine = open_engine(f"sqlite:///{tmp_path / 'new.db'}")

    assert not is_current(engine)
    engine.dispose()


@pytest.mark.parametrize("table", Row.metadata.tables.values(), ids=str)
def test_every_constraint_has_a_name(table: object) -> None:
    constraints = [one for one in table.constraints if isinstance(one, CheckConstraint | UniqueConstraint)]  # type: ignore[attr-defined]

    assert all(constraint.name for constraint in constraints)


def test_the_package_names_every_table() -> None:
    assert {getattr(tables, name).__tablename__ for name in tables.__all__} == set(Row.metadata.tables)
