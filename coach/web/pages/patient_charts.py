"""Which charts a patient's page has, each with its words and its table, and the drawings themselves."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Depends, Response

from coach.domain.alerts.history import shown
from coach.domain.rights import Right
from coach.domain.score_trend import over_time_words, score_table
from coach.domain.trend import Table, counted_table, counted_words, series_table, series_words, walks_table, walks_words
from coach.services.audit import Deed
from coach.services.roster import NoSuchPatientError
from coach.services.sign_in import Who
from coach.services.trends import ProgramTrend, Trends, trends
from coach.web.access import does, ours
from coach.web.charts import draw_counted, draw_measures, draw_minutes
from coach.web.deps import CoachDep, Id
from coach.web.drawing import Theme

router = APIRouter(prefix="/patients/{patient_id}/charts", dependencies=[Depends(ours)])
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'",  # a picture's own: it runs nothing
    "Cache-Control": "private, no-store",
    "X-Content-Type-Options": "nosniff",
}
Draw = Callable[[Theme, bool], bytes | None]


@dataclass(frozen=True)
class Chart:
    """One chart: its address's last part, its heading, what it shows in words, the same as a table, and the drawing."""

    name: str
    title: str
    words: str
    table: Table
    draw: Draw


def charts_of(found: Trends) -> list[Chart]:
    """The charts of one patient, but for those that nothing is known for yet."""
    return [one for one in _all(found) if one.table.rows]


def _all(found: Trends) -> Iterator[Chart]:
    answered = [one for one in found.measures if one.points]
    yield Chart(
        "measures",
        ", ".join(one.name for one in answered),
        " ".join(series_words(one) for one in answered),
        series_table(answered),
        lambda theme, narrow: draw_measures(answered, found.flares, found.today, theme=theme, narrow=narrow),
    )
    yield Chart(
        "scores",
        ", ".join(one.name for one in found.scores),
        " ".join(over_time_words(one) for one in found.scores),
        score_table(found.scores),
        lambda theme, narrow: draw_measures(found.scores, found.flares, found.today, theme=theme, narrow=narrow),
    )
    for program in found.programs:
        yield from _of_program(program, found)


def _of_program(program: ProgramTrend, found: Trends) -> Iterator[Chart]:
    number, besides = program.enrollment_id, f" in {program.title}, from {shown(program.start)}"
    walks, weeks, kinds = program.minutes, program.weeks, program.kinds

    def minutes(theme: Theme, narrow: bool) -> bytes | None:
        return draw_minutes(walks, program.quotas, found.flares, found.today, theme=theme, narrow=narrow)

    def by_week(theme: Theme, narrow: bool) -> bytes | None:
        return draw_counted("Answers by week", weeks, theme=theme, narrow=narrow)

    def by_kind(theme: Theme, narrow: bool) -> bytes | None:
        return draw_counted("Answers by kind", kinds, theme=theme, narrow=narrow)

    yield Chart(f"minutes-{number}", f"Minutes in one go{besides}", walks_words(walks), walks_table(walks), minutes)
    yield Chart(
        f"weeks-{number}", f"Answers by week{besides}", counted_words(weeks), counted_table("Week", weeks), by_week
    )
    yield Chart(
        f"kinds-{number}", f"Answers by kind{besides}", counted_words(kinds), counted_table("Kind", kinds), by_kind
    )


@router.get("/{name}.svg")
def draw(
    patient_id: Id,
    name: str,
    coach: CoachDep,
    _who: Annotated[Who, Depends(does(Deed.LOOKED_AT_PATIENT, Right.LOOK, at_most_hourly=True))],
    theme: Theme = "light",
    narrow: bool = False,
) -> Response:
    """The drawing, as a document of its own."""
    found = trends(coach.sessions, coach.editions, patient_id, now=coach.now())
    chart = next((one for one in charts_of(found) if one.name == name), None)
    svg = None if chart is None else chart.draw(theme, narrow)
    if svg is None:
        raise NoSuchPatientError(f"patient {patient_id} has no chart {name!r}")
    return Response(svg, media_type="image/svg+xml", headers=HEADERS)
