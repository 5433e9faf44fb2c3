import logging

import pytest

from coach.engine.base import Job, do


@pytest.mark.parametrize(
    ("job", "key"),
    [
        (Job("read"), "read"),
        (Job("deliver", {"shard": 1, "of": 2}), "deliver of=2 shard=1"),
        (Job("deliver", {"of": 2, "shard": 1}), "deliver of=2 shard=1"),
    ],
)
def test_two_jobs_of_which_one_is_enough_have_the_same_key(job: Job, key: str) -> None:
    assert job.key == key


def test_a_job_is_called_with_its_payload() -> None:
    done: list[tuple[int, int]] = []
    do({"plan": lambda shard, of: done.append((shard, of))}, Job("plan", {"shard": 1, "of": 2}), called="plan")

    assert done == [(1, 2)]


def test_trouble_is_logged_by_its_place_and_never_by_its_words(caplog: pytest.LogCaptureFixture) -> None:
    def stumble(**_payload: int) -> None:
        words = "my back hurts, call +1 202 555 0143"
        raise ValueError(words)

    with caplog.at_level(logging.ERROR):
        do({"read": stumble}, Job("read"), called="job 7 (read)")

    assert "job 7 (read) raised ValueError" in caplog.text
    assert "in stumble" in caplog.text
    assert "my back hurts" not in caplog.text.replace('words = "my back hurts, call +1 202 555 0143"', "")
