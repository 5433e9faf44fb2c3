"""A morning of the care team in a real browser, beside a real sandbox: over HTTP, with what the pages themselves do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from coach.domain.clinic import Clinic
from coach.domain.rights import Role
from coach.sandbox.provider import Sandbox
from coach.services.duties import DUTIES
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE
from tests.browser import PATIENCE, chromium, need_chromium, served
from tests.people import ANA, MONDAY_6AM, Practice, SteppedClock, asks, nudge
from tests.sandbox.serving import ACCOUNT, gateway_to, serving
from tests.web.team import PASSWORD, Team

TEN = MONDAY_6AM + timedelta(hours=4)
BO = "+12025550101"
CLINIC = Clinic.model_validate(
    {"name": "Hillside Clinic", "phone": "202-555-0100", "country": "US", "rota": [{"name": "Nurse Bo", "phone": BO}]}
)
RULES = {
    "runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
}


@dataclass
class Morning:
    """The clinic: its team at browsers, and a sandbox with Ana's phone."""

    team: Team
    sandbox: Sandbox
    address: str

    def duties(self) -> None:
        """What is due is done, and what left arrives."""
        for duty in DUTIES:
            duty.run(self.team.coach, EVERYONE)
        self.sandbox.deliver_due(self.team.practice.clock.forward(seconds=5))
        for duty in DUTIES:
            duty.run(self.team.coach, EVERYONE)

    def on_phone(self, number: str = ANA) -> list[str]:
        """What that phone got."""
        return [
            bubble.text
            for phone, bubbles in self.sandbox.phones()
            for bubble in bubbles
            if phone.number == number and not bubble.mine
        ]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture
def morning(sessions: Sessions) -> Iterator[Morning]:
    clock = SteppedClock(TEN)
    sandbox = Sandbox(clock, account=ACCOUNT)
    with serving(sandbox) as provider:
        practice = Practice(sessions, clock=clock)
        team = Team(practice, clinic=CLINIC)
        with served(team.app) as address:
            gateway: Any = gateway_to(provider, address)
            team.move_to(address, gateway)
            sandbox.inbound_url = f"{address}/sms/inbound"
            practice.enrolls_ana(nudge("walk", kind="pacing", answer=asks("minutes")))
            yield Morning(team, sandbox, address)
    sandbox.close()


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    found = browser.new_context(viewport={"width": 1280, "height": 900})
    found.set_default_timeout(PATIENCE)
    yield found
    found.close()


def sign_in(page: Page, morning: Morning, role: Role = Role.CLINICIAN) -> None:
    """By the link of an invitation, as a new member of the team does."""
    page.goto(f"{morning.address}/welcome/{morning.team.invited(role)}")
    page.get_by_label("A new password").fill(PASSWORD)
    page.get_by_label("The same once more").fill(PASSWORD)
    page.get_by_role("button", name="Set it and sign in").click()
    expect(page.get_by_role("heading", name="Today")).to_be_visible()


