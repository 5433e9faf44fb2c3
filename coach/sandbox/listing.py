"""The list of messages: what a query asks for, a page at a time."""

from collections.abc import Mapping
from datetime import date, datetime
from itertools import islice
from urllib.parse import urlencode

from coach.sandbox.message import API_VERSION, Message, resource
from coach.sandbox.provider import Sandbox
from coach.sandbox.validation import ApiError

PAGE_SIZE, LARGEST_PAGE = 50, 1000
PATH = f"/{API_VERSION}/Accounts/{{account}}/Messages"


def list_messages(sandbox: Sandbox, query: Mapping[str, str]) -> dict[str, object]:
    """One page of the messages that `query` asks for, the newest first."""
    size = _page_size(query.get("PageSize", str(PAGE_SIZE)))
    number = _whole(query.get("Page", "0"))
    found = sandbox.listed(to=query.get("To") or None, before=query.get("PageToken", "").removeprefix("PA") or None)
    page = list(islice((message for message in found if _matches(message, query)), size + 1))
    more, page = len(page) > size, page[:size]
    following = {"Page": str(number + 1), "PageToken": "PA" + page[-1].sid} if more else None
    start = number * size
    return {
        "messages": [resource(message, sandbox.account.sid) for message in page],
        "page": number,
        "page_size": size,
        "start": start,
        "end": max(start + len(page) - 1, 0),
        "first_page_uri": _uri(sandbox, query, size, {"Page": "0"}),
        "next_page_uri": _uri(sandbox, query, size, following) if following else None,
        "previous_page_uri": _uri(sandbox, query, size, {"Page": str(number - 1)}) if number else None,
        "uri": _uri(sandbox, query, size, {"Page": str(number)}),
    }


def _page_size(text: str) -> int:
    if text.isascii() and text.isdecimal() and 1 <= int(text) <= LARGEST_PAGE:
        return int(text)
    raise ApiError(400, 20422, f"The PageSize must be 1 to {LARGEST_PAGE}.")


def _whole(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() else 0


def _matches(message: Message, query: Mapping[str, str]) -> bool:
    return query.get("From") in {None, "", message.from_} and all(
        _sent(message, sign, query[name])
        for name, sign in (("DateSent", "="), ("DateSent<", "<"), ("DateSent>", ">"))
        if query.get(name)
    )


def _sent(message: Message, sign: str, text: str) -> bool:
    """Whether the message left on, until or since the date or instant (UTC); one still queued matches none."""
    try:
        asked = datetime.fromisoformat(text)
    except ValueError:
        raise ApiError(400, 20422, f"{text} is not a date.") from None
    if message.sent is None:
        return False
    whole_days = len(text) == len("2026-11-22")
    sent: date = message.sent.date() if whole_days else message.sent
    when: date = asked.date() if whole_days else asked.replace(tzinfo=asked.tzinfo or message.sent.tzinfo)
    return {"=": sent == when, "<": sent <= when, ">": sent >= when}[sign]


def _uri(sandbox: Sandbox, query: Mapping[str, str], size: int, place: Mapping[str, str]) -> str:
    asked = {name: value for name, value in query.items() if name not in {"Page", "PageToken", "PageSize"}}
    path = PATH.format(account=sandbox.account.sid)
    return f"{path}.json?{urlencode({**asked, 'PageSize': str(size), **place})}"
