"""People from a file: every fault at once with its place, and all of them go in, or nobody."""

import contextlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.content.people_file import PeopleFileError, read_people
from coach.services.erase import EraseError, erase
from coach.services.import_patients import ImportFaultsError, import_patients, preview_import
from coach.services.newcomers import Means, Preview
from coach.services.publish import publish
from coach.storage.database import Sessions
from coach.storage.tables import ConsentEntry, DoNotText, Enrollment, Patient
from tests.people import ANA, MONDAY_6AM, Practice, ana, nudge, publication

HEADER = "name,phone,zone,language,consent,program,start,preset"
KEY = b"k" * 32
MEANS = Means("US", KEY)
GOOD = "Dee Lin,202-555-0151,America/New_York,en,signed form 3"


@pytest.fixture
def practice(sessions: Sessions) -> Practice:
    found = Practice(sessions)
    publish(
        sessions, publication(nudge("walk"), languages=["en"], title={"en": "Small Steps"}), author="Bo", now=MONDAY_6AM
    )
    return found


def look(practice: Practice, *rows: str, header: str = HEADER) -> Preview:
    data = "\r\n".join([header, *rows]).encode()
    return preview_import(practice.sessions, practice.editions, data, MEANS, now=MONDAY_6AM)


def faults(practice: Practice, *rows: str) -> list[tuple[int, str]]:
    return [(fault.row, fault.column) for fault in look(practice, *rows).faults]


def bring_in(practice: Practice, *rows: str, skip_bad: bool = False) -> list[int]:
    data = "\n".join([HEADER, *rows]).encode()
    return import_patients(
        practice.sessions, practice.editions, data, MEANS, by="Bo", skip_bad=skip_bad, now=MONDAY_6AM
    )


@pytest.mark.parametrize(
    ("row", "column", "said"),
    [
        (",202-555-0151,America/New_York,en,form", "name", "it is empty"),
        ("Dee,12,America/New_York,en,form", "phone", "too few or too many digits"),
        ("Dee,2.0256E+09,America/New_York,en,form", "phone", "the spreadsheet has made"),
        ("Dee,2025550151.0,America/New_York,en,form", "phone", "format the column as text"),
        ("Dee,34612345678,America/New_York,en,form", "phone", "did you mean +34612345678?"),
        ("Dee,202-555-0143,America/New_York,en,form", "phone", "belongs to a patient already"),
        ("Dee,202-555-0151,America/New York,en,form", "zone", "did you mean America/New_York?"),
        ("Dee,202-555-0151,Mars,en,form", "zone", "there is no time zone 'Mars'"),
        ("Dee,202-555-0151,America/New_York,fr,form", "language", "'fr' is none of en, es"),
        ("Dee,202-555-0151,America/New_York,en,", "consent", "it is empty"),
        ('"Dee\nLin",202-555-0151,America/New_York,en,form', "name", "a line break"),
        (f"{'De' * 50},202-555-0151,America/New_York,en,form", "name", "it has 100 letters"),
        ("Dee,202-555-0151,America/New_York,en,form,,2026-12-01", "program", "the row says how to begin"),
        ("Dee,202-555-0151,America/New_York,en,form,,,,more", "(no name)", "put quotes round a cell"),
        ("Dee,202-555-0151,America/New_York,en,form,tall-steps", "program", "no program 'tall-steps' is published"),
        ("Dee,202-555-0151,America/New_York,es,form,small-steps", "language", "small-steps is not written in it"),
        ("Dee,202-555-0151,America/New_York,en,form,small-steps,23.11.", "start", "'23.11.' is no day"),
        ("Dee,202-555-0151,America/New_York,en,form,small-steps,2026-11-01", "start", "is past where they live"),
        ("Dee,202-555-0151,America/New_York,en,form,small-steps,,tiny", "preset", "no preset 'tiny'"),
    ],
)
def test_a_fault_is_said_with_its_row_and_column(practice: Practice, row: str, column: str, said: str) -> None:
    ana(practice.sessions)
    (fault,) = look(practice, GOOD.replace("0151", "0152"), "", row).faults

    assert (fault.row, fault.column) == (4, column)  # as a spreadsheet counts: the header, a good one, an empty one
    assert said in f"{fault.what} {fault.remedy}"


def test_all_faults_are_said_at_once_and_numbers_that_stand_twice_too(practice: Practice) -> None:
    rows = (GOOD, ",12,Mars,fr,", GOOD.replace("Dee", "Eli"))

    assert faults(practice, *rows) == [
        *((3, column) for column in ("name", "consent", "language", "zone", "phone")),
        (4, "phone"),
    ]


