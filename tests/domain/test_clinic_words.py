"""What the clinic words is asked whole, or not at all."""

from hypothesis import given
from hypothesis import strategies as st

from coach.domain.clinic_words import to_enter, unworded, without_unworded
from coach.domain.measures import PEG, PHQ2, scale_of
from coach.domain.program import Program
from tests.people import publication

ITEMS = [
    {
        "name": measure.replace("_", "-"),
        "measure": measure,
        "words": "clinic",
        "variants": ["a", "b"],
        "answer": {"kind": scale_of(measure), "within": 60},
    }
    for measure in (*PEG, *PHQ2)
]
PAIN = {"name": "pain", "variants": ["a"], "answer": {"kind": "scale_0_10", "within": 60}}
CALM = {"name": "calm", "kind": "breathing", "weeks": [1], "days": ["mon"], "slot": "morning", "variants": ["a"]}
WHEN = {"weeks": [1, 2], "days": ["sun"], "slot": "evening"}


def program(**spanish: object) -> Program:
    """One check-in with a question of the program's own, and one without."""
    check_ins = [
        {"name": "sunday", **WHEN, "items": [PAIN, *ITEMS[:3]]},
        {"name": "late", **WHEN, "items": ITEMS[3:], **spanish},
    ]
    return publication(CALM, check_ins=check_ins).program


PROGRAM = program()
PATHS = [path for one in to_enter(PROGRAM) for path in one.paths]


@given(st.sets(st.sampled_from(PATHS)))
def test_an_instrument_is_there_whole_with_all_its_texts_or_not_at_all(present: set[str]) -> None:
    left = without_unworded(PROGRAM, present)
    asked = {item.measure for check_in in left.check_ins for item in check_in.items} - {None}

    for items in (PEG, PHQ2):
        whole = all(path in present for path in PATHS if path.split("/")[2].replace("-", "_") in items)
        assert asked & {*items} == ({*items} if whole else set())
    assert all(check_in.items for check_in in left.check_ins)
    assert left.nudges == PROGRAM.nudges
    assert left.check_ins[0].items[0] == PROGRAM.check_ins[0].items[0]


@given(st.sets(st.sampled_from(PATHS)))
def test_leaving_out_twice_is_leaving_out_once(present: set[str]) -> None:
    left = without_unworded(PROGRAM, present)

    assert unworded(left, present) == ()
    assert without_unworded(left, present) == left


def test_a_check_in_for_one_language_needs_its_words_in_that_one_alone() -> None:
    only = program(when={"language": "es"})
    (late,) = (one for one in to_enter(only) if one.check_in.name == "late")

    assert {path.split("/")[0] for path in late.paths} == {"es"}
    assert {path.split("/")[0] for path in PATHS} == {"en", "es"}
