"""A made-up clinic that has lived through four weeks of Steady Steps, for pictures and for trying pages out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from coach.content.folders import messages_folder, program_file
from coach.content.publication import compile_program
from coach.domain.case import DANGERS
from coach.domain.clinic import Clinic
from coach.domain.consent import Departure
from coach.domain.page import Links
from coach.gateway.base import Outbound, Receipt
from coach.rehearsal.people import CONSENT, Person, replies_to
from coach.services import care
from coach.services.alert import raise_alerts
from coach.services.cases import acknowledge, note, resolve
from coach.services.confirm import confirm
from coach.services.enroll import add_patient, enroll
from coach.services.notes import mark_seen
from coach.services.page import page_due
from coach.services.publish import publish
from coach.storage import questions
from coach.storage.database import Sessions
from coach.storage.tables import Case, Enrollment, Message, Reply
from coach.storage.tables.enrollment import EnrollmentState
from tests.people import Practice, RecordingGateway, accept

BEGAN = date(2026, 10, 5)  # a Monday; four weeks later they begin once more
AGAIN = BEGAN + timedelta(weeks=4)
NOW = datetime(2026, 11, 23, 15, 20, tzinfo=UTC)  # a Monday, 10:20 in New York
CLINIC = Clinic.model_validate(
    {
        "name": "Riverside Back Clinic",
        "phone": "202-555-0143",
        "country": "US",
        "coverage": "hours",
        "hours": {
            "days": ["mon", "tue", "wed", "thu", "fri"],
            "start": "09:00",
            "end": "17:00",
            "zone": "America/New_York",
        },
        "rota": [
            {
                "name": "Nurse Bo",
                "phone": "+12025550101",
                "email": "bo@clinic.example",
                "on_duty": {"days": ["mon", "tue", "wed", "thu", "fri"], "start": "09:00", "end": "17:00"},
            },
            {"name": "Dr. Kim", "phone": "+12025550102"},
        ],
    }
)
NY = "America/New_York"
LANDLINE = "+12025550119"
PEOPLE = (
    Person("Ana Reyes", "+12025550111", NY, "en", answers=9),
    Person("Ben Okafor", "+12025550112", "Europe/London", "en", answers=7),
    Person("Rosa Medina", "+12025550113", "America/Denver", "es", answers=10),
    Person(
        "María de los Ángeles Fernández-Villanueva y Castro", "+12025550114", "America/Los_Angeles", "es", answers=6
    ),
    Person("Dee Lindqvist", "+12025550115", NY, "en", answers=4),
    Person("Eli Navarro", "+12025550116", "America/Chicago", "en", answers=8),
    Person("Fay Whitlock", "+12025550117", NY, "en", answers=9),
    Person("Gus Amari", "+12025550118", NY, "en", answers=5),
    Person("Hal Brandt", LANDLINE, NY, "en", answers=0),
    Person("Ines Duarte", "+12025550120", NY, "es", answers=8),
    Person("Jo Park", "+12025550121", NY, "en", answers=7),
    Person("Kit Moreau", "+12025550122", NY, "en", answers=3),
    Person("Lou Santos", "+12025550123", NY, "en", answers=9),
    Person("Mo Haddad", "+12025550124", NY, "en", answers=8),
)
NEVER_SAID_YES = {"Jo Park"}
FELL_SILENT = {"Kit Moreau": 36, "Gus Amari": 40}  # after so many days
BY = "Nurse Bo"
PEOPLE_FILE = """name,phone,zone,language,consent,program,start,preset
Nia Okoye,202-555-0131,America/New_York,en,signed form 31,steady-steps,2026-11-30,
Omar Aziz,202-555-0132,America/Chicago,en,signed form 32,steady-steps,2026-11-30,light
Pilar Soto,202-555-0133,America/Denver,es,firmó la hoja 33,steady-steps,2026-11-30,
Quin Adler,2.02556E+09,America/New_York,en,signed form 34,,,
Ria Banerjee,202-555-0135,America/New York,fr,,steady-step,,
"""


@dataclass
class LivedIn:
    """The clinic, and its patients' ids by first name."""

    practice: Practice
    ids: dict[str, int]

    def case_of(self, name: str) -> int:
        """The newest case of danger of that person."""
        found = [
            one for one in self.practice.rows(Case) if one.patient_id == self.ids[name] and one.category in DANGERS
        ]
        return max(one.id or 0 for one in found)

    def text_of(self, name: str) -> int:
        """The newest text to that person that asked something."""
        found = [one for one in self.practice.rows(Message) if one.patient_id == self.ids[name] and one.question_id]
        return max(one.id or 0 for one in found if one.left_at is not None)


