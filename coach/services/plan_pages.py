"""The next step of each case's paging is planned when it is due: who is called now, and by which channels."""

import logging
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session

from coach.domain.clinic import CLINIC, SELF_TEST, Clinic
from coach.domain.delivery import PRIORITY, MessageState, Purpose
from coach.domain.escalation import STUCK_AFTER, Reached, Step, Taken, called, next_step
from coach.domain.page import Links, hashed, page_text, without_link
from coach.domain.segment import count
from coach.storage import cases, messages, pages
from coach.storage.database import Sessions
from coach.storage.insert import insert_all, insert_in_order
from coach.storage.tables import Case, Message, Page
from coach.storage.tables.page import PageChannel, PageState

log = logging.getLogger(__name__)

LEAVES_WITHIN = timedelta(hours=1)
TO_CONTACTS = frozenset({PageChannel.SMS, PageChannel.EMAIL})
NAMES = {PageChannel.SMS: "SMS", PageChannel.EMAIL: "e-mail", PageChannel.WEBHOOK: "webhook", PageChannel.TEST: "test"}
MISSING = {
    PageChannel.EMAIL: "no mail server is set (COACH_SMTP_URL)",
    PageChannel.WEBHOOK: "the rota is empty (clinic.yaml), and no webhook is set (COACH_PAGE_WEBHOOK_URL)",
    PageChannel.TEST: "no receiver of the self-test is set",
}
COLUMNS = (
    *("case_id", "since", "step", "contact", "channel", "address", "token_hash", "message_id"),
    *("state", "tries", "next_at", "words", "created_at"),
)
REPLACED = "a later page took its place"


@dataclass(frozen=True)
class _Call:
    """Somebody to be called over one channel."""

    contact: str
    channel: PageChannel
    address: str = ""


@dataclass(frozen=True)
class _Means:
    """Who can be called, by what, and the links to send."""

    clinic: Clinic
    channels: Collection[PageChannel]
    links: Links

    def has(self, call: _Call) -> bool:
        """Whether the clinic has this channel; SMS is always there."""
        return call.channel is PageChannel.SMS or call.channel in self.channels


def plan_pages(
    sessions: Sessions, clinic: Clinic, channels: Collection[PageChannel], links: Links, *, now: datetime
) -> int:
    """How many pages were planned: those of each step that is due. A second run at the same time plans none.

    `channels`: those that the clinic has beside SMS. The text of a page by SMS leaves by the gateway.
    """
    means = _Means(clinic, channels, links)
    with sessions.read() as session:
        due = [case.id for case in cases.paging(session) if _due_step(session, case, now) is not None]
    return sum(_try_to_plan(sessions, means, case_id, now) for case_id in due if case_id is not None)


def _try_to_plan(sessions: Sessions, means: _Means, case_id: int, now: datetime) -> int:
    try:
        with sessions.write() as session:
            unsent = messages.lock_all(session, pages.planned_texts(session, case_id))
            case = cases.lock(session, case_id)
            step = None if case is None else _due_step(session, case, now)
            if case is None or step is None:
                return 0
            _say_who_was_not_reached(session, case, _last(session, case, now), now)
            return _plan(session, means, case, step, unsent, now)
    except Exception:  # one case's trouble keeps no other from being paged; this one comes again in the next round
        log.exception("case %s could not be paged", case_id)
        return 0


def _due_step(session: Session, case: Case, now: datetime) -> Step | None:
    """The step of the case that is due by `now`, if one is. The self-test's own case has one step."""
    if case.paging_since is None:
        return None
    step = next_step(case.paging_since, _last(session, case, now), now)
    return step if now >= step.due_at and not (case.is_test and step.number) else None


def next_call(session: Session, case: Case, now: datetime) -> datetime | None:
    """When somebody is called next about the case (UTC), if nobody takes it; None where nobody is being called."""
    return None if case.paging_since is None else next_step(case.paging_since, _last(session, case, now), now).due_at


def _last(session: Session, case: Case, now: datetime) -> Taken | None:
    whole = pages.of_round(session, case)
    if not whole:
        return None
    last = [page for page in whole if page.step == whole[-1].step]
    return Taken(last[0].step, last[0].created_at, reached(last, now))


def reached(step: Sequence[Page], now: datetime) -> Reached:
    """Whom the pages of one step got through to, or still may."""
    hopeful = {page.channel for page in step if _is_hopeful(page, now)}
    contacts = {page.channel for page in step} & TO_CONTACTS
    if not hopeful:
        return Reached.NOBODY
    return Reached.SOMEBODY if not contacts or hopeful & TO_CONTACTS else Reached.MACHINE


def _is_hopeful(page: Page, now: datetime) -> bool:
    """Whether nothing says yet that the page does not get through."""
    if page.state in {PageState.PLANNED, PageState.SENDING}:
        return page.words is None and now < page.created_at + STUCK_AFTER
    return page.state is PageState.SENT


