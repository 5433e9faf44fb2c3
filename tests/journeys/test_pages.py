"""Every page as people meet it: axe finds nothing, nothing runs out of a narrow window, and none needs JavaScript."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page

from coach.domain.rights import Role
from coach.services.accounts import accept
from coach.services.spells import flare
from coach.services.tally import tally
from coach.storage.database import Sessions
from coach.storage.tables import Patient
from tests.browser import PATIENCE, chromium, need_chromium, served
from tests.journeys.test_care_team import CLINIC, RULES, TEN
from tests.people import CY, Practice, asks, nudge
from tests.services.ward import check_in
from tests.web.team import PASSWORD, QUICK, Team

LONG = "María de los Ángeles Fernández-Villanueva y Castro Donaudampfschifffahrtsgesellschaft"
OPEN = ("/sign-in", "/welcome/{token}", "/welcome/nobodys")
PAGES = (
    *("/", "/cases", "/cases/1", "/patients", "/patients?search=nobody", "/patients/add", "/patients/import"),
    *("/patients/1", "/patients/1/calendar", "/patients/1/progress", "/patients/1/settings", "/patients/1/texts/2"),
    *("/people", "/audit", "/me", "/patients/99", "/nowhere"),
)
EMPTY = ("/", "/cases", "/patients")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    need_chromium()
    with chromium() as found:
        yield found


@pytest.fixture
def empty(sessions: Sessions) -> Team:
    practice = Practice(sessions)
    practice.clock.to(TEN)
    return Team(practice, clinic=CLINIC)


@pytest.fixture
def lived(empty: Team) -> Team:
    """Somebody with a long name, a week, a crisis, a flare and a hold; and a stranger's text."""
    practice = empty.practice
    goal = {"baseline": "walk", "nudges": ["stride"], "cap": 30}
    practice.enrolls_ana(
        nudge("walk", kind="pacing", weeks=[1], answer=asks("minutes")),
        nudge("stride", kind="pacing", weeks=[2], answer=asks("minutes")),
        check_ins=[check_in("pain", "mood")],
        goal=goal,
        limits={"per_day": 5, "per_week": 40, "minutes_between": 0, "segments": {"en": 1, "es": 2}},
    )
    for day in range(8):
        at = TEN + timedelta(days=day)
        practice.at(at)
        for words in ("12", "6", "5"):
            practice.hears(words, at=at)
            practice.at(at)
    practice.hears("I want to end my life", at=at)
    practice.hears("who are you all?", at=at, phone=CY)
    flare(practice.sessions, 1, by="Bo", now=at)
    with practice.sessions.write() as session:
        patient = session.get_one(Patient, 1)
        patient.name = LONG
        session.add(patient)
    tally(practice.sessions, now=at)
    return empty


def signed_in(browser: Browser, team: Team, address: str, **look: object) -> BrowserContext:
    context = browser.new_context(**look)  # type: ignore[arg-type]  # what a browser takes
    context.set_default_timeout(PATIENCE)
    token = accept(team.practice.sessions, QUICK, team.invited(Role.ADMIN), PASSWORD, now=team.practice.clock())
    context.add_cookies([{"name": "coach", "value": token, "url": address}])
    return context


