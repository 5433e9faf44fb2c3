"""coach user ...: who of the care team may sign in."""

from typing import Annotated

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from coach.domain.rights import Role

app = typer.Typer(no_args_is_help=True)


@app.command()
def add(
    email: Annotated[str, typer.Argument(help="the address with which they sign in")],
    role: Annotated[Role, typer.Option(help="admin: all, and people and rights; clinician: patients; viewer: looks")],
    name: Annotated[str, typer.Option(help="what stands beside what they do, as 'Nurse Bo'")] = "",
) -> None:
    """Gives somebody an account, and prints the link with which they set their password."""
    from coach.cli.context import open_coach
    from coach.services.accounts import add_account
    from coach.services.audit import Deed, record

    coach = open_coach()
    called = name or email.partition("@")[0]
    account_id, token = add_account(coach.sessions, email=email, name=called, role=role, now=coach.now())
    record(coach.sessions, "the command line", Deed.ADDED_ACCOUNT, now=coach.now(), detail=f"account {account_id}")
    print(f"account {account_id}: {called}, {role}. This link sets the password, once, within three days:")
    print(f"{coach.public_base_url}/welcome/{token}")


@app.command("list")
def list_() -> None:
    """Everybody with an account."""
    from coach.cli.context import open_coach
    from coach.services.accounts import members

    coach = open_coach()
    table = Table("id", "name", "address", "rights", "state")
    for one in members(coach.sessions):
        state = "closed" if one.is_closed else "may sign in" if one.has_come else "invited"
        table.add_row(str(one.id), escape(one.name), escape(one.email), one.role, state)
    Console().print(table)


@app.command()
def link(account_id: Annotated[int, typer.Argument(metavar="ID", help="the number of the account")]) -> None:
    """Prints a new link to set a password, for whoever forgot theirs; older links work no more."""
    from coach.cli.context import open_coach
    from coach.services.accounts import invite_again
    from coach.services.audit import Deed, record

    coach = open_coach()
    token = invite_again(coach.sessions, account_id, now=coach.now())
    record(
        coach.sessions,
        "the command line",
        Deed.ADDED_ACCOUNT,
        now=coach.now(),
        detail=f"a new link for account {account_id}",
    )
    print(f"{coach.public_base_url}/welcome/{token}")
