"""How well replies are understood, over samples by several hands: each language apart, and what must not be taken."""

from datetime import UTC, datetime, timedelta

import pytest

from coach.domain.inbound import Context, OpenQuestion, interpret
from coach.domain.program import AnswerKind
from tests.domain.samples import SAMPLES
from tests.people import rules

ASKED = datetime(2026, 1, 5, 15, tzinfo=UTC)
NOT_TO_BE_TAKEN = {"unclear", "invalid", "skip"}


def heard(sample: dict[str, str]) -> str:
    """The value that is taken, or why none is."""
    asked = OpenQuestion(1, AnswerKind(sample["prompt_kind"]), ASKED)
    context = Context(sample["language"], ASKED + timedelta(minutes=5), rules(), open=(asked,))
    answers = interpret(sample["reply"], context).answers
    if not answers:
        return "none"
    return str(answers[0].value) if answers[0].status == "understood" else answers[0].status


@pytest.mark.parametrize("language", ["en", "es"])
def test_nearly_all_replies_are_understood_and_hardly_one_is_taken_that_says_nothing_sure(language: str) -> None:
    read = [(one["expected"], heard(one)) for one in SAMPLES if one["language"] == language]
    unsure = [said for expected, said in read if expected in NOT_TO_BE_TAKEN]

    assert sum(expected == said for expected, said in read) >= 0.99 * len(read)
    assert sum(said not in NOT_TO_BE_TAKEN | {"none"} for said in unsure) <= 0.01 * len(unsure)
