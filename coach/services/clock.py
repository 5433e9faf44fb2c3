"""What a clock is to a service: a function that says the time in UTC. It is always given."""

from collections.abc import Callable
from datetime import datetime

Clock = Callable[[], datetime]
