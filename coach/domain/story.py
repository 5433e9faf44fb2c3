"""A week's story out of a person's own answers: what there was, and only ever what grew. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from coach.domain.program import AnswerKind, NudgeKind

WEEK = timedelta(days=7)
WHOLE_WEEK = 3  # reports of minutes, beside which another week may be said to be more


@dataclass(frozen=True)
class Said:
    """One answer that stands, understood: to what kind of text, of what kind, its value, and on which local date."""

    nudge: NudgeKind
    expects: AnswerKind
    value: str | None
    day: date


def tell(said: Iterable[Said], today: date) -> dict[str, object]:
    """What the text `progress` may name, of the seven local dates up to `today`.

    `answers` given, `minutes` in all on so many `days`, exercises `done`, `kind` moments, and `more`: minutes more than
    in the seven dates before, 0 unless it grew and there was enough to compare with.
    """
    known = list(said)
    week = [one for one in known if today - WEEK < one.day <= today]
    before = [one for one in known if today - 2 * WEEK < one.day <= today - WEEK]
    minutes = _minutes(week)
    reports = sum(one.expects is AnswerKind.MINUTES for one in before)
    earlier = sum(_minutes(before)) if reports >= WHOLE_WEEK else 0
    return {
        "answers": len(week),
        "minutes": sum(minutes),
        "days": len({one.day for one in week if _walked(one)}),
        "done": sum(one.expects is AnswerKind.DONE and one.value in {"done", "partial"} for one in week),
        "kind": sum(one.expects is AnswerKind.YES_NO and one.value == "yes" for one in week),
        "more": max(0, sum(minutes) - earlier) if earlier else 0,
    }


def _minutes(said: Sequence[Said]) -> list[int]:
    return [int(one.value or 0) for one in said if _walked(one)]


def _walked(one: Said) -> bool:
    return one.expects is AnswerKind.MINUTES and int(one.value or 0) > 0
