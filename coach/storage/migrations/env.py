"""Alembic's way in: `coach migrate` gives the connection, `alembic revision` opens the one of COACH_DATABASE_URL."""

import os
from typing import Literal

from alembic import context
from sqlalchemy import Connection, create_engine
from sqlmodel.sql.sqltypes import AutoString

from coach.storage import tables  # noqa: F401 (fills the metadata)
from coach.storage.tables.base import Row
from coach.storage.types import UtcDateTime


def render(kind: str, item: object, _context: object) -> str | Literal[False]:
    """Our own column types are written as plain ones: a migration must not change when the code does."""
    if kind == "type" and isinstance(item, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if kind == "type" and isinstance(item, AutoString):
        return "sa.String()"
    return False


def migrate(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Row.metadata,
        render_item=render,
        render_as_batch=True,  # SQLite changes a table by copying it
        compare_type=True,
        transaction_per_migration=True,
    )
    with context.begin_transaction():
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    migrate(given)
else:
    with create_engine(os.environ.get("COACH_DATABASE_URL", "sqlite:///coach.db")).begin() as opened:
        migrate(opened)
