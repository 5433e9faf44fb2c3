from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from coach.domain.case import CaseCategory, CaseState
from coach.domain.delivery import MessageState
from coach.domain.page import hashed
from coach.domain.self_test import PHONE
from coach.gateway.base import Outbound, Outcome, Rejected, RejectionKind, Unsent
from coach.gateway.pager import PagerError
from coach.services.cases import acknowledge
from coach.services.page import page_due, page_failed
from coach.storage import messages
from coach.storage.database import Sessions
from coach.storage.tables import Message, Page
from coach.storage.tables.page import PageChannel
from tests.people import ANA, Practice
from tests.services.paging import BO, KIM, LINKS, TEN, Channel, Ward, clinic_of, seconds

MINUTE = timedelta(minutes=1)
FIRST = [(0, "Bo", "sms"), (0, "Bo", "email"), (0, "clinic", "webhook")]
NEXT = [(1, "Kim", "sms"), (1, "clinic", "webhook")]


def everybody(step: int) -> list[tuple[int, str, str]]:
    whom = [("Bo", "sms"), ("Bo", "email"), ("Kim", "sms"), ("clinic", "webhook")]
    return [(step, contact, channel) for contact, channel in whom]


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    return Ward(Practice(sessions))


def refuse(_: Outbound) -> Outcome:
    return Rejected("21211", RejectionKind.BAD_NUMBER, "no such number")


def test_one_is_paged_at_once_the_next_after_ten_minutes_and_all_after_thirty_and_again(ward: Ward) -> None:
    ward.opens()
    planned = {
        after: found
        for after in (0, 0.1, 5, 9.9, 10, 10.1, 20, 29.9, 30, 30.1, 59.9, 60, 61, 90)
        if (found := ward.round(TEN + after * MINUTE))
    }

    assert planned == {0: FIRST, 10: NEXT, 30: everybody(2), 60: everybody(3), 90: everybody(4)}
    assert [phone for phone, _ in ward.texts()] == [BO, KIM, BO, KIM, BO, KIM, BO, KIM]


def test_a_page_says_which_case_and_where_and_nothing_of_a_patient(ward: Ward) -> None:
    case_id = ward.opens()
    ward.round(TEN)
    text = ward.practice.gateway.calls[0]
    mail = ward.mail.notices[0]

    assert text.to == BO
    assert text.text.startswith(f"coach: case {case_id} needs you now. Acknowledge: https://coach.example.org/a/")
    assert len(text.text) <= 160
    assert (mail.to, mail.case_id) == ("bo@clinic.example", case_id)
    assert mail.link.startswith("https://coach.example.org/a/")
    assert len({text.text, mail.text, ward.webhook.notices[0].text}) == 3  # each has a link of its own


def test_links_are_kept_as_hashes_and_leave_the_message_once_it_has_left(ward: Ward) -> None:
    ward.opens()
    ward.round(TEN)
    token = ward.practice.gateway.calls[0].text.rpartition("/")[2]
    ward.round(TEN + seconds(5))
    page, message = ward.practice.rows(Page)[0], ward.practice.rows(Message)[0]

    assert page.token_hash == hashed(token)
    assert message.text is not None
    assert token not in message.text
    assert message.text.endswith("/a/...")


@pytest.mark.parametrize("end", ["refused", "acknowledged", "replaced"])
def test_a_text_that_does_not_leave_keeps_no_link_either(ward: Ward, end: str) -> None:
    case_id = ward.opens()
    ward.practice.gateway.answer = refuse if end == "refused" else lambda _: Unsent("no connection")
    ward.round(TEN)
    if end == "acknowledged":
        acknowledge(ward.practice.sessions, case_id, by="Kim", now=TEN + seconds(5))
    if end == "replaced":
        ward.round(TEN + 30 * MINUTE)
    first = ward.practice.rows(Message)[0]

    assert first.state in {MessageState.FAILED, MessageState.CANCELLED}
    assert (first.text or "").endswith("/a/...")


def test_what_became_of_a_page_by_sms_is_taken_over(ward: Ward) -> None:
    ward.opens()
    ward.round(TEN)
    before = ward.states()
    ward.round(TEN + seconds(5))

    assert set(before.values()) == {"sending", "sent"}
    assert ward.states() == dict.fromkeys(FIRST, "sent")


