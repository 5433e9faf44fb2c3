"""The provider's webhooks: a text that came in, and a receipt for one that went out."""

import logging

from anyio import CapacityLimiter, to_thread
from fastapi import APIRouter, BackgroundTasks, HTTPException, Response

from coach.bootstrap import Coach
from coach.gateway.base import FormError, parse_inbound, parse_receipt
from coach.services.confirm import confirm
from coach.services.read import read_unread
from coach.services.receive import receive
from coach.web.deps import CoachDep, ReadersDep, SignedForm

log = logging.getLogger(__name__)
router = APIRouter()
AT_ONCE = 2  # texts: another process may have taken the first of them
EMPTY_TWIML = '<?xml version="1.0" encoding="UTF-8"?><Response/>'


@router.post("/sms/inbound")
def inbound(form: SignedForm, coach: CoachDep, one_at_a_time: ReadersDep, later: BackgroundTasks) -> Response:
    """The text is stored and committed before this answers, and read right after. After a 5xx the fallback comes."""
    try:
        sms = parse_inbound(form)
    except FormError as error:
        raise HTTPException(400, str(error)) from None
    reply_id = receive(coach.sessions, sms, now=coach.now())
    if reply_id is not None:
        later.add_task(_read, coach, one_at_a_time)
    return Response(EMPTY_TWIML, media_type="text/xml")


async def _read(coach: Coach, one_at_a_time: CapacityLimiter) -> None:
    """The text whose turn it is, which may be another's: one number's flood keeps no other waiting.

    One at a time: many readers at once would keep the database, and the threads, from the texts that come in.
    """
    await to_thread.run_sync(_read_next, coach, limiter=one_at_a_time)


def _read_next(coach: Coach) -> None:
    read_unread(coach.sessions, coach.reader, now=coach.now(), limit=AT_ONCE)


@router.post("/sms/status", status_code=204)
def status(form: SignedForm, coach: CoachDep, attempt: str | None = None) -> Response:
    """204, for one that we cannot use as well: its retry would not help. Where the database is away: 503."""
    try:
        news = parse_receipt(form)
    except FormError as error:
        log.warning("a receipt without use: %s", error)
        return Response(status_code=204)
    confirm(coach.sessions, coach.gateway.sender, attempt, news, now=coach.now())
    return Response(status_code=204)
