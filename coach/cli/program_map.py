"""`coach program map`: what each nudge is to help against, as a page."""

from pathlib import Path
from typing import Annotated

import typer

FAULT = 1  # exit code


def show_map(file: Annotated[Path, typer.Argument(help="A program file.")]) -> None:
    """Print which nudge is to help against what, in which weeks, and where that is shown, in Markdown."""
    from coach.content.mechanism_map import mechanism_map
    from coach.content.programs import read_program

    draft = read_program(file)
    for fault in draft.document.faults:
        print(fault)
    if draft.program is None or draft.document.faults:
        raise typer.Exit(FAULT)
    print(mechanism_map(draft.program), end="")