def test_one_bad_row_keeps_everybody_out_unless_the_others_are_asked_for(practice: Practice) -> None:
    rows = (GOOD, GOOD.replace("0151", "12"), "Eli,202-555-0153,America/Denver,en,form,small-steps,2026-12-01,")
    with pytest.raises(ImportFaultsError, match="1 of 3 rows have faults") as refused:
        bring_in(practice, *rows)
    assert [(fault.row, fault.column) for fault in refused.value.faults] == [(3, "phone")]
    assert practice.rows(Patient) == []

    ids = bring_in(practice, *rows, skip_bad=True)
    assert [one.name for one in practice.rows(Patient)] == ["Dee Lin", "Eli"]
    assert [(one.patient_id, str(one.start_date)) for one in practice.rows(Enrollment)] == [(ids[1], "2026-12-01")]
    assert practice.rows(ConsentEntry)[0].how == "signed form 3 (brought in from a file by Bo)"


def test_the_preview_says_what_would_happen_and_saves_nothing(practice: Practice) -> None:
    found = look(practice, GOOD, GOOD.replace("0151", "0152") + ",small-steps")

    assert [one.words for one in found.newcomers] == [
        "is added; nothing is sent before they are in a program",
        "is added, and small-steps begins on 2026-11-23; the invitation asks for their yes",
    ]
    assert practice.rows(Patient) == []


def test_who_said_stop_is_added_and_stays_stopped(practice: Practice) -> None:
    practice.hears("STOP", at=MONDAY_6AM, phone="+12025550151")
    (newcomer,) = look(practice, GOOD).newcomers
    bring_in(practice, GOOD)

    assert "only their own START opens it again" in newcomer.words
    assert practice.consent("+12025550151") == "stopped"


def test_somebody_who_was_erased_is_not_brought_in_by_mistake(practice: Practice) -> None:
    ana(practice.sessions)
    erase(practice.sessions, 1, key=KEY, by="Bo", why="asked", now=MONDAY_6AM)

    assert len(practice.rows(DoNotText)) == 1
    assert faults(practice, f"Ana,{ANA},America/New_York,en,form") == [(2, "phone")]


def test_without_the_key_nobody_is_brought_in_where_people_were_erased(practice: Practice) -> None:
    ana(practice.sessions)
    erase(practice.sessions, 1, key=KEY, by="Bo", why="asked", now=MONDAY_6AM)
    keyless = Means("US", b"")

    with pytest.raises(EraseError, match="COACH_SECRET_KEY is not set"):
        preview_import(practice.sessions, practice.editions, f"{HEADER}\n{GOOD}".encode(), keyless, now=MONDAY_6AM)


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_files_of_any_spreadsheet_are_read_columns_in_any_order(between: str) -> None:
    header = between.join(["Phone", "consent", "NAME", "zone", "language"])
    row = between.join(["202-555-0151", '"said ""yes"", twice"', "'=Dee", "America/New_York", "en"])
    data = ("\ufeff" + header + "\r\n" + row + "\r\n\r\n").encode()
    (read,) = read_people(data)

    assert (read.number, read.cells["name"], read.cells["consent"]) == (2, "=Dee", 'said "yes", twice')


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "the file is empty"),
        (b"name,phone\nAna,1", "the header lacks zone, language, consent"),
        (b"name,fone,zone,language,consent", "there is no column 'fone'; did you mean 'phone'?"),
        (b"name,name,phone,zone,language,consent", "is there twice"),
        ("name,phone,zone,language,consent\nJosé,1,2,3,4".encode("cp1252"), "not in UTF-8; save it as"),
        (b'name,phone,zone,language,consent\n"Ana,1,2,3,4\nBo,1,2,3,4', "a quote that is not closed"),
        (b"PK\x03\x04\0\0", "the file is no CSV"),
        (b"x" * 300_000, "larger than 256 KB"),
        (HEADER.encode() + b"\na,b,c,d,e" * 501, "has 501 people; 500 at once"),
    ],
)
def test_a_file_that_cannot_be_read_says_how_to_save_it(data: bytes, said: str) -> None:
    with pytest.raises(PeopleFileError, match=said):
        read_people(data)


@settings(max_examples=200)
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: (HEADER + "\n" + text).encode()))
def test_any_bytes_are_rows_or_a_clear_error(data: bytes) -> None:
    rows = []
    with contextlib.suppress(PeopleFileError):
        rows = read_people(data)

    assert all(row.number >= 2 for row in rows)
