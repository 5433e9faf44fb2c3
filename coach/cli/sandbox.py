"""coach sandbox: the sandbox as a process of its own, on real time."""

import logging
import signal
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from coach.domain.errors import CoachError

if TYPE_CHECKING:  # the command line imports late
    from coach.sandbox.faults import Fault
    from coach.sandbox.provider import Sandbox


class SandboxOptionError(CoachError):
    """The sandbox cannot start like this; the words name the option."""


def sandbox(
    port: Annotated[int, typer.Option(help="where the API and the page of phones answer")] = 8055,
    host: str = "127.0.0.1",
    inbound_url: Annotated[str, typer.Option(help="where texts from phones go; coach's own address if left out")] = "",
    fallback_url: Annotated[str, typer.Option(help="where they go when that address did not take them")] = "",
    keyword_replies: Annotated[
        Literal["coach", "provider"], typer.Option(help="who answers STOP, START and HELP")
    ] = "coach",
    ledger: Annotated[Path | None, typer.Option(help="a file that gets a line of JSON for all that happens")] = None,
    fault: Annotated[
        list[str] | None,
        typer.Option(help="KIND=PROBABILITY[,seconds=N][,code=N], such as list_lag=0.02,seconds=60; repeats"),
    ] = None,
    seed: Annotated[int, typer.Option(help="draws the faults; the same seed draws the same")] = 0,
) -> None:
    """Serves Twilio's Messages API with phones in the browser, for trying coach out. SIGTERM ends it with 0."""
    from coach.bootstrap import real_time
    from coach.sandbox.faults import Faults
    from coach.sandbox.ledger import Ledger
    from coach.sandbox.provider import Account, Sandbox
    from coach.settings import read_settings

    settings = read_settings()
    if settings.is_live:
        raise SandboxOptionError("COACH_GATEWAY is twilio: no sandbox runs beside a live gateway; set it to sandbox")
    drawn = [read_fault(one) for one in fault or []]
    box = Sandbox(
        real_time,
        account=Account(
            settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_messaging_service_sid
        ),
        inbound_url=inbound_url or f"{settings.public_base_url}/sms/inbound",
        fallback_url=fallback_url or None,
        keyword_replies=keyword_replies,
        ledger=Ledger(ledger),
        faults=Faults(seed, {one.kind: odds for one, odds in drawn}, {one.kind: one for one, _ in drawn}),
    )
    check_port(host, port)
    check_file(ledger)
    serve_box(box, host, port)


def serve_box(box: "Sandbox", host: str, port: int) -> None:
    """Its API and its page are served, and its webhooks posted, until SIGTERM or Ctrl-C."""
    import uvicorn

    from coach.sandbox.app import create_app
    from coach.sandbox.pump import Pump

    for ending in (signal.SIGTERM, signal.SIGINT):
        signal.signal(ending, lambda *_: None)  # the server takes it first, and raises it again when it is done
    logging.getLogger("uvicorn").setLevel(logging.CRITICAL)  # it breaks connections on purpose
    print(f"The phones are at http://{host}:{port}/, the API beside them. Ctrl-C ends it.", flush=True)
    with Pump(box):
        uvicorn.run(create_app(box), host=host, port=port, log_config=None, access_log=False, server_header=False)


def check_port(host: str, port: int) -> None:
    """Nothing listens there yet, or SandboxOptionError."""
    try:
        socket.create_server((host, port)).close()
    except OSError as error:
        raise SandboxOptionError(
            f"port {port} on {host} cannot be used ({error.strerror}); choose another with --port"
        ) from None


def check_file(ledger: Path | None) -> None:
    """The ledger's file can be appended to, or SandboxOptionError."""
    try:
        if ledger is not None:
            ledger.open("a", encoding="utf-8").close()
    except OSError as error:
        raise SandboxOptionError(
            f"--ledger {ledger} cannot be written ({error.strerror}); choose another file"
        ) from None


def read_fault(text: str) -> tuple["Fault", float]:
    """The fault and its probability, 0 to 1; or SandboxOptionError."""
    from coach.sandbox.faults import Fault, FaultKind

    (kind, probability), *shape = ((part.partition("=")[0], part.partition("=")[2]) for part in text.split(","))
    try:
        odds, numbers = float(probability), {name: int(number) for name, number in shape}
        code, seconds = numbers.pop("code", Fault.code), numbers.pop("seconds", Fault.seconds)
        read = Fault(FaultKind(kind), code=code, seconds=seconds)
    except ValueError:
        numbers = {"": 0}
    if numbers:
        kinds = ", ".join(FaultKind)
        raise SandboxOptionError(f"--fault {text}: write KIND=PROBABILITY[,seconds=N][,code=N], KIND one of {kinds}")
    if not 0 <= odds <= 1:
        raise SandboxOptionError(f"--fault {text}: the probability must be 0 to 1")
    return read, odds