def lived_in(sessions: Sessions, *, people: Sequence[Person] = PEOPLE, until: datetime = NOW) -> LivedIn:
    """Four weeks go by, hour by hour; on the last morning things happen that want somebody."""
    gateway = RecordingGateway()
    practice = Practice(sessions, gateway=gateway)
    path = program_file("steady-steps")
    start = datetime.combine(BEGAN, time(6), UTC)
    publish(sessions, compile_program(path, messages_folder(path)), author="Dr. Kim", now=start)
    ids = {}
    for person in people:
        ids[person.name.split()[0]] = _add(practice, person, start)
    life = _Life(practice, people, ids)
    moment = start
    while moment < until:
        moment = min(until, moment + timedelta(minutes=30))
        life.half_hour(moment)
    here = LivedIn(practice, ids)
    _last_days(here)
    for call in gateway.calls[-8:]:
        life.arrives(call, until)
    return here


def _add(practice: Practice, person: Person, now: datetime) -> int:
    patient_id = add_patient(
        practice.sessions,
        name=person.name,
        phone=person.phone,
        zone=person.zone,
        language=person.language,
        country="US",
        consent="told by Nurse Bo at the first visit; leaflet of October 2026",
        now=now,
    )
    _begin(practice, patient_id, BEGAN, now)
    return patient_id


def _begin(practice: Practice, patient_id: int, day: date, now: datetime) -> None:
    enroll(
        practice.sessions,
        practice.editions,
        patient_id=patient_id,
        program="steady-steps",
        start=day,
        preset="standard",
        seed=patient_id,
        now=now,
    )


class _Life:
    """What goes on: texts leave and arrive, people answer, and the duties look."""

    def __init__(self, practice: Practice, people: Sequence[Person], ids: dict[str, int]) -> None:
        self.practice, self.people, self.ids = practice, people, ids
        self.answers: list[tuple[datetime, Person, str]] = []
        self.noticed: set[int] = set()
        self.said_yes: set[str] = set()
        self.day = BEGAN

    def half_hour(self, moment: datetime) -> None:
        before = len(self.practice.gateway.calls)
        for at, person, words in sorted((one for one in self.answers if one[0] <= moment), key=lambda one: one[0]):
            self.practice.hears(words, at=at, phone=person.phone)
        self.answers = [one for one in self.answers if one[0] > moment]
        self.practice.at(moment)
        for call in self.practice.gateway.calls[before:]:
            self.arrives(call, moment)
        self._notice(moment)
        if moment.date() != self.day:
            self.day = moment.date()
            raise_alerts(self.practice.sessions, self.practice.editions, now=moment)
            if self.day >= AGAIN:
                self._all_begin_again(moment)

    def _all_begin_again(self, moment: datetime) -> None:
        rows = self.practice.rows(Enrollment)
        active = {row.patient_id for row in rows if row.state is EnrollmentState.ACTIVE}
        for patient_id in {row.patient_id for row in rows} - active:
            _begin(self.practice, patient_id, self.day, moment)

    def arrives(self, call: Outbound, moment: datetime) -> None:
        status, code = ("undelivered", "30006") if call.to == LANDLINE else ("delivered", None)
        accepted = accept(call)
        news = Receipt(accepted.provider_id, status, code)  # type: ignore[union-attr]  # it is accepted always
        confirm(self.practice.sessions, "MG-recording", call.attempt, news, now=moment)

    def _notice(self, moment: datetime) -> None:
        for person in self.people:
            if person.name not in self.said_yes and person.name not in NEVER_SAID_YES and person.phone != LANDLINE:
                self.said_yes.add(person.name)
                self.answers.append((moment + timedelta(hours=5), person, CONSENT[person.language]))
            silent_after = FELL_SILENT.get(person.name)
            if silent_after is not None and moment.date() > BEGAN + timedelta(days=silent_after):
                continue
            with self.practice.sessions.read() as session:
                asked = questions.open_of(session, self.ids[person.name.split()[0]])
            for question in asked:
                assert question.id is not None
                if question.id not in self.noticed:
                    self.noticed.add(question.id)
                    self.answers += [
                        (moment + after, person, words)
                        for after, words in replies_to(person, question.id, question.expects, 8)
                    ]