def test_where_no_channel_of_a_contact_gets_through_the_next_are_paged_at_once_and_the_case_says_why(
    ward: Ward,
) -> None:
    case_id = ward.opens()
    ward.mail.wrong = PagerError("the mail server did not answer")
    ward.practice.gateway.answer = refuse
    rounds = [ward.round(TEN + seconds(number)) for number in (0, 5, 10, 15)]

    assert rounds == [FIRST, NEXT, everybody(2), []]
    assert len(ward.webhook.notices) == 3
    assert "the page to Bo by e-mail did not leave: the mail server did not answer; it is tried again" in ward.lines(
        case_id
    )
    assert any(line.startswith("the page to Bo by SMS did not get through: ") for line in ward.lines(case_id))
    assert any(line.startswith("the page to Kim by SMS did not get through: ") for line in ward.lines(case_id))


def test_a_contact_whom_one_channel_reaches_is_given_their_ten_minutes(ward: Ward) -> None:
    ward.opens()
    ward.practice.gateway.answer = refuse
    rounds = [ward.round(TEN + seconds(number)) for number in (0, 5, 10, 300)]

    assert rounds == [FIRST, [], [], []]
    assert ward.states()[0, "Bo", "email"] == "sent"


def test_a_text_that_hangs_with_the_gateway_for_a_minute_counts_as_not_through_and_is_not_sent_twice(
    ward: Ward,
) -> None:
    ward.clinic = clinic_of({"name": "Bo", "phone": BO})
    ward.opens()
    ward.practice.gateway.answer = lambda _: Unsent("no connection")
    rounds = [ward.round(TEN + seconds(number)) for number in (0, 30, 61, 66)]

    assert [[step for step, _, channel in planned if channel == "sms"] for planned in rounds] == [[0], [], [1], []]
    assert ward.texts() == [(BO, "cancelled"), (BO, "planned")]
    assert ward.states()[0, "Bo", "sms"] == "failed"


def test_where_nobody_is_reached_at_all_everybody_is_paged_every_five_minutes_and_the_log_and_the_case_say_so(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    case_id = ward.opens()
    ward.mail.wrong = ward.webhook.wrong = PagerError("no answer")
    ward.practice.gateway.answer = refuse
    rounds = [ward.round(TEN + seconds(number)) for number in (0, 5, 10, 15, 309, 310, 315, 610)]
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]

    assert rounds == [FIRST, NEXT, everybody(2), [], [], everybody(3), [], everybody(4)]
    assert errors == [f"case {case_id}: paging step {step} reached nobody" for step in range(4)]
    assert ward.lines(case_id).count("nobody could be reached by the last pages; coach pages on") == 1


def test_trouble_that_lasts_is_a_line_an_hour(ward: Ward) -> None:
    case_id = ward.opens()
    ward.mail.wrong = ward.webhook.wrong = PagerError("no answer")
    ward.practice.gateway.answer = refuse
    for number in range(0, 140 * 60, 60):
        ward.round(TEN + seconds(number))

    assert ward.lines(case_id).count("nobody could be reached by the last pages; coach pages on") == 3
    assert len([line for line in ward.lines(case_id) if line.startswith("the page to Kim by SMS did not")]) == 3


def test_two_processes_page_nobody_twice(ward: Ward) -> None:
    ward.opens()

    def pages(_: int) -> None:
        ward.pages(TEN)

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(pages, range(4)))

    assert sorted(ward.states()) == sorted(FIRST)
    assert len(ward.practice.rows(Message)) == len(ward.mail.notices) == len(ward.webhook.notices) == 1


def test_an_empty_rota_without_a_webhook_is_visible_in_the_case_and_the_log(
    ward: Ward, caplog: pytest.LogCaptureFixture
) -> None:
    case_id = ward.opens()
    for number in (0, 5, 10):
        page_due(ward.practice.sessions, clinic_of(), {}, LINKS, now=TEN + seconds(number))

    assert any("the rota is empty (clinic.yaml)" in line for line in ward.lines(case_id))
    assert f"case {case_id}: paging step 0 reached nobody" in [record.message for record in caplog.records]


