"""What leaves for a spreadsheet or a study: one row a thing, plain columns, times in UTC and local dates."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlmodel import SQLModel, col

from coach.domain.adherence import Figures
from coach.domain.intervals import Share
from coach.domain.reasons import in_words
from coach.services.report import adherence
from coach.storage.database import Sessions
from coach.storage.tables import Answer, Message, Question, Reply

Row = dict[str, Any]
T = TypeVar("T", Message, Reply)


def messages(sessions: Sessions) -> Iterator[Row]:
    """Every occurrence, sent or not, with its reason."""
    for message in _all(sessions, Message):
        columns = "id patient_id enrollment_id question_id purpose name item local_date occurrence due_at send_by state"
        row = _pick(message, columns)
        row["reason"] = message.reason
        row["reason_in_words"] = in_words(message.reason)
        yield row | _pick(message, "left_at language variant encoding segments text")


def replies(sessions: Sessions) -> Iterator[Row]:
    """Every inbound text, raw, with what it was understood to say."""
    for reply in _all(sessions, Reply):
        yield _pick(reply, "id provider_id patient_id phone received_at body media opt_out_type state is_note reading")


def answers(sessions: Sessions) -> Iterator[Row]:
    """Every answer, superseded ones included, beside its question."""
    with sessions.read() as session:
        rows = session.execute(
            select(Answer, Question).join(Question, col(Question.id) == Answer.question_id).order_by(col(Answer.id))
        )
        for answer, question in rows:
            asked = _pick(
                question, "patient_id enrollment_id name item kind expects local_date week quota opened_at answer_by"
            )
            yield _pick(answer, "id question_id reply_id") | asked | _pick(answer, "status value late at superseded_at")


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
    shares = {
        "response": figures.response,
        "on_time": figures.on_time,
        "late": figures.late,
        "action": figures.action,
        "action_answered": figures.action_answered,
    }
    for name, share in shares.items():
        row |= _share(name, share)
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


def _pick(row: SQLModel, columns: str) -> Row:
    return {name: getattr(row, name) for name in columns.split()}


Export = Callable[[Sessions, datetime], Iterator[Row]]

EXPORTS: Mapping[str, Export] = {
    "messages": lambda sessions, _now: messages(sessions),
    "replies": lambda sessions, _now: replies(sessions),
    "answers": lambda sessions, _now: answers(sessions),
    "adherence": lambda sessions, now: adherence_rows(sessions, now=now),
}
