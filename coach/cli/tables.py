"""Tables for the terminal."""

from collections.abc import Sequence

from rich.table import Table

from coach.domain.intervals import Share
from coach.services.report import PersonReport


def adherence_table(reports: Sequence[PersonReport]) -> Table:
    """One line an enrollment: what was answered and done, of what could have been."""
    table = Table(title="Adherence: of what each person could have answered")
    for name in (
        "person",
        "answered",
        "on time",
        "late",
        "done (of all)",
        "done (of answered)",
        "of goal",
        "well over",
        "engaged",
        "not counted",
    ):
        table.add_column(name)
    for report in reports:
        figures = report.adherence.whole
        left_out = ", ".join(
            f"{reason.replace('_', ' ')} {count}" for reason, count in figures.excluded.items() if count
        )
        mean = figures.quota.mean
        table.add_row(
            report.patient,
            in_figures(figures.response),
            in_figures(figures.on_time),
            in_figures(figures.late),
            in_figures(figures.action),
            in_figures(figures.action_answered),
            "-" if mean is None else f"{mean:.0%} of {figures.quota.reports}",
            str(figures.quota.overshoot_days),
            "yes" if report.adherence.engaged else "not yet",
            left_out or "-",
        )
    return table


def in_figures(share: Share) -> str:
    """A share as people read it: 7/8 (88%)."""
    if share.value is None:
        return "-"
    return f"{share.numerator:g}/{share.denominator} ({share.value:.0%})"
