"""The sandbox as a process on virtual time, with faults by seed, outages by plan, and people at the phones."""

import json
import logging
import threading
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

import uvicorn

from coach.sandbox.app import create_app
from coach.sandbox.faults import Fault, FaultKind, Faults
from coach.sandbox.ledger import Ledger
from coach.sandbox.provider import Account, Sandbox
from coach.sandbox.webhook import Posting, SignedPoster, Webhook
from coach.settings import Settings
from tests.torture.phones import Phones
from tests.torture.timing import BASE, VirtualClock

log = logging.getLogger(__name__)
K = FaultKind
TICK = 0.01  # seconds
HANDS = 4
LEDGER, OUTAGES, CALM = "ledger.jsonl", "outages.json", "calm"
LIST_LAG = 600  # seconds, virtual: less than the quarter of an hour that coach waits
SLOW = 3  # seconds, real: more than coach's patience
PROBABILITY: Mapping[FaultKind, float] = {
    K.LOST_ANSWER: 0.02,
    K.DROPPED: 0.01,
    K.ERROR_BEFORE: 0.01,
    K.ERROR_AFTER: 0.02,
    K.THROTTLED: 0.02,
    K.SLOW_AFTER: 0.003,
    K.SLOW_BEFORE: 0.003,
    K.OPTED_OUT: 0.002,
    K.OPTED_OUT_LATER: 0.002,
    K.REFUSED: 0.002,
    K.FAILED: 0.005,
    K.UNDELIVERED: 0.01,
    K.DELAYED: 0.02,
    K.LIST_LAG: 0.03,
    K.NO_RECEIPTS: 0.03,
    K.RECEIPTS_TWICE: 0.03,
    K.RECEIPTS_REVERSED: 0.03,
    K.RECEIPTS_FIRST: 0.02,
    K.LIST_ERROR: 0.03,
    K.LIST_CUT: 0.03,
    K.FETCH_ERROR: 0.05,
    K.INBOUND_LOST: 0.04,
    K.INBOUND_TWICE: 0.04,
}
SHAPES = {
    K.SLOW_AFTER: Fault(K.SLOW_AFTER, seconds=SLOW),
    K.SLOW_BEFORE: Fault(K.SLOW_BEFORE, seconds=SLOW),
    K.DELAYED: Fault(K.DELAYED, seconds=120),
    K.LIST_LAG: Fault(K.LIST_LAG, seconds=LIST_LAG),
    K.THROTTLED: Fault(K.THROTTLED, seconds=1),
    K.REFUSED: Fault(K.REFUSED, code=21614),
    K.FAILED: Fault(K.FAILED, code=30008),
    K.UNDELIVERED: Fault(K.UNDELIVERED, code=30003),
}


class ManyHands:
    """Posts receipts side by side, as a provider does: they may overtake each other. Inbound texts wait their turn."""

    def __init__(self, auth_token: str) -> None:
        self._post = SignedPoster(auth_token)
        self._pool = ThreadPoolExecutor(HANDS, "receipt")
        self._free = threading.Semaphore(2 * HANDS)

    def __call__(self, webhook: Webhook) -> Posting:
        if webhook.kind == "inbound":
            return self._post(webhook)
        self._free.acquire()
        self._pool.submit(self._receipt, webhook)
        return Posting(None, "is being posted")

    def _receipt(self, webhook: Webhook) -> None:
        try:
            self._post(webhook)
        finally:
            self._free.release()


@dataclass(frozen=True)
class Scheme:
    """What goes wrong: faults by `seed`, and outages of the account, each from and to so many minutes after BASE."""

    seed: int
    outages: Sequence[tuple[float, float]]


def provide(settings: Settings, clock: VirtualClock, folder: Path, scheme: Scheme, calm: Event) -> None:
    """Serves until SIGTERM. The ledger and the outages are written to `folder`."""
    account = Account(
        settings.twilio_account_sid, settings.twilio_auth_tokens[0], settings.twilio_messaging_service_sid
    )
    sandbox = Sandbox(
        clock,
        account=account,
        inbound_url=f"{settings.public_base_url}/sms/inbound",
        ledger=Ledger(folder / LEDGER),
        faults=Faults(scheme.seed, dict(PROBABILITY), SHAPES),
        poster=ManyHands(account.auth_token),
    )
    for target in (_carry, _befall):
        threading.Thread(target=target, args=(sandbox, scheme, folder, calm), daemon=True).start()
    port = int(settings.sandbox_url.rpartition(":")[2])
    uvicorn.run(create_app(sandbox), host="127.0.0.1", port=port, log_config=None, access_log=False)


def _carry(sandbox: Sandbox, *_more: object) -> None:
    """Texts take their way and receipts leave, in virtual time."""
    pause = threading.Event()
    while not pause.wait(TICK):
        try:
            sandbox.deliver_due(sandbox.now())
        except Exception:  # one bad step must not silence all later ones
            log.exception("a step of a message went wrong")


def _befall(sandbox: Sandbox, scheme: Scheme, folder: Path, calm: Event) -> None:
    """People write and outages come, until all is calm."""
    phones, outages = Phones(sandbox, scheme.seed), [_span(outage) for outage in scheme.outages]
    begun: list[tuple[str, str]] = []
    while not calm.wait(TICK):
        now = sandbox.now()
        phones.step(now)
        while outages and outages[0][0] <= now:
            _, until = outages.pop(0)
            sandbox.faults.order(Fault(K.ACCOUNT_BLOCKED, count=None, until=until))
            begun.append((now.isoformat(), until.isoformat()))
            (folder / OUTAGES).write_text(json.dumps(begun))
    sandbox.faults.probability = {}
    sandbox.faults.lift()
    phones.put_down()
    (folder / CALM).touch()


def _span(minutes: tuple[float, float]) -> tuple[datetime, datetime]:
    return BASE + timedelta(minutes=minutes[0]), BASE + timedelta(minutes=minutes[1])
