from datetime import timedelta

import pytest

from coach.domain.errors import CoachError
from coach.services.editions import Editions, NotApprovedError, NotPublishedError
from coach.services.enroll import enroll
from coach.services.offers import offers
from coach.services.publish import publish
from coach.services.versions import ApprovalError, Version, approve, find, versions
from coach.storage.database import Sessions
from coach.storage.tables import AuditEntry, Enrollment
from tests.people import MONDAY, MONDAY_6AM, Practice, ana, ana_in, nudge, publication

FIRST, SECOND = publication(nudge("move")), publication(nudge("move", slot="evening"))
LATER = MONDAY_6AM + timedelta(hours=1)


def by_hash(sessions: Sessions, hash_: str) -> Version:
    return next(one for one in versions(sessions) if one.hash == hash_)


@pytest.mark.parametrize("approver", ["Nurse Bo", "nurse  bo ", " NURSE BO", "", "  "])
def test_nobody_approves_their_own_version(sessions: Sessions, approver: str) -> None:
    publish(sessions, FIRST, author="Nurse Bo", now=MONDAY_6AM)

    with pytest.raises(ApprovalError, match=r"ask a colleague|wants a name"):
        approve(sessions, "small-steps", approver=approver, now=LATER)
    with pytest.raises(ApprovalError, match=r"ask a colleague|wants a name"):
        publish(sessions, SECOND, author="Nurse Bo", approver=approver, now=MONDAY_6AM)

    assert [(one.approver, one.hash) for one in versions(sessions)] == [(None, FIRST.hash)]


def test_an_approval_is_written_once_and_never_changed(sessions: Sessions) -> None:
    publish(sessions, FIRST, author="Nurse Bo", now=MONDAY_6AM)

    assert approve(sessions, FIRST.hash[:8], approver=" Dr.  Kim", now=LATER).approver == "Dr. Kim"
    with pytest.raises(ApprovalError, match=r"was approved by Dr. Kim; an approval is never changed"):
        approve(sessions, "small-steps", approver="Dr. Lee", now=LATER)

    assert by_hash(sessions, FIRST.hash).approver == "Dr. Kim"
    assert [(one.who, one.what, one.detail) for one in Practice(sessions).rows(AuditEntry)] == [
        ("Dr. Kim", "approved a program", f"small-steps {FIRST.hash[:12]}")
    ]


def test_a_version_is_approved_as_it_is_published_or_when_it_is_published_again(sessions: Sessions) -> None:
    publish(sessions, FIRST, author="Nurse Bo", approver="Dr. Kim", now=MONDAY_6AM)
    publish(sessions, SECOND, author="Nurse Bo", now=MONDAY_6AM)
    publish(sessions, SECOND, author="Nurse Bo", approver="Dr. Kim", now=LATER)
    publish(sessions, SECOND, author="Nurse Bo", approver="dr. kim", now=LATER)

    assert [one.approver for one in versions(sessions)] == ["Dr. Kim", "Dr. Kim"]


def test_versions_are_listed_with_the_people_who_are_in_them(sessions: Sessions, editions: Editions) -> None:
    ana_in(sessions, editions, FIRST)
    publish(sessions, SECOND, author="Dr. Kim", note="evenings", now=LATER)

    assert versions(sessions) == [
        Version("small-steps", SECOND.hash, LATER, "Dr. Kim", None, "evenings", 0),
        Version("small-steps", FIRST.hash, MONDAY_6AM, "Nurse Bo", None, "", 1),
    ]


@pytest.mark.parametrize("which", ["large-steps", "abcdef0123", "a", "%"])
def test_a_version_that_is_not_there_is_said_with_where_to_look(sessions: Sessions, which: str) -> None:
    publish(sessions, FIRST, author="Nurse Bo", now=MONDAY_6AM)

    with sessions.read() as session, pytest.raises(NotPublishedError, match="coach program list"):
        find(session, which)


def test_where_only_approved_versions_are_used_people_begin_in_the_newest_of_them(sessions: Sessions) -> None:
    publish(sessions, FIRST, author="Nurse Bo", now=MONDAY_6AM)
    patient_id, strict = ana(sessions), Editions(approved_only=True)

    def begins() -> int:
        facts = {"patient_id": patient_id, "program": "small-steps", "start": MONDAY, "preset": "standard"}
        return enroll(sessions, strict, **facts, now=LATER)  # type: ignore[arg-type]

    with pytest.raises(NotApprovedError, match="no version of small-steps is approved") as refused:
        begins()
    assert isinstance(refused.value, CoachError)
    assert offers(sessions, strict) == []
    approve(sessions, "small-steps", approver="Dr. Kim", now=LATER)
    publish(sessions, SECOND, author="Nurse Bo", now=LATER)
    begins()

    assert by_hash(sessions, FIRST.hash).people == 1
    assert len(Practice(sessions).rows(Enrollment)) == 1
