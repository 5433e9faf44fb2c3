import re
from pathlib import Path

import pytest

from coach.content.clinic import ClinicError, read_clinic
from tests.content.project import ROOT

WHOLE = "name: Back Clinic\nphone: 202-555-0143\ncountry: US\n"


def test_the_shipped_clinic_can_be_read() -> None:
    assert read_clinic(ROOT / "config/clinic.yaml").country == "US"


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("country: US", "country: USA", ":3:10: country: 'USA' is not in its form. write it as US"),
        ("202-555-0143", "call us", ":2:8: phone: 'call us' is not in its form. write it as 202-555-0143"),
        ("name: Back Clinic", "name: ''", ":1:7: name: this is too short. give at least 1"),
        ("name:", "nam:", ":1:1: unknown key 'nam'. did you mean 'name'?"),
    ],
)
def test_a_fault_of_the_clinic_is_found_in_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(WHOLE.replace(old, new), encoding="utf-8")

    with pytest.raises(ClinicError) as raised:
        read_clinic(file)

    assert f"{file}{words}" in str(raised.value).splitlines()


ROTA = """
coverage: hours
hours: {days: [mon, tue], start: 09:00, end: 17:00, zone: America/New_York}
rota:
  - name: Nurse Bo
    phone: "+12025550101"
    on_duty: {days: [mon], start: 22:00, end: 06:00}
  - name: Dr. Kim
    email: kim@clinic.example
"""


def test_a_rota_is_read_in_its_order(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    file.write_text(WHOLE + ROTA, encoding="utf-8")
    clinic = read_clinic(file)

    assert [(one.name, one.phone, one.email) for one in clinic.rota] == [
        ("Nurse Bo", "+12025550101", None),
        ("Dr. Kim", None, "kim@clinic.example"),
    ]
    assert clinic.zone.key == "America/New_York"


def test_the_shipped_clinics_examples_can_be_taken_as_they_are(tmp_path: Path) -> None:
    file = tmp_path / "clinic.yaml"
    text = (ROOT / "config/clinic.yaml").read_text(encoding="utf-8").replace("coverage: none", "coverage: always")
    keys = r"hours:|rota:|  [a-z]+:|  - name:|      [a-z]+:|    [a-z_]+:"
    file.write_text(re.sub(rf"^# ({keys})", r"\1", text, flags=re.MULTILINE), encoding="utf-8")
    clinic = read_clinic(file)

    assert [one.name for one in clinic.rota] == ["Nurse Bo", "Dr. Kim"]
    assert clinic.hours is not None


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (
            'phone: "+12025550101"',
            "phone: 202-555-0101",
            ":9:12: phone: '202-555-0101' is no number that can be dialled from anywhere. write it as '+12025550143'",
        ),
        ("kim@clinic.example", "kim", ":12:12: email: 'kim' is no mail address. write it as bo@clinic.example"),
        ("    email: kim@clinic.example\n", "", ":11:5: rota: Dr. Kim can be reached by nothing. add phone: "),
        ("name: Dr. Kim", "name: Nurse Bo", ":1:1: 'Nurse Bo' is in the rota twice. give each contact a name of"),
        ("name: Dr. Kim", "name: clinic", ":11:11: name: 'clinic' is a name that coach uses itself. write the"),
        ("America/New_York", "New York", ":6:59: zone: 'New York' is no time zone. write it as America/New_York"),
        ("coverage: hours", "coverage: often", ":5:11: coverage: 'often' is not known here. use one of: none, hours"),
        ("start: 22:00", "start: 10 pm", ":10:35: start: a time of day has two digits, a colon and two digits. write"),
        ("[mon], start", "[], start", ":10:21: days: this is too short. give at least 1"),
        ("[mon], start", "[monday], start", ":10:22: days: 'monday' is not known here. "),
        ("rota:", "contacts:", ":7:1: unknown key 'contacts'. "),
        ("email: kim", "mail: kim", ":12:5: unknown key 'mail'. did you mean 'email'?"),
        (", zone: America/New_York", "", ":6:1: the key 'zone' is missing. add it: zone: ..."),
        (ROTA.splitlines()[2], "", ":1:1: coverage is hours, and no hours are written. add hours: with days, start,"),
    ],
)
def test_a_fault_of_the_rota_is_found_in_its_place(tmp_path: Path, old: str, new: str, words: str) -> None:
    file = tmp_path / "clinic.yaml"
    assert old in WHOLE + ROTA
    file.write_text((WHOLE + ROTA).replace(old, new), encoding="utf-8")

    with pytest.raises(ClinicError) as raised:
        read_clinic(file)

    assert any(line.startswith(f"{file}{words}") for line in str(raised.value).splitlines())
