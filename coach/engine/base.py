"""What an engine is: it takes named jobs, and has each done with what was given for its name."""

import logging
import traceback
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Protocol

from coach.domain.errors import CoachError

log = logging.getLogger(__name__)

Work = Mapping[str, Callable[..., object]]
"""What the job of each name does; it is called with the job's payload."""


class EngineAwayError(CoachError):
    """The engine cannot be reached just now; whoever defers does it again at the next beat."""


@dataclass(frozen=True)
class Job:
    """Something to do, by name. The payload holds ids and shares alone: whoever runs the database can read it."""

    name: str
    payload: Mapping[str, int] = field(default_factory=dict)

    @property
    def key(self) -> str:
        """The same for two jobs of which one is enough."""
        return " ".join([self.name, *(f"{name}={self.payload[name]}" for name in sorted(self.payload))])


class Engine(Protocol):
    """Has jobs done, here or elsewhere; one may be done twice, or by two at once: the tables say what is left to do."""

    def defer(self, job: Job) -> bool:
        """Whether `job` was handed over; not if the same one waits already.

        Raises:
            EngineAwayError: it cannot be reached.
        """

    def close(self) -> None:
        """Its connections are given back."""


def do(work: Work, job: Job, *, called: str) -> None:
    """The job was done, or the log says which error stopped it and where; not its words, which may be a patient's."""
    try:
        work[job.name](**job.payload)
    except Exception as error:  # noqa: BLE001 (whatever one job raises, the next are done)
        place = "".join(traceback.format_tb(error.__traceback__))
        log.error("%s raised %s:\n%s", called, type(error).__name__, place)  # noqa: TRY400 (it would print the words)
