"""A crisis at 3 am while channels are down: over a real mail server and a real receiver, through the duties."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from coach.bootstrap import Coach
from coach.domain.case import CaseState
from coach.domain.clinic import Clinic
from coach.gateway.base import Outbound, Outcome, Rejected, RejectionKind
from coach.gateway.mail import MailPager
from coach.gateway.pager import Pager
from coach.gateway.webhook import WebhookPager
from coach.services.acknowledge import use_link
from coach.services.duties import DUTIES
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE
from coach.storage.tables import Case, CaseEntry
from coach.storage.tables.page import PageChannel
from tests.gateway.answering import free_port
from tests.gateway.receiving import Mailbox, Receiver, mail_server, webhook_receiver
from tests.people import Practice, accept, nudge, reader_of

THREE = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)  # 03:00 in New York
BO, KIM = "+12025550101", "+12025550102"
SECRET = "whsec_" + "A" * 32
SENDER = "coach@clinic.example"
CLINIC = Clinic.model_validate(
    {
        "name": "Hillside",
        "phone": "202-555-0100",
        "country": "US",
        "coverage": "hours",
        "hours": {"start": "09:00", "end": "17:00", "zone": "America/New_York"},
        "rota": [
            {"name": "Bo", "phone": BO, "email": "bo@clinic.example", "on_duty": {"start": "09:00", "end": "17:00"}},
            {"name": "Kim", "phone": KIM, "on_duty": {"start": "17:00", "end": "09:00"}},
        ],
    }
)
PATIENT = ("Ana", "Reyes", "0143", "die", "crisis", "suicid")


class Night:
    """One process in the night in which Ana writes words of danger."""

    def __init__(self, sessions: Sessions, pagers: dict[PageChannel, Pager]) -> None:
        self.practice = Practice(sessions)
        self.practice.enrolls_ana(nudge("move"))
        practice, reader = self.practice, reader_of(self.practice.editions, clinic=CLINIC)
        self.coach = Coach(
            sessions, practice.editions, practice.gateway, CLINIC, lambda: reader, practice.clock, "https://coach.example.org",
            pagers=pagers,
        )  # fmt: skip
        self.practice.hears("I want to die", at=THREE)

    def does(self, *seconds: float) -> None:
        """A round of the duties that page, at each of these seconds after three."""
        for second in seconds:
            self.practice.clock.to(THREE + timedelta(seconds=second))
            for duty in DUTIES:
                if duty.name in {"page", "page-out", "deliver", "reconcile"}:
                    duty.run(self.coach, EVERYONE)

    def to_contacts(self) -> list[tuple[str, str]]:
        return [(call.to, call.text) for call in self.practice.gateway.calls if call.to in {BO, KIM}]

    def lines(self) -> list[str]:
        return [entry.what for entry in self.practice.rows(CaseEntry)]


def refuse(outbound: Outbound) -> Outcome:
    if outbound.to in {BO, KIM}:
        return Rejected("30007", RejectionKind.BAD_MESSAGE, "filtered")
    return accept(outbound)


def mail_down() -> MailPager:
    return MailPager(f"smtp://127.0.0.1:{free_port()}", SENDER)


def test_with_mail_down_and_the_gateway_refusing_the_page_goes_by_webhook_and_its_link_ends_the_paging(
    sessions: Sessions,
) -> None:
    with webhook_receiver(Receiver()) as receiver:
        night = Night(
            sessions,
            {PageChannel.EMAIL: mail_down(), PageChannel.WEBHOOK: WebhookPager(receiver.url, SECRET)},
        )
        night.practice.gateway.answer = refuse
        night.does(0, 5, 10, 15)
        posts = [json.loads(post.body)["data"] for post in receiver.posts]
        token = posts[0]["acknowledge"].rpartition("/")[2]
        use_link(sessions, token, now=THREE + timedelta(seconds=40))
        night.does(45, 600, 1800, 3600)
    called = [phone for phone, _ in night.to_contacts()]

    assert called == [KIM, BO, KIM, BO]  # who is on duty at night, the next, and everybody: within seconds
    assert [post["step"] for post in posts] == [0, 1, 2]
    assert len(receiver.posts) == 3
    assert night.practice.rows(Case)[0].state is CaseState.ACKNOWLEDGED
    assert any(line.startswith("the page to Bo by e-mail did not leave: the mail server at") for line in night.lines())


def test_with_everything_down_the_case_and_the_log_say_so_and_it_is_tried_on(
    sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    gone = WebhookPager(f"http://127.0.0.1:{free_port()}", SECRET)
    night = Night(sessions, {PageChannel.EMAIL: mail_down(), PageChannel.WEBHOOK: gone})
    night.practice.gateway.answer = refuse
    night.does(0, 5, 10, 15, 315)
    errors = [record.message for record in caplog.records if record.levelname == "ERROR"]

    assert errors == [f"case 1: paging step {step} reached nobody" for step in range(3)]
    assert night.lines().count("nobody could be reached by the last pages; coach pages on") == 1


def test_when_the_gateway_is_back_the_next_round_reaches_everybody_once(sessions: Sessions) -> None:
    night = Night(sessions, {PageChannel.EMAIL: mail_down()})
    night.practice.gateway.answer = refuse
    night.does(0, 5, 10, 15)
    refused = len(night.to_contacts())
    night.practice.gateway.answer = accept
    night.does(310, 315, 320, 600)

    assert [phone for phone, _ in night.to_contacts()[refused:]] == [KIM, BO]


def test_no_channel_carries_anything_of_the_patient(sessions: Sessions) -> None:
    with mail_server(Mailbox()) as mailbox, webhook_receiver(Receiver()) as receiver:
        night = Night(
            sessions,
            {
                PageChannel.EMAIL: MailPager(mailbox.url, SENDER),
                PageChannel.WEBHOOK: WebhookPager(receiver.url, SECRET),
            },
        )
        night.does(0, 600, 1800)
    carried = [text.partition("/a/")[0] for _, text in night.to_contacts()]
    carried += [str(mail).partition("/a/")[0] for mail in mailbox.mails]
    carried += [post.body.decode().partition("/a/")[0] for post in receiver.posts]

    assert len(carried) == 4 + 2 + 3
    assert [word for word in PATIENT for text in carried if word in text] == []
