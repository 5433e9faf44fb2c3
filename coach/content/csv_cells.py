"""Cells of a CSV file that no spreadsheet takes for a formula, and what was typed into one."""

FORMULAS = frozenset("=+-@|%＝＋－＠")
CONTROLS = frozenset("\t\r\n")


def defused(value: object) -> object:
    """The value; a text that a spreadsheet would take for a formula, spaces before it or not, gets an apostrophe.

    Source: OWASP, CSV injection.
    """
    return f"'{value}" if isinstance(value, str) and _is_formula(value) else value


def as_typed(cell: str) -> str:
    """The cell without the apostrophe that `defused` put before it."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell[1:]) else cell


def _is_formula(text: str) -> bool:
    return text[:1] in CONTROLS or text.lstrip()[:1] in FORMULAS
