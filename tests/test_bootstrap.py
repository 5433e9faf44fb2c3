from pathlib import Path
from typing import Any

import pytest

from coach.bootstrap import build
from coach.domain.errors import CoachError
from coach.domain.page import hashed
from coach.settings import Settings
from coach.storage.tables.page import PageChannel
from tests.services.paging import TEN

SECRET = "whsec_" + "A" * 32
MAIL = {"smtp_url": "smtp://127.0.0.1:2525", "mail_from": "coach@clinic.example"}
WEBHOOK = {"page_webhook_url": "https://pages.example.org/x", "page_webhook_secret": SECRET}


def settings(tmp_path: Path, **changes: Any) -> Settings:
    return Settings(_env_file=None, database_url=f"sqlite:///{tmp_path}/coach.db", **changes)


@pytest.mark.parametrize(
    ("changes", "channels"),
    [
        ({}, set()),
        (MAIL, {PageChannel.EMAIL}),
        (WEBHOOK, {PageChannel.WEBHOOK}),
        ({**MAIL, **WEBHOOK}, {PageChannel.EMAIL, PageChannel.WEBHOOK}),
        ({"heartbeat_url": "https://alarm.example.org"}, {PageChannel.TEST}),
    ],
)
def test_the_care_team_is_called_by_every_channel_that_is_set(
    tmp_path: Path, changes: dict[str, str], channels: set[PageChannel]
) -> None:
    coach = build(settings(tmp_path, **changes))
    coach.sessions.engine.dispose()

    assert set(coach.pagers) == channels


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({**MAIL, "smtp_url": "mail.clinic.example"}, "COACH_SMTP_URL"),
        ({"smtp_url": MAIL["smtp_url"]}, "COACH_MAIL_FROM"),
        ({**WEBHOOK, "page_webhook_url": "http://pages.example.org"}, "COACH_PAGE_WEBHOOK_URL"),
        ({"page_webhook_url": WEBHOOK["page_webhook_url"]}, "COACH_PAGE_WEBHOOK_SECRET"),
    ],
)
def test_a_channel_that_cannot_work_stops_the_start_by_name(
    tmp_path: Path, changes: dict[str, str], words: str
) -> None:
    with pytest.raises(CoachError, match=words):
        build(settings(tmp_path, **changes))


@pytest.mark.parametrize(("secret", "same"), [("k" * 32, True), ("", False)])
def test_the_links_of_pages_hang_on_the_clinics_secret(tmp_path: Path, secret: str, *, same: bool) -> None:
    coaches = [build(settings(tmp_path, secret_key=secret)) for _ in range(2)]
    for coach in coaches:
        coach.sessions.engine.dispose()
    first, second = (coach.links.token(12, TEN, 0, "Bo", "sms") for coach in coaches)

    assert (first == second) is same
    assert coaches[0].links.address(first) == f"http://127.0.0.1:8000/a/{first}"
    assert len(first) == 22
    assert len(hashed(first)) == 64
    assert secret == "" or secret not in repr(coaches[0])
