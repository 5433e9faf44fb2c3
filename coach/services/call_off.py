"""Pages that have not left are called off: somebody has the case, or it is closed."""

from datetime import datetime

from sqlmodel import Session

from coach.domain.delivery import MessageState
from coach.domain.page import without_link
from coach.storage import cases, messages, pages
from coach.storage.tables import Case
from coach.storage.tables.page import PageState

SOMEBODY_HAS_IT = "somebody has the case"


def lock_calling_off(session: Session, case_id: int, *, now: datetime, why: str = SOMEBODY_HAS_IT) -> Case | None:
    """The case, locked, with every page called off that has not left; None where there is no such case."""
    unsent = messages.lock_all(session, pages.planned_texts(session, case_id))
    case = cases.lock(session, case_id)
    if case is None:
        return None
    for message in unsent:
        if message.state is MessageState.PLANNED:
            message.text = without_link(message.text or "")
            messages.move(session, message, MessageState.CANCELLED, at=now, why=why)
    called_off = {message.id for message in unsent}
    for page in pages.waiting(session, case_id):
        if page.message_id is None or page.message_id in called_off:
            page.state, page.words = PageState.FAILED, f"not sent: {why}"
            session.add(page)
    return case
