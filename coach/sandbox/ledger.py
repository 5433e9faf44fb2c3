"""The witness: everything that the sandbox saw and did, in order."""

import json
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Literal
from urllib.parse import parse_qsl, urlsplit


@dataclass(frozen=True)
class Created:
    """One call to create a message. `sid`: None where nothing was accepted; `answer`: what the caller was told.

    That is "201", HTTP status and code of a refusal, or the fault that kept the caller from knowing.
    """

    at: datetime  # UTC
    to: str
    form: Sequence[tuple[str, str]]
    sid: str | None
    answer: str
    fault: str | None = None  # what befell it
    what: Literal["create"] = "create"

    @property
    def attempt(self) -> str | None:
        """The attempt's id, which rides in the query of the status callback."""
        callback = next((value for name, value in self.form if name == "StatusCallback"), "")
        return dict(parse_qsl(urlsplit(callback).query)).get("attempt")


@dataclass(frozen=True)
class Posted:
    """One webhook, posted `tries` times. `status` is the HTTP status of the last answer, None where there was none."""

    at: datetime  # UTC
    kind: Literal["inbound", "status"]
    url: str
    form: Sequence[tuple[str, str]]
    status: int | None
    words: str = ""
    tries: int = 1
    what: Literal["webhook"] = "webhook"


@dataclass(frozen=True)
class Inbound:
    """One text from a phone, and how its webhook was answered in the end; None where it was not, or never posted."""

    at: datetime  # UTC
    sid: str
    number: str
    body: str
    status: int | None
    words: str = ""
    fault: str | None = None
    what: Literal["inbound"] = "inbound"


Entry = Created | Posted | Inbound


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

    def entries(self, start: int = 0) -> list[Entry]:
        """Everything so far from the `start`th entry on, oldest first."""
        with self._lock:
            return self._entries[start:]

    def creates(self, *, to: str | None = None) -> list[Created]:
        """The calls to create a message, oldest first."""
        return [entry for entry in self.entries() if isinstance(entry, Created) and to in {None, entry.to}]

    def accepted(self, *, to: str | None = None) -> list[Created]:
        """The calls that led to a message, whatever the caller was told."""
        return [entry for entry in self.creates(to=to) if entry.sid is not None]

    def inbound(self) -> list[Inbound]:
        """The texts from phones, oldest first."""
        return [entry for entry in self.entries() if isinstance(entry, Inbound)]

    def webhooks(self, kind: Literal["inbound", "status"] | None = None) -> list[Posted]:
        """The webhooks that were posted, oldest first."""
        return [entry for entry in self.entries() if isinstance(entry, Posted) and kind in {None, entry.kind}]


def as_json(entry: Entry) -> Mapping[str, object]:
    """The entry as plain JSON values; its time in ISO form, UTC."""
    values = {**asdict(entry), "at": entry.at.isoformat()}
    if isinstance(entry, Created):
        values["attempt"] = entry.attempt
    return values
