import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from coach.bootstrap import Coach
from coach.domain.case import CaseState
from coach.services.cases import acknowledge, resolve
from coach.storage.database import Sessions
from coach.web.app import create_app
from tests.people import ANA, Practice, reader_of
from tests.services.paging import LINKS, TEN, Ward

MINUTE = timedelta(minutes=1)


@pytest.fixture
def ward(sessions: Sessions) -> Ward:
    found = Ward(Practice(sessions))
    found.opens(phone=ANA)
    found.round(TEN)
    return found


@pytest.fixture
def web(ward: Ward) -> Iterator[TestClient]:
    practice = ward.practice
    reader = reader_of(practice.editions)
    coach = Coach(
        practice.sessions,
        practice.editions,
        practice.gateway,
        ward.clinic,
        lambda: reader,
        practice.clock,
        LINKS.base_url,
    )
    with TestClient(create_app(coach)) as client:
        yield client


def path(ward: Ward, call: int = 0) -> str:
    return "/a/" + ward.practice.gateway.calls[call].text.rpartition("/")[2]


def said(page: str) -> str:
    """The words of a page, without its style."""
    return " ".join(re.sub(r"<style>.*?</style>|<[^>]+>", " ", page, flags=re.DOTALL).split())


def test_following_a_link_shows_a_button_and_changes_nothing(web: TestClient, ward: Ward) -> None:
    pages = [web.get(path(ward)) for _ in range(3)]

    assert [page.status_code for page in pages] == [200, 200, 200]
    assert said(pages[2].text).startswith(
        "Case 1 needs you Case 1 needs you It has been open since 15:00 on 23 November"
    )
    assert pages[2].text.count("<button>") == 1
    assert '<form method="post">' in pages[2].text  # to where it is, below whatever folder a proxy has
    assert ward.case(1).state is CaseState.OPEN


def test_the_button_acknowledges_once(web: TestClient, ward: Ward) -> None:
    first, second, looked = web.post(path(ward)), web.post(path(ward)), web.get(path(ward))

    assert (first.status_code, second.status_code, looked.status_code) == (200, 410, 410)
    assert "Thank you. You have case 1" in said(first.text)
    assert "Case 1 is taken Bo has it since 15:00 on 23 November" in said(second.text)
    assert "<button>" not in first.text + second.text + looked.text
    assert ward.case(1).acknowledged_by == "Bo"


@pytest.mark.parametrize("token", ["x", "A" * 22, "A" * 5000, "%00", "..%2f..%2fetc", "<script>alert(1)<%2fscript>"])
def test_an_unknown_link_says_politely_what_to_do(web: TestClient, token: str) -> None:
    for page in (web.get(f"/a/{token}"), web.post(f"/a/{token}")):
        assert page.status_code == 404
        if "This link is not known" in page.text:
            assert '<a href="/cases">' in page.text
            assert "<script>" not in page.text


def test_a_link_of_yesterday_says_that_the_case_is_open_and_what_to_do(web: TestClient, ward: Ward) -> None:
    ward.practice.clock.to(TEN + timedelta(hours=24))
    page = web.post(path(ward))

    assert page.status_code == 410
    assert "Case 1 is open, but this link is used up" in said(page.text)
    assert '<a href="/cases">' in page.text
    assert ward.case(1).state is CaseState.OPEN


def test_a_closed_case_says_so(web: TestClient, ward: Ward) -> None:
    resolve(ward.practice.sessions, 1, by="Kim", note="seen", lift_hold=False, now=TEN + MINUTE)

    assert "Case 1 is closed" in said(web.get(path(ward)).text)


def test_whoever_comes_second_learns_who_has_it(web: TestClient, ward: Ward) -> None:
    acknowledge(ward.practice.sessions, 1, by="Kim <b>", now=TEN + MINUTE)
    page = web.get(path(ward)).text

    assert "Kim &lt;b&gt; has it since 15:01" in page


def test_no_page_holds_anything_of_the_patient_or_loads_anything(web: TestClient, ward: Ward) -> None:
    pages = [web.get(path(ward)), web.post(path(ward)), web.get(path(ward))]

    for page in pages:
        assert not re.search(r"Ana|555|danger|crisis|suicid", said(page.text))
        assert "<script" not in page.text
        assert "http" not in page.text
        assert page.headers["Cache-Control"] == "no-store"
        assert page.headers["Referrer-Policy"] == "no-referrer"
        assert page.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")


@pytest.mark.parametrize("method", ["HEAD", "PUT", "DELETE", "OPTIONS"])
def test_no_other_method_does_anything(web: TestClient, ward: Ward, method: str) -> None:
    assert web.request(method, path(ward)).status_code == 405
    assert ward.case(1).state is CaseState.OPEN
