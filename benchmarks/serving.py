"""A server process for one measurement: `python -m benchmarks.serving coach|bare DATABASE_URL` prints its address."""

import logging
import socket
import sys
from datetime import UTC, datetime
from typing import Annotated
from urllib.parse import parse_qsl

import uvicorn
from fastapi import Depends, FastAPI, HTTPException, Request, Response
from sqlalchemy import insert
from twilio.request_validator import RequestValidator  # type: ignore[import-untyped]  # the package has no types

from coach.bootstrap import build
from coach.settings import Settings
from coach.storage.database import WRITES, open_engine
from coach.storage.tables import Reply
from coach.web.app import create_app
from coach.web.webhooks import EMPTY_TWIML

TOKEN = "sandbox-token"  # noqa: S105 (the one that comes with coach)
PUBLIC = "https://coach.example.org"


def coach_app(database_url: str) -> FastAPI:
    """Coach's own, without its clock."""
    logging.disable(logging.WARNING)
    return create_app(build(Settings(database_url=database_url, public_base_url=PUBLIC, twilio_auth_tokens=[TOKEN])))


def bare_app(database_url: str) -> FastAPI:
    """One route that verifies the signature and inserts one row."""
    engine = open_engine(database_url).execution_options(**{WRITES: True})
    validator = RequestValidator(TOKEN)
    app = FastAPI()

    async def signed(request: Request) -> dict[str, str]:
        form = dict(parse_qsl((await request.body()).decode(), keep_blank_values=True))
        if not validator.validate(PUBLIC + request.url.path, form, request.headers.get("X-Twilio-Signature", "")):
            raise HTTPException(403)
        return form

    @app.post("/sms/inbound")
    def inbound(form: Annotated[dict[str, str], Depends(signed)]) -> Response:
        row = {
            "provider_id": form["MessageSid"],
            "phone": form["From"],
            "to": form["To"],
            "body": form["Body"],
            "received_at": datetime.now(UTC),
        }
        with engine.begin() as connection:
            connection.execute(insert(Reply), row)
        return Response(EMPTY_TWIML, media_type="text/xml")

    return app


def main() -> None:
    """Serves until it is ended."""
    which, database_url = sys.argv[1:]
    app = coach_app(database_url) if which == "coach" else bare_app(database_url)
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)  # named, so that nothing waits
    listening.bind(("127.0.0.1", 0))  # for an acknowledgement: the server asks so only of what says that it is TCP
    listening.listen(128)
    print(f"http://127.0.0.1:{listening.getsockname()[1]}", flush=True)
    uvicorn.Server(uvicorn.Config(app, log_config=None, access_log=False)).run(sockets=[listening])


if __name__ == "__main__":
    main()
