"""Logging: ids and facts, never bodies, names or numbers."""

import logging
import re
import time

_NUMBER = re.compile(r"\+\d{6,15}")


class Redact(logging.Filter):
    """Blanks whatever looks like a phone number, should one slip into a line."""

    def filter(self, record: logging.LogRecord) -> bool:
        record.msg = _NUMBER.sub("+…", record.getMessage())
        record.args = None
        return True


def set_up(level: str = "INFO") -> None:
    """One line an event on standard error, in UTC; libraries speak from WARNING up."""
    formatter = logging.Formatter("%(asctime)sZ %(levelname)s %(name)s %(message)s", "%Y-%m-%dT%H:%M:%S")
    formatter.converter = time.gmtime
    handler = logging.StreamHandler()
    handler.setFormatter(formatter)
    handler.addFilter(Redact())
    logging.basicConfig(level=logging.WARNING, handlers=[handler], force=True)
    logging.getLogger("coach").setLevel(level)
