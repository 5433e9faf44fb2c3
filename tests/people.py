"""The cast: Ana (a patient), Nurse Bo (the care team), Cy (a stranger); their program, gateway and clock."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from threading import Lock
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel, col

from coach.content.answers import load_answers
from coach.content.messages import Needed, needed
from coach.content.publication import Publication
from coach.content.safety import load_rules
from coach.content.templates import FEEDBACK_KEYS, SHARED_KEYS
from coach.domain.clinic import Clinic
from coach.domain.consent import Consent
from coach.domain.delivery import MessageState
from coach.domain.normal import Line
from coach.domain.program import Program
from coach.domain.safety import Rules
from coach.domain.spelling import Speller
from coach.gateway.base import Accepted, Heard, InboundSms, Outbound, Outcome, Receipt, SentList
from coach.services.answer_danger import Answering
from coach.services.close import close_overdue
from coach.services.deliver import deliver_due
from coach.services.editions import Editions
from coach.services.enroll import add_patient, enroll
from coach.services.plan import plan
from coach.services.publish import publish
from coach.services.read import Reader, read_reply
from coach.services.receive import receive
from coach.services.reconcile import reconcile
from coach.storage import ledger, patients
from coach.storage.database import Sessions
from coach.storage.tables import Message, Reply

Stored = TypeVar("Stored", bound=SQLModel)

ANA = "+12025550143"
CY = "+12025550177"
MONDAY = date(2026, 11, 23)
MONDAY_6AM = datetime(2026, 11, 23, 11, 0, tzinfo=UTC)  # 06:00 in New York, before any text may leave
CLINIC = Clinic(name="Hillside Clinic", phone="202-555-0100", country="US")
NOTHING_SENT, NOTHING_HEARD = SentList((), whole=True), Heard((), whole=True)
DIALS = {  # what these say, beside their names
    "dial_pause": " {{ until }}",
    "dial_pause_longest": " {{ until }} {{ days }}",
    "dial_resume": " {{ next }}",
    "dial_flare": " {{ goal }}",
    "dial_better": " {{ goal }}",
    "dial_less": " {{ count }} {{ next }}",
    "dial_more": " {{ count }}",
    "dial_later": " {{ at }}",
    "dial_time": " {{ at }} {{ next }}",
    "dial_time_hours": " {{ first }} {{ last }}",
    "dial_no_weekends": " {{ next }}",
    "progress": " {{ answers }} {{ minutes }} {{ days }} {{ done }} {{ kind }} {{ more }} {{ goal }}",
}
FEEDBACK = {
    **dict.fromkeys(("minutes_reached", "minutes_part", "minutes_over"), " {{ minutes }} of {{ goal }}"),
    "minutes_baseline": " {{ minutes }}",
    "minutes_more": " {{ minutes }} after {{ before }}",
    "done_again": " {{ times }}",
    "pain_less": " {{ now }} after {{ before }}",
}


@dataclass
class SteppedClock:
    """A clock that stands still until it is moved."""

    at: datetime = MONDAY_6AM

    def __call__(self) -> datetime:
        return self.at

    def to(self, at: datetime) -> datetime:
        self.at = at
        return at

    def forward(self, **span: float) -> datetime:
        return self.to(self.at + timedelta(**span))


def accept(outbound: Outbound) -> Outcome:
    return Accepted(f"SM{abs(hash(outbound.attempt)):032x}"[:34], "accepted")


@dataclass
class RecordingGateway:
    """Answers each call as told, and remembers all of them."""

    answer: Callable[[Outbound], Outcome] = accept
    calls: list[Outbound] = field(default_factory=list)
    sent: SentList = NOTHING_SENT  # what its list shows
    statuses: dict[str, Receipt] = field(default_factory=dict)
    heard: Heard = NOTHING_HEARD
    sender: str = "MG-recording"
    _lock: Lock = field(default_factory=Lock)

    def send(self, outbound: Outbound) -> Outcome:
        with self._lock:
            self.calls.append(outbound)
        return self.answer(outbound)

    def sent_to(self, phone: str, since: datetime) -> SentList:  # noqa: ARG002 (the gateway's signature)
        return self.sent

    def status_of(self, provider_id: str) -> Receipt | None:
        return self.statuses.get(provider_id)

    def heard_since(self, since: datetime) -> Heard:  # noqa: ARG002 (likewise)
        return self.heard

    def verify(self, url: str, form: Iterable[tuple[str, str]], signature: str | None) -> bool:
        return signature == f"signed {url} {len(list(form))}"

    @property
    def texts(self) -> list[str]:
        return [call.text for call in self.calls]


def nudge(name: str, **changes: Any) -> dict[str, Any]:
    """A nudge on every day of the week at its slot, with six wordings."""
    return {
        "name": name,
        "kind": "exercise",
        "weeks": [1, 2, 3, 4],
        "days": ["mon", "tue", "wed", "thu", "fri", "sat", "sun"],
        "slot": "morning",
        "variants": ["a", "b", "c", "d", "e", "f"],
        **changes,
    }


def asks(kind: str, **changes: Any) -> dict[str, Any]:
    return {"kind": kind, "within": 720, "reminder": 180, **changes}


def publication(*nudges: dict[str, Any], **changes: Any) -> Publication:
    """A small program in English and Spanish, with a text for everything that it names."""
    document = {
        "name": "small-steps",
        "title": {"en": "Small Steps", "es": "Pasos"},
        "languages": ["en", "es"],
        "weeks": 4,
        "slots": {"morning": "09:30", "midday": "12:30", "afternoon": "16:00", "evening": "18:30"},
        "hours": {"start": "09:00", "end": "20:00"},
        "limits": {"per_day": 3, "per_week": 20, "minutes_between": 60, "segments": {"en": 1, "es": 2}},
        "feedback": False,  # where a story is not about the kind line after an answer
        "nudges": list(nudges),
        **changes,
    }
    program = Program.model_validate(document)
    templates = {one.path: _own_words(one) for one in needed(program) if one.key.startswith(f"{program.name}/")}
    for language in ("en", "es"):
        for key in SHARED_KEYS:
            templates[f"{language}/shared/{key}"] = f"{language} {key}{DIALS.get(key, '')}"
        for key in FEEDBACK_KEYS:
            templates[f"{language}/{key}"] = f"{language} {key}{FEEDBACK.get(key.split('/')[1], '')}"
    return Publication.of(program, templates)


def _own_words(text: Needed) -> str:
    """Its language, nudge and wording, and all that it may name beside the clinic."""
    named = [f" {fact} {{{{ {fact} }}}}" for fact in ("goal", "began", "times", "answers") if fact in text.variables]
    return f"{text.language} {' '.join(text.key.split('/')[1:])} {{{{ name }}}}{''.join(named)}"


def ana(
    sessions: Sessions,
    *,
    phone: str = ANA,
    zone: str = "America/New_York",
    language: str = "en",
    confirmed: bool = True,
    now: datetime = MONDAY_6AM,
) -> int:
    """Ana is a patient; she has said yes unless `confirmed` is false."""
    patient_id = add_patient(
        sessions,
        name="Ana Reyes",
        phone=phone,
        zone=zone,
        language=language,
        country="US",
        consent="told by Nurse Bo",
        now=now,
    )
    if confirmed:
        with sessions.write() as session:
            patient = patients.lock(session, patient_id)
            ledger.add(session, patient, Consent.CONFIRMED, at=now, by="patient", how="said yes to Nurse Bo")
    return patient_id


def ana_in(
    sessions: Sessions,
    editions: Editions,
    program: Publication,
    *,
    now: datetime = MONDAY_6AM,
    start: date = MONDAY,
    preset: str = "standard",
    **person: Any,
) -> int:
    """Ana, in the program from `start`, with her first days planned."""
    publish(sessions, program, author="Nurse Bo", now=now)
    patient_id = ana(sessions, now=now, **person)
    enroll(
        sessions,
        editions,
        patient_id=patient_id,
        program=program.program.name,
        start=start,
        preset=preset,
        seed=7,
        now=now,
    )
    plan(sessions, editions, now=now)
    return patient_id


@cache
def rules() -> Rules:
    """The safety rules that come with coach."""
    return load_rules()


def reader_of(editions: Editions, by: Rules | None = None, *, clinic: Clinic = CLINIC, **how: bool) -> Reader:
    """A reader with coach's own words of danger and answers, for the clinic of these tests."""
    return Reader(editions, by or rules(), Answering(load_answers(), clinic), **how)


