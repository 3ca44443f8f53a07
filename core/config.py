"""Settings: read once from the environment, typed, refused when unsafe."""

import base64
import binascii
import re
from enum import StrEnum
from pathlib import Path
from typing import Annotated, cast

from flask import current_app
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

ROOT = Path(__file__).resolve().parent.parent

Rate = Annotated[str, Field(pattern=r"^[1-9]\d{0,5} per (second|minute|hour|day)$")]

SOCKET = re.compile(r"unix:///\S+|tcp://[^/:\s]+:\d{1,5}")


class Environment(StrEnum):
    DEVELOPMENT = "development"
    TESTING = "testing"
    PRODUCTION = "production"


class UnsafeSettings(SystemExit):
    """The process must not start with these settings; the text says which and what to do."""


class Settings(BaseSettings):
    """Everything that may differ between two installations and is not the district's to decide.

    Each value comes from the environment variable of the same name.
    """

    model_config = SettingsConfigDict(case_sensitive=True, extra="ignore")

    APP_ENV: Environment = Environment.PRODUCTION
    DATABASE_URL: str = f"sqlite:///{ROOT / 'instance' / 'district.db'}"
    SECRET_KEY: SecretStr
    DATA_KEY: SecretStr
    STORAGE_URL: str = (ROOT / "instance" / "files").as_uri()
    SCAN_URL: str = ""
    MAIL_URL: str = ""
    MAIL_FROM: str = "no-reply@localhost"
    SMS_URL: str = ""
    PUBLIC_URL: str = ""
    PDF_CERTIFICATE: str = ""
    PDF_CERTIFICATE_PASSWORD: SecretStr = SecretStr("")
    OIDC_ISSUER: str = ""
    OIDC_CLIENT_ID: str = ""
    OIDC_CLIENT_SECRET: SecretStr = SecretStr("")
    OLD_DATA_KEYS: SecretStr = SecretStr("")
    PORT: int = 8000
    UPLOAD_LIMIT_MB: int = 20
    TRUSTED_PROXIES: int = 0
    RATE_LIMITS: bool | None = None
    API_LIMIT: Rate = "120 per minute"
    SEARCH_LIMIT: Rate = "60 per minute"
    VERIFY_LIMIT: Rate = "30 per minute"
    FORM_LIMIT: Rate = "10 per hour"

    @field_validator("DATABASE_URL")
    @classmethod
    def name_the_driver(cls, url: str) -> str:
        """PostgreSQL is reached through psycopg 3 whatever spelling the operator used."""
        for spelling in ("postgres://", "postgresql://"):
            if url.startswith(spelling):
                url = "postgresql+psycopg://" + url.removeprefix(spelling)
        if not url.startswith(("postgresql+psycopg://", "sqlite:///")):
            raise ValueError("must begin with postgresql:// or sqlite:///")
        return url

    @field_validator("STORAGE_URL")
    @classmethod
    def is_a_place(cls, url: str) -> str:
        if not url.startswith(("file:///", "s3://", "memory:")):
            raise ValueError("must begin with file:/// or s3://")
        return url

    @field_validator("SCAN_URL")
    @classmethod
    def is_a_socket(cls, url: str) -> str:
        if url and not SOCKET.fullmatch(url):
            raise ValueError("must be unix:///path/of/the/socket or tcp://host:3310")
        return url

    @field_validator("DATA_KEY")
    @classmethod
    def is_a_key(cls, value: SecretStr) -> SecretStr:
        try:
            length = len(base64.urlsafe_b64decode(value.get_secret_value()))
        except (binascii.Error, ValueError):
            length = 0
        if length != 32:
            raise ValueError("DATA_KEY must be 32 bytes in URL-safe base64")
        return value

    @field_validator("OLD_DATA_KEYS")
    @classmethod
    def are_keys(cls, value: SecretStr) -> SecretStr:
        for text in value.get_secret_value().split():
            cls.is_a_key(SecretStr(text))
        return value

    @model_validator(mode="after")
    def is_safe(self) -> "Settings":
        if self.OIDC_ISSUER and not self.OIDC_CLIENT_ID:
            raise ValueError("OIDC_CLIENT_ID must be set where OIDC_ISSUER is")
        if self.APP_ENV is Environment.PRODUCTION and self.OIDC_ISSUER.startswith("http:"):
            raise ValueError("OIDC_ISSUER must begin with https:// in production")
        plain = self.PUBLIC_URL and not self.PUBLIC_URL.startswith("https://")
        if self.APP_ENV is Environment.PRODUCTION and plain:
            raise ValueError(
                "PUBLIC_URL must begin with https:// in production: papers are printed with it for good"
            )
        if self.APP_ENV is Environment.PRODUCTION and len(self.SECRET_KEY.get_secret_value()) < 32:
            raise ValueError("SECRET_KEY must have at least 32 characters in production")
        return self

    @property
    def data_key(self) -> bytes:
        """The key that encrypts personal data: 32 bytes."""
        return base64.urlsafe_b64decode(self.DATA_KEY.get_secret_value())

    @property
    def old_data_keys(self) -> tuple[bytes, ...]:
        """Keys that encrypted what has not been rotated yet; they only read."""
        texts = self.OLD_DATA_KEYS.get_secret_value().split()
        return tuple(base64.urlsafe_b64decode(text) for text in texts)

    @property
    def public_url(self) -> str:
        """Where people reach the site, without a closing slash; printed in papers and mails."""
        return (self.PUBLIC_URL or f"http://127.0.0.1:{self.PORT}").rstrip("/")

    @property
    def in_production(self) -> bool:
        return self.APP_ENV is Environment.PRODUCTION


def from_environment() -> Settings:
    """Return the settings of this process, or stop it with one clear sentence a mistake."""
    try:
        return Settings()
    except ValidationError as refused:
        lines = []
        for problem in refused.errors():
            name = ".".join(str(part) for part in problem["loc"])
            reason = problem["msg"].removeprefix("Value error, ")
            missing = problem["type"] == "missing"
            lines.append(f"{name} is not set" if missing else f"{name} {reason}".strip())
        raise UnsafeSettings("Cannot start: " + "; ".join(lines) + ".") from None


def settings() -> Settings:
    """Return the settings of the running application."""
    return cast(Settings, current_app.extensions["settings"])
