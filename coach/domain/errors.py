"""The base of every error that coach raises on purpose; each floor raises narrower ones."""


class CoachError(Exception):
    """Something a person can mend; its text says what, where and how."""
