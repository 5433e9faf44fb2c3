from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.domain.delivery import Purpose
from coach.domain.doubt import (
    ABSENCE_COUNTS_AFTER,
    NOBODY_KNOWS_AFTER,
    REMEDIES,
    Absence,
    Remedy,
    Verdict,
    next_ask,
    next_look,
    verdict,
)

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
SPANS = st.timedeltas(timedelta(0), timedelta(days=3))


def after(minutes: float, *, whole: bool = True) -> Absence:
    return Absence(TEN, TEN + timedelta(minutes=minutes), whole)


@pytest.mark.parametrize(
    ("purpose", "absence", "send_by", "expected"),
    [
        (Purpose.NUDGE, after(16), 60, Verdict.MISSED),
        (Purpose.REMINDER, after(16), 60, Verdict.MISSED),
        (Purpose.CHECK_IN, after(16), 60, Verdict.SEND_AGAIN),
        (Purpose.ITEM, after(15), 60, Verdict.SEND_AGAIN),
        (Purpose.RE_ASK, after(16), 60, Verdict.SEND_AGAIN),
        (Purpose.INVITATION, after(16), 60, Verdict.SEND_AGAIN),
        (Purpose.KEYWORD, after(16), 60, Verdict.SEND_AGAIN),
        (Purpose.CHECK_IN, after(14.9), 60, Verdict.LOOK_AGAIN),  # a list may lag
        (Purpose.NUDGE, after(14.9), 60, Verdict.LOOK_AGAIN),
        (Purpose.CHECK_IN, after(16, whole=False), 60, Verdict.LOOK_AGAIN),
        (Purpose.CHECK_IN, after(61), 60, Verdict.MISSED),  # too late for it
        (Purpose.CHECK_IN, after(24 * 60, whole=False), 3000, Verdict.MISSED),  # nobody will ever know
    ],
)
def test_what_follows_where_a_list_does_not_show_a_text(
    purpose: Purpose, absence: Absence, send_by: float, expected: Verdict
) -> None:
    assert verdict(purpose, absence, TEN + timedelta(minutes=send_by)) is expected


def test_every_purpose_has_its_remedy_and_no_nudge_is_ever_sent_again() -> None:
    assert set(REMEDIES) == set(Purpose)
    assert {purpose for purpose, remedy in REMEDIES.items() if remedy is Remedy.NEVER} == {
        Purpose.NUDGE,
        Purpose.REMINDER,
        Purpose.FOLLOW_UP,
    }


@given(purpose=st.sampled_from(Purpose), since=SPANS, send_by=SPANS, whole=st.booleans())
def test_nothing_is_sent_again_but_on_a_whole_list_that_is_old_enough_and_in_time(
    purpose: Purpose, since: timedelta, send_by: timedelta, whole: bool
) -> None:
    said = verdict(purpose, Absence(TEN, TEN + since, whole), TEN + send_by)

    if said is Verdict.SEND_AGAIN:
        assert whole
        assert since >= ABSENCE_COUNTS_AFTER
        assert since < send_by
        assert REMEDIES[purpose] is not Remedy.NEVER


@given(st.sampled_from(Purpose), st.booleans())
def test_doubt_ends_within_a_day_and_an_hour_of_looks(purpose: Purpose, whole: bool) -> None:
    looks, now = 0, TEN
    while verdict(purpose, Absence(TEN, now, whole), TEN + timedelta(hours=48)) is Verdict.LOOK_AGAIN:
        now, looks = next_look(TEN, now), looks + 1

    assert now - TEN <= NOBODY_KNOWS_AFTER + timedelta(hours=1)
    assert looks < 40


@given(SPANS)
def test_the_next_look_and_the_next_ask_lie_ahead(since: timedelta) -> None:
    now = TEN + since
    asked = next_ask(TEN, now)

    assert next_look(TEN, now) > now
    assert asked is None or asked > now
    assert (asked is None) == (since >= timedelta(hours=48))
