"""Calls by mail, through the clinic's own mail server: always over TLS, but to this machine."""

import smtplib
import ssl
from contextlib import suppress
from dataclasses import dataclass
from email.message import EmailMessage
from email.utils import format_datetime
from typing import Self
from urllib.parse import unquote, urlsplit

from coach.domain.errors import CoachError
from coach.gateway.pager import Notice, PagerError

LOOPBACK = {"127.0.0.1", "localhost", "::1"}
PORTS = {"smtp": 587, "smtps": 465}
TIMEOUT = 10.0  # seconds, for each answer of the server
REFUSED_FOR_GOOD = 500  # RFC 5321, 4.2.1: from here on the same mail again would not help


class MailServerError(CoachError):
    """The mail server's address, or the sender's, cannot be used."""


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed in: smtp:// (STARTTLS; without it only on this machine) or smtps:// (TLS from the start)."""

    scheme: str
    host: str
    port: int
    user: str
    password: str

    @classmethod
    def of(cls, url: str) -> Self:
        """The server that `url` names, as smtp://user:password@host:587. Raises MailServerError."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        if parts.scheme not in PORTS or not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment:
            raise MailServerError(
                "COACH_SMTP_URL cannot be used: write it as smtp://user:password@host:587 or smtps://..., with"
                " @ : / # and % in the password written as %40 %3A %2F %23 and %25"
            )
        user, password = unquote(parts.username or ""), unquote(parts.password or "")
        return cls(parts.scheme, parts.hostname, port or PORTS[parts.scheme], user, password)


class MailPager:
    """Calls by mail from `sender`; safe to share between threads.

    Raises:
        MailServerError: `url` or `sender` cannot be used.
    """

    def __init__(
        self, url: str, sender: str, *, timeout: float = TIMEOUT, trusted: ssl.SSLContext | None = None
    ) -> None:
        self._server, self._sender, self._timeout = MailServer.of(url), sender, timeout
        self._trusted = trusted or ssl.create_default_context()
        if "@" not in sender.strip("@") or not sender.isprintable():
            raise MailServerError("COACH_MAIL_FROM is no mail address: write the one that pages come from")

    def send(self, notice: Notice) -> None:
        """The server has taken the mail; raises PagerError."""
        mail = self._mail(notice)
        try:
            connection = self._connect()
            try:
                connection.send_message(mail, self._sender, [notice.to])
            finally:
                with suppress(smtplib.SMTPException, OSError):  # taken or not, the answer is in
                    connection.quit()
        except smtplib.SMTPRecipientsRefused as error:
            code, words = next(iter(error.recipients.values()))
            raise _refused(code, words) from None
        except smtplib.SMTPAuthenticationError as error:
            raise PagerError(f"the mail server refused user and password ({error.smtp_code})") from None
        except smtplib.SMTPResponseException as error:
            raise PagerError(f"the mail server said {error.smtp_code} {_plain(error.smtp_error)}") from None
        except (smtplib.SMTPException, OSError, ValueError) as error:
            raise PagerError(f"the mail server at {self._server.host}:{self._server.port}: {_cause(error)}") from None

    def _mail(self, notice: Notice) -> EmailMessage:
        mail = EmailMessage()
        mail["From"], mail["To"] = self._sender, notice.to
        mail["Subject"] = f"coach: case {notice.case_id} needs you now"
        mail["Date"] = format_datetime(notice.at)
        mail["Message-ID"] = f"<{notice.key}@{self._sender.rpartition('@')[2]}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail["Importance"] = "high"
        mail.set_content(
            f"Case {notice.case_id} needs you now.\n\n"
            f"Say that you have it:\n{notice.link}\n\n"
            f"Then look at it: coach case show {notice.case_id}\n"
            "Until somebody says so, the next in line are called.\n"
        )
        return mail

    def _connect(self) -> smtplib.SMTP:
        server = self._server
        if server.scheme == "smtps":
            connection: smtplib.SMTP = smtplib.SMTP_SSL(
                server.host, server.port, timeout=self._timeout, context=self._trusted
            )
        else:
            connection = smtplib.SMTP(server.host, server.port, timeout=self._timeout)
        try:
            self._make_safe(connection)
            if server.user:
                connection.login(server.user, server.password)
        except BaseException:
            connection.close()
            raise
        return connection

    def _make_safe(self, connection: smtplib.SMTP) -> None:
        connection.ehlo_or_helo_if_needed()
        if self._server.scheme == "smtps":
            return
        if connection.has_extn("starttls"):
            connection.starttls(context=self._trusted)
            connection.ehlo()
        elif self._server.host not in LOOPBACK:
            raise smtplib.SMTPNotSupportedError("it offers no STARTTLS, and mail leaves this machine only over TLS")


def _refused(code: int, words: bytes | str) -> PagerError:
    return PagerError(f"the mail server refused the address: {code} {_plain(words)}", final=code >= REFUSED_FOR_GOOD)


def _plain(words: bytes | str) -> str:
    return words.decode("utf-8", "replace") if isinstance(words, bytes) else words


def _cause(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    return str(error) or type(error).__name__
