"""The page of phones: each conversation as its phone shows it, and a field to answer in."""

from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from coach.sandbox.forms import fields_of, refuse_foreign
from coach.sandbox.phones import Bubble, Phone
from coach.sandbox.provider import Sandbox
from coach.sandbox.stage import Stage
from coach.sandbox.validation import LONGEST_BODY, is_possible

HERE = Path(__file__).parent
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; "
    "img-src data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
}
CALENDARS: Mapping[str, tuple[str, str]] = {
    "en": ("Mon Tue Wed Thu Fri Sat Sun", "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec"),
    "es": ("lun mar mié jue vie sáb dom", "ene feb mar abr may jun jul ago sep oct nov dic"),
}
PLACES: Mapping[str, str] = {"en": "Type an answer", "es": "Escribe una respuesta"}


def routes(sandbox: Sandbox, stage: Stage) -> list[BaseRoute]:
    """The page, its state as JSON, its two forms, its style and its script."""
    template = Environment(
        loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
    ).get_template("phones.html")

    def page(_request: Request) -> Response:
        html = template.render(**picture(sandbox, stage), longest=LONGEST_BODY, places=PLACES)
        return HTMLResponse(html, headers=HEADERS)

    def state(_request: Request) -> Response:
        return JSONResponse(picture(sandbox, stage), headers=HEADERS)

    async def answer(request: Request) -> Response:
        refuse_foreign(request)
        number, body = request.path_params["number"], str((await fields_of(request)).get("body", ""))[:LONGEST_BODY]
        if body.strip() and is_possible(number):
            await run_in_threadpool(sandbox.text_from, number, body)
        return RedirectResponse("/", 303)

    async def move_on(request: Request) -> Response:
        refuse_foreign(request)
        if stage.move_on is not None:
            await run_in_threadpool(stage.move_on)
        return RedirectResponse("/", 303)

    return [
        Route("/", page),
        Route("/state", state),
        Route("/phones/{number}/texts", answer, methods=["POST"]),
        Route("/move-on", move_on, methods=["POST"]),
        Mount("/static", StaticFiles(directory=HERE / "static")),
    ]


def picture(sandbox: Sandbox, stage: Stage) -> dict[str, object]:
    """Everything that the page shows now, as plain values."""
    waiting, now = stage.waiting(), sandbox.now()
    return {
        "title": stage.title,
        "line": stage.line(),
        "move_on": stage.move_on_label if stage.move_on else None,
        "phones": [_screen(phone, bubbles, now, waiting.get(phone.number, "")) for phone, bubbles in sandbox.phones()],
    }


def _screen(phone: Phone, bubbles: tuple[Bubble, ...], now: datetime, hint: str) -> dict[str, object]:
    return {
        "number": phone.number,
        "name": phone.name or phone.number,
        "initial": (phone.name or "#")[0],
        "language": phone.language,
        "zone": phone.zone.key.rpartition("/")[2].replace("_", " ") if phone.zone else "UTC",
        "clock": f"{phone.local(now):%H:%M}",
        "hint": hint,
        "bubbles": [
            {
                "mine": bubble.mine,
                "text": bubble.text,
                "day": _day(phone.local(bubble.at), phone.language),
                "time": f"{phone.local(bubble.at):%H:%M}",
                "iso": phone.local(bubble.at).isoformat(timespec="minutes"),
            }
            for bubble in bubbles
        ],
    }


def _day(local: datetime, language: str) -> str:
    """The date as a phone in that language heads a day's texts."""
    weekdays, months = (names.split() for names in CALENDARS.get(language, CALENDARS["en"]))
    return f"{weekdays[local.weekday()]} {local.day} {months[local.month - 1]}"
