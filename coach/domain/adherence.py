"""Adherence: what a person answered and did, counted only over what they could have answered. No blended number.

The unit is the question: reminders and re-asks are more texts, not more questions. The figures are those of trials
(share of requests answered; days of action; share of a quota; three replies and not stopped), side by side because
there is no common standard. Times are UTC, days local to the person.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Literal

from coach.domain.calendar import as_utc
from coach.domain.errors import CoachError
from coach.domain.goal import overshot, reached
from coach.domain.intervals import GroupMean, Share, group_mean, share
from coach.domain.program import AnswerKind, NudgeKind

ENGAGED_REPLIES = 3  # Klimis 2021: replied three times or more, and did not stop
CREDIT: Mapping[AnswerKind, Mapping[str, float]] = {  # what counts as done, by kind of answer
    AnswerKind.YES_NO: {"yes": 1.0, "no": 0.0},
    AnswerKind.DONE: {"done": 1.0, "partial": 0.5, "not_done": 0.0},
}

Status = Literal["understood", "skip", "unclear", "invalid"]


class Barred(StrEnum):
    """What kept a person from answering while a question was open."""

    PAUSED = "paused"
    HELD = "held"
    STOPPED = "stopped"


class Exclusion(StrEnum):
    """Why a question does not count."""

    NOT_SENT = "not_sent"  # no text of it ever left
    UNDELIVERED = "undelivered"  # the provider says that it did not arrive
    PAUSED = "paused"
    HELD = "held"
    STOPPED = "stopped"
    STILL_OPEN = "still_open"  # there is still time to answer
    FLARE = "flare"  # asked on a flare day: counted apart


class DuplicateQuestionError(CoachError, ValueError):
    """The same question came twice, as happens when texts are counted for questions."""


@dataclass(frozen=True)
class Asked:
    """One question and what came of it. `day` is the person's local date, `week` the program's; times are UTC."""

    question_id: int
    nudge: str
    kind: NudgeKind
    expects: AnswerKind
    day: date
    week: int
    answer_by: datetime
    asked_at: datetime | None = None  # when its first text left
    delivered: bool | None = None  # None: sent, and nothing contrary heard; False: no text of it arrived
    answered_at: datetime | None = None  # any reply that was read as being to this question
    status: Status | None = None
    value: str | int | None = None
    action: bool = False  # a yes or a done counts as something done
    quota: int | None = None  # minutes, where the question named a goal
    barred: Barred | None = None
    flare: bool = False

    def __post_init__(self) -> None:
        for name in ("answer_by", "asked_at", "answered_at"):
            moment: datetime | None = getattr(self, name)
            if moment is not None:
                as_utc(moment, name)


@dataclass(frozen=True)
class QuotaFigure:
    """The mean share of the quota over days with a report (others are missing, not nought), and the days over 150%."""

    reports: int
    mean: float | None
    overshoot_days: int


@dataclass(frozen=True)
class Figures:
    """What some questions come to. `response` is `on_time` and `late` together, over all that are eligible."""

    asked: int
    response: Share
    on_time: Share
    late: Share
    action: Share  # over all eligible action questions: silence counts as not done
    action_answered: Share  # over those whose answer says whether it was done
    quota: QuotaFigure
    excluded: Mapping[Exclusion, int]


@dataclass(frozen=True)
class Adherence:
    """One person's figures: whole, by program week, and for flare days apart."""

    whole: Figures
    weeks: Mapping[int, Figures]
    flare: Figures
    replies: int
    engaged: bool


def exclusion(asked: Asked, now: datetime) -> Exclusion | None:
    """Why a question does not count at `now`, flare days aside, or None. A reply proves that it could be answered."""
    if asked.answered_at is not None:
        return None
    if asked.asked_at is None:
        return Exclusion.NOT_SENT
    if asked.delivered is False:
        return Exclusion.UNDELIVERED
    if asked.barred is not None:
        return Exclusion(asked.barred.value)
    return Exclusion.STILL_OPEN if now < asked.answer_by else None


