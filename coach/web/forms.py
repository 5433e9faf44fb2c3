"""Forms as pages send them: their fields, and where to go afterwards."""

from collections.abc import Mapping
from typing import Annotated
from urllib.parse import urlencode, urlsplit

from fastapi import Depends, Query, Request
from fastapi.responses import RedirectResponse

KEPT = "kept:"
"""Before the name of a field that somebody sent who had been signed out."""


DONE: Mapping[str, str] = {
    "taken": "You have the case. Nobody else is called.",
    "noted": "Your note is in the case.",
    "closed": "The case is closed.",
    "closed-held": "The case is closed. Their texts stay held until somebody lifts the hold.",
    "seen": "The note counts as read.",
    "added": "They are added. Nothing is sent before they are in a program.",
    "enrolled": "They are in the program. The invitation asks for their yes.",
    "imported": "They are added.",
    "invited": "An invitation leaves in their hours.",
    "saved": "It is saved.",
    "paused": "Their texts are paused.",
    "resumed": "Their texts go on.",
    "flared": "The flare is noted: goals stand still, and nothing is asked that hurts.",
    "eased": "The flare is over: the goal comes back in steps over three days.",
    "held": "Their texts are held until somebody lifts the hold.",
    "released": "The hold is lifted: texts may leave again.",
    "written": "Your text is on its way.",
    "waiting": "Your text waits for their allowed hours.",
    "taken-back": "The text is taken back: it does not leave.",
    "talked": "Automatic texts go on.",
    "withdrawn": "They are withdrawn. Nothing more is sent.",
    "erased": "They are erased.",
    "password": "Your password is changed.",
    "account": "Their rights are changed; they sign in again.",
    "account-closed": "The account is closed.",
}
"""What a page says after something was done, by the word in its address."""


class Typed(dict[str, str]):
    """What was typed into a form; a field that was not sent is empty."""

    def __missing__(self, key: str) -> str:
        return ""


async def fields_of(request: Request) -> dict[str, str]:
    """The text fields of the form that was sent, as far as a page of ours can have sent them; the last of a name."""
    form = await request.form(max_files=1, max_fields=100)
    return {name: value.replace("\0", "") for name, value in form.multi_items() if isinstance(value, str)}


PageNumber = Annotated[int, Query(alias="page", ge=1, le=100_000)]
Fields = Annotated[dict[str, str], Depends(fields_of)]


def see(address: str, done: str = "") -> RedirectResponse:
    """After something was done: the page where it shows. `done` is a word of DONE, whose sentence the page says."""
    assert not done or done in DONE
    joint = "&" if "?" in address else "?"
    return RedirectResponse(f"{address}{joint}{urlencode({'done': done})}" if done else address, 303)


def address(path: str, asked: Mapping[str, str]) -> str:
    """The address with what is asked of it, ready for one more part."""
    query = urlencode({name: value for name, value in asked.items() if value})
    return f"{path}?{query}&" if query else f"{path}?"


def within(address: str) -> str:
    """The address, if it leads to a page of ours; else that of Today."""
    parts = urlsplit(address)
    is_ours = (
        address.startswith("/") and not address.startswith(("//", "/\\")) and not parts.netloc and not parts.scheme
    )
    return address if is_ours and address.isprintable() else "/"
