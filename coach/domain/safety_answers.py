"""What is answered to words of danger: reviewed sentences, by kind of danger, country and language."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from coach.domain.clinic import Clinic
from coach.domain.safety import Category

ELSEWHERE = "other"
ANSWERED_ONCE_IN = timedelta(minutes=60)
"""How long after an answer the same kind of danger of the same number is not answered again; each text is a page still.

Source: at most one automatic answer per category per hour, every message alerts (our own rule).
"""

WORTH_SENDING = timedelta(hours=12)
"""How long an answer that could not leave is still tried: its numbers help late too. Somebody is paged all along."""

SPANISH = frozenset(
    """
    el la los las de que y en un una mi mis me se no ya quiero estoy tengo por para con muy pero mas yo tu su si hoy
    esto esta nada todo puedo soy hay porque como ayuda dolor pastillas morir vivir siento duele
    """.split()  # noqa: SIM905 (a page of words reads better than a list)
)


@dataclass(frozen=True)
class Numbers:
    """A country's numbers, in words that fit into the sentences, by language; and where they come from."""

    emergency: Mapping[str, str]
    crisis: Mapping[str, str]
    poison: Mapping[str, str]
    reviewed: date
    sources: tuple[str, ...]


@dataclass(frozen=True)
class SafetyAnswers:
    """The reviewed sentences. `approved_by` is the clinician who signed them for this clinic; empty: nobody yet."""

    texts: Mapping[Category, Mapping[str, str]]
    watched: Mapping[str, str]
    unwatched: Mapping[str, str]
    countries: Mapping[str, Numbers]
    approved_by: str = ""

    def text(self, category: Category, *, country: str, language: str, clinic: Clinic, watched: bool) -> str:
        """The answer to `category` where the emergency number is `country`'s (ISO 3166-1 alpha-2, or any other).

        `watched`: whether somebody of the clinic is there now, as `is_watched` says.
        """
        numbers = self.countries.get(country, self.countries[ELSEWHERE])
        seen = self.watched if watched else self.unwatched
        return self.texts[category][language].format(
            emergency=numbers.emergency[language],
            crisis=numbers.crisis[language],
            poison=numbers.poison[language],
            seen=seen[language],
            clinic=clinic.name,
            phone=clinic.phone,
        )


def is_watched(clinic: Clinic, now: datetime) -> bool:
    """Whether somebody of the clinic reads pages at `now` (UTC): at any time, or in its hours, which are local."""
    if clinic.coverage == "hours":
        return clinic.hours is not None and clinic.hours.covers(now.astimezone(clinic.zone))
    return clinic.coverage == "always"


def language_of(words: str) -> str:
    """The language that a stranger wrote in: "es" where most of its everyday words are Spanish, else "en".

    `words`: folded words with single spaces between, as `coach.domain.normal.bare` gives them.
    """
    found = words.split()
    return "es" if found and sum(word in SPANISH for word in found) * 3 >= len(found) else "en"
