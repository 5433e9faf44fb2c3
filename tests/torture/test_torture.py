"""Real processes are killed while the provider stumbles; its ledger is the judge. `make torture` is the long form."""

from pathlib import Path

import pytest

from coach.bootstrap import is_postgresql, open_queue
from tests.torture.judge import judge
from tests.torture.report import report
from tests.torture.run import SHORT, torture


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_killed_processes_send_nothing_twice_and_lose_nothing(kind: str, database_url: str, tmp_path: Path) -> None:
    if is_postgresql(database_url):
        open_queue(database_url).prepare()
    ended = torture(database_url, tmp_path, SHORT)
    judgement = judge(ended.evidence)

    assert judgement.broken == [], list(report(kind, ended, judgement, 0))
    assert (ended.settled, ended.endings) == (True, [])
    assert len(ended.kills) == SHORT.kills
