"""Pictures of every page: light, dark and phone-sized."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from coach.domain.rights import Role
from coach.services.accounts import accept
from coach.storage.database import Sessions
from tests.browser import chromium, served
from tests.people import Practice, SteppedClock
from tests.pictures.clinic import CLINIC, NOW
from tests.web.team import PASSWORD, QUICK, Team


@dataclass(frozen=True)
class Look:
    """How wide the window is, in CSS pixels, and which colours the system asks for."""

    name: str
    width: int
    height: int
    scheme: str = "light"


LOOKS = (Look("light", 1280, 900), Look("dark", 1280, 900, "dark"), Look("phone", 390, 844))


@contextmanager
def pages(sessions: Sessions, browser: Browser, look: Look, *, role: Role = Role.ADMIN) -> Iterator[tuple[Page, str]]:
    """A page of a browser in which somebody is signed in, and the address of coach."""
    team = Team(Practice(sessions, clock=SteppedClock(NOW)), clinic=CLINIC)
    link = team.invited(role, f"{role}-{look.name}@clinic.example")
    token = accept(sessions, QUICK, link, PASSWORD, now=NOW)
    with served(team.app) as address:
        context = browser.new_context(
            viewport={"width": look.width, "height": look.height},
            color_scheme="dark" if look.scheme == "dark" else "light",
            device_scale_factor=1,
        )
        context.add_cookies([{"name": "coach", "value": token, "url": address}])
        yield context.new_page(), address
        context.close()


def shoot(sessions: Sessions, paths: Mapping[str, str], folder: Path, looks: Sequence[Look] = LOOKS) -> None:
    """A picture of each path in each look is in the folder: today-light.png, today-dark.png, today-phone.png."""
    folder.mkdir(parents=True, exist_ok=True)
    with chromium() as browser:
        for look in looks:
            with pages(sessions, browser, look) as (page, address):
                for name, path in paths.items():
                    page.goto(address + path)
                    page.screenshot(path=folder / f"{name}-{look.name}.png", full_page=True)
