"""The page behind the link of a call to the care team: one button, which says "I have it"."""

import base64
import hashlib
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import APIRouter
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from coach.domain.case import CaseState
from coach.services.acknowledge import Standing, look_up, use_link
from coach.web.deps import CoachDep

TEMPLATES = Path(__file__).parent / "templates"
STYLE = (TEMPLATES / "acknowledge.css").read_text(encoding="utf-8")
_STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
HEADERS = {
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_STYLE_HASH}'; img-src data:; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",  # the address is a key, until it is used
    "X-Robots-Tag": "noindex",
}
BY_HAND = "Sign in to see what is open, and to take it."
CASES = ("/cases", "Cases")
GONE, NOT_FOUND = 410, 404

router = APIRouter()
_template = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
).get_template("acknowledge.html")


@router.get("/a/{token}")
def ask(token: str, coach: CoachDep) -> HTMLResponse:
    """The button. Nothing is acknowledged yet: mail servers follow links to see whether they are safe."""
    found = look_up(coach.sessions, token, now=coach.now())
    if found is not None and found.is_usable:
        since = f"It has been open since {_when(found.since, coach.clinic.zone)}."
        return _page(
            200,
            title=f"Case {found.case_id} needs you",
            lines=(since, "When you press the button, nobody else is called. Then look at the case at once."),
            button="I have it",
        )
    return _refusal(found, coach.clinic.zone)


@router.post("/a/{token}")
def acknowledge(token: str, coach: CoachDep) -> HTMLResponse:
    """Whoever was called has the case, once; nobody else is called any more."""
    found = use_link(coach.sessions, token, now=coach.now())
    if found is not None and found.is_usable:
        return _page(
            200,
            title=f"Thank you. You have case {found.case_id}",
            lines=("Nobody else is called.",),
            link=(f"/cases/{found.case_id}", "Look at it now"),
        )
    return _refusal(found, coach.clinic.zone)


def _refusal(found: Standing | None, zone: ZoneInfo) -> HTMLResponse:
    if found is None:
        return _page(NOT_FOUND, title="This link is not known", lines=("It may have been cut short.", BY_HAND))
    name = f"Case {found.case_id}"
    if found.state is CaseState.RESOLVED:
        return _page(GONE, title=f"{name} is closed", lines=("Nothing is left to do here. Thank you.",))
    if found.state is CaseState.ACKNOWLEDGED and found.taken_at is not None:
        taken = f"{found.taken_by} has it since {_when(found.taken_at, zone)}."
        return _page(GONE, title=f"{name} is taken", lines=(taken, "Thank you for looking."))
    words = "A link works once, and for 24 hours. If you were called again, use the link of the newest call."
    return _page(GONE, title=f"{name} is open, but this link is used up", lines=(words, BY_HAND))


def _when(moment: datetime, zone: ZoneInfo) -> str:
    return f"{moment.astimezone(zone):%H:%M on %d %B} ({zone.key})"


def _page(
    status: int, *, title: str, lines: tuple[str, ...], button: str = "", link: tuple[str, str] = CASES
) -> HTMLResponse:
    facts: dict[str, Any] = {"title": title, "lines": lines, "button": button, "link": link}
    facts["style"] = Markup(STYLE)  # noqa: S704 (ours)
    return HTMLResponse(_template.render(facts), status, headers=HEADERS)
