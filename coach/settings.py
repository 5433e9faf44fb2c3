"""Settings: read once at the top from COACH_* and .env, checked, and handed down as plain values."""

from pathlib import Path
from typing import Annotated, Literal, Self
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from coach.content.folders import config_folder
from coach.domain.errors import CoachError
from coach.storage.address import database_address

SECRET_LENGTH = 32
LOOPBACK = {"127.0.0.1", "localhost", "::1"}


class SettingsError(CoachError):
    """A setting has a value that coach cannot start with."""


class Settings(BaseSettings):
    """What an operator decides. `.env.example` explains each."""

    model_config = SettingsConfigDict(env_prefix="COACH_", env_file=".env", extra="ignore", env_ignore_empty=True)

    database_url: str = "sqlite:///coach.db"
    sqlite_synchronous: Literal["FULL", "NORMAL"] = "FULL"
    config_dir: Path = Field(default_factory=config_folder)
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 8000
    public_base_url: str = "http://127.0.0.1:8000"
    gateway: Literal["sandbox", "twilio"] = "sandbox"
    sandbox_url: str = "http://127.0.0.1:8055"
    twilio_account_sid: str = "AC" + "0" * 32
    twilio_auth_tokens: Annotated[list[str], NoDecode] = ["sandbox-token"]
    twilio_messaging_service_sid: str = "MG" + "0" * 32
    callback_overrides: bool = False
    keyword_replies: Literal["provider", "coach"] | None = None
    secret_key: SecretStr = SecretStr("")
    smtp_url: SecretStr = SecretStr("")
    mail_from: str = ""
    page_webhook_url: str = ""
    page_webhook_secret: SecretStr = SecretStr("")
    heartbeat_url: str = ""
    require_approval: bool = False
    idle_minutes: Annotated[int, Field(ge=5, le=240)] = 30
    parallel_calls: Annotated[int, Field(ge=1, le=32)] = 4
    segments_per_second: Annotated[float, Field(gt=0, le=1000, allow_inf_nan=False)] = 1.0
    shards: Annotated[int, Field(ge=1, le=64)] = 2
    worker_jobs: Annotated[int, Field(ge=1, le=64)] = 8
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"

    @field_validator("twilio_auth_tokens", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return [token.strip() for token in value.split(",") if token.strip()] if isinstance(value, str) else value

    @field_validator("twilio_auth_tokens")
    @classmethod
    def _one_or_two(cls, value: list[str]) -> list[str]:
        if not 1 <= len(value) <= 2:  # noqa: PLR2004 (the current one, and the next while they rotate)
            raise ValueError("give one auth token, or two with a comma between while they rotate")
        return value

    @field_validator("database_url")
    @classmethod
    def _address(cls, value: str) -> str:
        return database_address(value)

    @field_validator("secret_key")
    @classmethod
    def _long(cls, value: SecretStr) -> SecretStr:
        if 0 < len(value.get_secret_value()) < SECRET_LENGTH:
            raise ValueError(f"a secret of {SECRET_LENGTH} characters or more, or none")
        return value

    @field_validator("heartbeat_url", "page_webhook_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if value and (urlsplit(value).scheme not in {"http", "https"} or not urlsplit(value).hostname):
            raise ValueError("write an http(s) address such as https://alarm.example.org/coach")
        return value

    @field_validator("public_base_url", "sandbox_url")
    @classmethod
    def _plain_url(cls, value: str) -> str:
        parts = urlsplit(value)
        if (
            parts.scheme not in {"http", "https"}
            or not parts.hostname
            or parts.username
            or parts.query
            or parts.fragment
            or parts.port == 0  # and one beyond 65535 raises here, rather than under every signature
        ):
            raise ValueError(
                "write an http(s) address without user, query or fragment, such as https://coach.example.org"
            )
        return value.rstrip("/")

    @model_validator(mode="after")
    def _sandbox_is_here(self) -> Self:
        if urlsplit(self.sandbox_url).hostname not in LOOPBACK:
            raise ValueError("COACH_SANDBOX_URL must be on this machine, such as http://127.0.0.1:8055")
        return self

    @property
    def is_live(self) -> bool:
        """Whether texts reach real people."""
        return self.gateway == "twilio"

    @property
    def has_account(self) -> bool:
        """Whether an account with the provider is set, and not the sandbox's."""
        defaults = type(self).model_fields
        return not any(
            getattr(self, name) == defaults[name].default
            for name in ("twilio_account_sid", "twilio_auth_tokens", "twilio_messaging_service_sid")
        )

    @property
    def provider_answers_keywords(self) -> bool:
        """Whether STOP, START and HELP get the provider's own sentence; by default a live one's do."""
        return (self.keyword_replies or ("provider" if self.is_live else "coach")) == "provider"


def read_settings(**overrides: object) -> Settings:
    """The settings of this process; `overrides` go before the environment.

    Raises:
        SettingsError: a value is wrong; the text names each setting and how to mend it.
    """
    try:
        return Settings(**overrides)  # type: ignore[arg-type]  # values are validated, whatever their type
    except ValidationError as error:
        raise SettingsError("; ".join(_line(fault["loc"], fault["msg"]) for fault in error.errors())) from None


def _line(place: tuple[int | str, ...], words: str) -> str:
    setting = "".join(f"COACH_{str(part).upper()}: " for part in place[:1])
    return setting + words.removeprefix("Value error, ")
