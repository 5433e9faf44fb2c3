import os
import sys
from pathlib import Path

import pytest

from coach.settings import Settings, SettingsError, read_settings

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(autouse=True)
def _nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """A process in an empty folder, without COACH_* in its environment."""
    for name in os.environ:
        if name.upper().startswith("COACH_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COACH_PORT", "eighty", "valid integer"),
        ("COACH_PORT", "0", "greater than or equal to 1"),
        ("COACH_PORT", "70000", "less than or equal to 65535"),
        ("COACH_PARALLEL_CALLS", "99", "less than or equal to 32"),
        ("COACH_LOG_LEVEL", "LOUD", "'DEBUG', 'INFO', 'WARNING' or 'ERROR'"),
        ("COACH_SQLITE_SYNCHRONOUS", "OFF", "'FULL' or 'NORMAL'"),
        ("COACH_GATEWAY", "carrier-pigeon", "'sandbox' or 'twilio'"),
        ("COACH_DATABASE_URL", "coach.db", "write sqlite:///coach.db or postgresql://"),
        ("COACH_DATABASE_URL", "mysql://db/coach", "SQLite or PostgreSQL"),
        ("COACH_DATABASE_URL", "postgresql+asyncpg://db/coach", "SQLite or PostgreSQL"),
        ("COACH_DATABASE_URL", "sqlite://", "three slashes"),
        ("COACH_DATABASE_URL", "sqlite:///:memory:", "SQLite needs a file"),
        ("COACH_DATABASE_URL", "postgresql://db", "its name is missing"),
        ("COACH_DATABASE_URL", "postgresql://coach:a/b@db/coach", "not written as %XX"),
        ("COACH_DATABASE_URL", "postgresql://db:0/coach", "not an address"),
        ("COACH_SEGMENTS_PER_SECOND", "0", "greater than 0"),
        ("COACH_SEGMENTS_PER_SECOND", "1001", "less than or equal to 1000"),
        ("COACH_SEGMENTS_PER_SECOND", "nan", "finite number"),
        ("COACH_PUBLIC_BASE_URL", "coach.example.org", "http(s) address"),
        ("COACH_PUBLIC_BASE_URL", "https://user:word@coach.example.org", "without user, query or fragment"),
        ("COACH_PUBLIC_BASE_URL", "https://coach.example.org/?a=1", "without user, query or fragment"),
        ("COACH_PUBLIC_BASE_URL", "https://coach.example.org:99999", "Port out of range"),
        ("COACH_PUBLIC_BASE_URL", "https://[::1", "Invalid IPv6"),
        ("COACH_TWILIO_AUTH_TOKENS", " , ", "give one auth token, or two"),
        ("COACH_TWILIO_AUTH_TOKENS", "a,b,c", "give one auth token, or two"),
        ("COACH_SANDBOX_URL", "https://api.twilio.com", "must be on this machine"),
        ("COACH_SANDBOX_URL", "http://127.0.0.1.example.org", "must be on this machine"),
    ],
)
def test_a_bad_value_is_refused_in_one_line_that_names_its_setting(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError) as raised:
        read_settings()
    line = str(raised.value)

    assert line.startswith(name)
    assert words in line
    assert "\n" not in line


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("sqlite:///coach.db", "sqlite:///coach.db"),
        ("sqlite:////var/lib/coach.db", "sqlite:////var/lib/coach.db"),
        ("postgresql://u:p@db:5432/coach", "postgresql+psycopg://u:p@db:5432/coach"),
        ("postgres://u:p%2F@db/coach?sslmode=require", "postgresql+psycopg://u:p%2F@db/coach?sslmode=require"),
        ("postgresql+psycopg://db/coach", "postgresql+psycopg://db/coach"),
        ("postgresql://u@/coach?host=/var/run/postgresql", "postgresql+psycopg://u@/coach?host=/var/run/postgresql"),
    ],
)
def test_a_database_is_a_file_of_sqlite_or_postgresql_in_any_usual_spelling(
    monkeypatch: pytest.MonkeyPatch, written: str, read: str
) -> None:
    monkeypatch.setenv("COACH_DATABASE_URL", written)

    assert read_settings().database_url == read


