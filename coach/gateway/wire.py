"""HTTP that knows whether a request began to leave: the difference between unsent and unknown."""

import threading
from collections.abc import Mapping
from typing import Any

from requests import Response, Session
from requests.adapters import HTTPAdapter
from urllib3 import HTTPConnectionPool, HTTPSConnectionPool, PoolManager
from urllib3.connection import HTTPConnection, HTTPSConnection


class _ThisCall(threading.local):
    """What is known of the call that this thread is making. A connection has no other way to tell its caller."""

    left = False
    status: int | None = None
    headers: Mapping[str, str] = {}


this_call = _ThisCall()


def begin_call() -> None:
    """Nothing of this thread's next call has left, and nothing has been answered."""
    this_call.left, this_call.status, this_call.headers = False, None, {}


def note_answer(response: Response, *_args: object, **_kwargs: object) -> None:
    """This thread's call has its status and headers (a `requests` response hook)."""
    this_call.status, this_call.headers = response.status_code, response.headers


def open_session(*, connections: int, trust_env: bool) -> Session:
    """A session that never repeats a call and keeps up to `connections` sockets to one host."""
    session = Session()
    session.trust_env = trust_env
    for scheme in ("http://", "https://"):
        session.mount(scheme, _WatchedAdapter(pool_maxsize=connections, max_retries=0))
    return session


class _Watched(HTTPConnection):
    """A connection that notes when a request is about to leave: set-up, proxy and TLS do not count."""

    def connect(self) -> None:
        try:
            super().connect()
        finally:
            this_call.left = False  # a proxy's CONNECT went through send() as well

    def send(self, data: Any) -> None:  # noqa: ANN401 (http.client's own signature)
        if self.sock is None:
            self.connect()
        this_call.left = True
        super().send(data)


class _WatchedTls(_Watched, HTTPSConnection):
    pass


class _Pool(HTTPConnectionPool):
    ConnectionCls = _Watched


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _WatchedTls


class _WatchedAdapter(HTTPAdapter):
    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401 (requests' own signature)
        super().init_poolmanager(*args, **kwargs)
        _watch(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> PoolManager:  # noqa: ANN401 (requests' own signature)
        manager: PoolManager = super().proxy_manager_for(*args, **kwargs)
        return _watch(manager)


def _watch(manager: PoolManager) -> PoolManager:
    manager.pool_classes_by_scheme = {"http": _Pool, "https": _TlsPool}
    return manager
