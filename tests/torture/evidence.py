"""What the judge judges by: the sandbox's ledger, and the rows of the database. Read when all has ended."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select, text
from sqlmodel import col

from coach.storage.database import Sessions
from coach.storage.tables import Attempt, ConsentEntry, Message, Patient, Reply


@dataclass(frozen=True)
class Text:
    """A message as its row ended."""

    id: int
    purpose: str
    name: str
    state: str
    reason: str | None
    due_at: datetime
    next_at: datetime
    send_by: datetime
    body: str | None = None


@dataclass(frozen=True)
class Try:
    """An attempt as its row ended. `absent`: a list that was read whole did not have it."""

    id: int
    message_id: int
    token: str
    outcome: str | None
    begun_at: datetime
    absent: bool = False


@dataclass(frozen=True)
class Call:
    """A call to create a message, as the provider saw it. `sid`: None where nothing was accepted."""

    at: datetime
    to: str
    body: str
    sid: str | None
    token: str
    fault: str | None = None


@dataclass(frozen=True)
class Written:
    """An attempt that was begun, or a line of consent, in the order of their commits for each person."""

    phone: str
    attempt_id: int | None = None
    consent: str | None = None


@dataclass(frozen=True)
class Evidence:
    """All of a run. `calls` and `heard` are the provider's; the rest is ours. Times are virtual UTC."""

    texts: Sequence[Text] = ()
    tries: Sequence[Try] = ()
    written: Sequence[Written] = ()
    replies: Sequence[tuple[str, str]] = ()  # the provider's id, and our state
    calls: Sequence[Call] = ()
    heard: Sequence[str] = ()  # the provider's id of each text that a phone wrote
    outages: Sequence[tuple[datetime, datetime]] = ()
    kills: int = 0
    parallel_calls: int = 4
    ended_at: datetime | None = None


def gather(sessions: Sessions, ledger: Path, outages: Path, kills: int, parallel_calls: int, at: datetime) -> Evidence:
    """The evidence of a run that has ended at `at`."""
    entries = [json.loads(line) for line in ledger.read_text(encoding="utf-8").splitlines()]
    return Evidence(
        **_rows(sessions),
        calls=[_call(entry) for entry in entries if entry["what"] == "create"],
        heard=[entry["sid"] for entry in entries if entry["what"] == "inbound"],
        outages=_spans(outages),
        kills=kills,
        parallel_calls=parallel_calls,
        ended_at=at,
    )


def _rows(sessions: Sessions) -> dict[str, Any]:
    with sessions.read() as session:
        texts = [_text(row) for row in session.execute(select(Message)).scalars()]
        tries = [_try(row) for row in session.execute(select(Attempt)).scalars()]
        replies = [(row.provider_id, row.state.value) for row in session.execute(select(Reply)).scalars()]
        phones = {row.id: row.phone for row in session.execute(select(Patient)).scalars()}
        called = {row.id: row.phone for row in session.execute(select(col(Attempt.id), col(Attempt.phone)))}
        lines = {row.id: row for row in session.execute(select(ConsentEntry)).scalars()}
        order = session.execute(text("SELECT kind, row_id FROM torture_order ORDER BY seq")).all()
    assert set(phones.values()) >= set(called.values())
    written = [
        Written(called[row_id], attempt_id=row_id)
        if kind == "attempt"
        else Written(lines[row_id].phone, consent=lines[row_id].state.value)
        for kind, row_id in order
    ]
    return {"texts": texts, "tries": tries, "replies": replies, "written": written}


def _text(row: Message) -> Text:
    assert row.id is not None
    return Text(
        row.id,
        row.purpose.value,
        row.name,
        row.state.value,
        row.reason,
        row.due_at,
        row.next_at,
        row.send_by,
        row.text,
    )


def _try(row: Attempt) -> Try:
    assert row.id is not None
    outcome = None if row.outcome is None else row.outcome.value
    return Try(row.id, row.message_id, row.token, outcome, row.begun_at, row.absent_at is not None)


def _call(entry: Mapping[str, Any]) -> Call:
    body = next((value for name, value in entry["form"] if name == "Body"), "")
    at = datetime.fromisoformat(entry["at"])
    return Call(at, entry["to"], body, entry["sid"], entry["attempt"] or "", entry["fault"])


def _spans(path: Path) -> list[tuple[datetime, datetime]]:
    if not path.exists():
        return []
    return [(datetime.fromisoformat(start), datetime.fromisoformat(end)) for start, end in json.loads(path.read_text())]
