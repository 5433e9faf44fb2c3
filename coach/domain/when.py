"""Days and times as a patient writes them: by their language and country."""

from datetime import datetime, time

from babel import Locale, UnknownLocaleError
from babel.dates import format_skeleton, format_time

_NARROW = str.maketrans({"\u202f": " ", "\u00a0": " "})  # spaces for which a text would pay with half its length


def day_words(moment: datetime, language: str, country: str) -> str:
    """The local date of `moment`, which has the patient's zone: "Mon, Nov 30", "lun 30 de nov"."""
    return format_skeleton("MMMEd", moment, locale=_locale(language, country)).translate(_NARROW)


def time_words(at: time, language: str, country: str) -> str:
    """A local time of day: "5:30 PM", "17:30"."""
    return format_time(at, "short", locale=_locale(language, country)).translate(_NARROW)


def moment_words(moment: datetime, language: str, country: str) -> str:
    """Both, of a moment that has the patient's zone: "Mon, Nov 30, 5:30 PM"."""
    at = time_words(moment.timetz().replace(tzinfo=None), language, country)
    return f"{day_words(moment, language, country)}, {at}"


def _locale(language: str, country: str) -> Locale:
    try:
        return Locale.parse(f"{language}_{country}")
    except (UnknownLocaleError, ValueError):  # nobody has written down how Spanish is written in Britain
        return Locale.parse(language)
