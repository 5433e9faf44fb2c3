from coach.engine.base import Job
from coach.engine.inline import Inline


def test_a_job_is_done_before_it_is_handed_over() -> None:
    done: list[str] = []
    engine = Inline({"read": lambda: done.append("read")})
    taken = engine.defer(Job("read"))

    assert taken
    assert done == ["read"]


def test_a_job_that_raises_is_taken_again_at_the_next_beat() -> None:
    runs: list[int] = []

    def stumble() -> None:
        runs.append(1)
        raise ValueError("a fault")

    engine = Inline({"read": stumble})
    engine.defer(Job("read"))
    engine.defer(Job("read"))

    assert len(runs) == 2
