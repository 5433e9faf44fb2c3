"""A real mail server, and a real receiver of webhooks, that answer as they are told."""

import ssl
import subprocess
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import Message
from email.parser import BytesParser
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.gateway.answering import free_port


@dataclass
class Mailbox:
    """What the server took, and how it answers each address."""

    answer: str = "250 taken"
    url: str = ""
    mails: list[Message] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    over_tls: list[bool] = field(default_factory=list)
    users: list[str] = field(default_factory=list)

    async def handle_RCPT(  # noqa: N802 (the server's name for it)
        self, _server: object, _session: Session, envelope: Envelope, address: str, _options: object
    ) -> str:
        if self.answer.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.answer

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 (likewise)
        assert isinstance(envelope.content, bytes)
        self.mails.append(BytesParser().parsebytes(envelope.content))
        self.recipients += envelope.rcpt_tos
        assert server.transport is not None
        self.over_tls.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 taken"


@contextmanager
def mail_server(mailbox: Mailbox, host: str = "127.0.0.1", **settings: Any) -> Iterator[Mailbox]:
    """The mailbox behind a real server on this machine, whose address is `mailbox.url`."""
    is_tls = "ssl_context" in settings
    port = free_port()
    controller = Controller(mailbox, hostname=host, port=port, **settings)
    controller.start()
    try:
        mailbox.url = f"{'smtps' if is_tls else 'smtp'}://{host}:{port}"
        yield mailbox
    finally:
        controller.stop()


def with_password(mailbox: Mailbox, password: str) -> dict[str, Any]:
    """Settings of a server that wants `password`."""

    def check(*facts: Any) -> AuthResult:
        login = facts[-1]
        assert isinstance(login, LoginPassword)
        mailbox.users.append(login.login.decode())
        return AuthResult(success=login.password == password.encode(), handled=False)

    return {"authenticator": check, "auth_require_tls": False}


def certificate(folder: Path) -> tuple[ssl.SSLContext, ssl.SSLContext]:
    """The server's side of a certificate for this machine, and a client's that trusts it."""
    key, cert = folder / "key.pem", folder / "cert.pem"
    subprocess.run(  # noqa: S603 (our own words)
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "3650", "-subj", "/CN=localhost",  # noqa: S607 (the system's)
         "-addext", "subjectAltName=IP:127.0.0.1,DNS:localhost", "-keyout", str(key), "-out", str(cert)],
        check=True, capture_output=True,
    )  # fmt: skip
    server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server.load_cert_chain(cert, key)
    return server, ssl.create_default_context(cafile=str(cert))


@dataclass
class Post:
    """One webhook as it came."""

    headers: dict[str, str]  # names in lower case
    body: bytes


@dataclass
class Receiver:
    """What the receiver was posted, and the status it answers with."""

    status: int = 204
    url: str = ""
    posts: list[Post] = field(default_factory=list)


@contextmanager
def webhook_receiver(receiver: Receiver) -> Iterator[Receiver]:
    """A real receiver on this machine, whose address is `receiver.url`."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
            receiver.posts.append(Post({name.lower(): value for name, value in self.headers.items()}, body))
            self.send_response(receiver.status)
            self.send_header("Location", "/elsewhere")
            self.send_header("Content-Length", "0")
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    try:
        receiver.url = f"http://127.0.0.1:{server.server_address[1]}/pages"
        yield receiver
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
