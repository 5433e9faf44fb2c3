"""The care team at their browsers: Adam (admin), Nurse Bo (clinician) and Vera (viewer), over the real application."""

import re
from dataclasses import dataclass, field, replace
from typing import Any

from fastapi.testclient import TestClient
from httpx2 import Response
from pwdlib import PasswordHash
from pwdlib.hashers.argon2 import Argon2Hasher

from coach.bootstrap import Coach
from coach.domain.clinic import Clinic
from coach.domain.rights import Role
from coach.services.accounts import accept, add_account
from coach.storage.tables import AuditEntry, AuditSubject
from coach.web.app import create_app
from tests.people import CLINIC, Practice, reader_of

QUICK = PasswordHash((Argon2Hasher(time_cost=1, memory_cost=8, parallelism=1),))  # argon2, as cheap as it goes
PASSWORD = "copper lantern drifts homeward"
NAMES = {Role.ADMIN: "Adam", Role.CLINICIAN: "Nurse Bo", Role.VIEWER: "Vera"}
HOST = "http://testserver"


@dataclass
class Browser:
    """One browser: what it shows, and the forms that it sends."""

    client: TestClient
    form_key: str = ""

    def get(self, path: str, **headers: str) -> Response:
        answer: Response = self.client.get(path, headers={"Accept": "text/html", **headers})
        found = re.search(r'name="form_key" value="(\w+)"', answer.text)
        self.form_key = found[1] if found else self.form_key
        return answer

    def press(self, path: str, **fields: str) -> Response:
        """What a form of the page that is shown sends."""
        answer: Response = self.client.post(
            path, data={"form_key": self.form_key, **fields}, headers={"Accept": "text/html", "Origin": HOST}
        )
        return answer

    def said(self, path: str) -> str:
        return words(self.get(path).text)


def words(page: str) -> str:
    """The words of a page, without its tags."""
    return " ".join(re.sub(r"<(style|script|head)\b.*?</\1>|<[^>]+>", " ", page, flags=re.DOTALL).split())


@dataclass
class Team:
    """A practice with a care team that signs in."""

    practice: Practice
    clinic: Clinic = CLINIC
    public_base_url: str = HOST
    settings: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        here = self.practice
        reader = reader_of(here.editions, clinic=self.clinic)
        self.coach = Coach(
            *(here.sessions, here.editions, here.gateway, self.clinic, lambda: reader, here.clock),
            self.public_base_url,
            passwords=QUICK,
            **self.settings,
        )
        self.app = create_app(self.coach)

    def move_to(self, address: str, gateway: Any) -> None:
        """The same team at another public address, with a gateway of its own."""
        self.public_base_url, self.practice.gateway = address, gateway
        self.coach = replace(self.coach, public_base_url=address, gateway=gateway)
        self.app.state.coach = self.coach

    def stranger(self) -> Browser:
        """A browser in which nobody is signed in."""
        return Browser(TestClient(self.app, base_url=HOST, follow_redirects=False))

    def invited(self, role: Role, email: str = "") -> str:
        """The token of a link for a new account."""
        address = email or f"{role}@clinic.example"
        return add_account(
            self.practice.sessions, email=address, name=NAMES[role], role=role, now=self.practice.clock()
        )[1]

    def member(self, role: Role, email: str = "") -> Browser:
        """A browser in which a new member of the team is signed in."""
        token = accept(self.practice.sessions, QUICK, self.invited(role, email), PASSWORD, now=self.practice.clock())
        browser = self.stranger()
        browser.client.cookies.set("coach", token)
        browser.get("/me")
        return browser

    def audit(self) -> list[tuple[str, str, str]]:
        """The audit's lines so far: who, what, and which patients."""
        about: dict[int, list[str]] = {}
        for row in self.practice.rows(AuditSubject):
            about.setdefault(row.entry_id, []).append(str(row.patient_id))
        return [(one.who, one.what, " ".join(about.get(one.id or 0, []))) for one in self.practice.rows(AuditEntry)]
