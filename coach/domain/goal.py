"""The pacing goal: a quota in whole minutes in one go that follows the person's own baseline and reports.

The rule: start at 80% of the mean baseline, then raise by a tenth a week while the quota is kept, the same on good
days and bad (Therapeutic Guidelines, "Activity scheduling and pacing"; I-Engage, "How do I pace"). What the sources
leave open is decided so that missing data never raises a quota. Worked, with a cap of 16:

    week  quota  that week's answers      what the review after it says
    1     -      20, 15, 10 (baseline)    starts at 12: 80% of a mean of 15
    2     12     12, 10, 12 of 3 asked    raised to 14: a tenth of 12, rounded up, is 2
    3     14     14 of 3 asked            held: 1 of 3 answers came
    4     14     22, 23, 14 of 3 asked    held: 2 days went well over (more than 21)
    5     14     9, 10, 9 of 3 asked      held: 66% of the quota, 70% is needed
    6     14     14, 14, 14 of 3 asked    raised to 16
    7     16     16, 16, 16 of 3 asked    held: the program's cap
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from coach.domain.calendar import program_week
from coach.domain.program import PacingGoal

BASELINE_REPORTS = 3  # the fewest from which a quota is made
REVIEW_REPORTS = 2  # the fewest from which a quota is raised
OVERSHOOT_DAYS = 1  # the most that a raise allows
RETURN_DAYS = 3  # after a flare, the day on which the whole quota is in force again
BASELINE_WEEKS = 2  # after so many weeks without a quota a clinician is asked

_DAY, _WEEK = timedelta(days=1), timedelta(weeks=1)


class Step(StrEnum):
    """What a review, or a flare, made of the quota."""

    BASELINE = "baseline"
    RAISED = "raised"
    FEW_REPORTS = "few_reports"
    OVERSHOOT = "overshoot"
    UNDER = "under"
    AT_CAP = "at_cap"
    FLARE = "flare"
    RETURN = "return"


@dataclass(frozen=True)
class Decision:
    """A quota in minutes, how it came about, and the same in words for the clinic."""

    quota: int
    step: Step
    reason: str


@dataclass(frozen=True)
class Review:
    """What was decided where a program week began, on the local date `begins`; None: the baseline goes on."""

    week: int
    begins: date
    decision: Decision | None


@dataclass(frozen=True)
class Report:
    """A question about minutes asked on a local date; `minutes` is None while unanswered, `came` the answer's date.

    `came` left out is the day itself.
    """

    day: date
    nudge: str
    minutes: int | None
    came: date | None = None


@dataclass(frozen=True)
class Flare:
    """A declared bad spell, in local dates: from `start` until just before `end`; None: it goes on."""

    start: date
    end: date | None = None

    def covers(self, day: date) -> bool:
        """Whether `day` lies in the spell."""
        return self.start <= day and (self.end is None or day < self.end)


def reached(minutes: int, quota: int) -> float:
    """The share of the quota that was done, at most 1: doing more earns nothing more."""
    return min(minutes, quota) / quota


def overshot(minutes: int, quota: int) -> bool:
    """Whether a day went well over: more than 150% of the quota."""
    return 2 * minutes > 3 * quota


def baseline_quota(reports: Sequence[int]) -> int | None:
    """80% of the mean of at least three baseline reports, halves rounded up, at least 1 minute; None while fewer."""
    if len(reports) < BASELINE_REPORTS:
        return None
    return max(1, (16 * sum(reports) + 10 * len(reports)) // (20 * len(reports)))


def weekly(quota: int, reports: Sequence[int], asked: int, cap: int) -> Decision:
    """The quota after a week in which `asked` questions brought `reports` (minutes): a tenth more, or held and why."""
    held = f"held at {quota} minutes"
    if len(reports) < REVIEW_REPORTS or 2 * len(reports) < asked:
        return Decision(quota, Step.FEW_REPORTS, f"{held}: {len(reports)} of {asked} answers came")
    over = sum(overshot(minutes, quota) for minutes in reports)
    if over > OVERSHOOT_DAYS:
        return Decision(quota, Step.OVERSHOOT, f"{held}: {over} days went well over")
    done, whole = sum(min(minutes, quota) for minutes in reports), quota * len(reports)
    percent = 100 * done // whole
    if 10 * done < 7 * whole:
        return Decision(quota, Step.UNDER, f"{held}: answers came to {percent}% of it on average, 70% is needed")
    if quota >= cap:
        return Decision(cap, Step.AT_CAP, f"held at {cap} minutes: the program's cap")
    raised = min(cap, quota + max(1, -(-quota // 10)))
    words = f"raised from {quota} to {raised} minutes: answers came to {percent}% of it on average"
    return Decision(raised, Step.RAISED, words)


def in_flare(quota: int) -> int:
    """Half the quota, rounded down, at least 1 minute."""
    return max(1, quota // 2)


def after_flare(quota: int, day: int) -> int:
    """The quota on the first (1), second and third day after a flare: back from half to whole in three equal steps."""
    half = in_flare(quota)
    return half + (quota - half) * min(day, RETURN_DAYS) // RETURN_DAYS


def quota_on(
    goal: PacingGoal, start: date, reports: Iterable[Report], day: date, flares: Sequence[Flare] = ()
) -> Decision | None:
    """The quota in force on local date `day` of a program begun on `start`, and why; None while baseline goes on.

    It changes only where a program week begins, by what was known then: a later answer changes nothing already told.
    """
    reviewed = reviews(goal, start, reports, day, flares)
    decision = reviewed[-1].decision if reviewed else None
    return None if decision is None else eased(decision, day, flares)


def reviews(
    goal: PacingGoal, start: date, reports: Iterable[Report], day: date, flares: Sequence[Flare] = ()
) -> list[Review]:
    """What each program week up to that of `day` began with, from the second on; flares may ease it from day to day."""
    known = list(reports)
    found: list[Review] = []
    for week in range(2, program_week(start, day) + 1):
        begins = start + _WEEK * (week - 1)
        last = found[-1].decision if found else None
        found.append(Review(week, begins, _reviewed(goal, last, known, begins, flares)))
    return found


def baseline_overdue(goal: PacingGoal, start: date, reports: Iterable[Report], day: date) -> bool:
    """Whether a clinician is to be asked: two weeks have gone by and there is still too little to make a quota from."""
    return program_week(start, day) > BASELINE_WEEKS and quota_on(goal, start, reports, day) is None


def _reviewed(
    goal: PacingGoal, last: Decision | None, reports: list[Report], begins: date, flares: Sequence[Flare]
) -> Decision | None:
    """The decision in force from `begins`, the first day of a program week, given the one of the week before."""
    names = {goal.baseline, *goal.nudges} if last is None else set(goal.nudges)
    usual = [
        report
        for report in reports
        if report.nudge in names and report.day < begins and _eased_to(report.day, flares) is None
    ]
    if last is None:  # the unit is the same, so that until there is a quota every report tells of the baseline
        return _begun(goal, _answered(usual, begins))
    if any(flare.covers(begins - _DAY * back) for flare in flares for back in range(8)):
        return Decision(last.quota, Step.FLARE, f"held at {last.quota} minutes: there was a flare")
    week = [report for report in usual if report.day >= begins - _WEEK]
    return weekly(last.quota, _answered(week, begins), len(week), goal.cap)


def _begun(goal: PacingGoal, reports: Sequence[int]) -> Decision | None:
    """The first quota, within the cap, or None while reports are too few."""
    quota = baseline_quota(reports)
    if quota is None:
        return None
    first = min(quota, goal.cap)
    mean = sum(reports) / len(reports)
    return Decision(first, Step.BASELINE, f"starts at {first} minutes: {len(reports)} answers, {mean:.0f} on average")


def _answered(reports: Iterable[Report], before: date) -> list[int]:
    """The minutes of the answers that came before a local date."""
    return [report.minutes for report in reports if report.minutes is not None and (report.came or report.day) < before]


def _eased_to(day: date, flares: Sequence[Flare]) -> int | None:
    """0 in a flare, 1 or 2 on the first days after one, and None where the whole quota is in force."""
    if any(flare.covers(day) for flare in flares):
        return 0
    ended = [(day - flare.end).days + 1 for flare in flares if flare.end and flare.start < flare.end <= day]
    return min((days for days in ended if days < RETURN_DAYS), default=None)


def eased(decision: Decision, day: date, flares: Sequence[Flare]) -> Decision:
    """The decision as a flare leaves it on `day`."""
    eased, whole = _eased_to(day, flares), decision.quota
    if eased is None:
        return decision
    if eased == 0:
        return Decision(in_flare(whole), Step.FLARE, f"half of {whole} minutes during a flare")
    words = f"on the way back to {whole} minutes after a flare: day {eased} of {RETURN_DAYS}"
    return Decision(after_flare(whole, eased), Step.RETURN, words)
