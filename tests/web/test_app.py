"""What the application does where its database is away."""

from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coach.bootstrap import Coach
from coach.storage.database import Sessions, open_engine
from coach.web.app import create_app
from tests.people import CLINIC, Practice, reader_of


@pytest.mark.parametrize("method", ["GET", "POST"])
def test_the_log_names_the_route_and_never_a_live_link(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, method: str
) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/no/such/folder.db")
    here = Practice(Sessions(engine))
    coach = Coach(
        *(here.sessions, here.editions, here.gateway, CLINIC, lambda: reader_of(here.editions), here.clock),
        "http://localhost",
    )
    with TestClient(create_app(coach)) as client:
        answer = client.request(method, "/a/6yNn0YkDS2mKjv3qfBqSAA")
    engine.dispose()
    said = [record.getMessage() for record in caplog.records if record.name == "coach.web.app"]

    assert answer.status_code == 503
    assert [words.startswith("/a/{token} was answered with 503: ") for words in said] == [True]
    assert "6yNn0YkDS2mKjv3qfBqSAA" not in "".join(said)
