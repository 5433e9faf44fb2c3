"""coach demo: two weeks of three made-up patients, in a few minutes."""

import sys
from pathlib import Path
from threading import Event
from typing import Annotated

import typer
from rich.console import Console


def demo(
    days: Annotated[int, typer.Option(help="how many days go by", min=1, max=28)] = 14,
    answer: Annotated[bool, typer.Option("--answer", help="all three answer by themselves, and nothing waits")] = False,
    port: Annotated[int, typer.Option(help="of the page of phones, on this machine only", min=0, max=65535)] = 8040,
    folder: Annotated[Path, typer.Option(help="where its database goes; made anew each time")] = Path(".demo"),
) -> None:
    """Three made-up patients live through Steady Steps in virtual time; the third phone is yours."""
    from coach.cli.tables import adherence_table
    from coach.rehearsal.run import Told, run_demo

    console = Console(highlight=False, soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160)
    alone = answer or not (sys.stdin.isatty() and sys.stdout.isatty())

    def tell(told: Told) -> None:
        console.print()
        console.print(adherence_table(told.adherence))
        console.print("\n[bold]Not sent, and why[/]")
        for line in told.not_gone:
            console.print(f"  {line}", markup=False)

    def stay(address: str, link: str) -> None:
        console.print(f"\nTime stands still now. The phones stay at {address} until Ctrl-C.")
        console.print(f"[bold]What the care team sees:[/] {link} (set any good password)")
        Event().wait()

    try:
        run_demo(
            days=days,
            answers_itself=alone,
            port=port,
            folder=folder,
            say=console.print,
            tell=tell,
            stay=None if alone else stay,
        )
    except KeyboardInterrupt:
        console.print("ended")
