"""The people of a run, their program, and a note of the order in which attempts and consent were written."""

from datetime import date, timedelta
from random import Random
from typing import Any

from sqlalchemy import Engine

from coach.content.publication import Publication
from coach.domain.consent import Consent
from coach.services.editions import Editions
from coach.services.plan import plan
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, Enrollment, Patient
from tests.people import asks, nudge, publication
from tests.torture.timing import BASE

MONDAY = date(2026, 11, 23)
ZONE = "America/New_York"
BEGINS = 9 * 60 + 5  # minutes after midnight: BASE, in New York
SLOTS = ("morning", "midday", "afternoon", "evening")
REMIND = 30  # minutes
WAYS = {"ask-done": "done", "ask-minutes": "minutes", "ask-plain": "yes_no", "sore": "scale_0_10", "slept": "yes_no"}
"""What each text that asks takes for an answer; the rest ask nothing."""

ORDER_SQLITE = (
    "CREATE TABLE torture_order (seq INTEGER PRIMARY KEY AUTOINCREMENT, kind TEXT, row_id INTEGER)",
    *(
        f"CREATE TRIGGER torture_{table} AFTER INSERT ON {table} BEGIN"  # noqa: S608 (our own names)
        f" INSERT INTO torture_order (kind, row_id) VALUES ('{table}', NEW.id); END"
        for table in ("attempt", "consent_entry")
    ),
)
_NOTE = "INSERT INTO torture_order (kind, row_id) VALUES (TG_TABLE_NAME, NEW.id)"
ORDER_POSTGRESQL = (
    "CREATE TABLE torture_order (seq BIGSERIAL PRIMARY KEY, kind TEXT, row_id BIGINT)",
    f"CREATE FUNCTION torture_note() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {_NOTE}; RETURN NULL; END $$",
    *(
        f"CREATE TRIGGER torture_{table} AFTER INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION torture_note()"
        for table in ("attempt", "consent_entry")
    ),
)
"""Attempts and consent of one person are written under a lock on that person: this order is that of their commits."""


def note_order(engine: Engine) -> None:
    """From now on, the database notes in which order attempts and lines of consent are written."""
    with engine.connect() as connection:
        for statement in ORDER_SQLITE if engine.dialect.name == "sqlite" else ORDER_POSTGRESQL:
            connection.exec_driver_sql(statement)
        connection.commit()


def busy_monday() -> Publication:
    """Six nudges, three of which ask, and a check-in of three questions, all on Monday, at any hour."""

    def on(name: str, slot: str, **more: Any) -> dict[str, Any]:
        return nudge(name, slot=slot, days=["mon"], weeks=[1], send_within=720, **more)

    def item(name: str) -> dict[str, Any]:
        return {"name": name, "variants": ["a", "b"], "answer": asks(WAYS[name], within=720, reminder=REMIND)}

    nudges = [
        on("calm", "morning"),
        on("ask-done", "morning", answer=asks("done", within=720, reminder=REMIND)),
        on("learn", "midday"),
        on("ask-minutes", "midday", answer=asks("minutes", within=720, reminder=REMIND)),
        on("write", "afternoon"),
        on("ask-plain", "evening", answer=asks("yes_no", within=720, reminder=REMIND)),
    ]
    check_in = {
        "name": "how-are-you",
        "weeks": [1],
        "days": ["mon"],
        "slot": "afternoon",
        "send_within": 720,
        "items": [item("sore"), item("slept")],
    }
    limits = {"per_day": 10, "per_week": 40, "minutes_between": 0, "segments": {"en": 1, "es": 1}}
    hours = {"start": "00:00", "end": "23:59"}
    return publication(*nudges, check_ins=[check_in], limits=limits, hours=hours)


def crowd(sessions: Sessions, size: int, *, window: float, seed: int) -> None:
    """So many people, who all said yes, are in the program; their slots lie within `window` minutes from BASE."""
    editions, program = Editions(), busy_monday()
    program_id = publish(sessions, program, author="Nurse Bo", now=BASE).id
    assert program_id is not None
    random = Random(seed)  # noqa: S311 (the same people by the same seed)
    with sessions.write() as session:
        people = [_person(number, window, random) for number in range(size)]
        session.add_all(people)
        session.flush()
        for person in people:
            session.add_all([_yes(person), _enrollment(person, program_id)])
    plan(sessions, editions, now=BASE)


def _person(number: int, window: float, random: Random) -> Patient:
    """Sample numbers have a hundred places in each area."""
    phone = f"+1{201 + number // 100}55501{number % 100:02}"
    quarter = window / len(SLOTS)
    minutes = [BEGINS + 1 + int(quarter * (place + random.random())) for place in range(len(SLOTS))]
    slots = {slot: f"{at // 60:02}:{at % 60:02}" for slot, at in zip(SLOTS, minutes, strict=True)}
    return Patient(name=f"P{number}", phone=phone, country="US", zone=ZONE, language="en", slots=slots, created_at=BASE)


def _yes(person: Patient) -> ConsentEntry:
    how = "said yes to Nurse Bo"
    return ConsentEntry(
        patient_id=person.id, phone=person.phone, state=Consent.CONFIRMED, at=BASE, by="patient", how=how
    )


def _enrollment(person: Patient, program_id: int) -> Enrollment:
    assert person.id is not None
    return Enrollment(
        patient_id=person.id,
        program_id=program_id,
        program_name="small-steps",
        start_date=MONDAY,
        seed=7,
        planned_through=MONDAY - timedelta(days=1),
        plan_at=BASE,
        created_at=BASE,
    )