def _plan(session: Session, means: _Means, case: Case, step: Step, unsent: Sequence[Message], now: datetime) -> int:
    before = {page.contact for page in pages.of_round(session, case)}
    calls = list(_calls(means, case, step, before, now))
    _replace(session, case, calls, unsent, now)
    _insert(session, means, case, step, calls, now)
    for call in calls:
        if not means.has(call):
            what = f"the page to {call.contact} by {NAMES[call.channel]} did not leave: {MISSING[call.channel]}"
            cases.note_once(session, case, what, by="coach", at=now)
    possible = [f"{call.contact} by {NAMES[call.channel]}" for call in calls if means.has(call)]
    if possible:
        cases.note(session, case, f"paging {', '.join(possible)}", by="coach", at=now)
    return len(possible)


def _calls(means: _Means, case: Case, step: Step, before: Collection[str], now: datetime) -> Iterator[_Call]:
    """Everybody of this step by every channel they have, and the clinic's webhook; at least one call."""
    if case.is_test:
        yield _Call(SELF_TEST, PageChannel.TEST)
        return
    contacts = called(step.number, means.clinic.line(now), before)
    for contact in contacts:
        if contact.phone:
            yield _Call(contact.name, PageChannel.SMS, contact.phone)
        if contact.email:
            yield _Call(contact.name, PageChannel.EMAIL, contact.email)
    if PageChannel.WEBHOOK in means.channels or not contacts:
        yield _Call(CLINIC, PageChannel.WEBHOOK)


def _say_who_was_not_reached(session: Session, case: Case, last: Taken | None, now: datetime) -> None:
    if last is not None and last.reached is Reached.NOBODY:
        log.error("case %s: paging step %s reached nobody", case.id, last.number)
        cases.note_once(session, case, "nobody could be reached by the last pages; coach pages on", by="coach", at=now)


def _replace(session: Session, case: Case, calls: Sequence[_Call], unsent: Sequence[Message], now: datetime) -> None:
    """What still waits for whoever is called anew is let go, so that an outage does not end in a burst."""
    assert case.id is not None
    texts = {message.id: message for message in unsent}
    for page in pages.waiting(session, case.id):
        text = texts.get(page.message_id)
        waits = page.message_id is None or (text is not None and text.state is MessageState.PLANNED)
        if waits and any((call.contact, call.channel) == (page.contact, page.channel) for call in calls):
            page.state, page.words = PageState.FAILED, REPLACED
            session.add(page)
            if text is not None:
                text.text = without_link(text.text or "")
                messages.move(session, text, MessageState.CANCELLED, at=now, why=REPLACED)


def _insert(session: Session, means: _Means, case: Case, step: Step, calls: Sequence[_Call], now: datetime) -> None:
    """The pages of the step, and the texts of those by SMS."""
    rows = [_row(means, case, step, call, now) for call in calls]
    by_sms = [(row, call) for row, call in zip(rows, calls, strict=True) if call.channel is PageChannel.SMS]
    texts = [_text(row, call, now) for row, call in by_sms]
    ids = insert_in_order(session, Message, texts)
    for (row, _), id_ in zip(by_sms, ids, strict=True):
        row["message_id"] = id_
    insert_all(session, Page, [{name: row[name] for name in COLUMNS} for row in rows])
    messages.log_born(session, ids, MessageState.PLANNED, at=now, why=f"a page about case {case.id}")


def _row(means: _Means, case: Case, step: Step, call: _Call, now: datetime) -> dict[str, Any]:
    assert case.id is not None
    assert case.paging_since is not None
    token = means.links.token(case.id, case.paging_since, step.number, call.contact, call.channel)
    state = PageState.SENDING if call.channel is PageChannel.SMS else PageState.PLANNED
    return {
        "case_id": case.id,
        "since": case.paging_since,
        "step": step.number,
        "contact": call.contact,
        "channel": call.channel,
        "address": call.address,
        "token_hash": hashed(token),
        "message_id": None,
        "state": state if means.has(call) else PageState.FAILED,
        "tries": 0,
        "next_at": now,
        "words": None if means.has(call) else MISSING[call.channel],
        "created_at": now,
        "text": page_text(case.id, means.links.address(token)),
    }


def _text(row: Mapping[str, Any], call: _Call, now: datetime) -> dict[str, Any]:
    """The message of a page by SMS."""
    size = count(row["text"])
    return {
        "phone": call.address,
        "case_id": row["case_id"],
        "purpose": Purpose.PAGE,
        "priority": PRIORITY[Purpose.PAGE],
        "name": "page",
        "due_at": now,
        "next_at": now,
        "send_by": now + LEAVES_WITHIN,
        "state": MessageState.PLANNED,
        "text": row["text"],
        "encoding": size.encoding,
        "segments": size.segments,
        "created_at": now,
    }
