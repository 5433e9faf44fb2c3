"""Cells of a CSV file that no spreadsheet takes for a formula."""

FORMULAS = set("=+-@＝＋－＠|%")


def defused(value: object) -> object:
    """The value; a text that a spreadsheet would take for a formula, spaces before it or not, gets an apostrophe.

    Source: OWASP, CSV injection.
    """
    if not isinstance(value, str):
        return value
    first = value.lstrip()[:1]
    return f"'{value}" if (first in FORMULAS and first) or value[:1] in {"\t", "\r", "\n"} else value
