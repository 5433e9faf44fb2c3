from datetime import UTC, datetime
from pathlib import Path

import pytest

from coach.gateway.mail import MailPager, MailServer, MailServerError
from coach.gateway.pager import Notice, PagerError
from tests.gateway.answering import Answer, answering, free_port
from tests.gateway.receiving import Mailbox, certificate, mail_server, with_password

SENDER = "coach@clinic.example"
NOTICE = Notice(
    key="coach-1f3a",
    case_id=12,
    step=0,
    to="bo@clinic.example",
    text="coach: case 12 needs you now. Acknowledge: https://coach.example.org/a/TOKEN",
    link="https://coach.example.org/a/TOKEN",
    at=datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
)


@pytest.fixture
def mailbox() -> Mailbox:
    return Mailbox()


def test_a_mail_is_taken_by_a_real_server_and_says_case_and_link(mailbox: Mailbox) -> None:
    with mail_server(mailbox):
        MailPager(mailbox.url, SENDER).send(NOTICE)
    [mail] = mailbox.mails

    assert mailbox.recipients == ["bo@clinic.example"]
    assert (mail["From"], mail["To"]) == (SENDER, "bo@clinic.example")
    assert mail["Subject"] == "coach: case 12 needs you now"
    assert mail["Message-ID"] == "<coach-1f3a@clinic.example>"
    assert mail["Date"] == "Mon, 23 Nov 2026 15:00:00 +0000"
    assert NOTICE.link in str(mail.get_payload())


def test_a_server_that_offers_starttls_is_spoken_to_over_it(mailbox: Mailbox, tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    with mail_server(mailbox, tls_context=theirs, require_starttls=True):
        MailPager(mailbox.url, SENDER, trusted=ours).send(NOTICE)

    assert mailbox.over_tls == [True]


def test_a_server_that_is_not_trusted_gets_no_mail(mailbox: Mailbox, tmp_path: Path) -> None:
    theirs, _ = certificate(tmp_path)
    with mail_server(mailbox, tls_context=theirs), pytest.raises(PagerError, match="CERTIFICATE_VERIFY_FAILED"):
        MailPager(mailbox.url, SENDER).send(NOTICE)

    assert mailbox.mails == []


def test_mail_leaves_this_machine_only_over_tls(mailbox: Mailbox) -> None:
    elsewhere = "127.0.0.2"  # for the pager it might be any machine
    with mail_server(mailbox, elsewhere), pytest.raises(PagerError, match="it offers no STARTTLS"):
        MailPager(mailbox.url, SENDER).send(NOTICE)

    assert mailbox.mails == []


def test_smtps_is_tls_from_the_start(mailbox: Mailbox, tmp_path: Path) -> None:
    theirs, ours = certificate(tmp_path)
    with mail_server(mailbox, ssl_context=theirs):
        MailPager(mailbox.url, SENDER, trusted=ours).send(NOTICE)

    assert mailbox.over_tls == [True]


def test_user_and_password_are_told_as_they_were_before_they_were_written_into_an_address(mailbox: Mailbox) -> None:
    with mail_server(mailbox, **with_password(mailbox, "p@ss:/#")):
        MailPager(mailbox.url.replace("//", "//bo%40clinic:p%40ss%3A%2F%23@"), SENDER).send(NOTICE)

    assert mailbox.users == ["bo@clinic"]
    assert len(mailbox.mails) == 1


def test_a_refused_password_is_said_without_it(mailbox: Mailbox) -> None:
    with (
        mail_server(mailbox, **with_password(mailbox, "right")),
        pytest.raises(PagerError, match=r"refused user and password \(535\)") as raised,
    ):
        MailPager(mailbox.url.replace("//", "//bo:wrong@"), SENDER).send(NOTICE)

    assert not raised.value.final
    assert "wrong" not in str(raised.value)


@pytest.mark.parametrize(
    ("answer", "final"), [("550 5.1.1 no such mailbox", True), ("450 4.2.1 try later", False), ("552 full", True)]
)
def test_a_refused_address_is_final_where_the_server_says_so(mailbox: Mailbox, answer: str, *, final: bool) -> None:
    mailbox.answer = answer
    with mail_server(mailbox), pytest.raises(PagerError, match=f"refused the address: {answer}") as raised:
        MailPager(mailbox.url, SENDER).send(NOTICE)

    assert raised.value.final is final


def test_a_server_that_is_not_there_is_an_error_of_one_line() -> None:
    port = free_port()
    with pytest.raises(PagerError, match=f"the mail server at 127.0.0.1:{port}: .*refused"):
        MailPager(f"smtp://127.0.0.1:{port}", SENDER).send(NOTICE)


def test_a_server_that_says_nothing_is_given_up() -> None:
    with answering(Answer(hold=True)) as silent, pytest.raises(PagerError, match="timed out"):
        MailPager(silent.url.replace("http:", "smtp:"), SENDER, timeout=0.2).send(NOTICE)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "mail.clinic.example",
        "http://mail.clinic.example",
        "smtp://",
        "smtp://host:port",
        "smtp://host/path",
        "smtp://u:p#w@host",
    ],
)
def test_an_address_that_is_none_is_refused_with_what_to_write(url: str) -> None:
    with pytest.raises(MailServerError, match="COACH_SMTP_URL cannot be used: write it as smtp://user:password@host"):
        MailPager(url, SENDER)


@pytest.mark.parametrize("sender", ["", "coach", "@clinic.example", "coach@", "coach@clinic.example\nBcc: x@y.example"])
def test_a_sender_that_is_no_address_is_refused(sender: str) -> None:
    with pytest.raises(MailServerError, match="COACH_MAIL_FROM"):
        MailPager("smtp://127.0.0.1", sender)


@pytest.mark.parametrize(("url", "port"), [("smtp://mail.example", 587), ("smtps://mail.example", 465)])
def test_the_usual_ports_need_not_be_written(url: str, port: int) -> None:
    assert MailServer.of(url).port == port
