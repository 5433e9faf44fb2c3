"""What is made when it is first used: most commands read no reply, and all patterns for one take half a second."""

import re
from collections.abc import Callable
from typing import Any, TypeVar, cast

Made = TypeVar("Made")


class _Late:
    """Stands for what `make` makes, until something of it is asked for; then has that too."""

    def __init__(self, make: Callable[[], object]) -> None:
        self._make = make

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 (whatever it is)
        if "_made" not in self.__dict__:
            self._made = self._make()
        found = getattr(self._made, name)
        self.__dict__[name] = found  # asked for directly from now on
        return found


def late(make: Callable[[], Made]) -> Made:
    """What `make` makes, made at first use; raises then what `make` raises."""
    return cast("Made", _Late(make))


def late_pattern(written: str, flags: int = 0) -> re.Pattern[str]:
    """The pattern as `re.compile` makes it, at first use."""
    return late(lambda: re.compile(written, flags))
