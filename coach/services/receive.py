"""Stores an inbound text raw, before anything reads it; the same one twice is one."""

from datetime import datetime

from coach.gateway.base import InboundSms
from coach.storage.database import Sessions
from coach.storage.insert import insert_new
from coach.storage.tables import Reply
from coach.storage.tables.reply import ReplyState


def receive(sessions: Sessions, sms: InboundSms, *, now: datetime) -> int | None:
    """The id of the stored reply; None where the provider brought it before."""
    row = {
        "provider_id": sms.provider_id,
        "phone": sms.from_,
        "to": sms.to,
        "body": _storable(sms.body),
        "media": sms.media,
        "opt_out_type": sms.opt_out_type,
        "received_at": min(now, sms.sent_at or now),  # an old START that a list brings is no answer to a newer STOP
        "stored_at": now,
        "state": ReplyState.UNREAD,
        "faults": 0,
        "is_note": False,
    }
    with sessions.write() as session:
        return next(iter(insert_new(session, Reply, [row])), None)


def _storable(body: str) -> str:
    """The words with U+FFFD for what no database keeps: NUL, which some carriers make of @, and half an emoji."""
    return body.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "\ufffd")
