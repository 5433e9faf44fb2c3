"""Pages out of templates: their words for times and shares, and the headers that every page has."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from coach.bootstrap import Coach
from coach.domain.rights import Right, may
from coach.services.today import MOST
from coach.web.access import is_https
from coach.web.forms import DONE, Typed

HERE = Path(__file__).parent
STATIC = HERE / "static"
CONTENT_POLICY = (
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "Cache-Control": "no-store",  # what stands on a page is nobody's who sits at this machine next
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
    "Cross-Origin-Opener-Policy": "same-origin",
}
FORMS = {"typed", "enrolling"}  # what was typed, where a form is shown again
A_YEAR = "max-age=31536000"
DAY = timedelta(days=1)


def page(request: Request, coach: Coach, template: str, facts: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """The page that `template` makes of these facts."""
    who = getattr(request.state, "who", None)
    ours = {
        "who": who,
        "may": (lambda right: who is not None and may(who.role, Right(right))),
        "form_key": getattr(request.state, "form_key", ""),
        "clinic": coach.clinic,
        "zone": coach.clinic.zone,
        "now": coach.now(),
        "here": request.url.path,
        "done": DONE.get(request.query_params.get("done", ""), ""),
        "idle_minutes": coach.idle // timedelta(minutes=1),
    }
    given = {name: Typed(value) if name in FORMS else value for name, value in facts.items()}
    return HTMLResponse(_environment().get_template(template).render(ours | given), status, headers_of(coach))


def headers_of(coach: Coach) -> dict[str, str]:
    """The headers of every page."""
    return HEADERS | ({"Strict-Transport-Security": A_YEAR} if is_https(coach) else {})


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "when": when,
        "clock": clock,
        "day": day_words,
        "ago": ago,
        "iso": iso,
        "marked": marked,
        "percent": percent,
        "as_zone": ZoneInfo,
        "sentence": sentence,
        "some": lambda count: str(count) if count <= MOST else f"{MOST}+",
    }
    environment.globals["asset"] = asset
    return environment


@cache
def asset(name: str) -> str:
    """The address of a file of ours, another one whenever its content is."""
    return f"/static/{name}?{hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:12]}"


def when(moment: datetime, now: datetime, zone: ZoneInfo) -> str:
    """A moment as people say it, on a wall in `zone`: "today 08:12", "yesterday 21:40", "Tue 17 Nov 09:00"."""
    local = moment.astimezone(zone)
    return f"{day_words(local.date(), now, zone)} {local:%H:%M}"


def clock(moment: datetime, zone: ZoneInfo) -> str:
    """The time of day on a wall in `zone`."""
    return f"{moment.astimezone(zone):%H:%M}"


def day_words(day: date, now: datetime, zone: ZoneInfo) -> str:
    """A day as people say it: "today", "tomorrow", "Tue 17 Nov", with the year where it is another one."""
    today = now.astimezone(zone).date()
    near = {today: "today", today - DAY: "yesterday", today + DAY: "tomorrow"}
    if day in near:
        return near[day]
    return f"{day:%a} {day.day} {day:%b}" + (f" {day.year}" if day.year != today.year else "")


def ago(moment: datetime, now: datetime) -> str:
    """How long that has been: "now", "12 min", "3 h 05 min", "2 days"."""
    minutes = max(0, int((now - moment).total_seconds() // 60))
    if minutes < 1:
        return "under a minute"
    if minutes < 60:  # noqa: PLR2004 (an hour)
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if hours < 48:  # noqa: PLR2004 (two days)
        return f"{hours} h {rest:02} min"
    return f"{hours // 24} days"


def iso(moment: datetime) -> str:
    """The moment as machines read it."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def percent(share: float | None) -> str:
    """A share in whole percent; a dash where there is none."""
    return "–" if share is None else f"{share:.0%}"


def sentence(words: str) -> str:
    """The words with a great first letter, a full stop where they have no end, and no command that a page has not."""
    words = re.sub(r"[;:,.]? ?`coach [^`]*`[^;.]*", "", words)
    return words[:1].upper() + words[1:] + ("" if words.endswith((".", "?", "!")) else ".")


def marked(text: str, words: Sequence[str]) -> list[tuple[str, bool]]:
    """The text in pieces, each with whether it is one of the words that decided."""
    looked_for = "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True) if word)
    if not looked_for:
        return [(text, False)]
    pieces = re.split(f"({looked_for})", text, flags=re.IGNORECASE)
    return [(piece, bool(number % 2)) for number, piece in enumerate(pieces) if piece]
