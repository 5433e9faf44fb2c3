"""Planning: `services.plan` over everyone, against a bare insert of the very rows that it writes."""

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from benchmarks.clinic import MORNING, fill
from benchmarks.plain import Plain, opened
from benchmarks.rounds import Case
from benchmarks.stores import Copy, Store
from coach.services.editions import Editions
from coach.services.plan import BATCH, plan
from coach.storage.database import Sessions, open_engine

AIM = 0.3


@dataclass(frozen=True)
class Written:
    """What one run of planning left in a table: its columns, and its rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[Any]]


def cases(store: Store, size: int) -> Iterator[Case]:
    """Occurrences a second. The bare side writes messages, events and enrollments in transactions as large as ours."""
    copy = store.filled(partial(fill, people=size))
    yield Case(
        "plan",
        store.kind,
        "bare bulk insert of the rows",
        AIM,
        partial(_coach, copy),
        partial(_bare, copy, _rows(copy)),
    )


def _coach(copy: Copy) -> float:
    with copy() as url:
        engine = open_engine(url)
        began = time.perf_counter()
        new = plan(Sessions(engine), Editions(), now=MORNING)
        took = time.perf_counter() - began
        engine.dispose()
        return new / took


def _rows(copy: Copy) -> dict[str, Written]:
    with copy() as url:
        engine = open_engine(url)
        plan(Sessions(engine), Editions(), now=MORNING)
        engine.dispose()
        with opened(url) as plain:
            events = _written(plain, "SELECT * FROM message_event ORDER BY id")
            ids = "SELECT message_id FROM message_event"
            messages = _written(plain, f"SELECT * FROM message WHERE id IN ({ids}) ORDER BY id")  # noqa: S608 (constant)
            enrollments = _written(plain, "SELECT planned_through, plan_at, id FROM enrollment ORDER BY id")
            return {"message": messages, "message_event": events, "enrollment": enrollments}


def _written(plain: Plain, query: str) -> Written:
    cursor = plain.run(query)
    return Written([column[0] for column in cursor.description], cursor.fetchall())


def _bare(copy: Copy, written: dict[str, Written]) -> float:
    messages, events, enrollments = written["message"], written["message_event"], written["enrollment"]
    with copy() as url, opened(url) as plain:
        began = time.perf_counter()
        each = -(-len(messages.rows) * BATCH // len(enrollments.rows))  # rows of a transaction of ours
        for number, first in enumerate(range(0, len(messages.rows), each)):
            with plain.transaction():
                _insert(plain, "message", messages.columns, messages.rows[first : first + each])
                _insert(plain, "message_event", events.columns, events.rows[first : first + each])
                some = enrollments.rows[number * BATCH : (number + 1) * BATCH]
                plain.many("UPDATE enrollment SET planned_through = %s, plan_at = %s WHERE id = %s", some)
        return len(messages.rows) / (time.perf_counter() - began)


def _insert(plain: Plain, table: str, columns: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    names, places = ", ".join(columns), ", ".join(["%s"] * len(columns))
    plain.many(f"INSERT INTO {table} ({names}) VALUES ({places})", rows)  # noqa: S608 (our own columns)
