"""Alert rules, read over one enrollment's own past. Pure: the past and the local day are given."""

from collections.abc import Iterable, Iterator
from datetime import date
from typing import assert_never

from coach.domain.alerts import conduct, symptoms
from coach.domain.alerts.history import Finding, History
from coach.domain.alerts.rules import (
    AlertRule,
    BoomAndBust,
    ConfidenceFall,
    Delivery,
    ExerciseTrouble,
    InterferenceWorse,
    PainHigh,
    PgicWorse,
    Phq2High,
    Phq2Urgent,
    Silence,
    SleepPoor,
    Spiral,
    SymptomRule,
)


def evaluate(rules: Iterable[AlertRule], history: History, today: date) -> tuple[Finding, ...]:
    """What the rules find on the patient's local date `today`, in the rules' order.

    Each looks at the newest figures only. The order of the history says nothing, and unanswered questions are never
    taken for a value; only silence, and adherence within the spiral, are about what did not come.
    """
    return tuple(finding for rule in rules for finding in _found(rule, history, today))


def _found(rule: AlertRule, history: History, today: date) -> Iterator[Finding]:
    match rule:
        case BoomAndBust():
            return conduct.boom_and_bust(rule, history)
        case ExerciseTrouble():
            return conduct.exercise_trouble(rule, history)
        case Silence():
            return conduct.silence(rule, history, today)
        case Delivery():
            return conduct.delivery(rule, history)
        case Spiral():
            return conduct.spiral(rule, history)
        case _:
            return _reported(rule, history)


def _reported(rule: SymptomRule, history: History) -> Iterator[Finding]:  # noqa: PLR0911 (a table of kinds)
    match rule:
        case Phq2High():
            return symptoms.phq2_high(rule, history)
        case Phq2Urgent():
            return symptoms.phq2_urgent(rule, history)
        case PainHigh():
            return symptoms.pain_high(rule, history)
        case InterferenceWorse():
            return symptoms.interference_worse(rule, history)
        case SleepPoor():
            return symptoms.sleep_poor(rule, history)
        case ConfidenceFall():
            return symptoms.confidence_fall(rule, history)
        case PgicWorse():
            return symptoms.pgic_worse(rule, history)
        case _:
            assert_never(rule)
