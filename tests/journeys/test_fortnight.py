"""A fortnight of three people in virtual time, over real HTTP: the promises, read off the sandbox's ledger."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from urllib.parse import parse_qs, urlsplit
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select
from sqlmodel import col

from coach.bootstrap import build
from coach.content.folders import messages_folder, program_file
from coach.content.publication import compile_program
from coach.domain.delivery import PER_DAY, PER_WEEK, Purpose
from coach.rehearsal.cast import BEN, PEOPLE, ROSA, START
from coach.rehearsal.demo import Demo
from coach.rehearsal.run import demo_settings, prepare
from coach.rehearsal.server import listen, serving, side_by_side
from coach.rehearsal.time import VirtualClock
from coach.sandbox.app import create_app as create_sandbox_app
from coach.sandbox.ledger import Created
from coach.sandbox.provider import Account, Sandbox
from coach.sandbox.webhook import SignedPoster
from coach.services.close import close_overdue
from coach.storage.tables import Answer, Attempt, Message
from coach.web.app import create_app

ZONES = {person.phone: ZoneInfo(person.zone) for person in PEOPLE}
PROGRAM = program_file("steady-steps")
SLOTS = {time(9, 30), time(12, 30), time(17, 30)}
CLOCKS_CHANGE = date(2026, 3, 8)  # in New York and Denver
STOPPED_ON = 5  # Ben's day


@dataclass(frozen=True)
class Sent:
    """One text that the provider took, with the message that it was."""

    call: Created
    message: Message

    @property
    def local(self) -> datetime:
        return self.call.at.astimezone(ZONES[self.call.to])


@dataclass(frozen=True)
class Lived:
    """What the ledger and the database hold when the fortnight is over."""

    sent: list[Sent]
    heard: dict[str, list[datetime]]  # number -> when its owner wrote
    answered: dict[int, datetime]  # question -> its first answer
    stopped_at: datetime

    def of(self, *purposes: Purpose) -> list[Sent]:
        return [one for one in self.sent if one.message.purpose in purposes]


@pytest.fixture(scope="module")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Lived]:
    listener = listen(0)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    clock = VirtualClock(START)
    coach = build(demo_settings(tmp_path_factory.mktemp("fortnight") / "coach.db", address), now=clock)
    poster = SignedPoster(Account().auth_token)
    sandbox = Sandbox(clock, inbound_url=f"{address}/sms/inbound", poster=poster)
    publication = compile_program(PROGRAM, messages_folder(PROGRAM))
    demo = Demo(coach, sandbox, clock, say=lambda _line: None, pause=lambda _seconds: None, waits=False)
    with serving(side_by_side(create_app(coach), create_sandbox_app(sandbox)), listener):
        prepare(coach, publication)
        demo.enroll_everybody(publication.program)
        demo.live(STOPPED_ON)
        sandbox.text_from(BEN.phone, "STOP")
        stopped_at = clock()
        demo.live(14)
    close_overdue(coach.sessions, now=clock())
    with coach.sessions.read() as session:
        rows = session.execute(select(Attempt, Message).join(Message, col(Message.id) == col(Attempt.message_id)))
        messages = {attempt.token: message for attempt, message in rows}
        answers = session.execute(select(Answer).order_by(col(Answer.at).desc())).scalars()
        answered = {answer.question_id: answer.at for answer in answers}
    yield Lived(
        [Sent(call, messages[attempt_of(call)]) for call in sandbox.ledger.accepted()],
        {phone.number: [one.at for one in bubbles if one.mine] for phone, bubbles in sandbox.phones()},
        answered,
        stopped_at,
    )
    poster.close()
    coach.sessions.engine.dispose()


def attempt_of(call: Created) -> str:
    return parse_qs(urlsplit(dict(call.form)["StatusCallback"]).query)["attempt"][0]


def test_there_was_a_fortnight_to_look_at(lived: Lived) -> None:
    assert len(lived.of(Purpose.NUDGE)) > 15
    assert lived.of(Purpose.REMINDER)
    assert lived.of(Purpose.CHECK_IN)
    assert len(lived.answered) > 10


def test_nothing_leaves_in_quiet_hours_but_the_answer_to_a_text_just_received(lived: Lived) -> None:
    at_night = [one for one in lived.sent if not time(9) <= one.local.time() < time(20)]

    for one in at_night:
        assert any(timedelta(0) <= one.call.at - at <= timedelta(minutes=15) for at in lived.heard[one.call.to])


def test_no_day_and_no_week_has_more_than_the_limits(lived: Lived) -> None:
    days = Counter((one.call.to, one.local.date()) for one in lived.of(*PER_DAY))
    weeks = Counter(
        (one.call.to, one.local.date() + timedelta(days=later)) for one in lived.of(*PER_WEEK) for later in range(7)
    )

    assert max(days.values()) <= 2
    assert max(weeks.values()) <= 16


def test_no_nudge_comes_twice_to_one_person(lived: Lived) -> None:
    texts = Counter((one.call.to, dict(one.call.form)["Body"]) for one in lived.of(Purpose.NUDGE))

    assert max(texts.values()) == 1
    assert max(Counter(one.message.id for one in lived.sent).values()) == 1


def test_after_stop_one_confirmation_leaves_and_nothing_else(lived: Lived) -> None:
    after = [one for one in lived.sent if one.call.to == BEN.phone and one.call.at >= lived.stopped_at]

    assert [(one.message.purpose, one.message.name) for one in after] == [(Purpose.KEYWORD, "stop")]


def test_no_reminder_follows_an_answer(lived: Lived) -> None:
    for one in lived.of(Purpose.REMINDER):
        assert one.message.question_id is not None
        assert lived.answered.get(one.message.question_id, one.call.at) >= one.call.at


def test_texts_keep_their_local_time_when_the_clocks_change(lived: Lived) -> None:
    texts = lived.of(Purpose.NUDGE, Purpose.CHECK_IN)
    due = [one.message.due_at.astimezone(ZONES[one.call.to]) for one in texts]
    rosa = [one.local for one in texts if one.call.to == ROSA.phone and one.local.time() >= time(17)]

    assert {moment.time() for moment in due} <= SLOTS
    assert {moment.time().replace(second=0, microsecond=0) for moment in rosa} == {time(17, 30)}
    assert len({moment.utcoffset() for moment in rosa}) == 2
    assert min(moment.date() for moment in rosa) < CLOCKS_CHANGE < max(moment.date() for moment in rosa)