class Stumbling(Speller):
    """Raises, once it has mended `after` texts, as a fault in the rules would."""

    def __init__(self, after: int) -> None:
        super().__init__(())
        self.left = after

    def mend(self, line: Line) -> Line:
        self.left -= 1
        if self.left < 0:
            raise ValueError(f"cannot mend {len(line.tokens)} words")
        return super().mend(line)


def broken_rules(after: int = 0) -> Rules:
    """Safety rules with which reading raises, once they have been read by `after` times."""
    return replace(rules(), speller=Stumbling(after))


@dataclass
class Practice:
    """One process of the clinic over a database: it hears what people write, and does a round when told."""

    sessions: Sessions
    editions: Editions = field(default_factory=Editions)
    gateway: RecordingGateway = field(default_factory=RecordingGateway)
    clock: SteppedClock = field(default_factory=SteppedClock)
    _heard: int = 0

    def enrolls_ana(self, *nudges: dict[str, Any], **changes: Any) -> int:
        """Ana, confirmed, in a program of these nudges since Monday 6 am."""
        return ana_in(self.sessions, self.editions, publication(*nudges, **changes))

    def enrolls_also(self, patient_id: int, program: Publication, *, start: date = MONDAY) -> int:
        """The patient, in one more program."""
        publish(self.sessions, program, author="Nurse Bo", now=MONDAY_6AM)
        return enroll(
            self.sessions,
            self.editions,
            patient_id=patient_id,
            program=program.program.name,
            start=start,
            preset="standard",
            now=MONDAY_6AM,
        )

    def at(self, moment: datetime) -> list[str]:
        """The texts that left in one round of the duties at `moment`."""
        self.clock.to(moment)
        before = len(self.gateway.calls)
        close_overdue(self.sessions, now=moment)
        plan(self.sessions, self.editions, now=moment)
        deliver_due(self.sessions, self.editions, self.gateway, CLINIC, now=self.clock, parallel=1)
        reconcile(self.sessions, self.gateway, now=self.clock)
        return self.gateway.texts[before:]

    def over(self, start: datetime, span: timedelta, step: timedelta) -> Iterator[tuple[datetime, list[str]]]:
        """What leaves at each step of the span, rounds in which nothing is due left out: when, and the texts."""
        now, due, planned_on = start, start, None
        while now < start + span:
            if now >= due or now.date() != planned_on:
                yield now, self.at(now)
                due, planned_on = self._next_due(), now.date()
            now += step

    def _next_due(self) -> datetime:
        """When a planned text is looked at next; at once, where one is in doubt."""
        doubt = select(col(Message.id)).where(col(Message.state).in_((MessageState.SENDING, MessageState.UNKNOWN)))
        planned = select(func.min(col(Message.next_at))).where(col(Message.state) == MessageState.PLANNED)
        with self.sessions.read() as session:
            if session.execute(doubt).first():
                return datetime.min.replace(tzinfo=UTC)
            return session.execute(planned).scalar_one() or datetime.max.replace(tzinfo=UTC)

    def stores(self, text: str, *, at: datetime, phone: str = ANA, opt_out_type: str | None = None) -> int:
        """The id of a text that came at `at`, stored and not read yet."""
        self._heard += 1
        sms = InboundSms(f"SM{self._heard:032x}", phone, "+12025550100", text, opt_out_type=opt_out_type)
        reply_id = receive(self.sessions, sms, now=at)
        assert reply_id is not None
        return reply_id

    def reads(self, reply_id: int, *, at: datetime, by: Rules | None = None) -> bool:
        return read_reply(self.sessions, reader_of(self.editions, by), reply_id, now=at)

    def hears(self, text: str, *, at: datetime, phone: str = ANA, opt_out_type: str | None = None) -> int:
        """The id of a text that came and was read at `at`."""
        reply_id = self.stores(text, at=at, phone=phone, opt_out_type=opt_out_type)
        assert self.reads(reply_id, at=at)
        return reply_id

    def rows(self, table: type[Stored]) -> list[Stored]:
        """All rows of a table, oldest first."""
        with self.sessions.read() as session:
            return list(session.execute(select(table).order_by(sql_text("id"))).scalars())

    def reply(self, reply_id: int) -> Reply:
        with self.sessions.read() as session:
            return session.get_one(Reply, reply_id)

    def consent(self, phone: str = ANA) -> Consent:
        with self.sessions.read() as session:
            return ledger.standing(session, phone)
