"""Pages: what was called about a case, and what is still to be called."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import and_, func, or_, select
from sqlmodel import Session, col

from coach.domain.delivery import ARRIVED, MessageState, Purpose
from coach.storage.tables import Case, Message, Page
from coach.storage.tables.page import PageChannel, PageState

AFRESH = {"populate_existing": True}
GONE = frozenset(
    {
        MessageState.UNDELIVERED,
        MessageState.FAILED,
        MessageState.EXPIRED,
        MessageState.MISSED,
        MessageState.WITHHELD,
        MessageState.CANCELLED,
    }
)
"""States of a page's text from which it will not arrive any more."""


def of_round(session: Session, case: Case) -> list[Page]:
    """What was called about the case since its paging began, in order."""
    query = select(Page).where(col(Page.case_id) == case.id, col(Page.since) == case.paging_since)
    return list(session.execute(query.order_by(col(Page.step), col(Page.id)), execution_options=AFRESH).scalars())


def waiting(session: Session, case_id: int) -> list[Page]:
    """The pages of the case that wait for their call, or for the gateway."""
    query = select(Page).where(
        col(Page.case_id) == case_id, col(Page.state).in_((PageState.PLANNED, PageState.SENDING))
    )
    return list(session.execute(query.order_by(col(Page.id)), execution_options=AFRESH).scalars())


def planned_texts(session: Session, case_id: int) -> list[int]:
    """The ids of the case's texts to contacts that have not left yet."""
    query = select(col(Message.id)).join(Page, col(Page.message_id) == Message.id)
    query = query.where(
        col(Page.case_id) == case_id,
        col(Message.purpose) == Purpose.PAGE,
        col(Message.state) == MessageState.PLANNED,
    )
    return [id_ for id_ in session.execute(query).scalars() if id_ is not None]


def take_due(
    session: Session, channels: Collection[PageChannel], *, now: datetime, until: datetime, limit: int
) -> Sequence[Page]:
    """Planned pages over these channels that are due, now this caller's own until `until`."""
    query = select(Page).where(
        col(Page.state) == PageState.PLANNED, col(Page.next_at) <= now, col(Page.channel).in_(list(channels))
    )
    query = query.order_by(col(Page.next_at), col(Page.id)).limit(limit).with_for_update(skip_locked=True)
    due = session.execute(query, execution_options=AFRESH).scalars().all()
    for page in due:
        page.next_at, page.tries = until, page.tries + 1
        session.add(page)
    return due


def anything_due(session: Session, channels: Collection[PageChannel], *, now: datetime) -> bool:
    """Whether `take_due` would find anything."""
    query = select(func.count()).where(
        col(Page.state) == PageState.PLANNED, col(Page.next_at) <= now, col(Page.channel).in_(list(channels))
    )
    return bool(session.execute(query).scalar_one())


def told_otherwise(session: Session) -> list[tuple[int, int]]:
    """Pages, with their text messages, of which more is known to the message than to the page."""
    query = (
        select(col(Page.id), col(Message.id))
        .join(Message, col(Message.id) == Page.message_id)
        .where(
            or_(
                and_(col(Page.state) == PageState.SENDING, col(Message.state).in_(ARRIVED | GONE)),
                and_(col(Page.state) == PageState.SENT, col(Message.state).in_(GONE)),
            )
        )
    )
    return [(page_id, message_id) for page_id, message_id in session.execute(query) if page_id and message_id]


def by_message(session: Session, message_id: int) -> Page | None:
    """The page whose text that message is."""
    query = select(Page).where(col(Page.message_id) == message_id)
    return session.execute(query).scalar_one_or_none()


def by_token(session: Session, token_hash: str) -> Page | None:
    """The page whose link has the token with that hash."""
    return session.execute(select(Page).where(col(Page.token_hash) == token_hash)).scalar_one_or_none()
