from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.content.publication import Publication
from coach.services.editions import Editions, NotApprovedError
from coach.services.explain import explain_message
from coach.services.move import Moved, MoveError, Stays, move
from coach.services.publish import publish
from coach.services.versions import approve
from coach.storage.database import Sessions
from coach.storage.tables import AuditEntry, AuditSubject, Enrollment, Message, Patient, Question, Turn
from tests.people import MONDAY, Practice, ana, asks, nudge, publication

DAY = timedelta(days=1)
ONCE = ["mon"]


def at(hour: int, minute: int = 0, *, day: int = 0) -> datetime:
    """That time in New York, so many days after Monday."""
    return datetime(2026, 11, 23, hour + 5, minute, tzinfo=UTC) + day * DAY


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    return Practice(sessions)


def brought_to(practice: Practice, version: Publication, now: datetime, **how: Any) -> Moved:
    """The version is published, and everybody moved to it."""
    publish(practice.sessions, version, author="Dr. Kim", now=now)
    name = version.program.name
    return move(practice.sessions, practice.editions, name, by="Dr. Kim", now=lambda: now, **how)


def live(practice: Practice) -> Sequence[Message]:
    with practice.sessions.read() as session:
        query = select(Message).where(col(Message.state) != "cancelled").order_by(col(Message.due_at), col(Message.id))
        return session.execute(query).scalars().all()


def owed(practice: Practice) -> list[tuple[str, date, str, str | None]]:
    return [(one.name, one.local_date or MONDAY, one.state.value, one.reason) for one in live(practice)]


def test_words_alone_leave_every_plan_as_it_is(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"), nudge("calm", slot="midday"))
    before = [(one.id, one.due_at, one.next_at, one.send_by, one.state) for one in live(practice)]
    new = publication(
        nudge("move", slot="evening", variants=["new-1", "new-2"], rotation="shuffled"),
        nudge("calm", slot="midday"),
        title={"en": "Smaller Steps", "es": "Pasos"},
    )

    moved = brought_to(practice, new, at(10))

    assert (moved.moved, moved.undisturbed, moved.planned) == ([1], 1, 0)
    assert [(one.id, one.due_at, one.next_at, one.send_by, one.state) for one in live(practice)] == before
    assert practice.at(at(18, 30))[0].startswith("en move new-")


def test_what_is_to_come_follows_the_new_version(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="midday"))

    moved = brought_to(practice, publication(nudge("move", slot="afternoon")), at(10))

    assert moved.planned == 3
    assert {one.due_at.hour for one in live(practice)} == {21}
    assert [one.state.value for one in practice.rows(Message)].count("cancelled") == 3


def test_a_day_that_was_sent_is_not_sent_again_at_its_new_time(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    assert len(practice.at(at(9, 30))) == 1

    brought_to(practice, publication(nudge("move", slot="evening")), at(10))

    assert practice.at(at(18, 30)) == []
    assert practice.at(at(9, 30, day=1)) == []
    assert len(practice.at(at(18, 30, day=1))) == 1


def test_a_time_that_has_gone_by_is_withheld_and_not_sent_late(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))

    brought_to(practice, publication(nudge("move")), at(10))

    assert owed(practice)[0] == ("move", MONDAY, "withheld", "moved_past")


