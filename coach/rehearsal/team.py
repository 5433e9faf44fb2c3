"""The care team's pages beside the phones of a demo, once its time stands still."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from coach.bootstrap import Coach
from coach.domain.rights import Role
from coach.rehearsal.server import listen, serving
from coach.services.accounts import add_account
from coach.services.tally import tally
from coach.web.app import create_app


@contextmanager
def team_pages(coach: Coach, port: int) -> Iterator[str]:
    """The pages answer until the block ends; what is given is a link by which one comes in as a made-up admin.

    Raises:
        PortTakenError: something listens on that port.
    """
    listener = listen(port)
    address = f"http://127.0.0.1:{listener.getsockname()[1]}"
    tally(coach.sessions, now=coach.now())
    name, email = "Nurse Bo", "bo@demo.example"
    _, token = add_account(coach.sessions, email=email, name=name, role=Role.ADMIN, now=coach.now())
    with serving(create_app(replace(coach, public_base_url=address)), listener):
        yield f"{address}/welcome/{token}"
