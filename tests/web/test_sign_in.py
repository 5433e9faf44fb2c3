"""Signing in: with the right password, for as long as somebody is there, and not by guessing."""

import re
from datetime import timedelta
from html import unescape

import pytest

from coach.domain.rights import Role
from coach.storage.database import Sessions
from tests.people import Practice
from tests.web.team import HOST, PASSWORD, Team, words

BO = "clinician@clinic.example"
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)


@pytest.fixture
def team(sessions: Sessions) -> Team:
    return Team(Practice(sessions))


def enter(team: Team, password: str = PASSWORD, email: str = BO) -> int:
    status: int = team.stranger().press("/sign-in", email=email, password=password).status_code
    return status


def test_a_link_sets_a_password_once_and_signs_in(team: Team) -> None:
    token = team.invited(Role.CLINICIAN)
    browser = team.stranger()
    shown = browser.get(f"/welcome/{token}")
    came = browser.press(f"/welcome/{token}", password=PASSWORD, repeated=PASSWORD)

    assert "Hello Nurse Bo" in words(shown.text)
    assert (came.status_code, came.headers["location"]) == (303, "/")
    assert "Today" in browser.said("/")
    assert browser.get(f"/welcome/{token}").status_code == 410
    assert team.stranger().press(f"/welcome/{token}", password="x" * 20, repeated="x" * 20).status_code == 422


@pytest.mark.parametrize(
    ("password", "said"),
    [
        ("short one", "it has 9 characters"),
        ("password1234", "easily guessed"),
        ("qwertyuiop12", "easily guessed"),
        ("clinician@clinic.example", "easily guessed"),  # it is their own address
        ("aaaaaaaaaaaaaa", "easily guessed"),
    ],
)
def test_a_password_that_is_easily_guessed_is_refused_and_the_link_stays(team: Team, password: str, said: str) -> None:
    token = team.invited(Role.CLINICIAN)
    answer = team.stranger().press(f"/welcome/{token}", password=password, repeated=password)

    assert answer.status_code == 422
    assert said in words(answer.text)
    assert team.stranger().get(f"/welcome/{token}").status_code == 200


def test_a_link_ends_after_three_days(team: Team) -> None:
    token = team.invited(Role.VIEWER)
    team.practice.clock.forward(days=3)

    assert team.stranger().get(f"/welcome/{token}").status_code == 410


def test_only_the_right_password_signs_in_and_the_words_do_not_tell_which_part_was_wrong(team: Team) -> None:
    team.member(Role.CLINICIAN)
    wrong = team.stranger().press("/sign-in", email=BO, password="something else entirely")
    nobody = team.stranger().press("/sign-in", email="nobody@clinic.example", password=PASSWORD)

    assert (wrong.status_code, nobody.status_code) == (403, 403)
    assert words(wrong.text) == words(nobody.text)
    assert enter(team) == 303
    assert enter(team, email=f"  {BO.upper()} ") == 303


def test_wrong_passwords_make_an_address_wait_longer_each_time_whether_or_not_somebody_has_it(team: Team) -> None:
    team.member(Role.CLINICIAN)
    for email in (BO, "nobody@clinic.example"):
        waits = []
        for _ in range(9):
            answer = team.stranger().press("/sign-in", email=email, password="wrong wrong wrong")
            if "Too many tries" in answer.text:
                waits.append(words(answer.text).partition("wait ")[2].partition(" minute")[0])
                team.practice.clock.forward(minutes=int(waits[-1]))

        assert waits == ["1", "2"]


def test_whoever_waits_is_refused_with_the_right_password_too_and_a_new_link_helps(team: Team) -> None:
    team.member(Role.CLINICIAN)
    admin = team.member(Role.ADMIN)
    for _ in range(5):
        enter(team, "wrong wrong wrong")

    assert enter(team) == 403
    link = words(admin.press("/people/1/link").text).partition("/welcome/")[2].split()[0]
    assert team.stranger().press(f"/welcome/{link}", password=PASSWORD, repeated=PASSWORD).status_code == 303
    assert enter(team) == 303


def test_a_sign_in_ends_after_half_an_hour_without_a_click_and_polls_are_none(team: Team) -> None:
    browser = team.member(Role.CLINICIAN)
    for _ in range(4):
        team.practice.clock.forward(minutes=20)
        assert browser.get("/").status_code == 200
    team.practice.clock.forward(minutes=20)
    assert browser.get("/", **{"X-Coach-Poll": "1"}).status_code == 200
    team.practice.clock.forward(minutes=20)

    assert browser.get("/", **{"X-Coach-Poll": "1"}).status_code == 401
    assert browser.get("/cases").headers["location"] == "/sign-in?next=/cases"