def test_tuesdays_text_does_not_come_again_on_thursday(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", days=["tue"]))
    assert len(practice.at(at(9, 30, day=1))) == 1

    brought_to(practice, publication(nudge("move", days=["thu"])), at(12, day=1))

    assert [practice.at(at(9, 30, day=day)) for day in range(2, 9)] == [[]] * 7
    assert ("move", MONDAY + 3 * DAY, "withheld", "had_this_week") in owed(practice)
    assert len(practice.at(at(9, 30, day=10))) == 1


def test_nor_after_her_times_are_changed_besides(practice: Practice) -> None:
    from coach.services.edit import Change, edit

    practice.enrolls_ana(nudge("move", days=["tue"]))
    practice.at(at(9, 30, day=1))
    brought_to(practice, publication(nudge("move", days=["thu"])), at(12, day=1))

    change = Change(slots={"morning": "10:30"})
    edit(practice.sessions, practice.editions, 1, change, by="Nurse Bo", now=at(13, day=1))

    assert practice.at(at(10, 30, day=3)) == []


def test_whoever_has_not_had_it_gets_it_on_its_new_day(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", days=["tue"]))

    brought_to(practice, publication(nudge("move", days=["thu"])), at(12))

    assert [len(practice.at(at(9, 30, day=day))) for day in range(1, 4)] == [0, 0, 1]


def test_what_comes_more_often_now_still_comes_as_often_as_it_should(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", days=["mon", "tue"]))
    practice.at(at(9, 30))
    practice.at(at(9, 30, day=1))

    brought_to(practice, publication(nudge("move", days=["wed", "thu", "fri"])), at(12, day=1))

    assert [len(practice.at(at(9, 30, day=day))) for day in range(2, 6)] == [1, 0, 0, 0]


def test_a_nudge_by_another_name_is_the_same_nudge(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", days=["mon", "wed"]))
    old = practice.at(at(9, 30))
    new = publication(nudge("stretch", days=["mon", "thu"], slot="evening"))
    new = Publication.of(new.program, {**new.templates, "en/small-steps/stretch/c": "EN move, a {{ name }}!"})

    brought_to(practice, new, at(10))
    sent = [text for day in range(9) for text in practice.at(at(18, 30, day=day))]

    assert old == ["en move a Ana"]
    assert sent == ["en stretch a Ana", "en stretch b Ana"]  # on Thursday, and on Monday


def test_words_that_were_sent_do_not_come_again_under_another_name(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    practice.at(at(9, 30))
    new = publication(nudge("move", variants=["x", "y"]))
    new = Publication.of(new.program, {**new.templates, "en/small-steps/move/x": "En move a,  {{ name }}"})

    brought_to(practice, new, at(10))

    assert [practice.at(at(9, 30, day=day)) for day in (1, 2)] == [["en move y Ana"], []]


def test_nor_when_a_version_between_did_not_have_them(practice: Practice) -> None:
    first = nudge("move", variants=["a", "b"])
    practice.enrolls_ana(first)
    practice.at(at(9, 30))
    between = publication(nudge("move", variants=["m", "n"]))
    again = publication(nudge("move", variants=["p", "q"]))
    again = Publication.of(again.program, {**again.templates, "en/small-steps/move/p": "en move a {{ name }}"})

    brought_to(practice, between, at(10))
    brought_to(practice, again, at(11))

    assert practice.at(at(9, 30, day=1)) == ["en move q Ana"]


def test_an_open_question_stays_answerable_and_its_reminder_stays(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", days=ONCE, answer=asks("done")))
    practice.at(at(9, 30))

    brought_to(practice, publication(nudge("calm", slot="evening", days=["sun"], kind="breathing")), at(10))

    assert practice.at(at(12, 30)) == ["en reminder_done"]
    practice.hears("done", at=at(13))
    assert [one.state for one in practice.rows(Question)] == ["answered"]


def test_what_waits_and_is_no_more_in_the_program_is_cancelled(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", kind="breathing"))
    assert len(practice.at(at(9, 30))) == 1  # the other keeps its distance

    brought_to(practice, publication(nudge("move")), at(9, 45))

    assert practice.at(at(10, 31)) == []
    (waiting,) = [one for one in practice.rows(Message) if one.name == "calm" and one.due_at <= at(9, 45)]
    assert waiting.state == "cancelled"
    assert "does not have it" in (waiting.reason or "")


def test_what_waits_under_its_old_name_leaves_under_the_new(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"), nudge("calm", kind="breathing"))
    practice.at(at(9, 30))
    new = publication(nudge("move"), nudge("rest", kind="breathing", slot="evening"))
    new = Publication.of(new.program, {**new.templates, "en/small-steps/rest/b": "en calm b {{ name }}"})

    brought_to(practice, new, at(9, 45))

    assert [practice.at(at(10, 31)), practice.at(at(18, 30))] == [["en rest a Ana"], []]


def test_whoever_has_a_preset_or_a_language_that_is_gone_stays_and_is_named(practice: Practice) -> None:
    first = publication(nudge("move"), nudge("calm"), presets={"light": {"without": ["calm"]}})
    publish(practice.sessions, first, author="Nurse Bo", now=at(6))
    facts = [("+12025550143", "en", "light"), ("+12025550177", "es", "standard"), ("+12025550178", "en", "standard")]
    for phone, language, preset in facts:
        from coach.services.enroll import enroll

        patient_id = ana(practice.sessions, phone=phone, language=language)
        begins = {"patient_id": patient_id, "program": "small-steps", "start": MONDAY, "preset": preset}
        enroll(practice.sessions, practice.editions, **begins, now=at(6))  # type: ignore[arg-type]
    english = publication(nudge("move"), languages=["en"])

    moved = brought_to(practice, english, at(10))

    assert moved.moved == [3]
    assert moved.stay == [
        Stays(1, "Ana Reyes", "their preset 'light' is not in the new version; change it first, or put it back"),
        Stays(2, "Ana Reyes", "the new version is not written in their language, 'es'"),
    ]


def test_a_move_is_noted_for_the_person_and_said_by_explain(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    new = publication(nudge("move", slot="afternoon"))

    brought_to(practice, new, at(10))

    said = f"small-steps: moved to version {new.hash[:12]}"
    assert [(one.what, one.by, one.at) for one in practice.rows(Turn)] == [(said, "Dr. Kim", at(10))]
    assert [one.what for one in practice.rows(AuditEntry)] == ["moved a patient to a version"]
    assert [one.patient_id for one in practice.rows(AuditSubject)] == [1]
    (old, *_, new_one) = [explain_message(practice.sessions, one.id or 0) for one in practice.rows(Message)]
    assert f"cancelled: moved to version {new.hash[:12]}" in [line.what for line in old.history]
    assert f"{said}, by Dr. Kim" in [line.what for line in new_one.history]


def test_a_dry_run_says_the_same_and_changes_nothing(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move", slot="evening"))
    new = publication(nudge("move", slot="afternoon"))
    before = [(one.id, one.state) for one in practice.rows(Message)]

    dry = brought_to(practice, new, at(10), dry_run=True)

    assert [(one.id, one.state) for one in practice.rows(Message)] == before
    assert practice.rows(Turn) == []
    assert brought_to(practice, new, at(10)) == dry


def test_somebody_named_is_moved_alone_and_somebody_absent_is_refused(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))

    with pytest.raises(MoveError, match="patient 7 is not in small-steps"):
        brought_to(practice, publication(nudge("move", slot="evening")), at(10), people=[1, 7])
    assert brought_to(practice, publication(nudge("move", slot="evening")), at(10), people=[1]).moved == [1]
    assert brought_to(practice, publication(nudge("move", slot="evening")), at(10)).there_already == 1


def test_only_approved_versions_are_moved_to_where_a_clinic_asks_for_it(practice: Practice) -> None:
    practice.enrolls_ana(nudge("move"))
    first, new = publication(nudge("move")), publication(nudge("move", slot="evening"))
    practice.editions = Editions(approved_only=True)

    with pytest.raises(NotApprovedError, match="no version of small-steps is approved"):
        brought_to(practice, new, at(10))
    with pytest.raises(NotApprovedError, match=f"version {new.hash[:12]} of small-steps is not approved"):
        brought_to(practice, new, at(10), to=new.hash)
    approve(practice.sessions, first.hash[:12], approver="Dr. Lee", now=at(10))
    assert brought_to(practice, new, at(10)).there_already == 1
    approve(practice.sessions, "small-steps", approver="Dr. Lee", now=at(10))
    assert brought_to(practice, new, at(10)).moved == [1]
    assert brought_to(practice, new, at(11), to=first.hash[:8]).moved == [1]
    assert [one.program_id for one in practice.rows(Enrollment)] == [1]


def test_another_program_of_the_person_is_left_alone(practice: Practice) -> None:
    patient_id = practice.enrolls_ana(nudge("move", slot="evening"))
    practice.enrolls_also(patient_id, publication(nudge("rest", slot="afternoon"), name="good-nights"))
    practice.at(at(7))
    before = [one.id for one in live(practice) if one.name == "rest"]

    brought_to(practice, publication(nudge("move", slot="midday")), at(10))

    assert [one.id for one in live(practice) if one.name == "rest"] == before
    assert [one.name for one in practice.rows(Patient)] == ["Ana Reyes"]
