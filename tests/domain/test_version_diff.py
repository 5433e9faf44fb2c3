from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.content.publication import Publication
from coach.domain.version import only_words_differ, renamed, words_key
from coach.domain.version_diff import Change, changes
from tests.people import asks, nudge, publication

ITEM = {"name": "pain", "variants": ["a"], "answer": asks("scale_0_10")}
WEEKLY = {"name": "weekly", "weeks": [1, 2], "days": ["sun"], "slot": "morning", "items": [ITEM]}
EXERCISE = nudge("exercise", days=["tue"], slot="midday")
BASE: dict[str, Any] = {"check_ins": [WEEKLY], "presets": {"light": {"without": ["exercise"]}}}


def made(*nudges: dict[str, Any], texts: Mapping[str, str] | None = None, **changed: Any) -> Publication:
    plain = publication(*(nudges or (EXERCISE,)), **{**BASE, **changed})
    return Publication.of(plain.program, {**plain.templates, **(texts or {})})


def between(before: Publication, after: Publication) -> list[Change]:
    names = renamed(before.program, after.program, before.templates, after.templates)
    return changes(before.program, after.program, before.templates, after.templates, names)


def said(after: Publication) -> list[str]:
    return [one.what for one in between(made(), after)]


@pytest.mark.parametrize(
    ("after", "words"),
    [
        (made({**EXERCISE, "slot": "afternoon"}), "Tuesday's exercise moves from 12:30 to 16:00"),
        (
            made(slots={"morning": "09:30", "midday": "13:00", "afternoon": "16:00", "evening": "18:30"}),
            "Tuesday's exercise moves from 12:30 to 13:00",
        ),
        (made({**EXERCISE, "days": ["thu"]}), "Exercise comes on Thursdays, instead of on Tuesdays"),
        (made({**EXERCISE, "weeks": [1, 2]}), "Exercise comes in weeks 1 and 2, instead of in weeks 1 to 4"),
        (
            made({**EXERCISE, "send_within": 60}),
            "Exercise may leave up to 60 minutes after its time, instead of 120",
        ),
        (made({**EXERCISE, "answer": asks("done")}), "Exercise asks for an answer (done)"),
        (
            made({**EXERCISE, "when": {"in_flare": True}}),
            "Exercise is for people in a flare, instead of for everybody",
        ),
        (
            made({**EXERCISE, "follow_ups": [{"answers": ["done"], "variants": ["z"]}]}),
            "Exercise is followed up in another way",
        ),
        (
            made(EXERCISE, nudge("calm", days=["mon"], slot="evening", weeks=[3])),
            "Calm comes in (on Mondays at 18:30, in week 3)",
        ),
        (
            made(limits={"per_day": 2, "per_week": 20, "minutes_between": 60, "segments": {"en": 1, "es": 2}}),
            "the limit is 2 texts a day, instead of 3",
        ),
        (made(hours={"start": "10:00", "end": "20:00"}), "texts leave from 10:00 to 20:00, instead of 09:00 to 20:00"),
        (made(weeks=5), "the program lasts 5 weeks, instead of 4"),
        (made(presets={"light": {"without": []}}), "the preset light is with everything, instead of without exercise"),
        (made(presets={}), "the preset light is taken out"),
        (
            made(title={"en": "Steps", "es": "Pasos"}),
            "people read the title Steps/Pasos, instead of Small Steps/Pasos",
        ),
        (made(check_ins=[{**WEEKLY, "items": [ITEM, {**ITEM, "name": "sleep"}]}]), "Weekly asks sleep too"),
        (made(check_ins=[]), "Weekly is taken out (on Sundays at 09:30, in weeks 1 and 2)"),
        (made(feedback=True), "whether an answer gets a kind line back is different"),
    ],
)
def test_each_change_is_one_sentence(after: Publication, words: str) -> None:
    assert words in said(after)
    assert len([what for what in said(after) if not what.startswith("words of")]) == 1


def test_words_are_shown_with_how_many_changed_and_the_first_of_them() -> None:
    after = made(
        texts={"en/small-steps/exercise/b": "Stretch, {{ name }}.", "en/small-steps/exercise/c": "Bend, {{ name }}."}
    )
    (one,) = between(made(), after)

    assert (one.kind, one.name, one.language, one.what) == (
        "words",
        "exercise",
        "en",
        "words of exercise in English: 2 changed",
    )
    assert one.example is not None
    assert (one.example.path, one.example.old, one.example.new) == (
        "en/small-steps/exercise/b",
        "en exercise b {{ name }}",
        "Stretch, {{ name }}.",
    )


