"""Ana turns her dial, her team helps, the provider has its days and time goes by: the rules of a machine."""

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from zoneinfo import ZoneInfo

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, precondition, rule
from sqlalchemy import Engine, func, select
from sqlmodel import col

from coach.bootstrap import Coach
from coach.content.answers import load_answers
from coach.domain.errors import CoachError
from coach.gateway.base import (
    Receipt,
)
from coach.services import cases, spells
from coach.services.answer_danger import Answering
from coach.services.care import lift_hold
from coach.services.confirm import confirm
from coach.services.duties import DUTIES
from coach.services.edit import Change, edit
from coach.services.enroll import enroll
from coach.services.publish import publish
from coach.services.read import Reader, read_unread
from coach.services.receive import receive
from coach.storage.database import Sessions
from coach.storage.messages import EVERYONE
from coach.storage.tables import Attempt, Case, Enrollment, Message
from tests.people import CLINIC, Practice, SteppedClock, ana_in, asks, nudge, publication, rules
from tests.services.witness import FATES, Provider

BO = "Nurse Bo"
SECOND, MINUTE, DAY = timedelta(seconds=1), timedelta(minutes=1), timedelta(days=1)
STARTS = [  # the morning and the afternoon of a Monday in New York, and the eves of its clocks' changes
    datetime(2026, 11, 23, 11, tzinfo=UTC),
    datetime(2026, 11, 23, 20, tzinfo=UTC),
    datetime(2026, 10, 31, 10, tzinfo=UTC),
    datetime(2027, 3, 13, 11, tzinfo=UTC),
]
ZONES = ["America/New_York", "Europe/Madrid", "Asia/Kolkata", "Pacific/Auckland", "America/Los_Angeles"]
STOPS, STARTING = ["STOP", "alto"], ["START", "YES", "RESUME", "reanudar"]
DANGER = "i want to kill myself"
TURNS = [
    "PAUSE", "pausa 2", "PAUSE 8", "RESUME", "reanudar", "FLARE", "brote", "BETTER", "mejor", "LESS", "menos",
    "MORE", "mas", "LATER", "luego", "TIME 6:15 pm", "hora 10:00", "TIME", "TIME 23:00", "MORNINGS",
    "por las tardes", "LANGUAGE", "idioma", "NO WEEKENDS", "sin fines de semana", "WEEKENDS", "PROGRESS", "progreso",
]  # fmt: skip
ANSWERS = ["done", "hecho", "5", "30", "skip", "HELP", "banana", "thank you, see you on Monday", "done, 6"]
ROUND = ("sweep", "read", "close", "plan", "alert", "answer", "deliver", "reconcile")
DAYS_OF_THE_PROVIDER = st.lists(st.sampled_from(FATES[1:]), min_size=1, max_size=3)
CHANGES = st.builds(
    lambda slot, hour: Change(slots={slot: f"{hour:02}:40"}),
    st.sampled_from(["morning", "midday", "afternoon", "evening"]),
    st.integers(8, 19),
) | st.builds(lambda preset: Change(presets={1: preset}), st.sampled_from(["standard", "light", "check_ins_only"]))
WEEKS = list(range(1, 9))
MANY = [f"w{number}" for number in range(60)]
ITEM = {"variants": ["a", "b"], "answer": asks("scale_0_10", within=300, reminder=60)}
OWN = {
    "instead": [{"when": {"in_flare": True}, "variants": ["soft-1", "soft-2"]}],
    "follow_ups": [{"answers": ["done", "not_done"], "variants": ["after-1", "after-2"]}],
}
STEPS = partial(
    publication,
    nudge("move", weeks=WEEKS, variants=MANY, send_within=180, answer=asks("done", within=240, reminder=60), **OWN),
    nudge("walk", weeks=WEEKS, variants=MANY, slot="midday", answer=asks("minutes", within=240, reminder=90)),
    nudge("calm", weeks=WEEKS, variants=MANY, slot="evening", when={"in_flare": False}),
    weeks=8,
    feedback=True,
    limits={"per_day": 4, "per_week": 26, "minutes_between": 60, "segments": {"en": 1, "es": 2}},
    presets={"light": {"without": ["calm"]}},
    check_ins=[
        {
            "name": "week",
            "weeks": WEEKS,
            "days": ["wed", "sun"],
            "slot": "afternoon",
            "items": [{"name": "pain", "measure": "pain", **ITEM}, {"name": "mood", "weeks": [2, 3], **ITEM}],
        }
    ],
)
NIGHTS = publication(
    nudge("rest", weeks=WEEKS, variants=MANY, slot="afternoon"),
    name="good-nights",
    weeks=8,
    hours={"start": "10:00", "end": "19:00"},
    limits={"per_day": 2, "per_week": 8, "minutes_between": 90, "segments": {"en": 1, "es": 2}},
)


