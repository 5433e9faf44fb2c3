"""Inserting what may stand already."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Insert, Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of the rows that were new; one that would break a uniqueness is left out, and what stands stays."""
    if not rows:
        return []
    statement = _insert_new(table, session.get_bind().dialect.name)
    return list(session.execute(statement, list(rows)).scalars())


def insert_in_order(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of these rows, all of them new, in the same order."""
    return list(session.execute(_insert_in_order(table), list(rows)).scalars()) if rows else []


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """All rows are inserted, without an object each; every row has the same columns."""
    if rows:
        session.execute(_insert(table), list(rows))


@cache
def _insert_new(table: type[SQLModel], dialect: str) -> Any:  # noqa: ANN401 (either dialect's insert)
    insert = postgresql.insert if dialect == "postgresql" else sqlite.insert
    columns = _bare(table)
    return insert(columns).on_conflict_do_nothing().returning(columns.c.id)


@cache
def _insert_in_order(table: type[SQLModel]) -> Any:  # noqa: ANN401 (an insert that returns ids)
    columns = _bare(table)
    return columns.insert().returning(columns.c.id, sort_by_parameter_order=True)


@cache
def _insert(table: type[SQLModel]) -> Insert:
    return _bare(table).insert()


def _bare(table: type[SQLModel]) -> Table:
    """The table without its class: rows go in without an object each."""
    bare: Table = table.__table__  # type: ignore[attr-defined]  # sqlmodel does not declare it
    return bare