def _last_days(here: LivedIn) -> None:
    """What wants somebody this morning, and what was seen to before."""
    practice, phone = here.practice, {one.name.split()[0]: one.phone for one in PEOPLE}
    monday = datetime(2026, 11, 23, tzinfo=UTC)

    def comes(name: str, words: str, **time: int) -> None:
        at = monday + timedelta(**time)
        practice.hears(words, at=at, phone=phone[name])
        _calls(practice, at)

    comes("Lou", "my husband hits me when I rest", days=-6, hours=15)
    _close(
        practice, "Lou", here, "called her; she is with her sister. Safeguarding lead told", monday - timedelta(days=5)
    )
    comes("Eli", "my legs have gone numb and I cant feel when I pee", days=-1, hours=20)
    _take(
        practice,
        here.ids["Eli"],
        "spoke with him, he is on his way to the emergency department",
        monday - timedelta(hours=3),
    )
    comes("Ana", "Could you tell me when my next appointment is?", hours=13, minutes=40)
    comes("Rosa", "Hoy me duele menos, gracias por preguntar", hours=14, minutes=5)
    practice.hears(
        "Who is this? I got your number from a friend",
        at=monday + timedelta(hours=14, minutes=50),
        phone="+12025550199",
    )
    comes("Fay", "I am so tired of this. I dont want to be here anymore", hours=15, minutes=6)
    for reply in practice.rows(Reply):
        if reply.is_note and reply.received_at < monday - timedelta(days=1):
            mark_seen(practice.sessions, reply.id or 0, by=BY, now=monday)
    practice.clock.to(NOW)
    care.withdraw(practice.sessions, here.ids["Mo"], Departure.FINISHED, by=BY, now=NOW)
    comes("Ines", "STOP", hours=15, minutes=10)
    practice.at(NOW)
    _calls(practice, NOW)


def _calls(practice: Practice, now: datetime) -> None:
    page_due(practice.sessions, CLINIC, {}, Links("https://coach.example.org", b"k" * 32), now=now)
    practice.at(now)
    page_due(practice.sessions, CLINIC, {}, Links("https://coach.example.org", b"k" * 32), now=now)


def _take(practice: Practice, patient_id: int, words: str, at: datetime) -> None:
    case_id = max(one.id or 0 for one in practice.rows(Case) if one.patient_id == patient_id)
    acknowledge(practice.sessions, case_id, by=BY, now=at)
    note(practice.sessions, case_id, words, by=BY, now=at + timedelta(minutes=9))


def _close(practice: Practice, name: str, here: LivedIn, words: str, at: datetime) -> None:
    case_id = here.case_of(name)
    acknowledge(practice.sessions, case_id, by=BY, now=at)
    resolve(practice.sessions, case_id, by=BY, note=words, lift_hold=True, now=at + timedelta(minutes=30))