def test_a_sign_in_ends_after_twelve_hours_however_busy(team: Team) -> None:
    browser = team.member(Role.CLINICIAN)
    statuses = []
    for _ in range(25):
        team.practice.clock.forward(minutes=29)
        statuses.append(browser.get("/me").status_code)

    assert statuses == [200] * 24 + [303]


def test_signing_out_ends_it_for_a_kept_cookie_too(team: Team) -> None:
    browser = team.member(Role.CLINICIAN)
    kept = browser.client.cookies["coach"]
    browser.press("/sign-out")
    browser.client.cookies.set("coach", kept)

    assert browser.get("/").status_code == 303


def test_what_somebody_wrote_who_had_been_signed_out_is_shown_again_after_signing_in(team: Team) -> None:
    browser = team.member(Role.CLINICIAN)
    team.practice.clock.forward(minutes=31)
    asked = browser.press("/cases/1/note", words="called her sister <b>twice</b>")
    hidden = {name: unescape(value) for name, value in re.findall(r'name="(kept:[\w-]+)" value="([^"]*)"', asked.text)}
    hidden["next"] = "/cases/1/note"
    team.member(Role.VIEWER)
    other = team.stranger().press("/sign-in", email="viewer@clinic.example", password=PASSWORD, **hidden)
    shown = browser.press("/sign-in", email=BO, password=PASSWORD, **hidden)

    assert asked.status_code == 401
    assert 'value="called her sister &lt;b&gt;twice&lt;/b&gt;"' in asked.text
    assert "Nothing has been done yet" in words(shown.text)
    assert (other.status_code, other.headers["location"]) == (303, "/")  # nobody else is shown them
    assert 'action="/cases/1/note"' in shown.text


@pytest.mark.parametrize("next_", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"])
def test_signing_in_leads_to_no_other_site(team: Team, next_: str) -> None:
    team.member(Role.CLINICIAN)
    answer = team.stranger().press("/sign-in", email=BO, password=PASSWORD, next=next_)

    assert answer.headers["location"] == "/"


def test_a_new_password_ends_all_other_sign_ins(team: Team) -> None:
    browser, other = team.member(Role.CLINICIAN), team.stranger()
    assert other.press("/sign-in", email=BO, password=PASSWORD).status_code == 303
    new = "gentle harbour counts feathers"
    wrong = browser.press("/me", current="not it at all", password=new, repeated=new)
    changed = browser.press("/me", current=PASSWORD, password=new, repeated=new)

    assert (wrong.status_code, changed.status_code) == (422, 303)
    assert (browser.get("/me").status_code, other.get("/me").status_code) == (200, 303)
    assert (enter(team), enter(team, new)) == (403, 303)


def test_cookies_over_https_are_secure_and_no_script_reads_them(team: Team, sessions: Sessions) -> None:
    team.member(Role.CLINICIAN)
    plain = team.stranger().press("/sign-in", email=BO, password=PASSWORD).headers["set-cookie"]
    safe = Team(Practice(sessions), public_base_url="https://coach.example.org")
    secure = safe.stranger().press("/sign-in", email=BO, password=PASSWORD)

    assert plain.startswith("coach=")
    assert all(word in plain for word in ("HttpOnly", "SameSite=lax", "Path=/"))
    assert secure.headers["set-cookie"].startswith("__Host-coach=")
    assert "Secure" in secure.headers["set-cookie"]
    assert safe.stranger().get("/sign-in").headers["strict-transport-security"] == "max-age=31536000"


def test_no_form_of_another_site_is_taken(team: Team) -> None:
    browser = team.member(Role.ADMIN)
    key = {"form_key": browser.form_key}
    foreign = browser.client.post("/people", data=key, headers={"Origin": "https://evil.example"})
    crossed = browser.client.post("/people", data=key, headers={"Sec-Fetch-Site": "cross-site"})
    keyless = browser.client.post("/people", data={}, headers={"Origin": HOST})
    guessed = browser.client.post("/people", data={"form_key": "0" * 64}, headers={"Origin": HOST})
    sign_in = team.stranger().client.post("/sign-in", data={"email": BO}, headers={"Origin": "https://evil.example"})

    assert [one.status_code for one in (foreign, crossed, keyless, guessed, sign_in)] == [403] * 5


def test_pages_allow_no_script_or_style_but_our_own_files_and_are_kept_nowhere(team: Team) -> None:
    page = team.member(Role.ADMIN).get("/people")
    policy = page.headers["content-security-policy"]

    assert "'unsafe" not in policy
    assert "default-src 'none'" in policy
    assert page.headers["cache-control"] == "no-store"
    assert "<style" not in page.text
    assert " style=" not in page.text
    assert "onclick" not in page.text
