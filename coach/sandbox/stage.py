"""What the program around a sandbox shows on top of the phones."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass


def _nothing() -> str:
    return ""


def _nobody() -> Mapping[str, str]:
    return {}


@dataclass(frozen=True)
class Stage:
    """A title, a line that changes (a virtual date, for one), a hint for phones that are waited for, and a button.

    The functions are called from the server's threads at each poll: let them only look.
    """

    title: str = "Phones"
    line: Callable[[], str] = _nothing
    waiting: Callable[[], Mapping[str, str]] = _nobody  # number -> hint, such as "waiting for your answer"
    move_on: Callable[[], None] | None = None
    move_on_label: str = "Move on"
