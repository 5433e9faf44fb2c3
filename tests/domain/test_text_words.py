import pytest

from coach.domain.adherence import Exclusion
from coach.domain.delivery import Purpose
from coach.domain.measures import Measure
from coach.domain.program import NudgeKind
from coach.domain.text_words import ENDS, EXCLUSIONS, KINDS, MEASURES, left_out_words, text_name


@pytest.mark.parametrize(
    ("name", "item", "purpose", "words"),
    [
        ("pacing-goal", None, Purpose.NUDGE, "Pacing goal"),
        ("self_compassion", None, Purpose.NUDGE, "Self compassion"),
        ("sunday", "pain", Purpose.CHECK_IN, "Sunday: pain"),
        ("sunday", "sleep-quality", Purpose.ITEM, "Sunday: sleep quality"),
        ("exercise", None, Purpose.REMINDER, "Exercise (reminder)"),
        ("exercise", None, Purpose.RE_ASK, "Exercise (asked once more)"),
        ("invitation", None, Purpose.INVITATION, "Invitation"),
        ("stop", None, Purpose.KEYWORD, "Answer to STOP"),
        ("quiet", None, Purpose.STAFF, "Kind word after a silence"),
        ("note", None, Purpose.STAFF, "From the team"),
        ("dial_pause", None, Purpose.DIAL, "Answer to the dial"),
        ("feedback", None, Purpose.FOLLOW_UP, "Kind line after an answer"),
        ("flare_ask", None, Purpose.FOLLOW_UP, "Question how a flare goes"),
        ("crisis_suicide", None, Purpose.SAFETY, "Safety answer"),
        ("stop", None, Purpose.NUDGE, "Stop"),  # a nudge may bear any name
    ],
)
def test_a_text_has_a_name_that_a_nurse_knows(name: str, item: str | None, purpose: Purpose, words: str) -> None:
    assert text_name(name, item, purpose) == words


def test_everything_that_is_shown_has_a_name() -> None:
    assert set(KINDS) == set(NudgeKind)
    assert set(MEASURES) == set(ENDS) == set(Measure)
    assert set(EXCLUSIONS) == set(Exclusion)


def test_what_does_not_count_is_named_with_how_much_of_it() -> None:
    assert left_out_words({Exclusion.PAUSED: 2, Exclusion.FLARE: 1}) == ("2 in a pause", "1 in a flare, counted apart")
