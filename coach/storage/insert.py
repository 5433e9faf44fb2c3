"""Inserting what may stand already."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlmodel import Session, SQLModel


def insert_new(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """The ids of the rows that were new; one that would break a uniqueness is left out, and what stands stays."""
    if not rows:
        return []
    insert = postgresql.insert if session.get_bind().dialect.name == "postgresql" else sqlite.insert
    columns = rows_of(table)
    statement = insert(columns).on_conflict_do_nothing().returning(columns.c.id)
    return list(session.execute(statement, list(rows)).scalars())


def insert_all(session: Session, table: type[SQLModel], rows: Sequence[Mapping[str, Any]]) -> None:
    """All rows are inserted, without an object each; every row has the same columns."""
    if rows:
        session.execute(rows_of(table).insert(), list(rows))


def rows_of(table: type[SQLModel]) -> Table:
    """The bare table of a class: its rows go in and out without an object each."""
    bare: Table = table.__table__  # type: ignore[attr-defined]  # sqlmodel does not declare it
    return bare
