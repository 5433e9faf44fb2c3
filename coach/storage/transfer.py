"""From one machine to several: every row of one database, copied into another that is empty."""

from collections.abc import Iterator

from sqlalchemy import Connection, Engine, Table, func, insert, select, text

from coach.domain.errors import CoachError
from coach.storage.database import WRITES
from coach.storage.schema import is_current
from coach.storage.tables.base import Row

ROWS_AT_ONCE = 1_000


class TransferError(CoachError):
    """Rows cannot be copied from one database to the other."""


def transfer(source: Engine, target: Engine) -> dict[str, int]:
    """How many rows of each table `target` now has, each under the id that it had in `source`, or none at all.

    Raises:
        TransferError: one of them is not up to date, or the target has rows.
    """
    for engine, which in ((source, "copied from"), (target, "copied to")):
        if not is_current(engine):
            raise TransferError(f"the database that is {which} is not up to date; run `coach migrate` on it first")
    # The source is held against writing meanwhile: SQLite by IMMEDIATE; a coach that still runs waits, and gives up.
    with (
        source.connect().execution_options(**{WRITES: True}) as from_,
        from_.begin(),
        target.connect().execution_options(**{WRITES: True}) as to,
        to.begin(),
    ):
        tables = Row.metadata.sorted_tables
        for table in tables:
            if to.execute(select(table.c.id).limit(1)).first():
                raise TransferError(
                    f"the database that is copied to has rows already (in {table.name}); give a new one"
                )
        return {table.name: _copy(table, from_, to) for table in tables}


def _copy(table: Table, source: Connection, target: Connection) -> int:
    count = 0
    for rows in _batches(table, source):
        target.execute(insert(table), rows)
        count += len(rows)
    if count and target.dialect.name == "postgresql":  # the next id comes after those that were brought along
        newest = target.execute(select(func.max(table.c.id))).scalar_one()
        target.execute(
            text("SELECT setval(pg_get_serial_sequence(:table, 'id'), :newest)"),
            {"table": table.name, "newest": newest},
        )
    return count


def _batches(table: Table, source: Connection) -> Iterator[list[dict[str, object]]]:
    found = source.execution_options(yield_per=ROWS_AT_ONCE).execute(select(table).order_by(table.c.id))
    for rows in found.mappings().partitions():
        yield [dict(row) for row in rows]
