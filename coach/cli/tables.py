"""Tables for the terminal."""

from collections.abc import Callable, Mapping, Sequence

from rich.markup import escape
from rich.table import Table

from coach.domain.adherence import Adherence
from coach.domain.intervals import Share
from coach.services.adherence_report import PersonReport


def adherence_table(reports: Sequence[PersonReport]) -> Table:
    """A column for each person: what was answered and done, of what could have been."""
    table = Table(
        "", *(escape(report.patient) for report in reports), title="Adherence, of what each could have answered"
    )
    for name, figure in FIGURES.items():
        table.add_row(name, *(figure(report.adherence) for report in reports))
    return table


def in_figures(share: Share) -> str:
    """A share as people read it: 7 of 8 (88%)."""
    return "-" if share.value is None else f"{share.numerator:g} of {share.denominator} ({share.value:.0%})"


def _goal(adherence: Adherence) -> str:
    quota = adherence.whole.quota
    return "-" if quota.mean is None else f"{quota.mean:.0%}, over {quota.reports} reports"


def _excluded(adherence: Adherence) -> str:
    return ", ".join(f"{reason.replace('_', ' ')} {n}" for reason, n in adherence.whole.excluded.items() if n) or "-"


FIGURES: Mapping[str, Callable[[Adherence], str]] = {
    "questions answered": lambda one: in_figures(one.whole.response),
    "  in time": lambda one: in_figures(one.whole.on_time),
    "  late": lambda one: in_figures(one.whole.late),
    "done, of all asked": lambda one: in_figures(one.whole.action),
    "done, of those answered": lambda one: in_figures(one.whole.action_answered),
    "of the minutes' goal": _goal,
    "days well over the goal": lambda one: str(one.whole.quota.overshoot_days),
    "engaged": lambda one: "yes" if one.engaged else "not yet",
    "not counted": _excluded,
}
