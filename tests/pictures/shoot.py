"""Takes pictures of pages in the system's Chromium."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from coach.domain.rights import Role
from coach.services.accounts import accept, add_account
from coach.storage.database import Sessions
from tests.browser import chromium, served
from tests.people import Practice, SteppedClock
from tests.pictures.clinic import CLINIC, NOW
from tests.web.team import PASSWORD, QUICK, Team

TALLEST = 2400  # CSS pixels: what is further down is more of the same


@dataclass(frozen=True)
class Look:
    """How wide the window is, in CSS pixels, and which colours the system asks for."""

    name: str
    width: int
    height: int
    is_dark: bool = False


LOOKS = (Look("light", 1280, 800), Look("dark", 1280, 800, is_dark=True), Look("phone", 390, 844))


@dataclass(frozen=True)
class Shot:
    """One page, and what is done on it before the picture: a file is sent, or a changed setting looked at."""

    name: str
    path: str
    signed_in: bool = True
    upload: str = ""
    effect: bool = False


def shoot(sessions: Sessions, shots: Sequence[Shot], folder: Path, *, ids: Mapping[str, int]) -> None:
    """A picture of each page in each look is in the folder: today-light.png, today-dark.png, today-phone.png."""
    folder.mkdir(parents=True, exist_ok=True)
    team = Team(Practice(sessions, clock=SteppedClock(NOW)), clinic=CLINIC)
    token = _team_of_three(team)
    with served(team.app) as address, chromium() as browser:
        for look in LOOKS:
            for shot in shots:
                with _page(browser, look, address, token if shot.signed_in else "") as page:
                    page.goto(address + shot.path.format(**ids))
                    _prepare(page, shot)
                    _take(page, look, folder / f"{shot.name}-{look.name}.png")


def _team_of_three(team: Team) -> str:
    """The token of the admin's browser; two more have an account."""
    sessions = team.practice.sessions
    add_account(sessions, email="vera@clinic.example", name="Vera Stone", role=Role.VIEWER, now=NOW)
    for name, role in (("Nurse Bo", Role.CLINICIAN), ("Dr. Kim", Role.ADMIN)):
        _, link = add_account(
            sessions, email=f"{name.split()[1].lower()}@clinic.example", name=name, role=role, now=NOW
        )
        token = accept(sessions, QUICK, link, PASSWORD, now=NOW)
    return token


@contextmanager
def _page(browser: Browser, look: Look, address: str, token: str) -> Iterator[Page]:
    context = browser.new_context(
        viewport={"width": look.width, "height": look.height}, color_scheme="dark" if look.is_dark else "light"
    )
    if token:
        context.add_cookies([{"name": "coach", "value": token, "url": address}])
    yield context.new_page()
    context.close()


def _prepare(page: Page, shot: Shot) -> None:
    if shot.upload:
        file = {"name": "people.csv", "mimeType": "text/csv", "buffer": shot.upload.encode()}
        page.get_by_label("A CSV file").set_input_files(file)  # type: ignore[arg-type]  # a file that is on no disk
        page.get_by_role("button", name="Show what would happen").click()
    if shot.effect:
        page.get_by_label("Evening").fill("18:45")
        page.get_by_label("Wed").check()
        page.get_by_role("button", name="Show what would change").click()


def _take(page: Page, look: Look, path: Path) -> None:
    page.wait_for_load_state("networkidle")
    height = min(TALLEST, page.evaluate("document.documentElement.scrollHeight"))
    page.set_viewport_size({"width": look.width, "height": max(look.height // 2, height)})
    page.screenshot(path=path)
