"""`python -m tests.torture`: the long form on both databases. Exit 1 where a promise was broken."""

import argparse
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from coach.bootstrap import open_queue
from coach.storage.database import open_engine
from coach.storage.schema import migrate
from tests.postgres import postgres_server
from tests.torture.judge import Judgement, judge, together
from tests.torture.report import report
from tests.torture.run import LONG, SHORT, Plan, torture

CHANGED = ("seed", "people", "kills", "texts")


def main() -> int:
    options = _options()
    changes = {name: getattr(options, name) for name in CHANGED if getattr(options, name)}
    plan = replace(SHORT if options.short else LONG, **changes)
    judgements = [_one(kind, plan, keep=options.keep) for kind in options.databases]
    _say(together(judgements).line)
    return 1 if any(judgement.broken for judgement in judgements) else 0


def _one(kind: str, plan: Plan, *, keep: bool) -> Judgement:
    folder = Path(tempfile.mkdtemp(prefix="coach-torture-"))
    began = time.monotonic()
    with _database(kind, folder) as url:
        ended = torture(url, folder, plan)
    judgement = judge(ended.evidence)
    _say(*report(kind, ended, judgement, time.monotonic() - began))
    if keep or judgement.broken:
        _say(f"  database, ledger and logs are in {folder}")
    else:
        shutil.rmtree(folder, ignore_errors=True)
    return judgement


@contextmanager
def _database(kind: str, folder: Path) -> Iterator[str]:
    """The address of a new database, which outlives a power cut, with all tables."""
    if kind == "sqlite":
        url = f"sqlite:///{folder / 'coach.db'}"
        _migrate(url)
        yield url
        return
    with postgres_server(durable=True) as server:
        url = server.create()
        _migrate(url)
        open_queue(url).prepare()
        yield url


def _migrate(url: str) -> None:
    engine = open_engine(url)
    migrate(engine)
    engine.dispose()


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description="Kills processes, and judges.")
    parser.add_argument("databases", nargs="*", default=["sqlite", "postgresql"], help="sqlite, postgresql, or both")
    parser.add_argument("--short", action="store_true", help="half a minute each")
    parser.add_argument("--keep", action="store_true", help="keep the folder with database, ledger and logs")
    for name in CHANGED:
        parser.add_argument(f"--{name}", type=int, default=0)
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
