"""The witness: everything that the sandbox saw and did, in order."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal


@dataclass(frozen=True)
class Created:
    """One call to create a message. `sid`: None where nothing was accepted; `answer`: what the caller was told."""

    at: datetime  # UTC
    to: str
    form: Sequence[tuple[str, str]]
    sid: str | None
    answer: str
    what: Literal["create"] = "create"


@dataclass(frozen=True)
class Posted:
    """One webhook that was posted. `status` is the HTTP status of the answer, None where there was none."""

    at: datetime  # UTC
    kind: Literal["inbound", "status"]
    url: str
    form: Sequence[tuple[str, str]]
    status: int | None
    words: str = ""
    what: Literal["webhook"] = "webhook"


Entry = Created | Posted


@dataclass
class Ledger:
    """Append-only and shared by threads; with `path`, each entry is a line of JSON there as well."""

    path: Path | None = None
    _entries: list[Entry] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def add(self, entry: Entry) -> None:
        with self._lock:
            self._entries.append(entry)
            if self.path is not None:
                with self.path.open("a", encoding="utf-8") as file:
                    file.write(json.dumps(as_json(entry), ensure_ascii=False) + "\n")

    def entries(self) -> list[Entry]:
        """Everything so far, oldest first."""
        with self._lock:
            return list(self._entries)

    def creates(self, *, to: str | None = None) -> list[Created]:
        """The calls to create a message, oldest first."""
        return [entry for entry in self.entries() if isinstance(entry, Created) and to in {None, entry.to}]

    def accepted(self, *, to: str | None = None) -> list[Created]:
        """The calls that led to a message, whatever the caller was told."""
        return [entry for entry in self.creates(to=to) if entry.sid is not None]

    def webhooks(self, kind: Literal["inbound", "status"] | None = None) -> list[Posted]:
        """The webhooks that were posted, oldest first."""
        return [entry for entry in self.entries() if isinstance(entry, Posted) and kind in {None, entry.kind}]


def as_json(entry: Entry) -> Mapping[str, object]:
    """The entry as plain JSON values; its time in ISO form, UTC."""
    return {**asdict(entry), "at": entry.at.isoformat(), "form": [list(pair) for pair in entry.form]}
