"""A morning of the care team in a real browser, beside a real sandbox: over HTTP, with what the pages themselves do."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
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
