"""What the pages do besides showing: they keep what was typed, escape what people wrote, and say what was done."""

from datetime import timedelta

import pytest

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.rights import Role
from coach.services.alert import raise_alerts
from coach.storage.database import Sessions
from coach.storage.tables import Account, Case, Patient
from tests.people import ANA, MONDAY_6AM, Practice, asks, nudge
from tests.web.team import Browser, Team, words

NASTY = '<script>alert("x")</script><img src=x onerror=alert(1)>'
TEN = MONDAY_6AM + timedelta(hours=4)


@pytest.fixture
def team(sessions: Sessions) -> Team:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk", answer=asks("minutes", reminder=None)))
    practice.at(TEN)
    return Team(practice, settings={"erase_key": b"k" * 32})


@pytest.fixture
def bo(team: Team) -> Browser:
    return team.member(Role.CLINICIAN)


ADD = {
    "name": "Dee O'Hara",
    "phone": "202-555-0151",
    "zone": "America/New_York",
    "language": "en",
    "consent": "signed form 3",
    "program": "small-steps",
    "start": "2026-11-24",
    "preset": "standard",
}


def test_somebody_is_added_with_their_consent_and_put_into_a_program(bo: Browser) -> None:
    added = bo.press("/patients/add", **ADD)

    assert added.headers["location"] == "/patients/2?done=enrolled"
    assert "The invitation asks for their yes" in bo.said("/patients/2?done=enrolled")
    assert "signed form 3 (noted by Nurse Bo)" in bo.said("/patients/2/settings")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"zone": "New York"}, "There is no time zone"),
        ({"phone": "12"}, "too few or too many digits"),
        ({"phone": ANA}, "belongs to an active patient already"),
        ({"consent": " "}, "how they consented"),
        ({"start": "soon"}, "is no day"),
    ],
)
def test_a_form_that_is_not_taken_is_shown_again_with_all_that_was_typed(
    team: Team, bo: Browser, change: dict[str, str], said: str
) -> None:
    sent = {**ADD, **change}
    answer = bo.press("/patients/add", **sent)

    assert answer.status_code == 422
    assert said.casefold() in words(answer.text).casefold()
    assert 'value="Dee O&#39;Hara"' in answer.text
    assert f'value="{sent["zone"]}"' in answer.text
    assert len(team.practice.rows(Patient)) == 1


def test_what_people_wrote_is_never_a_page_of_its_own(team: Team) -> None:
    admin = team.member(Role.ADMIN)
    practice = team.practice
    practice.hears(NASTY, at=TEN)
    practice.hears(f"I want to end my life {NASTY}", at=TEN)
    practice.hears(NASTY, at=TEN, phone="+12025550177")
    admin.press("/patients/1/settings", name=NASTY, zone="America/New_York", language="en")
    admin.press("/cases/1/note", words=NASTY)
    admin.press("/people", name=NASTY, email="eve@clinic.example", role="viewer")
    for path in ("/", "/cases", "/cases/1", "/patients", "/patients/1", "/patients/1/calendar", "/people", "/audit"):
        shown = admin.get(path).text
        assert "<script>alert" not in shown, path
        assert "<img src=x" not in shown, path
    assert "&lt;script&gt;" in admin.get("/cases/1").text


def test_a_word_in_the_address_puts_no_words_on_the_page(bo: Browser) -> None:
    assert "call this number" not in bo.get("/?done=call+this+number").text


def test_a_note_that_is_too_long_is_kept_for_mending(team: Team, bo: Browser) -> None:
    team.practice.hears("I want to end my life", at=TEN)
    answer = bo.press("/cases/1/note", words="long " * 500)

    assert answer.status_code == 422
    assert 'value="long long' in answer.text


def test_a_danger_is_not_closed_without_saying_what_was_done_and_a_silence_is_by_one_click(
    team: Team, bo: Browser
) -> None:
    team.practice.hears("I want to end my life", at=TEN)
    refused = bo.press("/cases/1/close")

    assert refused.status_code == 422
    assert "say what was done" in words(refused.text).casefold()
    assert bo.press("/cases/1/close", words="seen").headers["location"] == "/cases/1?done=closed-held"


