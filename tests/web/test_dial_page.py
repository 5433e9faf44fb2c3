"""The patient's page shows how the dial stands, who turned it, and that texts rest."""

import re
from datetime import timedelta

import pytest

from coach.domain.case import CaseCategory, Tier
from coach.domain.rights import Role
from coach.services.silence import rest
from coach.services.triage import open_case
from coach.storage import patients
from coach.storage.database import Sessions
from tests.people import ANA, MONDAY_6AM, Practice, nudge
from tests.web.team import Browser, Team

TEN = MONDAY_6AM + timedelta(hours=4)
MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(sessions: Sessions) -> Team:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("walk"), nudge("calm", slot="evening"), presets={"light": {"without": ["calm"]}})
    practice.at(TEN)
    return Team(practice)


@pytest.fixture
def bo(team: Team) -> Browser:
    return team.member(Role.CLINICIAN)


def test_before_anybody_turned_it_the_dial_says_how_people_do(bo: Browser) -> None:
    said = bo.said("/patients/1")

    assert "How much of small-steps standard" in said
    assert "Nobody has turned anything yet." in said


def test_turns_stand_with_who_made_them_the_newest_first(team: Team, bo: Browser) -> None:
    shown = bo.press("/patients/1/settings/effect", name="Ana Reyes", zone="America/New_York", language="es")
    mark = re.findall(r'name="shown" value="(\w+)"', shown.text)[0]
    bo.press("/patients/1/settings", name="Ana Reyes", zone="America/New_York", language="es", shown=mark)
    team.practice.hears("LESS", at=TEN + MINUTE)
    team.practice.hears("TIME 6:30 pm", at=TEN + 2 * MINUTE)

    said = bo.said("/patients/1")

    assert "How much of small-steps light" in said
    told = [
        said.index("Texts come at 18:30"),
        said.index("Small-steps: light"),
        said.index("Texts come in Spanish"),
    ]
    assert told == sorted(told)
    assert said.count("by themselves, by text") == 2
    assert "by Nurse Bo" in said


def test_a_long_silence_is_said_on_every_tab_with_its_case(team: Team, bo: Browser) -> None:
    with team.practice.sessions.write() as session:
        ana = patients.lock(session, 1)
        case = open_case(
            session, CaseCategory.SILENCE, patient=ana, phone=ANA, what="quiet", now=TEN, tier=Tier.ROUTINE
        )
        rest(session, ana, case, now=TEN)

    for tab in ("/patients/1", "/patients/1/calendar"):
        said = bo.said(tab)
        assert "nothing was heard for long" in said
        assert "case 1 is closed" in said