def test_a_contact_with_mail_alone_and_no_mail_server_is_visible_in_the_case(ward: Ward) -> None:
    ward.clinic = clinic_of({"name": "Lee", "email": "lee@clinic.example"})
    case_id = ward.opens()
    page_due(ward.practice.sessions, ward.clinic, {}, LINKS, now=TEN)

    assert "the page to Lee by e-mail did not leave: no mail server is set (COACH_SMTP_URL)" in ward.lines(case_id)


def test_a_text_that_does_not_arrive_after_all_is_known_to_its_page_once(ward: Ward) -> None:
    case_id = ward.opens()
    ward.round(TEN)
    ward.round(TEN + seconds(5))
    for _ in range(2):
        with ward.practice.sessions.write() as session:
            message = session.get_one(Message, ward.practice.rows(Message)[0].id)
            page_failed(session, message, "the phone is off", TEN + MINUTE)

    assert ward.states()[0, "Bo", "sms"] == "failed"
    assert ward.lines(case_id).count("the page to Bo by SMS did not get through: the phone is off") == 1


def test_acknowledging_stops_the_paging_and_calls_off_what_has_not_left(ward: Ward) -> None:
    case_id = ward.opens()
    ward.mail.wrong = PagerError("no answer")
    ward.pages(TEN)
    acknowledge(ward.practice.sessions, case_id, by="Nurse Bo", now=TEN + seconds(2))
    ward.mail.wrong = None
    rounds = [ward.round(TEN + after * MINUTE) for after in (0.1, 10, 30, 60)]

    assert rounds == [[], [], [], []]
    assert ward.practice.gateway.calls == []
    assert len(ward.mail.notices) == 1
    assert ward.practice.rows(Message)[0].state is MessageState.CANCELLED


def test_a_text_that_was_sent_and_did_not_arrive_lets_the_next_step_come_at_once(ward: Ward) -> None:
    ward.clinic = clinic_of({"name": "Bo", "phone": BO}, {"name": "Kim", "phone": KIM})
    ward.opens()
    ward.round(TEN)
    ward.round(TEN + seconds(5))
    with ward.practice.sessions.write() as session:
        message = session.get_one(Message, ward.practice.rows(Message)[0].id)
        messages.move(session, message, MessageState.UNDELIVERED, at=TEN + MINUTE, why="the phone is off")

    assert ward.round(TEN + MINUTE) == NEXT


def test_a_further_text_begins_a_round_of_its_own(ward: Ward) -> None:
    case_id = ward.opens()
    ward.round(TEN)
    acknowledge(ward.practice.sessions, case_id, by="Nurse Bo", now=TEN + MINUTE)
    ward.opens(at=TEN + 20 * MINUTE)

    assert ward.case(case_id).state is CaseState.OPEN
    assert ward.round(TEN + 20 * MINUTE) == FIRST
    assert ward.round(TEN + 30 * MINUTE) == NEXT


def test_a_case_that_can_wait_pages_nobody(ward: Ward) -> None:
    ward.opens(CaseCategory.WORSENING)

    assert ward.round(TEN) == []


def test_several_cases_are_paged_each_for_itself(ward: Ward) -> None:
    ward.opens()
    ward.opens(CaseCategory.RED_FLAG_SPINE, phone=ANA)

    assert ward.round(TEN) == [*FIRST, *FIRST]


def test_what_was_missed_while_coach_was_down_is_not_made_up_for(ward: Ward) -> None:
    ward.opens()
    ward.round(TEN)

    assert ward.round(TEN + 200 * MINUTE) == everybody(2)
    assert ward.round(TEN + 201 * MINUTE) == []


def test_the_self_tests_case_is_paged_to_its_receiver_alone_and_once(ward: Ward) -> None:
    ward.opens(phone=PHONE)
    receiver = Channel()
    channels = {PageChannel.TEST: receiver, PageChannel.EMAIL: ward.mail, PageChannel.WEBHOOK: ward.webhook}
    for after in (0, 0.1, 10, 30, 60):
        page_due(ward.practice.sessions, ward.clinic, channels, LINKS, now=TEN + after * MINUTE)

    assert [(one.contact, one.channel) for one in ward.practice.rows(Page)] == [("self-test", "test")]
    assert len(receiver.notices) == 1
    assert ward.mail.notices == ward.webhook.notices == []
