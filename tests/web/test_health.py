from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from coach.bootstrap import Coach
from coach.storage.database import Sessions, open_engine
from coach.web.app import create_app
from tests.people import CLINIC, Practice, reader_of


def web(sessions: Sessions) -> TestClient:
    practice = Practice(sessions)
    reader = reader_of(practice.editions)
    coach = Coach(
        sessions, practice.editions, practice.gateway, CLINIC, lambda: reader, practice.clock, "http://localhost"
    )
    return TestClient(create_app(coach))


def test_a_process_over_a_migrated_database_is_well_and_ready(sessions: Sessions) -> None:
    with web(sessions) as client:
        assert client.get("/healthz").json() == {"status": "ok"}
        assert client.get("/readyz").json() == {"status": "ready"}


@pytest.mark.parametrize(
    ("place", "words"),
    [("empty.db", "the database is not migrated; run coach migrate"), ("no/such/folder.db", "the database does not")],
)
def test_without_a_usable_database_it_is_well_but_not_ready(tmp_path: Path, place: str, words: str) -> None:
    engine = open_engine(f"sqlite:///{tmp_path}/{place}")
    with web(Sessions(engine)) as client:
        ready = client.get("/readyz")

        assert client.get("/healthz").status_code == 200
        assert ready.status_code == 503
        assert ready.json()["status"].startswith(words)
    engine.dispose()


@pytest.mark.parametrize("path", ["/docs", "/redoc", "/openapi.json"])
def test_no_page_describes_the_addresses(sessions: Sessions, path: str) -> None:
    with web(sessions) as client:
        assert client.get(path).status_code == 404
