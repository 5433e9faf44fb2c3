"""What the pages do besides showing: they keep what was typed, escape what people wrote, and say what was done."""

import re
from datetime import timedelta

import pytest

from coach.domain.case import CaseCategory, CaseState, Tier
from coach.domain.rights import Role
from coach.services.alert import raise_alerts
from coach.services.edit import Change, edit
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


def rename(team: Team, name: str) -> None:
    edit(team.practice.sessions, team.practice.editions, 1, Change(name=name), by="Nurse Bo", now=TEN)


def test_somebody_is_added_with_their_consent_and_put_into_a_program(bo: Browser) -> None:
    added = bo.press("/patients/add", **ADD)

    assert added.headers["location"] == "/patients/2?done=enrolled"
    assert "The invitation asks for their yes" in bo.said("/patients/2?done=enrolled")
    assert "signed form 3 (noted by Nurse Bo)" in bo.said("/patients/2/settings")


def test_where_the_program_cannot_be_begun_nobody_is_added(team: Team, bo: Browser) -> None:
    for change in ({"start": "2020-01-01"}, {"preset": "tiny"}, {"program": "tall-steps"}):
        assert bo.press("/patients/add", **{**ADD, **change}).status_code == 422

    assert len(team.practice.rows(Patient)) == 1


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
    rename(team, NASTY)
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


def test_the_roster_as_a_file_holds_no_formula(team: Team, bo: Browser) -> None:
    rename(team, '=HYPERLINK("http://evil.example")')
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


POLL = {"X-Coach-Poll": "1"}


def lines(team: Team, what: str) -> list[str]:
    """About whom the audit's lines of that deed are."""
    return [whom for _, deed, whom in team.audit() if deed == what]


def test_a_case_is_neither_taken_nor_closed_by_whoever_has_not_read_its_newest_text(team: Team, bo: Browser) -> None:
    team.practice.hears("I want to end my life", at=TEN)
    seen = re.findall(r'name="seen" value="(\d+)"', bo.get("/cases/1").text)[0]
    team.practice.hears("i will kill myself tonight", at=TEN + timedelta(minutes=1))
    closed = bo.press("/cases/1/close", words="called her", seen=seen)
    taken = bo.press("/cases/1/acknowledge", seen=seen)

    assert (closed.status_code, taken.status_code) == (422, 422)
    assert "another text came since you opened this page" in words(closed.text).casefold()
    assert 'value="called her"' in closed.text
    assert "i will kill myself tonight" in words(closed.text).replace("  ", " ")
    assert [one.state for one in team.practice.rows(Case)] == [CaseState.OPEN]


def test_a_poll_leaves_no_change_and_nobody_new_out_of_the_audit(team: Team, bo: Browser) -> None:
    practice = team.practice
    bo.get("/")
    practice.hears("I want to end my life", at=TEN)
    for _ in range(3):
        bo.get("/", **POLL)
        bo.get("/cases/1", **POLL)
    headers = {"Accept": "text/html", "Origin": "http://testserver", **POLL}
    for _ in range(2):
        bo.client.post("/patients/1/pause", data={"form_key": bo.form_key, "days": "1"}, headers=headers)
        bo.get("/patients", **POLL)
        bo.get("/patients/1/export.json", **POLL)

    assert lines(team, "looked at Today") == ["", "1"]
    assert lines(team, "looked at a case") == ["1"]
    assert lines(team, "paused a patient's texts") == ["1", "1"]
    assert lines(team, "looked at the roster") == ["1", "1"]
    assert lines(team, "took out a patient's data") == ["1", "1"]


def test_a_text_that_waits_for_the_morning_is_shown_hurried_once_or_taken_back(team: Team, bo: Browser) -> None:
    practice = team.practice
    night = practice.clock.to(TEN + timedelta(hours=13))
    browser = team.member(Role.CLINICIAN, "kim@clinic.example")
    assert browser.press("/patients/1/texts", text="How are you?").headers["location"].endswith("waiting")
    assert "has not left yet" in browser.said("/patients/1")
    practice.clock.to(night + timedelta(minutes=5))
    hurried = browser.press("/patients/1/texts", text="How are you?", override="she asked")

    assert hurried.headers["location"].endswith("written")
    assert practice.at(night + timedelta(minutes=5)) == ["How are you?"]
    practice.clock.to(night + timedelta(minutes=6))
    browser.press("/patients/1/texts", text="And now?")
    waiting = re.findall(r"/patients/1/texts/(\d+)/take-back", browser.get("/patients/1").text)
    assert browser.press(f"/patients/1/texts/{waiting[0]}/take-back").headers["location"].endswith("taken-back")
    assert "And now?" not in practice.at(TEN + timedelta(hours=24))
    assert bo.get("/me").status_code == 303  # the night was long


def test_settings_are_saved_only_as_their_effect_was_shown(team: Team, bo: Browser) -> None:
    form = {"name": "Ana Reyes", "zone": "America/New_York", "language": "en", "slot-morning": "10:15"}
    form |= {"preset-1": "standard"}
    shown = bo.press("/patients/1/settings/effect", **form)
    mark = re.findall(r'name="shown" value="(\w+)"', shown.text)[0]
    other = bo.press("/patients/1/settings", **{**form, "slot-morning": "11:45", "shown": mark})
    blind = bo.press("/patients/1/settings", **form)

    assert (other.status_code, blind.status_code) == (422, 200)
    assert "was changed since its effect was shown" in words(other.text)
    assert team.practice.rows(Patient)[0].slots == {}
    assert bo.press("/patients/1/settings", **form, shown=mark).headers["location"].endswith("saved")
    assert team.practice.rows(Patient)[0].slots == {"morning": "10:15"}


def test_no_page_tells_a_nurse_to_type_a_command(team: Team) -> None:
    admin = team.member(Role.ADMIN)
    for path in ("/notes/99/seen", "/patients/1/release", "/cases/99/note", "/patients/1/better", "/people/99/close"):
        answer = admin.press(path)
        assert "`coach" not in answer.text, path
        back = re.findall(r'<a href="([^"]+)">Back</a>', answer.text)
        assert all(admin.get(one).status_code in {200, 404} and one.count("/") <= 2 for one in back), path
