"""Who may open which page and press which button: every route, for every role and for nobody."""

import re

import pytest

from coach.domain.rights import Role
from coach.storage.database import Sessions
from tests.people import MONDAY_6AM, Practice, asks, nudge
from tests.web.team import NAMES, Browser, Team

OPEN = {  # what needs no sign-in, and what protects it instead
    ("GET", "/healthz"): "says only that the process is there",
    ("GET", "/readyz"): "says only that the database is there",
    ("GET", "/metrics"): "counts and ages; nothing of anybody",
    ("POST", "/sms/inbound"): "the provider's signature",
    ("POST", "/sms/status"): "the provider's signature",
    ("POST", "/self-test"): "a token of the self-test",
    ("GET", "/a/{token}"): "the token, which works once",
    ("POST", "/a/{token}"): "the token, which works once",
    ("GET", "/sign-in"): "the way in",
    ("POST", "/sign-in"): "the way in",
    ("GET", "/welcome/{token}"): "the token, which works once",
    ("POST", "/welcome/{token}"): "the token, which works once",
}
LOOK, CARE, RULE = "look", "care", "rule"
TABLE = {  # the right that each other route needs; "own": whoever is signed in
    ("POST", "/sign-out"): "own",
    ("GET", "/me"): "own",
    ("POST", "/me"): "own",
    ("GET", "/"): LOOK,
    ("POST", "/notes/{note_id}/seen"): CARE,
    ("GET", "/cases"): LOOK,
    ("GET", "/cases/{case_id}"): LOOK,
    ("POST", "/cases/{case_id}/acknowledge"): CARE,
    ("POST", "/cases/{case_id}/note"): CARE,
    ("POST", "/cases/{case_id}/close"): CARE,
    ("GET", "/patients/{patient_id}"): LOOK,
    ("GET", "/patients/{patient_id}/calendar"): LOOK,
    ("GET", "/patients/{patient_id}/progress"): LOOK,
    ("GET", "/patients/{patient_id}/texts/{message_id}"): LOOK,
    ("GET", "/patients/{patient_id}/charts/{name}.svg"): LOOK,
    ("GET", "/patients/{patient_id}/settings"): LOOK,
    ("POST", "/patients/{patient_id}/settings"): CARE,
    ("POST", "/patients/{patient_id}/settings/effect"): CARE,
    ("POST", "/patients/{patient_id}/enroll"): CARE,
    ("POST", "/patients/{patient_id}/texts"): CARE,
    ("POST", "/patients/{patient_id}/texts/check"): CARE,
    ("POST", "/patients/{patient_id}/texts/{message_id}/take-back"): CARE,
    ("POST", "/patients/{patient_id}/pause"): CARE,
    ("POST", "/patients/{patient_id}/resume"): CARE,
    ("POST", "/patients/{patient_id}/flare"): CARE,
    ("POST", "/patients/{patient_id}/better"): CARE,
    ("POST", "/patients/{patient_id}/hold"): CARE,
    ("POST", "/patients/{patient_id}/release"): CARE,
    ("POST", "/patients/{patient_id}/talk/end"): CARE,
    ("POST", "/patients/{patient_id}/invite"): CARE,
    ("POST", "/patients/{patient_id}/withdraw"): CARE,
    ("GET", "/patients"): LOOK,
    ("GET", "/patients/import"): CARE,
    ("POST", "/patients/import"): CARE,
    ("POST", "/patients/import/now"): CARE,
    ("GET", "/patients/export.csv"): CARE,
    ("GET", "/patients/{patient_id}/export.json"): CARE,
    ("POST", "/patients/{patient_id}/erase"): RULE,
    ("GET", "/patients/add"): CARE,
    ("POST", "/patients/add"): CARE,
    ("GET", "/people"): RULE,
    ("POST", "/people"): RULE,
    ("POST", "/people/{account_id}/link"): RULE,
    ("POST", "/people/{account_id}/role"): RULE,
    ("POST", "/people/{account_id}/close"): RULE,
    ("POST", "/people/{account_id}/open"): RULE,
    ("GET", "/audit"): RULE,
}
SILENT = {  # what shows nothing new and changes nothing: the page before it has its line
    ("GET", "/patients/{patient_id}/charts/{name}.svg"),
    ("POST", "/patients/{patient_id}/settings/effect"),
    ("POST", "/patients/{patient_id}/texts/check"),
    ("GET", "/patients/import"),
    ("POST", "/patients/import"),
    ("GET", "/patients/add"),
    ("POST", "/patients/add"),  # with an empty form, nobody is added
}
MAY = {
    "own": set(Role),
    LOOK: set(Role),
    CARE: {Role.ADMIN, Role.CLINICIAN},
    RULE: {Role.ADMIN},
}


@pytest.fixture
def team(sessions: Sessions) -> Team:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", answer=asks("minutes")))
    practice.hears("i want to end my life", at=MONDAY_6AM)
    practice.hears("when is my appointment?", at=MONDAY_6AM)
    return Team(practice)


def routes(team: Team) -> set[tuple[str, str]]:
    """Every route but /static, which holds our own style and script, and nothing of anybody."""
    return {(method.upper(), path) for path, methods in team.app.openapi()["paths"].items() for method in methods}


def ask(browser: Browser, method: str, path: str) -> int:
    """How the route answers: with ids that exist, so that nothing but a right can be lacking."""
    address = re.sub(r"\{name\}", "measures", re.sub(r"\{\w+_id\}", "1", path))
    if method == "GET":
        return browser.get(address).status_code
    return browser.press(address).status_code


def test_every_route_stands_in_the_table(team: Team) -> None:
    assert routes(team) == OPEN.keys() | TABLE.keys()


def test_nobody_opens_a_page_or_presses_a_button_without_signing_in(team: Team) -> None:
    stranger = team.stranger()
    stranger.form_key = "0" * 64
    answers = {route: ask(stranger, *route) for route in TABLE}

    assert {route: status for route, status in answers.items() if status != (303 if route[0] == "GET" else 401)} == {}


@pytest.mark.parametrize("role", Role)
def test_each_role_opens_what_it_may_and_nothing_else(team: Team, role: Role) -> None:
    wrong = {}
    browser = team.member(role)
    for method, path in sorted(TABLE, key=lambda route: route == ("POST", "/sign-out")):
        refused = ask(browser, method, path) == 403
        if refused == (role in MAY[TABLE[method, path]]):
            wrong[method, path] = refused

    assert wrong == {}


@pytest.mark.parametrize("role", Role)
def test_every_look_at_a_patient_and_every_change_is_a_line_of_the_audit(team: Team, role: Role) -> None:
    """Whatever is allowed and names a patient, a case or an account leaves a line; and so does what is refused."""
    browser = team.member(role)
    silent = []
    for method, path in sorted(set(TABLE) - {("POST", "/sign-out"), ("GET", "/me"), ("POST", "/me")}):
        before = len(team.audit())
        ask(browser, method, path)
        if len(team.audit()) == before and (method, path) not in SILENT:
            silent.append((method, path))

    assert silent == []
    assert {who for who, _, _ in team.audit()} == {NAMES[role]}
