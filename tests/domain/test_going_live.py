"""What a live gateway asks for, one thing at a time."""

from dataclasses import replace

import pytest

from coach.domain.clinic import Clinic, Contact
from coach.domain.going_live import Standing, advice, is_made_up, lacking

# Ofcom keeps this number for drama; a live gateway does not know it for a made-up one.
BO = Contact(name="Bo", phone="+442079460123", email="bo@clinic.example")
MAIL = "cy@hillside.clinic"
READY = Standing(
    clinic=Clinic(name="Hillside", phone="202-555-0100", country="US", rota=(BO,)),
    public_base_url="https://coach.clinic.example",
    heartbeat_url="https://alarm.example/coach",
    approved_by="Dr. Kim",
    can_mail=True,
    can_post=False,
    account=True,
)


def on_rota(*contacts: Contact) -> Standing:
    return replace(READY, clinic=READY.clinic.model_copy(update={"rota": contacts}))


def test_a_clinic_that_has_it_all_may_go_live() -> None:
    assert lacking(READY) == ()


@pytest.mark.parametrize(
    ("standing", "words"),
    [
        (replace(READY, account=False), "no account with the provider"),
        (replace(READY, public_base_url="http://coach.clinic.example"), "no public address"),
        (replace(READY, public_base_url="https://localhost"), "no public address"),
        (replace(READY, public_base_url="https://127.0.0.1:8000"), "no public address"),
        (replace(READY, approved_by=""), "no crisis path"),
        (on_rota(), "nobody is on duty"),
        (replace(on_rota(Contact(name="Cy", email=MAIL)), can_mail=False), "nobody is on duty"),
        (on_rota(Contact(name="Cy", phone="+12025550101")), "nobody is on duty"),
        (on_rota(Contact(name="Cy", phone="+12025550101", email="cy@clinic.example")), "nobody is on duty"),
        (on_rota(Contact(name="Cy", email="cy@mail.Example.com.")), "nobody is on duty"),
        (replace(READY, heartbeat_url=""), "no alarm outside"),
    ],
)
def test_each_thing_that_lacks_is_named_alone(standing: Standing, words: str) -> None:
    assert [what.startswith(words) for what in lacking(standing)] == [True]


@pytest.mark.parametrize("contact", [Contact(name="Cy", phone="+442079460123"), Contact(name="Cy", email=MAIL)])
def test_one_way_to_one_person_is_enough(contact: Contact) -> None:
    made_up = Contact(name="Bo", phone="+12025550101", email="bo@clinic.example")

    assert lacking(on_rota(made_up, contact)) == ()


def test_all_that_lacks_is_named_at_once() -> None:
    bare = Standing(on_rota().clinic, "http://127.0.0.1", "", "", can_mail=False, can_post=False, account=False)

    assert len(lacking(bare)) == 5


def test_what_should_be_thought_of_is_said_and_keeps_nobody_back() -> None:
    alone = replace(READY, can_mail=False)

    assert [words.split(":")[0] for words in advice(alone)] == [
        "coverage is none",
        "pages go by SMS alone",
        "one person is on the rota",
    ]
    assert lacking(alone) == ()


@pytest.mark.parametrize(
    ("phone", "made_up"),
    [
        ("+12025550100", True),
        ("+12025550199", True),
        ("+12025550200", False),
        ("+12025560143", False),
        ("+447700900123", False),
        ("+1202555014", False),
    ],
)
def test_numbers_of_made_up_people_are_known(phone: str, made_up: bool) -> None:
    assert is_made_up(phone) is made_up
