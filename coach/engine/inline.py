"""The engine of one process: a job is done at once, in the thread that hands it over."""

from coach.engine.base import Job, Work, do


class Inline:
    """Nothing waits and nothing is kept: the beat that comes next finds what this one left."""

    def __init__(self, work: Work) -> None:
        self._work = work

    def defer(self, job: Job) -> bool:
        do(self._work, job, called=job.key)
        return True

    def close(self) -> None:
        pass
