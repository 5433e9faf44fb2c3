"""`coach message`: what texts cost on the air."""

from dataclasses import asdict

import typer

from coach.cli.reply import json_strings, show

app = typer.Typer(no_args_is_help=True, help="What texts cost on the air.")


@app.callback()
def group() -> None:
    """What texts cost on the air."""


@app.command()
def count() -> None:
    """Read JSON strings, one a line, from standard input; write the encoding, segments and units of each."""
    from coach.domain.segment import count as size_of

    for text in json_strings():
        show(asdict(size_of(text)))