def faults(page: Page, *, only_colours: bool = False) -> list[str]:
    """What axe finds; in the dark nothing but colours is another."""
    rules = {"runOnly": ["color-contrast"]} if only_colours else RULES
    found = Axe().run(page, options=rules).response["violations"]
    return [f"{page.url}: {one['id']}: {one['nodes'][0]['html'][:160]}" for one in found]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_on_any_page(browser: Browser, lived: Team, scheme: str) -> None:
    found = []
    with served(lived.app) as address:
        context = signed_in(browser, lived, address, color_scheme=scheme, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
            page.evaluate("document.querySelectorAll('details').forEach(closed => { closed.open = true })")
            found += faults(page, only_colours=scheme == "dark")
        context.clear_cookies()
        token = lived.invited(Role.VIEWER)
        for path in OPEN:
            page.goto(address + path.format(token=token))
            found += faults(page, only_colours=scheme == "dark")
        context.close()

    assert found == []


def test_axe_finds_nothing_on_pages_with_nothing_on_them(browser: Browser, empty: Team) -> None:
    found = []
    with served(empty.app) as address:
        context = signed_in(browser, empty, address)
        page = context.new_page()
        for path in EMPTY:
            page.goto(address + path)
            found += faults(page)
        context.close()

    assert found == []


def test_nothing_runs_out_of_a_window_of_320_pixels(browser: Browser, lived: Team) -> None:
    """As wide as a page of 1280 pixels is at 400% zoom (WCAG 1.4.10); tables scroll within their own frame."""
    wide = {}
    with served(lived.app) as address:
        context = signed_in(browser, lived, address, viewport={"width": 320, "height": 700})
        page = context.new_page()
        for path in PAGES:
            page.goto(address + path)
            width = page.evaluate("document.documentElement.scrollWidth")
            if width > 320:
                wide[path] = width
        context.close()

    assert wide == {}


def test_every_page_is_whole_without_javascript_and_says_the_same(browser: Browser, lived: Team) -> None:
    texts: dict[bool, list[str]] = {}
    with served(lived.app) as address:
        token = lived.invited(Role.ADMIN)
        cookie = accept(lived.practice.sessions, QUICK, token, PASSWORD, now=lived.practice.clock())
        for script in (True, False):
            context = browser.new_context(java_script_enabled=script)
            context.add_cookies([{"name": "coach", "value": cookie, "url": address}])
            page = context.new_page()
            texts[script] = [_words(page, address + path) for path in PAGES if path not in {"/audit", "/people"}]
            context.close()

    assert texts[True] == texts[False]
    assert all(texts[False])


def _words(page: Page, address: str) -> str:
    page.goto(address)
    return re.sub(r"\s+", " ", page.locator("main").inner_text())


def test_no_page_asks_for_anything_from_elsewhere_or_breaks_its_own_policy(browser: Browser, lived: Team) -> None:
    asked, said = set(), []
    with served(lived.app) as address:
        context = signed_in(browser, lived, address)
        page = context.new_page()
        page.on("request", lambda request: asked.add(request.url))
        page.on("console", lambda message: said.append(message.text) if message.type == "error" else None)
        for path in PAGES:
            page.goto(address + path)
        context.close()

    assert [url for url in asked if not url.startswith((address, "data:"))] == []
    assert [words for words in said if "status of 404" not in words] == []  # two of the pages are not there


def test_motion_is_left_out_for_whoever_asked_for_it(browser: Browser, lived: Team) -> None:
    with served(lived.app) as address:
        context = signed_in(browser, lived, address, reduced_motion="reduce")
        page = context.new_page()
        page.goto(address)
        moves = page.evaluate(
            "[...document.querySelectorAll('*')].filter(e => { const s = getComputedStyle(e);"
            " return s.transitionDuration !== '0s' || s.animationName !== 'none'"
            " || s.scrollBehavior === 'smooth' }).length"
        )
        context.close()

    assert moves == 0


def test_the_tab_key_reaches_what_can_be_pressed_and_shows_where_it_is(browser: Browser, lived: Team) -> None:
    with served(lived.app) as address:
        context = signed_in(browser, lived, address, viewport={"width": 1280, "height": 900})
        page = context.new_page()
        page.goto(address)
        wanted = page.locator("a:visible, button:visible, input:visible, select:visible, textarea:visible").count()
        reached = []
        for _ in range(wanted + 5):
            page.keyboard.press("Tab")
            reached.append(
                page.evaluate(
                    "(() => { const e = document.activeElement, s = getComputedStyle(e);"
                    " return e === document.body ? null : [e.tagName, e.innerText, s.outlineStyle !== 'none'] })()"
                )
            )
        context.close()
    seen = [one for one in reached if one is not None]

    assert seen[0][1] == "Skip to the page"
    assert any(words == "I have it" for _, words, _ in seen)
    assert all(shown for _, _, shown in seen)
