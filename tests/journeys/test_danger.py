"""Words of danger all the way, over real HTTP, with what should help out of order; and STOP against a send."""

import base64
import json
import random
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from sqlalchemy import select

from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.gateway.base import InboundSms
from coach.gateway.mail import MailPager
from coach.gateway.webhook import WebhookPager
from coach.sandbox.faults import Fault, FaultKind
from coach.sandbox.ledger import Created
from coach.services.deliver import deliver_due
from coach.services.read import read_reply
from coach.services.receive import receive
from coach.storage import ledger
from coach.storage.database import Sessions
from coach.storage.tables import Case, CaseEntry, Message
from coach.storage.tables.page import PageChannel
from tests.gateway.answering import free_port
from tests.journeys.troubled import Troubled, number, troubled
from tests.people import ANA, nudge, publication, reader_of

SECRET = "whsec_" + base64.b64encode(b"s" * 32).decode()
BO = "+12025550101"
ROTA = [{"name": "Bo", "phone": BO, "email": "bo@clinic.example"}]
CLINIC = Clinic.model_validate({"name": "Hillside", "phone": "202-555-0100", "country": "US", "rota": ROTA})


@dataclass
class OnCall:
    """An on-call service: it takes what is posted, and keeps it."""

    url: str
    posted: list[dict[str, object]] = field(default_factory=list)