def test_words_at_another_place_are_not_called_changed() -> None:
    swapped = {
        "en/small-steps/exercise/a": "en exercise b {{ name }}",
        "en/small-steps/exercise/b": "en exercise a {{ name }}",
    }

    assert between(made(), made(texts=swapped)) == []


def test_a_text_by_another_name_is_not_one_that_comes_and_one_that_goes() -> None:
    after = made({**EXERCISE, "name": "stretch"}, presets={}, texts={"en/small-steps/stretch/d": "en exercise a"})
    kept = {f"en/small-steps/stretch/{one}": f"en exercise {one} {{{{ name }}}}" for one in "abcdef"}
    kept |= {f"es/small-steps/stretch/{one}": f"es exercise {one} {{{{ name }}}}" for one in "abcdef"}
    after = made({**EXERCISE, "name": "stretch"}, presets={}, texts=kept)

    assert said(after) == ["Exercise is called stretch from now on", "the preset light is taken out"]


def test_words_are_the_same_whatever_their_case_and_blanks() -> None:
    assert words_key("Move, {{ name }}!") == words_key("move  {{name}}\n")
    assert words_key("Move, {{ name }}!") != words_key("Move, {{ clinic }}!")


@pytest.mark.parametrize(
    ("after", "alone"),
    [
        (made({**EXERCISE, "variants": ["x"], "rotation": "shuffled"}), True),
        (made(title={"en": "Steps", "es": "Pasos"}, themes=["Begin"]), True),
        (made(check_ins=[{**WEEKLY, "items": [{**ITEM, "variants": ["b", "c"]}]}]), True),
        (made({**EXERCISE, "slot": "evening"}), False),
        (made({**EXERCISE, "answer": asks("done")}), False),
        (made({**EXERCISE, "follow_ups": [{"answers": ["done"], "variants": ["z"]}]}), False),
        (made(feedback=True), False),
        (made({**EXERCISE, "name": "stretch"}, presets={}), False),
    ],
)
def test_only_words_differ_where_no_plan_and_no_terms_do(after: Publication, *, alone: bool) -> None:
    assert only_words_differ(made().program, after.program) is alone


PARTS = st.fixed_dictionaries(
    {"name": st.sampled_from(["exercise", "calm", "walk"])},
    optional={
        "kind": st.sampled_from(["exercise", "breathing"]),
        "days": st.sampled_from([["mon"], ["tue"], ["mon", "tue"]]),
        "weeks": st.sampled_from([[1], [1, 2]]),
        "slot": st.sampled_from(["morning", "midday"]),
        "send_within": st.sampled_from([30, 60]),
        "answer": st.sampled_from([None, asks("done"), asks("done", reminder=None), asks("minutes", action=True)]),
        "when": st.sampled_from([None, {"in_flare": True}, {"in_flare": False}]),
        "rotation": st.sampled_from(["in_order", "shuffled"]),
        "variants": st.sampled_from([["a"], ["b", "a"], ["x", "y"]]),
    },
)
PROGRAMS = st.builds(
    lambda parts, rest: made(*(nudge(**part) for part in parts), **rest),
    st.lists(PARTS, min_size=1, max_size=3, unique_by=lambda part: part["name"]),
    st.fixed_dictionaries(
        {"presets": st.just({})},
        optional={
            "weeks": st.sampled_from([4, 5]),
            "feedback": st.booleans(),
            "dial": st.sampled_from([{}, {"longest_pause": 5}]),
            "themes": st.sampled_from([[], ["Begin"]]),
            "check_ins": st.sampled_from([[], [WEEKLY], [{**WEEKLY, "items": [{**ITEM, "weeks": [1]}]}]]),
        },
    ),
)


@settings(max_examples=60)
@given(before=PROGRAMS, after=PROGRAMS)
def test_whatever_is_different_is_said_and_nothing_else(before: Publication, after: Publication) -> None:
    found = between(before, after)

    assert bool(found) is (not _same(before, after))
    assert all(one.what and one.what[-1] != "." for one in found)


def _same(before: Publication, after: Publication) -> bool:
    """But for the order of what stands in a list, and the names of wordings."""
    return bool(_plain(before) == _plain(after))


def _plain(version: Publication) -> Any:
    document = version.program.model_dump(mode="json")
    for part in document["nudges"]:
        folder = f"small-steps/{part['name']}/"
        part["variants"] = sorted(version.templates[f"en/{folder}{one}"] for one in part["variants"])
    parts = sorted(document.pop("nudges"), key=str)
    return document, parts, {key: text for key, text in version.templates.items() if "/small-steps/" not in key}
