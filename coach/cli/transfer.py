"""coach transfer: from one machine to several."""

from typing import Annotated

import typer


def transfer(
    source: Annotated[str, typer.Argument(metavar="FROM", help="the other database, as sqlite:///coach.db")],
) -> None:
    """Copies every row of another database into the empty one of COACH_DATABASE_URL. Stop coach first."""
    from coach.cli.context import database_opens
    from coach.settings import read_settings
    from coach.storage.database import open_engine
    from coach.storage.transfer import transfer as transfer_rows

    target, other = read_settings().database_url, read_settings(database_url=source).database_url
    with database_opens():
        copied = transfer_rows(open_engine(other), open_engine(target))
    print(f"{sum(copied.values())} rows of {sum(1 for count in copied.values() if count)} tables are copied")
