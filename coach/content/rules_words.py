"""What is asked of the words of a program's texts. One rule, one function; `coach.content.check` lists them."""

from collections.abc import Iterator

from coach.content.faults import Fault
from coach.content.manuscript import Manuscript
from coach.content.messages import Needed
from coach.content.reading import LEAST_EASE, MOST_GRADE, reading_score, too_hard
from coach.content.rules_text import variables_of
from coach.content.vocabulary import AVOIDED, INVITATION_MUST, SEIZED
from coach.content.vocabulary_doses import dose_advice_in
from coach.domain.program import NudgeKind

LAW_WRITES = frozenset({"shared/invitation"})
"""Texts whose words carriers and safety ask for, however hard they read."""


def reading_grade(manuscript: Manuscript) -> Iterator[Fault]:
    """Each text reads at grade 6 or below, or in Spanish at an ease of 70 or above; an instrument reads as it reads."""
    for template, text in manuscript.written():
        score = None if template.key in LAW_WRITES or template.verbatim else reading_score(text, template.language)
        if score is None or not too_hard(score, template.language):
            continue
        if template.language == "en":
            what = f"the text reads at grade {score:.1f} (Flesch-Kincaid), {MOST_GRADE:.0f} at most"
        else:
            what = f"the text reads at an ease of {score:.1f} (Fernández-Huerta), {LEAST_EASE:.0f} at least"
        yield manuscript.text_fault(
            template.path, 0, "reading-grade", what, "write shorter sentences and shorter words"
        )


def values_differ(manuscript: Manuscript) -> Iterator[Fault]:
    """The same text says as much in each language: what one names, the other does too."""
    first: dict[str, tuple[Needed, frozenset[str]]] = {}
    for template, text in manuscript.written():
        named = variables_of(text)
        if template.key in LAW_WRITES or named - template.variables or not text.strip():
            continue  # other rules say why
        other, theirs = first.setdefault(template.key, (template, named))
        if named != theirs:
            less, more = sorted(theirs - named), sorted(named - theirs)
            words = [f"lacks {_in_braces(less)}"] * bool(less) + [f"has {_in_braces(more)}"] * bool(more)
            what = f"beside {other.path}.txt this text {' and '.join(words)}"
            yield manuscript.text_fault(template.path, 0, "values-differ", what, "name the same values in both")


def _in_braces(names: list[str]) -> str:
    return ", ".join(f"{{{{ {name} }}}}" for name in names)


def dose_advice(manuscript: Manuscript) -> Iterator[Fault]:
    """No text tells to raise, lower, stop or skip a medicine, or leaves that to the person."""
    about = {nudge.name for nudge in manuscript.program.nudges if nudge.kind is NudgeKind.MEDICATION}
    for template, text in manuscript.written():
        medication = not template.shared and template.key.split("/")[1] in about
        for offset, words in dose_advice_in(text, template.language, medication=medication):
            what = f"{words!r} may be taken as advice on how to take a medicine"
            remedy = "write not to change it on one's own, and {{ phone }} to call"
            yield manuscript.text_fault(template.path, offset, "dose-advice", what, remedy)


def seized_words(manuscript: Manuscript) -> Iterator[Fault]:
    """Answer words that the carrier or provider takes for itself never reach us as answers."""
    for template, text in manuscript.written():
        if template.shared:
            continue
        for found in SEIZED.finditer(text):
            what = f"carriers take the word {found[0]} for themselves"
            yield manuscript.text_fault(template.path, found.start(), "seized-word", what, "ask for another word")


def avoided_words(manuscript: Manuscript) -> Iterator[Fault]:
    """An instrument may name what it asks about: a line of the check says so, and the clinic decides."""
    for template, text in manuscript.written():
        for kind, pattern, reason, remedy in AVOIDED:
            if template.verbatim and kind == "diagnosis":
                continue
            for found in pattern.finditer(text):
                yield manuscript.text_fault(template.path, found.start(), kind, f"{found[0]!r} {reason}", remedy)


def invitation(manuscript: Manuscript) -> Iterator[Fault]:
    for template, text in manuscript.written():
        if template.key != "shared/invitation":
            continue
        for pattern, words in INVITATION_MUST[template.language]:
            if not pattern.search(text):
                yield manuscript.text_fault(
                    template.path,
                    0,
                    "invitation-incomplete",
                    "the invitation does not say all that it must",
                    f"add {words}",
                )


def repeated_texts(manuscript: Manuscript) -> Iterator[Fault]:
    """Two variants with the same words would repeat a text to one person."""
    first: dict[tuple[str, str], str] = {}
    for template, text in manuscript.written():
        said = (template.language, " ".join(text.casefold().split()))
        earlier = first.setdefault(said, template.path)
        if earlier != template.path and text.strip() and not template.shared:
            yield manuscript.text_fault(
                template.path, 0, "repeated-text", f"the text says the same as {earlier}.txt", "say it in other words"
            )
