import json

from coach.content.faults import Fault, as_annotation, as_json

FAULT = Fault("config/a,b:c.yaml", 4, 8, "too-large", "weeks: 60% is\ntoo large.", "write 52 at most")


def test_a_fault_for_people_is_one_line_with_its_place() -> None:
    assert str(Fault("a.yaml", 4, 8, "too-large", "60 is too large.", "write 52")) == (
        "a.yaml:4:8: 60 is too large. write 52"
    )


def test_a_fault_for_tools_has_all_its_parts() -> None:
    assert json.loads(as_json([FAULT])) == [
        {
            "file": "config/a,b:c.yaml",
            "line": 4,
            "column": 8,
            "kind": "too-large",
            "what": "weeks: 60% is\ntoo large.",
            "remedy": "write 52 at most",
        }
    ]
    assert json.loads(as_json([])) == []


def test_an_annotation_escapes_what_its_form_needs() -> None:
    assert as_annotation(FAULT) == (
        "::error file=config/a%2Cb%3Ac.yaml,line=4,col=8,title=too-large::weeks: 60%25 is%0Atoo large. write 52 at most"
    )
