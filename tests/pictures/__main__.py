"""`python -m tests.pictures`: a picture of every page, light, dark and as on a phone, of a clinic that is made up."""

import argparse
import logging
import tempfile
from pathlib import Path

from coach.services.spells import flare, pause
from coach.services.tally import tally
from coach.storage.database import Sessions, open_engine
from coach.storage.schema import migrate
from tests.pictures.clinic import BY, NOW, PEOPLE_FILE, lived_in
from tests.pictures.shoot import Shot, shoot

FOLDER = Path(__file__).parents[2] / "docs" / "care-team" / "pictures"
SHOTS = (
    Shot("sign-in", "/sign-in", signed_in=False),
    Shot("today", "/"),
    Shot("cases", "/cases"),
    Shot("case", "/cases/{crisis}"),
    Shot("patients", "/patients"),
    Shot("patients-none", "/patients?search=nobody"),
    Shot("import", "/patients/import", upload=PEOPLE_FILE),
    Shot("add", "/patients/add"),
    Shot("patient", "/patients/1"),
    Shot("calendar", "/patients/1/calendar?first=2026-11-16"),
    Shot("progress", "/patients/1/progress"),
    Shot("settings", "/patients/1/settings", effect=True),
    Shot("text", "/patients/1/texts/{text}"),
    Shot("people", "/people"),
    Shot("audit", "/audit"),
)


def main() -> None:
    """The pictures are in the folder."""
    parser = argparse.ArgumentParser(prog="make pictures", description=__doc__)
    parser.add_argument("--folder", type=Path, default=FOLDER)
    parser.add_argument("--only", default="", help="pages whose name begins so")
    asked = parser.parse_args()
    logging.getLogger("alembic").setLevel(logging.WARNING)
    with tempfile.TemporaryDirectory() as place:
        engine = open_engine(f"sqlite:///{place}/coach.db", synchronous="NORMAL")
        migrate(engine)
        sessions = Sessions(engine)
        here = lived_in(sessions)
        pause(sessions, here.practice.editions, here.ids["Ben"], days=5, by=BY, why="on holiday", now=NOW)
        flare(sessions, here.ids["Rosa"], by=BY, why="a bad week", now=NOW)
        tally(sessions, now=NOW)
        ids = {"crisis": here.case_of("Fay"), "text": here.text_of("Ana")}
        shoot(sessions, [one for one in SHOTS if one.name.startswith(asked.only)], asked.folder, ids=ids)
        engine.dispose()


if __name__ == "__main__":
    main()