@contextmanager
def on_call() -> Iterator[OnCall]:
    service = OnCall("")

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            service.posted.append(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    service.url = f"http://127.0.0.1:{server.server_address[1]}/pages"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield service
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def dead_mail() -> MailPager:
    return MailPager(f"smtp://127.0.0.1:{free_port()}", "coach@clinic.example", timeout=2)


def rounds(trouble: Troubled, *minutes: float) -> None:
    for span in minutes:
        trouble.forward(minutes=span)
        trouble.round()


def texts_to(trouble: Troubled, phone: str) -> list[str]:
    return [body_of(call) for call in trouble.sandbox.ledger.accepted() if call.to == phone]


def body_of(call: Created) -> str:
    return dict(call.form)["Body"]


def test_a_crisis_at_3_am_with_the_gateway_and_the_mail_server_down_reaches_the_on_call_service_then_everybody(
    sessions: Sessions,
) -> None:
    with on_call() as service:
        pagers = {PageChannel.EMAIL: dead_mail(), PageChannel.WEBHOOK: WebhookPager(service.url, SECRET)}
        program = publication(nudge("move", days=["tue"]))
        with troubled(sessions, program, clinic=CLINIC, pagers=pagers) as trouble:
            trouble.forward(hours=21)
            trouble.sandbox.faults.order(Fault(FaultKind.ERROR_BEFORE, count=None))
            trouble.sandbox.text_from(ANA, "cant do this anymore. i want to die")
            rounds(trouble, 0, 0.1)

            assert texts_to(trouble, ANA) == []
            assert [post["data"]["case"] for post in service.posted] == [1]  # type: ignore[index]  # JSON
            assert "want to die" not in json.dumps(service.posted)

            trouble.sandbox.faults.lift()
            rounds(trouble, 6, 5)

            assert len(texts_to(trouble, ANA)) == 1
            assert "988" in texts_to(trouble, ANA)[0]
            assert [text.startswith("coach: case 1 needs you now") for text in texts_to(trouble, BO)][:1] == [True]
            assert len(trouble.sandbox.ledger.accepted()) == 1 + len(texts_to(trouble, BO))  # and no nudge


def test_where_nothing_gets_through_the_case_says_so_and_the_answer_still_leaves_when_the_gateway_is_back(
    sessions: Sessions, caplog: pytest.LogCaptureFixture
) -> None:
    pagers = {PageChannel.EMAIL: dead_mail()}
    with troubled(sessions, publication(nudge("move", days=["tue"])), clinic=CLINIC, pagers=pagers) as trouble:
        trouble.forward(hours=21)
        trouble.sandbox.faults.order(Fault(FaultKind.REFUSED, code=30005, to=BO, count=None))
        trouble.sandbox.faults.order(Fault(FaultKind.ERROR_BEFORE, to=ANA, count=None))
        trouble.sandbox.text_from(ANA, "me quiero morir")
        rounds(trouble, 0, 0.1, 1, 5)
        with sessions.read() as session:
            said = [entry.what for entry in session.execute(select(CaseEntry)).scalars()]

        assert any("the page to Bo by SMS did not get through" in words for words in said)
        assert any("mail" in words for words in said)
        assert any(record.levelname == "ERROR" and "nobody" in record.getMessage() for record in caplog.records)

        trouble.sandbox.faults.lift()
        rounds(trouble, 6, 5)

        assert len(texts_to(trouble, ANA)) == 1


def test_crisis_and_stop_in_one_text_get_the_safety_answer_the_confirmation_and_nothing_after(
    sessions: Sessions,
) -> None:
    with troubled(sessions, publication(nudge("move", days=["mon", "tue"])), clinic=CLINIC) as trouble:
        trouble.forward(hours=3)
        trouble.sandbox.text_from(ANA, "STOP, i want to die")
        rounds(trouble, 0, 1, 60, 60, 24 * 60)
        with sessions.read() as session:
            case = session.execute(select(Case)).scalar_one()
            standing = ledger.standing(session, ANA)

        assert standing is Consent.STOPPED
        assert (case.category, case.state) == ("crisis_suicide", "open")
        assert sorted(text[:8] for text in texts_to(trouble, ANA)) == ["It sound", "en stop"]


@pytest.mark.parametrize("seed", range(3))
def test_stop_against_a_send_on_two_threads_lets_nothing_leave_that_was_cancelled(
    sessions: Sessions, seed: int
) -> None:
    people = 12
    with troubled(sessions, publication(nudge("move", days=["mon"])), people=people) as trouble:
        trouble.clock.forward(hours=4)
        coach, numbers = trouble.coach, [number(43 + place) for place in range(people)]
        random.Random(seed).shuffle(numbers)  # noqa: S311 (an order, no secret)
        ready = threading.Barrier(2)

        def stops() -> None:
            ready.wait()
            for place, phone in enumerate(numbers):
                sms = InboundSms(f"SM{seed:016x}{place:016x}", phone, "+12025550100", "STOP")
                reply_id = receive(coach.sessions, sms, now=coach.now())
                assert reply_id is not None
                read_reply(coach.sessions, reader_of(coach.editions), reply_id, now=coach.now())

        def sends() -> None:
            ready.wait()
            deliver_due(coach.sessions, coach.editions, coach.gateway, CLINIC, now=coach.now, parallel=2)

        threads = [threading.Thread(target=work) for work in (stops, sends)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        deliver_due(coach.sessions, coach.editions, coach.gateway, CLINIC, now=coach.now, parallel=2)

        nudged = {call.to for call in trouble.sandbox.ledger.accepted() if "move" in body_of(call)}
        with sessions.read() as session:
            moves = session.execute(select(Message).where(Message.name == "move")).scalars().all()  # type: ignore[arg-type]  # SQL
            standing = {phone: ledger.standing(session, phone) for phone in numbers}
            left = {number(43 + message.patient_id - 1) for message in moves if message.patient_id and _left(message)}

        assert set(standing.values()) == {Consent.STOPPED}
        assert nudged == left
        assert {message.state for message in moves} <= {MessageState.CANCELLED, MessageState.ACCEPTED}
        goodbyes = [call.to for call in trouble.sandbox.ledger.accepted() if body_of(call) == "en stop"]
        assert sorted(goodbyes) == sorted(numbers)


def _left(message: Message) -> bool:
    return message.state is not MessageState.CANCELLED
