"""The provider's own records of texts, as its list shows them, read into ours."""

import logging
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Protocol, TypeVar

from coach.domain.errors import CoachError
from coach.gateway.base import InboundSms, Texted, whole_number
from coach.gateway.codes import kind_in_receipt

log = logging.getLogger(__name__)
Read = TypeVar("Read")


class RecordError(CoachError):
    """A record lacks what it is judged by: its list cannot be taken as whole."""


class Record(Protocol):
    """One text in the provider's list, in or out. Times are UTC, to the second."""

    sid: str | None
    direction: str | None
    to: str | None
    from_: str | None
    body: str | None
    status: str | None
    num_media: str | None
    messaging_service_sid: str | None
    error_code: object
    date_created: datetime | None
    date_sent: datetime | None


def texted(records: Iterable[Record], *, service: str, since: datetime) -> tuple[tuple[Texted, ...], str]:
    """The texts that we have sent through `service` since `since` (UTC), in the list's order; and what is amiss."""
    ours = (one for one in records if one.direction == "outbound-api" and one.messaging_service_sid == service)
    read, words = _each(ours, _text)
    return tuple(text for text in read if text.created_at >= _second(since)), words


def inbound(records: Iterable[Record], *, service: str, since: datetime) -> tuple[tuple[InboundSms, ...], str]:
    """The texts that came in since `since` (UTC), oldest first, none of another service; and what is amiss.

    One without a sender is nobody's STOP: it is left out, as the webhook leaves it out.
    """
    to_us = (
        one
        for one in records
        if one.direction == "inbound" and one.messaging_service_sid in {service, "", None} and one.status != "receiving"
        if not all_before([one], since)  # an odd one among these is no news
    )
    read, words = _each(to_us, lambda one: (_arrived(one), _sms(one)))
    read.reverse()  # the list is newest first: what came in the same second stays in order
    new = [sms for at, sms in sorted(read, key=lambda pair: pair[0]) if at >= _second(since)]
    for nobodys in (sms for sms in new if not sms.from_):
        log.warning("the text %s has no sender; look at it in the provider's console", nobodys.provider_id)
    return tuple(sms for sms in new if sms.from_), words


def all_before(records: Iterable[Record], since: datetime) -> bool:
    """Whether each record was both created and sent before `since` (UTC); one without these dates was not."""
    return all(
        one.date_created is not None
        and one.date_sent is not None
        and max(one.date_created, one.date_sent) < _second(since)
        for one in records
    )


def code_of(error_code: object) -> str | None:
    """The error's code as text; None where there is none."""
    return None if error_code in {None, 0, "", "0"} else str(error_code)


def _each(records: Iterable[Record], read: Callable[[Record], Read]) -> tuple[list[Read], str]:
    """What can be read, and the last fault: one odd record hides no other."""
    found, words = [], ""
    for record in records:
        try:
            found.append(read(record))
        except (RecordError, TypeError, AttributeError) as error:
            words = str(error)
    return found, words


def _text(one: Record) -> Texted:
    code = code_of(one.error_code)
    kind = None if code is None else kind_in_receipt(code)
    return Texted(_id(one), one.body or "", (one.status or "").lower(), _created(one), code, kind)


def _sms(one: Record) -> InboundSms:
    return InboundSms(
        provider_id=_id(one),
        from_=one.from_ or "",
        to=one.to or "",
        body=one.body or "",
        media=whole_number(one.num_media or ""),
        sent_at=_arrived(one),
    )


def _id(one: Record) -> str:
    if not one.sid:
        raise RecordError("a record in the provider's list has no id; read the list again later")
    return one.sid


def _created(one: Record) -> datetime:
    if one.date_created is None:
        raise RecordError(f"the provider's record {one.sid} does not say when it was made; read the list again later")
    return one.date_created


def _arrived(one: Record) -> datetime:
    return one.date_sent or _created(one)


def _second(at: datetime) -> datetime:
    return at.astimezone(UTC).replace(microsecond=0)
