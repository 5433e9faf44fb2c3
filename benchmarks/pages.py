"""`python -m benchmarks.pages`: the roster and Today with 10,000 people and a year of texts, beside 100 of them."""

import argparse
import logging
import tempfile
import time
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from statistics import median

from fastapi.testclient import TestClient
from pwdlib import PasswordHash

from benchmarks.clinic import CLINIC, FreeGateway
from benchmarks.year import TODAY, fill_year
from coach.bootstrap import Coach
from coach.domain.rights import Role
from coach.services.accounts import accept, add_account
from coach.services.editions import Editions
from coach.services.read import Reader
from coach.services.tally import tally
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import migrate
from coach.web.app import create_app

AIM = 3.0
PAGES = (
    "/",
    "/patients",
    "/patients?page=2&sort=answers",
    "/patients?sort=trend",
    "/patients?sort=stands",
    "/patients?stands=active",
    "/patients?stands=stopped",
    "/patients?search=reyes",
    "/patients?search=reyes+17",  # one person of a hundred, and a whole page of 10,000
    "/cases",
    "/patients/17",
)
HOST = "http://coach.example"


def clinic(folder: Path, people: int) -> TestClient:
    """A signed-in browser on a clinic of so many people."""
    engine = open_engine(f"sqlite:///{folder / f'{people}.db'}")
    migrate(engine)
    sessions = Sessions(engine)
    fill_year(sessions, people)
    while tally(sessions, now=TODAY):
        pass
    with engine.connect() as connection:
        connection.exec_driver_sql("COMMIT")
        connection.exec_driver_sql("ANALYZE")
    passwords = PasswordHash.recommended()
    _, link = add_account(sessions, email="bo@clinic.example", name="Nurse Bo", role=Role.CLINICIAN, now=TODAY)
    token = accept(sessions, passwords, link, "copper lantern drifts homeward", now=TODAY)
    coach = Coach(sessions, Editions(), FreeGateway(), CLINIC, _no_reader, lambda: TODAY, HOST)
    client = TestClient(create_app(replace(coach, passwords=passwords)), base_url=HOST)
    client.cookies.set("coach", token)
    return client


def _no_reader() -> Reader:
    raise AssertionError("pages read no texts")


def seconds(client: TestClient, page: str) -> float:
    """How long the page took."""
    began = time.perf_counter()
    answer = client.get(page)
    took = time.perf_counter() - began
    assert answer.status_code == 200, (page, answer.status_code)  # noqa: PLR2004 (it is there)
    return took


def compare(few: TestClient, many: TestClient, rounds: int) -> list[tuple[str, float, float]]:
    """Each page's median with few people and with many, in seconds, one right after the other in each round."""
    found = []
    for page in PAGES:
        pairs = [(seconds(few, page), seconds(many, page)) for _ in range(rounds + 1)][1:]  # the first warms up
        found.append((page, *(median(side) for side in zip(*pairs, strict=True))))
    return found


def table(found: Sequence[tuple[str, float, float]], few: int, many: int) -> str:
    """The figures as a Markdown table."""
    head = f"| page | {few:,} people | {many:,} people | ratio | at most | met |\n| --- | --- | --- | --- | --- | --- |"
    return "\n".join([head, *(_line(page, a, b) for page, a, b in found)])


def _line(page: str, few: float, many: float) -> str:
    met = "yes" if many <= AIM * few else "no"
    return f"| {page} | {few * 1000:.0f} ms | {many * 1000:.0f} ms | {many / few:.2f} | {AIM:g} | {met} |"


def main() -> None:
    """Prints the table."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.pages", description=__doc__)
    parser.add_argument("--few", type=int, default=100)
    parser.add_argument("--many", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=15)
    asked = parser.parse_args()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as folder:
        few, many = (clinic(Path(folder), people) for people in (asked.few, asked.many))
        print(table(compare(few, many, asked.rounds), asked.few, asked.many))


if __name__ == "__main__":
    main()