def test_a_case_that_is_no_danger_is_closed_by_one_click(team: Team, bo: Browser) -> None:
    with team.practice.sessions.write() as session:
        session.add(Case(patient_id=1, phone=ANA, category=CaseCategory.SILENCE, tier=Tier.ROUTINE, opened_at=TEN))
    closed = bo.press("/cases/1/close", back="/")

    assert closed.headers["location"] == "/?done=closed"
    assert [one.state for one in team.practice.rows(Case)] == [CaseState.RESOLVED]
    assert raise_alerts(team.practice.sessions, team.practice.editions, now=TEN) == 0


def test_a_form_that_names_another_site_leads_back_to_our_own(team: Team, bo: Browser) -> None:
    team.practice.hears("I want to end my life", at=TEN)

    assert bo.press("/cases/1/acknowledge", back="https://evil.example").headers["location"] == "/?done=taken"


def test_erasing_wants_the_name_as_it_stands(team: Team) -> None:
    admin = team.member(Role.ADMIN)
    unsure = admin.press("/patients/1/erase", why="asked", sure="Ana")
    sure = admin.press("/patients/1/erase", why="asked", sure="Ana Reyes")

    assert unsure.status_code == 409
    assert "write the name as it stands: Ana Reyes" in words(unsure.text)
    assert sure.headers["location"] == "/patients?done=erased"
    assert team.practice.rows(Patient) == []


def test_the_roster_as_a_file_holds_no_formula(bo: Browser) -> None:
    bo.press("/patients/1/settings", name='=HYPERLINK("http://evil.example")', zone="UTC", language="en")
    file = bo.get("/patients/export.csv")

    assert file.headers["content-disposition"] == 'attachment; filename="patients.csv"'
    assert file.content.startswith(b"\xef\xbb\xbfid,name,")
    assert "'=HYPERLINK" in file.text
    assert ",=HYPERLINK" not in file.text


def test_people_are_invited_given_other_rights_and_let_go(team: Team) -> None:
    admin = team.member(Role.ADMIN)
    invited = admin.press("/people", name="Nurse Kay", email="kay@clinic.example", role="viewer")
    again = admin.press("/people", name="Kay", email="kay@clinic.example", role="viewer")
    changed = admin.press("/people/2/role", role="clinician")
    closed = admin.press("/people/2/close")
    own = admin.press("/people/1/close")

    assert "/welcome/" in invited.text
    assert "has an account already" in words(again.text)
    assert (changed.status_code, closed.status_code, own.status_code) == (303, 303, 409)
    assert [one.role for one in team.practice.rows(Account)] == ["admin", "clinician"]


def test_the_audit_is_searched_by_person_deed_patient_and_day(team: Team, bo: Browser) -> None:
    admin = team.member(Role.ADMIN)
    bo.get("/patients/1")
    bo.press("/patients/1/pause", days="3")
    by_deed = admin.said("/audit?what=paused+a+patient%27s+texts")
    by_patient = admin.said("/audit?patient=1&account=1&since=2026-11-23&until=2026-11-23")
    nothing = admin.said("/audit?since=2026-11-24")
    unread = admin.said("/audit?patient=Ana&since=yesterday")

    assert "1 line When" in by_deed
    assert "looked at a patient" in by_patient
    assert "No line fits" in nothing
    assert "a number of a patient has digits only" in unread


@pytest.mark.parametrize(
    "path",
    [
        *("/patients/abc", "/patients/0", "/patients/99999999999999999999", "/cases/-1", "/patients/1/texts/999"),
        *("/patients?program=%00", "/audit/%00", "/people/x"),
        *("/patients/1/calendar?first=soon", "/patients?page=0", "/patients/1/charts/nothing.svg", "/cases?page=x"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_in_a_page(bo: Browser, path: str) -> None:
    answer = bo.get(path)

    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("text/html")
    assert answer.headers["content-security-policy"].startswith("default-src 'none'")


@pytest.mark.parametrize("first", ["0001-01-01", "9999-12-31", "2026-11-22"])
def test_any_week_of_the_calendar_can_be_asked_for(bo: Browser, first: str) -> None:
    assert bo.get(f"/patients/1/calendar?first={first}").status_code == (200 if first.startswith("2026") else 404)
