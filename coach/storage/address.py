"""Where the database is: an address that an operator writes, in the form that the engine takes."""

from urllib.parse import urlsplit

POSTGRESQL = "postgresql+psycopg"
SPELLINGS = {"postgresql", "postgres", POSTGRESQL}
REMEDY = "write sqlite:///coach.db or postgresql://user:password@host:5432/coach"
NO_DRIVER = (
    "PostgreSQL needs psycopg, which is not installed here; mend it with: make install-postgres"
    " (or: pip install --require-hashes -r requirements-postgres.txt)"
)


def database_address(written: str) -> str:
    """The address as the engine takes it: a file of SQLite, or PostgreSQL through psycopg.

    Raises:
        ValueError: it is neither, or the driver is missing; the text is one line, without the address itself.
    """
    scheme, _, rest = written.partition("://")
    if scheme == "sqlite":
        if not rest.startswith("/") or rest in {"/", "/:memory:"}:
            raise ValueError(f"SQLite needs a file, with three slashes before it; {REMEDY}")
        return written
    if scheme not in SPELLINGS:
        raise ValueError(f"coach keeps its rows in SQLite or PostgreSQL; {REMEDY}")
    _check_parts(rest)
    _check_driver()
    return f"{POSTGRESQL}://{rest}"


def _check_parts(rest: str) -> None:
    try:
        parts = urlsplit(f"{POSTGRESQL}://{rest}")
        whole = parts.port != 0 and not parts.fragment and bool(parts.path.strip("/"))
    except ValueError:  # its own words would repeat a piece of the password
        whole = False
    if not whole:
        raise ValueError(
            "this is not an address of a PostgreSQL database"
            f" (its name is missing, or a sign in the password is not written as %XX); {REMEDY}"
        )


def _check_driver() -> None:
    try:
        import psycopg  # noqa: F401 (whether it loads is the question; it is an extra)
    except ImportError:
        raise ValueError(NO_DRIVER) from None
