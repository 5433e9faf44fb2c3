"""Words that stand for a value of a short scale, as PHQ-2 and PGIC print them and people write them back.

They are taken only where hardly anything else is said: "several days" is an answer, "hurt for several days" is news.
"""

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from coach.domain.late import late_pattern
from coach.domain.normal import Line
from coach.domain.phrases import late_phrases

Words = Mapping[int, tuple[str, ...]]

HOW_OFTEN: Words = {
    0: (
        "(no|nope)? not at all",
        "(no|nope)? not a single day",
        "(no|nope)? never",
        "none",
        "no days",
        "(no)? ningun dia",
        "(no)? nunca",
        "(no)? para nada",
        "(no)? en absoluto",
        "nada",
    ),
    1: ("several days", "a few days", "some days", "varios dias", "algunos dias", "unos dias", "unos cuantos dias"),
    2: (
        "(more than|over) half (of)? the (days|time)",
        "more than half",
        "mas de la mitad (de los dias|del tiempo)?",
        "la mayoria de los dias",
        "most days",
    ),
    3: (
        "(nearly|almost|practically|pretty much)? (every day|everyday|every single day)",
        "(casi|practicamente)? (todos los dias|cada dia|a diario)",
    ),
}
"""How often, over the past two weeks: 0 not at all, 3 nearly every day."""

_LITTLE = "(minimally|slightly|a little bit|a little|a bit|a tiny bit|somewhat)"
_POCO = "(un poquito|un poco|un poquitin|algo|ligeramente|levemente|minimamente)"
_BETTER, _MEJOR = "(better|improved)", "(mejor|mejorado|mejorada)"
HOW_CHANGED: Words = {
    1: (f"very very much {_BETTER}", f"very much {_BETTER}", f"(muchisimo|muchismo) {_MEJOR}"),
    2: (f"(much|a lot|lots) {_BETTER}", f"(mucho|bastante) {_MEJOR}"),
    3: (f"{_LITTLE} {_BETTER}", f"{_POCO} {_MEJOR}"),
    4: (
        "no change",
        "no changes",
        "unchanged",
        "(about|pretty much|just|exactly)? (the)? same",
        "no (different|difference)",
        "sin (ningun)? (cambio|cambios)",
        "(no hay|ningun) cambio",
        "(mas o menos|casi)? (igual|lo mismo)",
    ),
    5: (f"{_LITTLE} worse", f"{_POCO} peor"),
    6: ("(much|a lot|lots) worse", "(mucho|bastante) peor"),
    7: ("very much worse", "(muchisimo|muchismo) peor"),
}
"""How it has changed overall: 1 very much better, 4 no change, 7 very much worse."""

_AROUND = late_pattern(  # what may stand beside them
    r"#+|[^\w\s]|i|its|it|is|was|id|say|would|think|guess|probably|maybe|feel|feeling|felt|been|have|had|has|ive|im|"
    r"am|this|that|the|past|last|two|weeks?|in|over|for|of|just|about|around|like|my|answer|overall|now|today|than|"
    r"before|since|start|ok|okay|well|thanks|thank|you|please|so|y|creo|que|me|he|ha|sentido|siento|estoy|esta|diria|"
    r"eso|pues|de|las|los|ultimas|pasadas|semanas|dos|en|por|favor|gracias|es|mi|respuesta|ahora|hoy|desde|antes|bueno|"
    r"quizas?|tal|vez|como|to|be|honest|really|and|out|hi|hello|hola"
)


class Said(NamedTuple):
    """What words say: the values; `rest` is all with those blotted out, `because` the first of them as written."""

    values: frozenset[int]
    rest: str
    because: str


class ScaleWords:
    """Finds the words of one scale in a line."""

    def __init__(self, words: Words) -> None:
        self.phrases = tuple(phrase for phrases in words.values() for phrase in phrases)
        self._patterns = [(value, late_phrases(_longest_first(phrases))) for value, phrases in words.items()]

    def find(self, line: Line, words: str) -> Said:
        """All of them that stand in `words`, which are those of `line`; where two overlap, the longer one counts."""
        found = [(match.start(), match.end(), value) for value, one in self._patterns for match in one.finditer(words)]
        kept: list[tuple[int, int, int]] = []
        for start, end, value in sorted(found, key=lambda one: one[0] - one[1]):
            if all(end <= other[0] or start >= other[1] for other in kept):
                kept.append((start, end, value))
        rest = words
        for start, end, _ in kept:
            rest = rest[:start] + "#" * (end - start - 1) + " " + rest[end:]
        return Said(
            values=frozenset(value for _, _, value in kept),
            rest=rest,
            because=line.quote(min(kept)[0], min(kept)[1]) if kept else "",
        )


def _longest_first(phrases: Iterable[str]) -> list[str]:
    return sorted(phrases, key=len, reverse=True)


def says_no_more(rest: str) -> bool:
    """Whether nothing stands beside the words of the scale that might be news, or turn them round."""
    return all(_AROUND.fullmatch(word) for word in rest.split())
