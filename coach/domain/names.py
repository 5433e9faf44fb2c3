"""What people are called: short enough for a text, and on one line."""

LONGEST = 80  # letters


def tidy_name(name: str) -> str | None:
    """The name with single spaces; None where it is empty, too long, or holds what cannot be shown."""
    tidy = " ".join(name.split())
    return tidy if tidy and len(tidy) <= LONGEST and tidy.isprintable() else None
