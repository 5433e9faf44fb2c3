from datetime import UTC, datetime

from coach.storage.database import Sessions
from tests.people import Practice, nudge

ONE_MINUTE_TO_EIGHT = datetime(2026, 11, 24, 0, 59, tzinfo=UTC)  # in New York; quiet from eight


def test_a_nudge_is_not_left_with_the_carrier_into_the_night(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move", slot="evening", send_within=120))
    practice.at(ONE_MINUTE_TO_EIGHT)

    assert [call.valid_for for call in practice.gateway.calls] == [60]


def test_an_answer_to_a_text_just_received_may_arrive_at_night(sessions: Sessions) -> None:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"))
    practice.hears("HELP", at=ONE_MINUTE_TO_EIGHT)
    practice.at(ONE_MINUTE_TO_EIGHT)

    assert [call.valid_for > 60 for call in practice.gateway.calls] == [True]
