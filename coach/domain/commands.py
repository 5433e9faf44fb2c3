"""Commands: words that a person may send at any time, alone or with their argument."""

import re
from dataclasses import dataclass
from typing import Literal

from coach.domain.answers.clock_time import read_time
from coach.domain.answers.numbers import numerals
from coach.domain.late import late_pattern
from coach.domain.normal import read_line

Word = Literal[
    "PAUSE", "RESUME", "FLARE", "BETTER", "LESS", "MORE", "LATER", "TIME", "MORNINGS", "EVENINGS", "LANGUAGE",
    "NO WEEKENDS", "WEEKENDS", "PROGRESS",
]  # fmt: skip

WORDS: dict[str, Word] = {
    "pause": "PAUSE", "pausa": "PAUSE", "pausar": "PAUSE",
    "resume": "RESUME", "reanudar": "RESUME",
    "flare": "FLARE", "flare up": "FLARE", "flareup": "FLARE", "brote": "FLARE", "recaida": "FLARE",
    "better": "BETTER", "mejor": "BETTER",
    "less": "LESS", "menos": "LESS",
    "more": "MORE", "mas": "MORE",
    "later": "LATER", "mas tarde": "LATER", "luego": "LATER",
    "time": "TIME", "hora": "TIME",
    "mornings": "MORNINGS", "in the mornings": "MORNINGS", "only mornings": "MORNINGS",
    "mananas": "MORNINGS", "por las mananas": "MORNINGS", "en las mananas": "MORNINGS",
    "evenings": "EVENINGS", "in the evenings": "EVENINGS", "only evenings": "EVENINGS",
    "tardes": "EVENINGS", "por las tardes": "EVENINGS", "en las tardes": "EVENINGS",
    "noches": "EVENINGS", "por las noches": "EVENINGS", "en las noches": "EVENINGS",
    "language": "LANGUAGE", "idioma": "LANGUAGE", "lengua": "LANGUAGE",
    "no weekends": "NO WEEKENDS", "no weekend": "NO WEEKENDS", "sin fines de semana": "NO WEEKENDS",
    "no fines de semana": "NO WEEKENDS", "sin fin de semana": "NO WEEKENDS",
    "weekends": "WEEKENDS", "weekends too": "WEEKENDS", "fines de semana": "WEEKENDS",
    "progress": "PROGRESS", "progreso": "PROGRESS", "avance": "PROGRESS",
}  # fmt: skip
# Everyday answers too: beside these the reading as an answer is kept, and the patient's state decides.
EVERYDAY: frozenset[Word] = frozenset({"BETTER", "LESS", "MORE", "LATER", "MORNINGS", "EVENINGS", "WEEKENDS"})

TONGUES = {
    "english": "en",
    "ingles": "en",
    "en": "en",
    "spanish": "es",
    "espanol": "es",
    "es": "es",
    "castellano": "es",
}
DAYS = late_pattern(r"(?:for |por )?(\d{1,3}) (?:(?:days?|d|dias?)|(weeks?|semanas?|w)) $|(?:for |por )?(\d{1,3}) $")
AFTER_TIME = late_pattern(r"(?:at |a |las |to |: |= )*\d|(?:a )?(?:las )?(?:mediodia|noon|midday) $")
LONGEST_PAUSE = 366  # days
NOTHING_MORE = late_pattern(r"(?:[^\w\s] )*(?:please |pls |por favor |thanks |gracias )?(?:[^\w\s] )*\Z")


@dataclass(frozen=True)
class Command:
    """A command and its argument: days for PAUSE, local HH:MM for TIME, en or es for LANGUAGE; else empty."""

    word: Word
    argument: str = ""


def read_command(text: str) -> Command | None:
    """The command that `text` is, when it is nothing else."""
    line = numerals(read_line(text.replace("-", " ")), "en")
    words = re.sub(r"\A(?:[^\w\s] )+", "", line.words)
    for name in sorted(WORDS, key=len, reverse=True):
        if words.startswith(f"{name} "):
            return _with_argument(WORDS[name], words[len(name) + 1 :])
    return Command("LANGUAGE", TONGUES[words.strip()]) if words.strip() in TONGUES.keys() - {"en", "es"} else None


def _with_argument(word: Word, rest: str) -> Command | None:
    if NOTHING_MORE.match(rest):
        return Command(word)
    if word == "PAUSE":
        return _pause(re.sub(r"\b(?:a|una|un) (?=week|semana|day|dia)", "1 ", rest))
    if word == "TIME" and AFTER_TIME.match(rest):
        answer = read_time(read_line(rest), "en")
        return Command(word, str(answer.value) if answer.status == "understood" else "")
    tongue = TONGUES.get(rest.rsplit(maxsplit=1)[-1]) if word == "LANGUAGE" else None
    return Command("LANGUAGE", tongue) if tongue and len(rest.split()) <= 2 else None  # noqa: PLR2004 - "to Spanish"


def _pause(rest: str) -> Command | None:
    match = DAYS.match(rest)
    if match is None:
        return None
    days = int(match[1] or match[3]) * (7 if match[2] else 1)
    return Command("PAUSE", str(days)) if 0 < days <= LONGEST_PAUSE else Command("PAUSE")
