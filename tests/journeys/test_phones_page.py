"""The page of phones in a real browser, with and without JavaScript."""

from collections.abc import Iterator
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Browser, Page, expect

from coach.rehearsal.cast import ALEX, PEOPLE
from coach.sandbox.phones import Phone
from coach.sandbox.provider import Sandbox
from coach.sandbox.stage import Stage
from tests.browser import PATIENCE, chromium, need_chromium
from tests.sandbox.serving import NOON, SteppedTime, serving


class Box:
    """A sandbox with the three people of the demo, and its page."""

    def __init__(self) -> None:
        self.time = SteppedTime(NOON)
        self.sandbox = Sandbox(self.time)
        for person in PEOPLE:
            self.sandbox.add_phone(Phone(person.phone, person.name, ZoneInfo(person.zone), person.language))

    def texts(self, number: str, body: str) -> None:
        """A text from the clinic is on that phone."""
        service = ("MessagingServiceSid", "MG" + "0" * 32)
        self.sandbox.create([("To", number), ("Body", body), service])
        self.sandbox.deliver_due(self.time.move(seconds=5))

    def said(self, number: str) -> list[str]:
        bubbles = next(bubbles for phone, bubbles in self.sandbox.phones() if phone.number == number)
        return [bubble.text for bubble in bubbles if bubble.mine]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture
def box() -> Box:
    box = Box()
    for person in PEOPLE:
        box.texts(person.phone, f"Hello <b>{person.name}</b>")
    return box


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def page(request: pytest.FixtureRequest, browser: Browser, box: Box) -> Iterator[Page]:
    with serving(box.sandbox, Stage(title="Two weeks")) as url:
        context = browser.new_context(java_script_enabled=request.param)
        context.set_default_timeout(PATIENCE)
        page = context.new_page()
        page.goto(url)
        yield page
        context.close()


def test_three_phones_show_their_texts_word_for_word(page: Page) -> None:
    for person in PEOPLE:
        phone = page.get_by_role("region", name=f"Phone of {person.name}")
        expect(phone.locator(".bubble p")).to_have_text([f"Hello <b>{person.name}</b>"])

    expect(page.locator(".phone")).to_have_count(3)


def test_an_answer_that_is_typed_is_sent_and_shown(page: Page, box: Box) -> None:
    page.get_by_label(f"Text from {ALEX.name}").fill("12 minutes, slowly")
    page.get_by_role("button", name=f"Send as {ALEX.name}").click()

    expect(page.locator(".bubble.mine p")).to_have_text(["12 minutes, slowly"], timeout=PATIENCE)
    expect(page.get_by_label(f"Text from {ALEX.name}")).to_have_value("")
    assert box.said(ALEX.phone) == ["12 minutes, slowly"]


def test_enter_sends_too(page: Page, box: Box) -> None:
    field = page.get_by_label(f"Text from {ALEX.name}")
    field.fill("sí, 7 🙂")
    field.press("Enter")

    expect(page.locator(".bubble.mine p")).to_have_text(["sí, 7 🙂"], timeout=PATIENCE)
    assert box.said(ALEX.phone) == ["sí, 7 🙂"]


@pytest.mark.parametrize("page", [True], indirect=True, ids=["with JavaScript"])
def test_what_is_being_typed_survives_new_texts(page: Page, box: Box) -> None:
    field = page.get_by_label(f"Text from {ALEX.name}")
    field.press_sequentially("about 1")
    box.texts(ALEX.phone, "And how is your mood?")
    expect(page.get_by_text("And how is your mood?")).to_be_visible(timeout=PATIENCE)

    expect(field).to_have_value("about 1")
    expect(field).to_be_focused()
