from collections.abc import Iterator

import pytest

from tests.sandbox.serving import World, world_of


@pytest.fixture
def world() -> Iterator[World]:
    with world_of() as world:
        yield world