def sign_in_again(page: Page, morning: Morning, path: str) -> None:
    """A day later: the way leads through the password."""
    page.goto(morning.address + path)
    page.get_by_label("Your mail address").fill("clinician@clinic.example")
    page.get_by_label("Your password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()


def faults(page: Page) -> list[str]:
    """What axe finds on the page as it stands."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found]


def test_a_cry_for_help_appears_is_taken_answered_and_closed(morning: Morning, context: BrowserContext) -> None:
    page = context.new_page()
    page.clock.install()
    sign_in(page, morning)
    expect(page.get_by_text("No case is open")).to_be_visible()
    assert faults(page) == []

    morning.sandbox.text_from(ANA, "I dont want to live anymore")
    morning.duties()
    page.clock.fast_forward(15_000)
    case = page.get_by_role("article")
    expect(case.locator("mark")).to_contain_text("want to live")
    expect(case).to_contain_text("nobody has it")
    expect(case).to_contain_text("coach answered (delivered)")
    assert faults(page) == []

    case.get_by_role("button", name="I have it").click()
    expect(page.get_by_role("article")).to_contain_text("Nurse Bo has it")
    page.get_by_label("What was done or learnt").fill("called her, she is safe")
    page.get_by_role("button", name="Note it").click()
    page.get_by_role("link", name="May be thinking of suicide").click()
    expect(page.get_by_text("called her, she is safe")).to_be_visible()
    assert faults(page) == []
    page.get_by_label("What was done or learnt").fill("seen today")
    page.get_by_label("let their texts go on").check()
    page.get_by_role("button", name="Close the case").click()
    expect(page.get_by_role("status").filter(has_text="The case is closed")).to_be_visible()


def test_somebody_is_written_to_and_answers_and_automatic_texts_wait(morning: Morning, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, morning)
    page.goto(f"{morning.address}/patients/1")
    page.get_by_label("Write to Ana Reyes").fill("Shall I call you at four? – Bo")
    expect(page.get_by_text("needs the larger alphabet")).to_be_visible()
    page.get_by_label("Write to Ana Reyes").fill("Shall I call you at four? Bo")
    expect(page.get_by_text("1 text on the air, 28 characters.")).to_be_visible()
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="Your text is on its way")).to_be_visible()
    morning.duties()
    morning.sandbox.text_from(ANA, "yes please")
    morning.duties()
    page.reload()

    assert "Shall I call you at four? Bo" in morning.on_phone()
    expect(page.get_by_role("log")).to_contain_text("yes please")
    expect(page.get_by_role("list", name="How they stand")).to_contain_text("You are talking")
    assert faults(page) == []
    page.get_by_role("button", name="Let automatic texts go on now").click()
    expect(page.get_by_role("status").filter(has_text="Automatic texts go on")).to_be_visible()


def test_a_text_in_the_night_asks_why_and_keeps_the_words(morning: Morning, context: BrowserContext) -> None:
    morning.team.practice.clock.to(TEN + timedelta(hours=13))  # 23:00 where Ana is
    page = context.new_page()
    sign_in(page, morning)
    page.goto(f"{morning.address}/patients/1")
    page.get_by_label("Write to Ana Reyes").fill("Good night")
    page.get_by_role("button", name="Count and check").click()

    expect(page.get_by_label("Write to Ana Reyes")).to_have_value("Good night")
    expect(page.get_by_text("it is 23:00 where Ana Reyes is")).to_be_visible()
    page.get_by_label("Why it leaves all the same").fill("she asked for it")
    assert faults(page) == []
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status").filter(has_text="on its way")).to_be_visible()


ROWS = [
    "name,phone,zone,language,consent,program,start,preset",
    *(f"Person {n},202-555-015{n},America/New_York,en,signed form {n},small-steps,," for n in range(8)),
    "Nine,2.02556E+09,America/New_York,en,signed form 9,,,",
    "Ten,202-555-0159,America/Nowhere,en,,,,",
]


def test_ten_people_of_whom_two_have_faults_are_brought_in(
    morning: Morning, context: BrowserContext, tmp_path: Path
) -> None:
    file = tmp_path / "people.csv"
    file.write_text("\n".join(ROWS), encoding="utf-8")
    page = context.new_page()
    sign_in(page, morning)
    page.goto(f"{morning.address}/patients")
    page.get_by_role("link", name="Bring in a file").click()
    page.get_by_label("A CSV file").set_input_files(file)
    page.get_by_role("button", name="Show what would happen").click()

    expect(page.get_by_text("8 rows can go in, 2 cannot yet. Nothing has been saved.")).to_be_visible()
    wrong = page.get_by_role("region", name="Faults").get_by_role("row")
    expect(wrong).to_have_count(4)  # a head, and three faults in two rows
    expect(wrong.nth(1)).to_contain_text("10phoneThe spreadsheet has made")
    assert faults(page) == []
    page.get_by_role("button", name="Bring in the 8 without a fault").click()
    expect(page.get_by_text("9 people.")).to_be_visible()  # Ana is the ninth
    expect(page.get_by_role("link", name="Person 3")).to_be_visible()
    assert faults(page) == []


def test_why_ana_did_not_get_tuesdays_text(morning: Morning, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, morning)
    page.goto(f"{morning.address}/patients/1")
    page.get_by_text("Pause their texts").click()
    page.get_by_label("For how many days").fill("3")
    page.get_by_role("button", name="Pause", exact=True).click()
    expect(page.get_by_role("list", name="How they stand")).to_contain_text("Paused until")
    morning.team.practice.clock.forward(days=1, minutes=1)
    morning.duties()
    sign_in_again(page, morning, "/patients/1/calendar")
    tuesday = page.get_by_role("listitem").filter(has=page.get_by_role("heading", name="Tue 24 Nov"))

    expect(tuesday).to_contain_text("Why not: the person paused the texts")
    assert faults(page) == []


def test_a_viewer_sees_and_cannot_touch(morning: Morning, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, morning, Role.VIEWER)
    morning.sandbox.text_from(ANA, "I dont want to live anymore")
    morning.duties()
    seen = []
    for path in ("/", "/cases/1", "/patients/1", "/patients/1/settings", "/patients"):
        page.goto(morning.address + path)
        seen += [button.inner_text() for button in page.get_by_role("main").get_by_role("button").all()]
        assert faults(page) == []
    page.goto(f"{morning.address}/people")

    assert seen == ["Show"]  # the roster's search
    expect(page.get_by_role("heading", name="Not allowed")).to_be_visible()


def test_settings_show_their_effect_and_are_saved_by_keyboard_alone(morning: Morning, context: BrowserContext) -> None:
    page = context.new_page()
    sign_in(page, morning)
    page.goto(f"{morning.address}/patients/1/settings")
    page.get_by_label("Morning").fill("10:15")
    page.get_by_label("Morning").press("Enter")
    expect(page.get_by_text("texts come at another time")).to_be_visible()
    expect(page.get_by_role("region", name="What would change")).to_contain_text("10:15")
    assert faults(page) == []
    page.get_by_role("button", name="Save").focus()
    page.keyboard.press("Enter")

    expect(page.get_by_role("status").filter(has_text="It is saved")).to_be_visible()
    expect(page.get_by_label("Morning")).to_have_value("10:15")
