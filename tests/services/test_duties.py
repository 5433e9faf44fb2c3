from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from threading import Event

from coach.bootstrap import Coach
from coach.domain.consent import Consent
from coach.domain.rate import UNLIMITED
from coach.gateway.base import Heard, InboundSms, Outbound, Outcome
from coach.services.duties import DUTIES
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE
from coach.storage.tables import Message
from tests.people import ANA, CLINIC, CY, Practice, accept, nudge, reader_of

TEN = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)  # 10:00 in New York
NINE_HOURS = timedelta(hours=9)
STOP_WHILE_DOWN = Heard((InboundSms("SM" + "5" * 32, ANA, "+12025550100", "STOP"),), whole=True)
CUT_OFF = Heard((), whole=False, words="HTTP 503")


@dataclass
class Process:
    """One process whose duties are done one by one."""

    practice: Practice
    ending: Event = field(default_factory=Event)

    def does(self, name: str, at: datetime) -> list[str]:
        """The texts that left while the duty was done at `at`."""
        self.practice.clock.to(at)
        before = len(self.practice.gateway.calls)
        coach = Coach(
            sessions=self.practice.sessions,
            editions=self.practice.editions,
            gateway=self.practice.gateway,
            clinic=CLINIC,
            read_words=lambda: reader_of(self.practice.editions),
            now=self.practice.clock,
            public_base_url="https://coach.example.org",
            parallel_calls=1,
            rate=UNLIMITED,
        )
        next(duty for duty in DUTIES if duty.name == name).run(coach, EVERYONE)
        return self.practice.gateway.texts[before:]


def process(sessions: Sessions) -> Process:
    practice = Practice(sessions)
    practice.enrolls_ana(nudge("move"), nudge("calm", slot="evening"))
    return Process(practice)


def test_a_stop_that_came_while_coach_was_down_is_heard_before_anything_leaves(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.practice.gateway.heard = STOP_WHILE_DOWN
    left = ours.does("deliver", TEN)
    ours.does("sweep", TEN)
    ours.does("read", TEN)
    left += ours.does("deliver", TEN + timedelta(minutes=1))

    assert left == ["en stop"]
    assert {message.state for message in ours.practice.rows(Message) if message.purpose == "nudge"} == {"cancelled"}


def test_what_cannot_be_heard_keeps_nudges_waiting_and_answers_leave_all_the_same(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.practice.gateway.heard = CUT_OFF
    ours.practice.hears("HELP", at=TEN)
    ours.does("sweep", TEN)
    deaf = ours.does("deliver", TEN)
    ours.practice.gateway.heard = Heard((), whole=True)
    ours.does("sweep", TEN + timedelta(minutes=5))

    assert deaf == ["en help"]
    assert ours.does("deliver", TEN + timedelta(minutes=5)) == ["en move a Ana"]


def test_a_machine_that_slept_listens_first_and_one_that_did_not_goes_on(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.does("sweep", TEN - timedelta(minutes=10))
    ours.practice.gateway.heard = CUT_OFF
    before_it_listened = ours.does("deliver", TEN)
    ours.does("sweep", TEN)

    assert before_it_listened == []
    assert ours.does("deliver", TEN) == ["en move a Ana"]  # the list was read whole not long ago
    ours.does("sweep", TEN + NINE_HOURS)
    assert ours.does("deliver", TEN + NINE_HOURS) == []


def test_a_start_that_only_the_list_brings_does_not_undo_a_newer_stop(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.practice.hears("STOP", at=TEN)
    old = InboundSms("SM" + "6" * 32, ANA, "+12025550100", "START", sent_at=TEN - timedelta(minutes=5))
    ours.practice.gateway.heard = Heard((old,), whole=True)
    ours.does("sweep", TEN + timedelta(minutes=1))
    ours.does("read", TEN + timedelta(minutes=1))

    assert ours.practice.consent() is Consent.STOPPED


def test_a_machine_that_slept_in_a_call_listens_before_the_next_text(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.practice.hears("HELP", at=TEN)
    ours.does("sweep", TEN)

    def asleep(outbound: Outbound) -> Outcome:
        ours.practice.clock.forward(minutes=30)
        return accept(outbound)

    ours.practice.gateway.answer = asleep

    assert ours.does("deliver", TEN) == ["en help"]  # and not the nudge that is due as well


def test_a_nudges_call_that_hangs_holds_no_answer_to_danger_up(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.does("sweep", TEN)
    meanwhile: list[str] = []

    def hangs(outbound: Outbound) -> Outcome:
        if not meanwhile:
            meanwhile.append(outbound.text)
            ours.practice.hears("i want to kill myself", at=TEN, phone=CY)
            meanwhile.extend(ours.does("answer", TEN))
        return accept(outbound)

    ours.practice.gateway.answer = hangs
    ours.does("deliver", TEN)

    assert meanwhile[0] == "en move a Ana"
    assert "988" in meanwhile[1]


def test_in_the_hands_for_answers_no_nudge_leaves(sessions: Sessions) -> None:
    ours = process(sessions)
    ours.does("sweep", TEN)
    ours.practice.hears("HELP", at=TEN)

    assert ours.does("answer", TEN) == ["en help"]
