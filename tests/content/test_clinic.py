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