@cache
def answering() -> Answering:
    return Answering(load_answers(), CLINIC)


class Life(RuleBasedStateMachine):
    """Ana, her team, her provider and the clock: what may happen, in any order. Nothing is judged here."""

    def __init__(self, engine: Engine) -> None:
        super().__init__()
        self.clock = SteppedClock()
        self.provider = Provider(clock=self.clock)
        self.practice = Practice(Sessions(engine), gateway=self.provider, clock=self.clock)
        self.sessions, self.editions = self.practice.sessions, self.practice.editions
        self.coach = Coach(
            sessions=self.sessions,
            editions=self.editions,
            gateway=self.provider,
            clinic=CLINIC,
            read_words=lambda: Reader(self.editions, rules(), answering()),
            now=self.clock,
            public_base_url="https://coach.example.org",
            parallel_calls=1,
        )
        self.joined: datetime | None = None
        self.read_through = 0  # texts of hers that came before the last whole round

    @initialize(
        start=st.sampled_from(STARTS),
        zone=st.sampled_from(ZONES[:1]) | st.sampled_from(ZONES),
        confirmed=st.sampled_from([True, True, False]),
        fates=st.just([]) | DAYS_OF_THE_PROVIDER,
    )
    def begins(self, start: datetime, zone: str, fates: Sequence[str], *, confirmed: bool) -> None:
        self.clock.to(start)
        self.confirmed = confirmed
        self.zones = [(start, ZoneInfo(zone))]
        self.provider.fates = [FATES[0], *fates]
        ana_in(self.sessions, self.editions, STEPS(), now=start, start=self.today(), zone=zone, confirmed=confirmed)
        self.does(ROUND)

    # What happens.

    @rule(words=st.sampled_from(TURNS), way=st.sampled_from(["webhook", "webhook", "unread", "swept"]))
    def turns(self, words: str, way: str) -> None:
        self.says(words, way)

    @rule(words=st.sampled_from(ANSWERS), way=st.sampled_from(["webhook", "webhook", "unread", "swept"]))
    def answers(self, words: str, way: str) -> None:
        self.says(words, way)

    @rule(
        words=st.sampled_from([*STOPS, *STARTING, DANGER]),
        way=st.sampled_from(["webhook", "unread", "swept"]),
    )
    def decides(self, words: str, way: str) -> None:
        self.says(words, way)

    @rule(words=st.lists(st.sampled_from([*TURNS, *ANSWERS]), min_size=2, max_size=4), gap=st.sampled_from([0, 1, 25]))
    def writes_a_few(self, words: Sequence[str], gap: int) -> None:
        for one in words:
            self.says(one, "webhook")
            self.lives(gap * MINUTE)

    def says(self, words: str, way: str) -> None:
        """It comes by webhook and is read at once, or a little later, or only the provider's list brings it."""
        self.clock.forward(seconds=1)
        sms = self.provider.hears(words)
        if way != "swept":
            receive(self.sessions, sms, now=self.clock.at)
        if way == "webhook":
            read_unread(self.sessions, self.coach.reader, now=self.clock.at, limit=2)
        self.clock.forward(seconds=1)
        self.does(("answer", "deliver"))

    @rule(minutes=st.sampled_from([1, 12, 45, 130, 300]))
    def minutes_go_by(self, minutes: int) -> None:
        self.lives(minutes * MINUTE)

    @rule(days=st.sampled_from([0.7, 1, 2, 3]))
    def days_go_by(self, days: float) -> None:
        self.lives(days * DAY)

    @rule(fates=DAYS_OF_THE_PROVIDER, is_listing=st.booleans())
    def the_provider_has_its_days(self, fates: Sequence[str], *, is_listing: bool) -> None:
        self.provider.fates, self.provider.is_listing = [FATES[0], *fates], is_listing

    @precondition(lambda self: any(one.left for one in self.provider.ledger))
    @rule(back=st.integers(0, 3), status=st.sampled_from(["sent", "delivered", "delivered", "undelivered", "failed"]))
    def a_receipt_comes(self, back: int, status: str) -> None:
        left = [number for number, one in enumerate(self.provider.ledger) if one.left]
        number = left[-1 - back % len(left)]
        news = Receipt(self.provider.sid(number), status)
        attempt = self.provider.ledger[number].outbound.attempt
        confirm(self.sessions, self.provider.sender, attempt, news, now=self.clock.forward(seconds=1))

    @rule(change=CHANGES)
    def the_team_changes_her_times_or_pace(self, change: Change) -> None:
        self.team(partial(edit, self.sessions, self.editions, 1, change, by=BO))

    @rule(zone=st.sampled_from(ZONES))
    def she_travels(self, zone: str) -> None:
        self.team(partial(edit, self.sessions, self.editions, 1, Change(zone=zone), by=BO))
        self.zones.append((self.clock.at, ZoneInfo(zone)))

    @rule(days=st.sampled_from([0, 1, 3, 9]))
    def the_team_pauses_or_resumes(self, days: int) -> None:
        if days:
            self.team(partial(spells.pause, self.sessions, self.editions, 1, days=days, by=BO))
        else:
            self.team(partial(spells.resume, self.sessions, self.editions, 1, by=BO))

    @rule(lift=st.sampled_from([True, True, False]))
    def the_team_holds_or_closes_what_is_open_and_lifts(self, *, lift: bool) -> None:
        if not lift:
            self.team(partial(spells.hold, self.sessions, 1, by=BO))
            return
        for case in self.practice.rows(Case):
            close = partial(cases.resolve, self.sessions, case.id or 0, by=BO, note="spoke with her", lift_hold=True)
            self.team(close)
        self.team(partial(lift_hold, self.sessions, 1, by=BO))

    @rule(title=st.sampled_from(["Small Steps", "Small Steps, again"]))
    def the_program_is_published_anew(self, title: str) -> None:
        publish(self.sessions, STEPS(title={"en": title, "es": "Pasos"}), author=BO, now=self.clock.at)

    @precondition(lambda self: self.joined is None)
    @rule()
    def she_joins_a_second_program(self) -> None:
        publish(self.sessions, NIGHTS, author=BO, now=self.clock.at)
        self.joined = self.clock.forward(seconds=1)
        facts = {"patient_id": 1, "program": "good-nights", "preset": "standard", "seed": 3}
        enroll(self.sessions, self.editions, start=self.today(), now=self.clock.at, **facts)  # type: ignore[arg-type]
        self.does(ROUND)

    def team(self, act: Callable[..., object]) -> None:
        """What makes no sense as things stand is refused, and changes nothing."""
        try:
            act(now=self.clock.forward(seconds=1))
        except CoachError:
            return

    # How time goes by.

    def does(self, names: Sequence[str]) -> None:
        """These duties, once, in coach's own order."""
        for duty in DUTIES:
            if duty.name in names:
                duty.run(self.coach, EVERYONE)
        if names == ROUND:
            self.whole_round_at, self.read_through = self.clock.at, len(self.provider.inbox)

    def lives(self, span: timedelta) -> None:
        """A round of duties whenever something is due, as coach's clock would have it, and one at the end."""
        end = self.clock.at + span
        while self.clock.at < end:
            self.clock.to(min(end, self._next_moment()))
            self.does(ROUND)

    def _next_moment(self) -> datetime:
        now = self.clock.at
        coming, in_doubt = col(Message.state) == "planned", col(Attempt.provider_id).is_(None)
        asked = (
            select(func.min(col(Message.next_at))).where(coming, col(Message.next_at) > now),
            select(func.min(col(Attempt.look_at))).where(in_doubt, col(Attempt.look_at) > now),
            select(func.min(col(Enrollment.plan_at))).where(col(Enrollment.plan_at) > now),
        )
        with self.sessions.read() as session:
            soonest = [session.execute(query).scalar_one() for query in asked]
        return min((one for one in soonest if one is not None), default=now + DAY)

    def zone_at(self, moment: datetime) -> ZoneInfo:
        """Where she lived then."""
        return [zone for since, zone in self.zones if since <= moment][-1]

    def today(self) -> date:
        return self.clock.at.astimezone(self.zones[-1][1]).date()
