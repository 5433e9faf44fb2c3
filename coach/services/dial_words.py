"""The one text that answers a turn of the dial: the new plan, worded as it stands just after."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import Session

from coach.content.templates import TextError
from coach.domain.calendar import local_day
from coach.domain.clinic import Clinic
from coach.domain.delivery import Purpose
from coach.domain.giving_way import Place
from coach.domain.program import Dial, Hours
from coach.domain.when import day_words, moment_words, time_words
from coach.services.coming import coming
from coach.services.editions import Editions
from coach.services.later import later_at
from coach.services.reported_minutes import pace_of
from coach.services.respond import answer_with
from coach.services.spells import lasting_of
from coach.services.story import story_of
from coach.storage import enrollments
from coach.storage.tables import Patient, Reply
from coach.storage.tables.patient import SpellKind

log = logging.getLogger(__name__)

WEEK = timedelta(days=7)


@dataclass(frozen=True)
class _Scene:
    """All that the words are made of."""

    session: Session
    editions: Editions
    clinic: Clinic
    patient: Patient
    limits: Dial
    hours: Hours
    now: datetime


def say(
    session: Session,
    editions: Editions,
    clinic: Clinic,
    name: str,
    reply: Reply,
    patient: Patient,
    *,
    limits: Dial,
    hours: Hours,
    now: datetime,
) -> None:
    """The shared text `name` is planned as the answer to `reply`, with its words."""
    scene = _Scene(session, editions, clinic, patient, limits, hours, now)
    facts = _facts(scene)
    if name == "progress":
        assert patient.id is not None
        told = story_of(session, patient, now=now)
        name = "progress" if told["answers"] else "progress_quiet"
        facts |= told
    answer_with(session, patient, reply, purpose=Purpose.DIAL, name=name, now=now, text=_words(scene, name, facts))


def _words(scene: _Scene, name: str, facts: Mapping[str, object]) -> str | None:
    """None where the text cannot be put together: it is withheld for that at the last look, for all to see."""
    edition = scene.editions.newest(scene.session)
    assert edition is not None  # somebody is in a program
    try:
        return edition.texts.render(f"shared/{name}", scene.patient.language, facts)
    except TextError as error:
        log.warning("the answer %s has no words: %s", name, error)
        return None


def _facts(scene: _Scene) -> dict[str, object]:
    """What a text of the dial may name; what does not apply is empty."""
    patient, now = scene.patient, scene.now
    assert patient.id is not None
    plan = coming(scene.session, scene.editions, patient, now=now)
    paused = lasting_of(scene.session, patient, SpellKind.PAUSE, now)
    later = later_at(scene.session, patient.id)
    own = patient.slot_times().get("morning")
    return {
        "name": patient.name.split()[0],
        "clinic": scene.clinic.name,
        "phone": scene.clinic.phone,
        "until": "" if paused is None or paused.ends_at is None else _day(scene, paused.ends_at),
        "days": scene.limits.longest_pause,
        "next": _next(scene, plan),
        "count": sum(one.texts for one in plan if one.at < now + WEEK),
        "goal": _goal(scene) or "",
        "at": _time(scene, later) if later else time_words(own, *_style(patient)) if own else "",
        "first": time_words(scene.hours.start, *_style(patient)),
        "last": time_words(scene.hours.end, *_style(patient)),
    }


def _style(patient: Patient) -> tuple[str, str]:
    return patient.language, patient.country


def _day(scene: _Scene, at: datetime) -> str:
    return day_words(at.astimezone(ZoneInfo(scene.patient.zone)), *_style(scene.patient))


def _time(scene: _Scene, at: datetime) -> str:
    return time_words(at.astimezone(ZoneInfo(scene.patient.zone)).time(), *_style(scene.patient))


def _next(scene: _Scene, plan: list[Place]) -> str:
    if not plan:
        return ""
    return moment_words(plan[0].at.astimezone(ZoneInfo(scene.patient.zone)), *_style(scene.patient))


def _goal(scene: _Scene) -> int | None:
    """The quota in force today, in minutes, of the first of their programs that has one."""
    patient = scene.patient
    assert patient.id is not None
    today = local_day(scene.now, ZoneInfo(patient.zone))
    for row in enrollments.active_of(scene.session, patient.id):
        program = scene.editions.get(scene.session, row.program_id).program
        pace = pace_of(scene.session, program, row, patient)
        decision = None if pace is None else pace.on(today)
        if decision is not None:
            return decision.quota
    return None
