"""Logging: ids and facts, never bodies, names or numbers."""

import logging
import re
import time

_NUMBER = re.compile(r"(?:\+|%2B)\d[\d ().-]{4,}\d|(?<![0-9A-Za-z])\d{10,15}(?![0-9A-Za-z])", re.IGNORECASE)


class Redacting(logging.Formatter):
    """A line that blanks whatever looks like a phone number, in tracebacks too, should one slip in."""

    def format(self, record: logging.LogRecord) -> str:
        return _NUMBER.sub("(number)", super().format(record))


def set_up(level: str = "INFO") -> None:
    """One line an event on standard error, in UTC; libraries speak from WARNING up."""
    formatter = Redacting("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("coach").setLevel(level)