def of_person(asked: Iterable[Asked], *, replies: int, stopped: bool, now: datetime) -> Adherence:
    """One person's adherence at `now`; `replies` counts all their inbound texts. Raises DuplicateQuestionError."""
    questions, moment = list(asked), as_utc(now, "now")
    twice = [number for number, times in Counter(one.question_id for one in questions).items() if times > 1]
    if twice:
        raise DuplicateQuestionError(f"question {twice[0]} is counted twice; give each question once, not each text")
    weeks = sorted({one.week for one in questions})
    return Adherence(
        whole=_apart(questions, moment),
        weeks={week: _apart([one for one in questions if one.week == week], moment) for week in weeks},
        flare=_figures([one for one in questions if one.flare], [], moment),
        replies=replies,
        engaged=replies >= ENGAGED_REPLIES and not stopped,
    )


def by_kind(asked: Iterable[Asked], *, now: datetime) -> dict[NudgeKind, Figures]:
    """The same figures by kind of text, in the order of the kinds; a kind that asked nothing has none."""
    questions, moment = list(asked), as_utc(now, "now")
    of_kind = {kind: [one for one in questions if one.kind is kind] for kind in NudgeKind}
    return {kind: _apart(those, moment) for kind, those in of_kind.items() if those}


def of_group(persons: Sequence[Adherence], *, seed: int) -> dict[str, GroupMean]:
    """The group's figures by name; each person weighs the same, however many questions they were asked."""
    figures: dict[str, Callable[[Figures], float | None]] = {
        "response": lambda one: one.response.value,
        "on_time": lambda one: one.on_time.value,
        "action": lambda one: one.action.value,
        "action_answered": lambda one: one.action_answered.value,
        "quota": lambda one: one.quota.mean,
    }
    means = {name: group_mean([read(one.whole) for one in persons], seed=seed) for name, read in figures.items()}
    return means | {"engaged": group_mean([float(one.engaged) for one in persons], seed=seed)}


def _apart(questions: Sequence[Asked], now: datetime) -> Figures:
    """Figures of the days without a flare; the others are named among the excluded."""
    usual = [one for one in questions if not one.flare]
    return _figures(usual, [Exclusion.FLARE] * (len(questions) - len(usual)), now)


def _figures(questions: Sequence[Asked], besides: Sequence[Exclusion], now: datetime) -> Figures:
    """Figures of these questions, with some more that are excluded `besides`."""
    why = [(one, exclusion(one, now)) for one in questions]
    eligible = [one for one, reason in why if reason is None]
    excluded = Counter([reason for _, reason in why if reason is not None] + list(besides))
    on_time = sum(one.answered_at is not None and one.answered_at <= one.answer_by for one in eligible)
    answered = sum(one.answered_at is not None for one in eligible)
    actions = [one for one in eligible if one.action and one.expects in CREDIT]
    credits_ = [credit for one in actions if (credit := _credit(one)) is not None]
    return Figures(
        asked=len(questions) + len(besides),
        response=share(answered, len(eligible)),
        on_time=share(on_time, len(eligible)),
        late=share(answered - on_time, len(eligible)),
        action=share(sum(credits_), len(actions)),
        action_answered=share(sum(credits_), len(credits_)),
        quota=_quota(eligible),
        excluded={reason: excluded[reason] for reason in Exclusion if excluded[reason]},
    )


def _credit(asked: Asked) -> float | None:
    """What an understood answer earns, or None where it does not say whether something was done."""
    if asked.status != "understood" or not isinstance(asked.value, str):
        return None
    return CREDIT[asked.expects].get(asked.value)


def _quota(questions: Iterable[Asked]) -> QuotaFigure:
    """The quota figure of eligible questions."""
    reports = [
        (one.day, one.value, one.quota)
        for one in questions
        if one.expects is AnswerKind.MINUTES and one.quota and one.status == "understood" and isinstance(one.value, int)
    ]
    mean = sum(reached(minutes, quota) for _, minutes, quota in reports) / len(reports) if reports else None
    return QuotaFigure(len(reports), mean, len({day for day, minutes, quota in reports if overshot(minutes, quota)}))