def test_postgresql_without_its_driver_is_refused_with_the_command_that_mends_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)  # as where the extra is not installed

    with pytest.raises(SettingsError, match=r"COACH_DATABASE_URL: .* mend it with: make install-postgres"):
        read_settings(database_url="postgresql://db/coach")


def test_a_refused_address_does_not_repeat_its_password() -> None:
    with pytest.raises(SettingsError) as raised:
        read_settings(database_url="postgresql://coach:hush/hush@db/coach")

    assert "hush" not in str(raised.value)


def test_every_bad_value_is_named_at_once_and_no_secret_is_repeated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "eighty")
    monkeypatch.setenv("COACH_TWILIO_AUTH_TOKENS", "secret-1,secret-2,secret-3")

    with pytest.raises(SettingsError, match=r"COACH_PORT: .*; COACH_TWILIO_AUTH_TOKENS: ") as raised:
        read_settings()
    assert "secret" not in str(raised.value)


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("COACH_SECRET_KEY", "short", "a secret of 32 characters or more"),
        ("COACH_HEARTBEAT_URL", "alarm.example", "write an http"),
        ("COACH_PAGE_WEBHOOK_URL", "ftp://alarm.example", "write an http"),
    ],
)
def test_a_secret_or_an_address_that_cannot_be_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, words: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsError, match=f"{name}: {words}") as raised:
        read_settings()
    assert value not in str(raised.value) or name != "COACH_SECRET_KEY"


@pytest.mark.parametrize(
    ("gateway", "replies", "theirs"),
    [("sandbox", "", False), ("twilio", "", True), ("twilio", "coach", False), ("sandbox", "provider", True)],
)
def test_a_live_provider_answers_keywords_unless_told_otherwise(
    monkeypatch: pytest.MonkeyPatch, gateway: str, replies: str, theirs: bool
) -> None:
    monkeypatch.setenv("COACH_GATEWAY", gateway)
    monkeypatch.setenv("COACH_KEYWORD_REPLIES", replies)

    assert read_settings().provider_answers_keywords is theirs


def test_a_file_called_env_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("COACH_PORT=8001\nCOACH_HOST=0.0.0.0\nCOACH_LOG_LEVEL=\nOTHER=1\n")
    monkeypatch.setenv("COACH_PORT", "8002")
    settings = read_settings()

    assert (settings.port, settings.host, settings.log_level) == (8002, "0.0.0.0", "INFO")  # noqa: S104 (a value only)


def test_what_the_caller_gives_goes_before_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PORT", "8002")

    assert read_settings(port=8003).port == 8003


@pytest.mark.parametrize(("written", "read"), [("one", ["one"]), ("new, old", ["new", "old"]), ("one,", ["one"])])
def test_auth_tokens_are_one_or_two(monkeypatch: pytest.MonkeyPatch, written: str, read: list[str]) -> None:
    monkeypatch.setenv("COACH_TWILIO_AUTH_TOKENS", written)

    assert read_settings().twilio_auth_tokens == read


def test_an_address_loses_the_slash_at_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COACH_PUBLIC_BASE_URL", "https://coach.example.org/clinic/")

    assert read_settings().public_base_url == "https://coach.example.org/clinic"


def test_the_example_explains_every_setting_with_its_default_and_nothing_else(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    lines = (ROOT / ".env.example").read_text(encoding="utf-8").splitlines()
    shown = [line.removeprefix("# ") for line in lines if line.startswith("# COACH_")]
    monkeypatch.chdir(ROOT)
    usual = read_settings(_env_file=None)
    (tmp_path / "example").write_text("\n".join(shown))

    assert [line.partition("=")[0] for line in shown] == [f"COACH_{name.upper()}" for name in Settings.model_fields]
    assert read_settings(_env_file=tmp_path / "example").model_dump() == usual.model_dump()
