"""What leaves for a spreadsheet or a study: one row a thing, plain columns, times in UTC and local dates."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import col

from coach.domain.adherence import Figures
from coach.domain.intervals import Share
from coach.domain.reasons import in_words
from coach.services import export_scores
from coach.services.adherence_report import adherence
from coach.storage.cases import entries
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Case, Message, Question, Reply

Row = dict[str, Any]
T = TypeVar("T", Message, Reply)


def _columns(names: str) -> tuple[str, ...]:
    return tuple(names.split())


MESSAGES = _columns(
    "id patient_id enrollment_id question_id purpose name item local_date occurrence due_at send_by state reason"
    " reason_in_words left_at language variant encoding segments text"
)
REPLIES = _columns("id provider_id patient_id phone received_at body media opt_out_type state is_note reading")
OF_AN_ANSWER = frozenset({"id", "question_id", "reply_id", "status", "value", "late", "at", "superseded_at"})
ANSWERS = _columns(
    "id question_id reply_id patient_id enrollment_id name item kind expects local_date week quota opened_at answer_by"
    " status value late at superseded_at"
)
CASES = _columns(
    "id patient_id phone category tier state opened_at paging_since acknowledged_at acknowledged_by resolved_at"
    " resolved_by entries"
)
SHARES = ("response", "on_time", "late", "action", "action_answered")
ADHERENCE = (
    *("patient_id", "enrollment_id", "program", "over", "asked"),
    *(f"{share}{part}" for share in SHARES for part in ("_numerator", "_denominator", "", "_low", "_high")),
    *("quota_reports", "quota_mean", "overshoot_days", "excluded", "replies", "engaged"),
)


def messages(sessions: Sessions) -> Iterator[Row]:
    """Every occurrence, sent or not, with its reason."""
    for message in _all(sessions, Message):
        words = {"reason_in_words": in_words(message.reason)}
        yield {name: words[name] if name in words else getattr(message, name) for name in MESSAGES}


def replies(sessions: Sessions) -> Iterator[Row]:
    """Every inbound text, raw, with what it was understood to say."""
    for reply in _all(sessions, Reply):
        yield {name: getattr(reply, name) for name in REPLIES}


def answers(sessions: Sessions) -> Iterator[Row]:
    """Every answer, superseded ones included, beside its question."""
    with sessions.read() as session:
        rows = session.execute(
            select(Answer, Question).join(Question, col(Question.id) == Answer.question_id).order_by(col(Answer.id))
        )
        for answer, question in rows:
            yield {name: getattr(answer if name in OF_AN_ANSWER else question, name) for name in ANSWERS}


def cases(sessions: Sessions) -> Iterator[Row]:
    """Every case but the self-test's, with its lines in order."""
    with sessions.read() as session:
        query = select(Case).where(col(Case.is_test).is_(False)).order_by(col(Case.id))
        for case in session.execute(query).scalars().all():
            lines = [
                {"at": in_utc(line.at), "by": line.by, "what": line.what, "reply_id": line.reply_id}
                for line in entries(session, case.id or 0)
            ]
            yield {name: lines if name == "entries" else getattr(case, name) for name in CASES}


def in_utc(moment: datetime) -> str:
    """The moment as exports write it, to the second."""
    return moment.isoformat(timespec="seconds").replace("+00:00", "Z")


def adherence_rows(sessions: Sessions, *, now: datetime) -> Iterator[Row]:
    """Each enrollment's figures at `now`: whole, by week, and flare days apart, numerators and denominators named."""
    for report in adherence(sessions, now=now):
        person = {"patient_id": report.patient_id, "enrollment_id": report.enrollment_id, "program": report.program}
        engaged = {"replies": report.adherence.replies, "engaged": report.adherence.engaged}
        yield person | {"over": "whole"} | figures_row(report.adherence.whole) | engaged
        for week, figures in report.adherence.weeks.items():
            yield person | {"over": f"week {week}"} | figures_row(figures) | engaged
        yield person | {"over": "flare days"} | figures_row(report.adherence.flare) | engaged


def figures_row(figures: Figures) -> Row:
    """The figures as plain columns."""
    row: Row = {"asked": figures.asked}
    for name in SHARES:
        row |= _share(name, getattr(figures, name))
    row |= {
        "quota_reports": figures.quota.reports,
        "quota_mean": _rounded(figures.quota.mean),
        "overshoot_days": figures.quota.overshoot_days,
    }
    return row | {"excluded": "; ".join(f"{reason} {count}" for reason, count in figures.excluded.items() if count)}


def _share(name: str, share: Share) -> Row:
    return {
        f"{name}_numerator": share.numerator,
        f"{name}_denominator": share.denominator,
        name: _rounded(share.value),
        f"{name}_low": _rounded(share.low),
        f"{name}_high": _rounded(share.high),
    }


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 4)


def _all(sessions: Sessions, table: type[T]) -> Iterator[T]:
    with sessions.read() as session:
        yield from session.execute(select(table).order_by(col(table.id)).execution_options(yield_per=500)).scalars()


@dataclass(frozen=True)
class Export:
    """One kind of rows: its columns, which every row has in this order, and the rows at a moment (UTC)."""

    columns: tuple[str, ...]
    rows: Callable[[Sessions, datetime], Iterator[Row]]


EXPORTS: Mapping[str, Export] = {
    "messages": Export(MESSAGES, lambda sessions, _now: messages(sessions)),
    "replies": Export(REPLIES, lambda sessions, _now: replies(sessions)),
    "answers": Export(ANSWERS, lambda sessions, _now: answers(sessions)),
    "scores": Export(export_scores.COLUMNS, lambda sessions, _now: export_scores.scores(sessions)),
    "cases": Export(CASES, lambda sessions, _now: cases(sessions)),
    "adherence": Export(ADHERENCE, lambda sessions, now: adherence_rows(sessions, now=now)),
}
