"""Plain SQL at the driver: the bound that nobody who keeps the same rows, locks and commits can pass by much."""

import sqlite3
import threading
import time
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

from sqlalchemy import make_url

from coach.storage.database import BUSY_TIMEOUT_MS

CLAIMED_AT_ONCE = 16


class Plain:
    """One connection, with the pragmas that coach sets; statements are written with %s."""

    def __init__(self, url: str) -> None:
        address = make_url(url)
        self._is_sqlite = address.get_backend_name() == "sqlite"
        self.connection: Any
        if self._is_sqlite:
            self.connection = sqlite3.connect(address.database or "", isolation_level=None, check_same_thread=False)
            for pragma in (f"busy_timeout={BUSY_TIMEOUT_MS}", "synchronous=FULL", "foreign_keys=ON"):
                self.connection.execute(f"PRAGMA {pragma}")
        else:
            import psycopg  # an extra of coach's

            self.connection = psycopg.connect(url.replace("+psycopg", ""), autocommit=True)

    def run(self, statement: str, values: Sequence[Any] = ()) -> Any:  # noqa: ANN401 (either driver's cursor)
        return self.connection.execute(self._as_written(statement), values)

    def many(self, statement: str, rows: Sequence[Sequence[Any]]) -> None:
        self.connection.cursor().executemany(self._as_written(statement), rows)

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Committed at the end of the block, which never raises here."""
        self.connection.execute("BEGIN IMMEDIATE" if self._is_sqlite else "BEGIN")
        yield
        self.connection.execute("COMMIT")

    def moment(self, at: datetime) -> Any:  # noqa: ANN401 (the driver's own)
        """The time as coach's columns hold it."""
        return at.strftime("%Y-%m-%d %H:%M:%S.%f") if self._is_sqlite else at

    def _as_written(self, statement: str) -> str:
        if not self._is_sqlite:
            return statement
        return statement.replace(" FOR UPDATE", "").replace("%s", "?")


@contextmanager
def opened(url: str) -> Iterator[Plain]:
    """A connection, closed after the block."""
    plain = Plain(url)
    yield plain
    plain.connection.close()


def deliver(url: str, *, now: datetime, threads: int) -> float:
    """Texts a second: what delivery writes of each, nothing looked at, with its locks and its two commits."""
    local, every = threading.local(), []

    def connection() -> Plain:
        if not hasattr(local, "plain"):
            local.plain = Plain(url)
            every.append(local.plain)
        return local.plain  # type: ignore[no-any-return]  # a thread's own

    began, sent = time.perf_counter(), 0
    with ThreadPoolExecutor(threads) as pool:
        while claimed := _claim(connection(), now):
            sent += len(list(pool.map(lambda text: _send(connection(), *text, now=now), claimed)))
    took = time.perf_counter() - began
    for plain in every:
        plain.connection.close()
    return sent / took


def _claim(plain: Plain, now: datetime) -> list[tuple[int, int]]:
    due = "SELECT id, patient_id FROM message WHERE state = 'planned' AND priority = 2 AND next_at <= %s"
    with plain.transaction():
        plain.run("SELECT level FROM sender WHERE name = %s FOR UPDATE", ["MG-free"])
        query = f"{due} AND lease_until IS NULL ORDER BY next_at, id LIMIT {CLAIMED_AT_ONCE}"
        claimed: list[tuple[int, int]] = plain.run(query, [plain.moment(now)]).fetchall()
        if claimed:
            places = ", ".join(["%s"] * len(claimed))
            lease = [uuid4().hex, plain.moment(now + timedelta(minutes=3))]
            update = f"UPDATE message SET lease_token = %s, lease_until = %s WHERE id IN ({places})"  # noqa: S608
            plain.run(update, [*lease, *(id_ for id_, _ in claimed)])
    return claimed


def _send(plain: Plain, message: int, patient: int, *, now: datetime) -> None:
    at, token = plain.moment(now), uuid4().hex
    with plain.transaction():
        _begin(plain, message, patient, at, token)
    with plain.transaction():
        plain.run("SELECT id FROM patient WHERE id = %s FOR UPDATE", [patient])
        plain.run(
            "UPDATE attempt SET outcome = 'accepted', settled_at = %s, provider_id = %s, provider_status = 'accepted',"
            " rank = 0, look_at = %s WHERE token = %s",
            [at, f"SM{token}", at, token],
        )
        _move(plain, message, "sending", "accepted", at, "the provider took it (accepted)")


def _begin(plain: Plain, message: int, patient: int, at: object, token: str) -> None:
    plain.run("SELECT id FROM patient WHERE id = %s FOR UPDATE", [patient])
    question = plain.run(
        "INSERT INTO question (patient_id, enrollment_id, name, kind, expects, action, local_date, week, opened_at,"
        " answer_by, state) VALUES (%s, %s, 'exercise', 'exercise', 'done', %s, '2026-11-24', 3, %s, %s, 'open')"
        " RETURNING id",
        [patient, patient, True, at, at],
    ).fetchone()[0]
    text = "Ana, a small text as long as those of the program are, so that the row has its usual size. DONE or NO?"
    plain.run(
        "UPDATE message SET text = %s, variant = 'steady-steps/exercise/3', language = 'en', encoding = 'GSM-7',"
        " segments = 1, left_at = %s, question_id = %s, lease_token = NULL, lease_until = NULL WHERE id = %s",
        [text, at, question, message],
    )
    _move(plain, message, "planned", "sending", at, "steady-steps: last look passed")
    reminder = plain.run(
        "INSERT INTO message (patient_id, enrollment_id, question_id, purpose, priority, name, due_at, next_at,"
        " send_by, state, created_at) VALUES (%s, %s, %s, 'reminder', 3, 'exercise', %s, %s, %s, 'planned', %s)"
        " RETURNING id",
        [patient, patient, question, *[at] * 4],
    ).fetchone()[0]
    _log(plain, reminder, None, "planned", at, "the one reminder, unless the answer comes first")
    plain.run(
        "INSERT INTO attempt (message_id, token, phone, begun_at, rank) VALUES (%s, %s, '+12025550143', %s, -1)",
        [message, token, at],
    )


def _move(plain: Plain, message: int, before: str, after: str, at: object, why: str) -> None:
    plain.run("UPDATE message SET state = %s, reason = %s WHERE id = %s", [after, why, message])
    _log(plain, message, before, after, at, why)


def _log(plain: Plain, message: int, before: str | None, after: str, at: object, why: str) -> None:
    event: Iterable[Any] = [message, before, after, at, why]
    plain.run("INSERT INTO message_event (message_id, before, after, at, why) VALUES (%s, %s, %s, %s, %s)", [*event])
