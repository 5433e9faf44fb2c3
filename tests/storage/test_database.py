import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import event, func, select
from sqlalchemy.exc import IntegrityError, StatementError
from sqlmodel import Session

from coach.domain.consent import Consent
from coach.storage import claims, ledger, messages, patients
from coach.storage.database import Sessions
from coach.storage.ledger import ConsentError
from coach.storage.tables import ConsentEntry, Patient
from tests.people import ANA, MONDAY_6AM, ana


def test_times_come_back_in_utc_whatever_zone_they_went_in_with(sessions: Sessions) -> None:
    there = datetime(2026, 3, 8, 3, 30, tzinfo=timezone(timedelta(hours=-4)))
    with sessions.write() as session:
        session.add(Patient(name="Ana", phone=ANA, country="US", zone="UTC", language="en", created_at=there))

    with sessions.read() as session:
        back = session.execute(select(Patient)).scalar_one().created_at

    assert back == there
    assert back.tzinfo is UTC


def test_a_time_without_a_zone_is_refused(sessions: Sessions) -> None:
    naive = datetime(2026, 3, 8, 3, 30)  # noqa: DTZ001 (it is the case)

    with pytest.raises(StatementError, match="without a zone"), sessions.write() as session:
        session.add(Patient(name="Ana", phone=ANA, country="US", zone="UTC", language="en", created_at=naive))


def test_a_state_that_is_not_a_word_of_ours_is_refused_by_the_database_itself(sessions: Sessions) -> None:
    ana(sessions)

    with pytest.raises(IntegrityError, match="ck_patient_state"), sessions.write() as session:
        session.connection().exec_driver_sql("UPDATE patient SET state = 'gone'")


def test_a_number_belongs_to_one_active_patient(sessions: Sessions) -> None:
    ana(sessions)

    with pytest.raises(IntegrityError), sessions.write() as session:
        session.add(Patient(name="Cy", phone=ANA, country="US", zone="UTC", language="en", created_at=MONDAY_6AM))


def test_what_raises_in_a_writing_block_leaves_nothing_behind(sessions: Sessions) -> None:
    def add_and_raise() -> None:
        with sessions.write() as session:
            session.add(Patient(name="Ana", phone=ANA, country="US", zone="UTC", language="en", created_at=MONDAY_6AM))
            session.flush()
            raise RuntimeError

    with pytest.raises(RuntimeError):
        add_and_raise()

    with sessions.read() as session:
        assert session.execute(select(func.count()).select_from(Patient)).scalar_one() == 0


def test_what_is_decided_under_the_patients_lock_is_decided_once(sessions: Sessions) -> None:
    """Forty threads each add a line where there are fewer than twenty: there are twenty."""
    patient_id = ana(sessions, confirmed=False)

    def add_where_there_is_room(_: int) -> None:
        with sessions.write() as session:
            patient = patients.lock(session, patient_id)
            count = session.execute(select(func.count()).select_from(ConsentEntry)).scalar_one()
            if count < 20:
                session.add(
                    ConsentEntry(
                        patient_id=patient.id,
                        phone=patient.phone,
                        state=Consent.INVITED,
                        at=MONDAY_6AM,
                        by="x",
                        how="x",
                    )
                )

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(add_where_there_is_room, range(40)))

    with sessions.read() as session:
        assert session.execute(select(func.count()).select_from(ConsentEntry)).scalar_one() == 20


def test_the_ledger_refuses_a_line_that_does_not_follow(sessions: Sessions) -> None:
    patient_id = ana(sessions)

    with pytest.raises(ConsentError, match="confirmed, and cannot become invited"), sessions.write() as session:
        ledger.add(session, patients.lock(session, patient_id), Consent.INVITED, at=MONDAY_6AM, by="x", how="x")


def test_the_indexes_of_due_rows_serve_the_claim(sessions: Sessions) -> None:
    """History costs nothing: the claim reads only planned rows that are due."""

    def look(session: Session) -> None:
        claims.claim(session, now=MONDAY_6AM, token="t", lease=timedelta(minutes=1), limit=5)

    steps = steps_of(sessions, look, "next_at")

    assert "ix_message_claim" in steps
    assert not re.search(r"SCAN message|Seq Scan on message", steps)


def test_what_somebody_has_had_is_found_without_reading_everybodys_texts(sessions: Sessions) -> None:
    steps = steps_of(sessions, lambda session: messages.used_variants(session, [1]), "variant")

    assert "uq_message_occurrence" in steps
    assert not re.search(r"SCAN message|Seq Scan on message", steps)


def steps_of(sessions: Sessions, look: Callable[[Session], object], names: str) -> str:
    """How the database goes about the first query of `look` that names this."""
    seen: list[tuple[str, Any]] = []
    event.listen(sessions.engine, "before_cursor_execute", lambda _c, _cur, sql, given, *_: seen.append((sql, given)))
    with sessions.write() as session:
        look(session)
    claim, given = next((sql, given) for sql, given in seen if names in sql)
    with sessions.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql("SET LOCAL enable_seqscan = off")  # of a handful of rows it would read all
            claim = f"EXPLAIN {claim}"
        else:
            claim = f"EXPLAIN QUERY PLAN {claim}"
        return " ".join(str(row) for row in connection.exec_driver_sql(claim, given))
