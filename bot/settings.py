"""Settings: from the environment or `.env`, checked once at start, frozen afterwards.

Every fault is reported at once, in sentences. Secrets are SecretStr and never printed.
"""

import difflib
import re
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict
from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

TELEGRAM = "https://api.telegram.org/bot"
TELEGRAM_FILES = "https://api.telegram.org/file/bot"
PAID_PACE = 1000.0  # letters a second that Telegram carries for Stars
_SQLITE = "sqlite+aiosqlite:///"
_POSTGRES = "postgresql+asyncpg://"
_WANTED = f"an address such as {_SQLITE}/srv/linli/linli.db or {_POSTGRES}127.0.0.1/linli is wanted"
_ADDRESS = re.compile(r"([A-Za-z0-9.-]+|\[[0-9a-fA-F:]+\]):\d{1,5}")
_TOKEN = re.compile(r"\d{3,}:[A-Za-z0-9_-]{30,}")
MOST_ID = (1 << 52) - 1  # of a person or a bot; Telegram promises 52 bits
_YEARS = range(2000, 2100)  # in which the sandbox can live: time zones reach no further
_LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR")
_HERE = {"127.0.0.1", "::1", "localhost"}
_SECRET = {"BOT_TOKEN", "DATABASE_URL"}  # never shown, not even to say what is wrong with it
_ALIKE = 0.75  # how alike an unknown name must be to one of ours to be called a slip


class SettingsFault(Exception):
    """The settings cannot be used; `faults` holds one sentence for each."""

    def __init__(self, faults: list[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = faults


class Settings(BaseSettings):
    """All that an operator can set; `.env.example` explains each name."""

    model_config = SettingsConfigDict(
        env_file=".env",
        env_file_encoding="utf-8",
        env_ignore_empty=True,
        extra="ignore",
        frozen=True,
        str_strip_whitespace=True,
    )

    bot_token: SecretStr | None = None
    bot_api_url: str = TELEGRAM
    bot_file_url: str = TELEGRAM_FILES
    data_dir: Path = Path("data")
    database_url: str | None = None
    key_file: Path | None = None
    organisation: Path | None = None
    admin_ids: Annotated[tuple[int, ...], NoDecode] = ()
    board_address: str | None = None
    health_port: int | None = Field(default=None, ge=0, le=65535)
    webhook_url: str | None = None
    webhook_address: str = "127.0.0.1:8091"
    log_level: str = "INFO"
    sandbox_port: int = Field(default=8088, ge=0, le=65535)
    sandbox_now: datetime | None = None
    sandbox_control: str | None = None
    pace_total: float = Field(default=25, ge=0, allow_inf_nan=False)
    pace_chat: float = Field(default=1, ge=0, allow_inf_nan=False)
    pace_group: float = Field(default=20, ge=0, allow_inf_nan=False)
    pace_broadcast: float = Field(default=18, ge=0, allow_inf_nan=False)
    paid_broadcast: bool = False
    hourly_backups: bool = True

    @field_validator("admin_ids", mode="before")
    @classmethod
    def _split(cls, value: Any) -> Any:
        if not isinstance(value, str):
            return value
        parts = [part.strip() for part in value.replace(";", ",").split(",") if part.strip()]
        if not all(part.isascii() and part.isdigit() for part in parts):
            raise ValueError("numbers separated by commas are wanted")
        if not all(len(part) <= len(str(MOST_ID)) and 0 < int(part) <= MOST_ID for part in parts):
            raise ValueError("ids as Telegram gives them are wanted")
        return tuple(int(part) for part in parts)

    @field_validator("webhook_url")
    @classmethod
    def _is_public(cls, value: str | None) -> str | None:
        if value is None:
            return None
        url = urlsplit(value)
        if url.scheme != "https" and url.hostname not in _HERE:
            raise ValueError(
                "an https address such as https://linli.example.org/telegram is wanted"
            )
        return value

    @field_validator("board_address", "webhook_address")
    @classmethod
    def _host_and_port(cls, value: str | None) -> str | None:
        if value is not None and not _ADDRESS.fullmatch(value):
            raise ValueError("a host and a port such as 127.0.0.1:8090 are wanted")
        return value

    @field_validator("log_level")
    @classmethod
    def _known_level(cls, value: str) -> str:
        if value.upper() not in _LEVELS:
            raise ValueError(f"one of {', '.join(_LEVELS)} is wanted")
        return value.upper()

    @field_validator("bot_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and not _TOKEN.fullmatch(value.get_secret_value()):
            raise ValueError("it does not look like a token from @BotFather (12345678:AbC...)")
        return value

    @field_validator("bot_api_url", "bot_file_url")
    @classmethod
    def _ends_in_bot(cls, value: str) -> str:
        if not value.startswith(("http://", "https://")) or not value.endswith("/bot"):
            raise ValueError("an http(s) address that ends in /bot is wanted")
        return value

    @field_validator("database_url")
    @classmethod
    def _is_known(cls, value: str | None) -> str | None:
        if value is not None and not _is_address(value):
            raise ValueError(_WANTED)
        return value

    @field_validator("sandbox_control")
    @classmethod
    def _is_a_websocket(cls, value: str | None) -> str | None:
        if value is not None and not value.startswith("ws://"):
            raise ValueError("an address that begins with ws:// is wanted")
        return value

    @field_validator("sandbox_now")
    @classmethod
    def _aware(cls, value: datetime | None) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("a time with its offset is wanted, such as 2026-11-17T09:10+08:00")
        if value is not None and value.year not in _YEARS:
            raise ValueError("a time between 2000 and 2100 is wanted")
        return value

    @property
    def broadcast_pace(self) -> float:
        """Return how many letters a second go to many at once; 0 is no limit of their own."""
        return PAID_PACE if self.paid_broadcast else self.pace_broadcast

    @property
    def is_telegram_here(self) -> bool:
        """Whether the Bot API server is on this machine, where no proxy leads."""
        return urlsplit(self.bot_api_url).hostname in _HERE

    @property
    def database(self) -> str:
        """Return the address of the database; an SQLite file under `data_dir` by default."""
        return self.database_url or f"{_SQLITE}{self.data_dir / 'linli.db'}"

    @property
    def key(self) -> Path:
        """Return the file with the key that seals names, doors and telephone numbers."""
        return self.key_file or self.data_dir / "linli.key"

    @property
    def backups(self) -> Path:
        """Return where backups of an SQLite file are kept."""
        return self.data_dir / "backups"

    @property
    def board(self) -> tuple[str, int] | None:
        """Return host and port of the lobby's screen; None when it is off."""
        return _parts(self.board_address)

    @property
    def health(self) -> tuple[str, int] | None:
        """Return where it is said on this machine how Linli is; None when it is not."""
        return None if self.health_port is None else ("127.0.0.1", self.health_port)

    @property
    def webhook(self) -> tuple[str, int] | None:
        """Return host and port that Telegram's updates are brought to; None while we poll."""
        return _parts(self.webhook_address) if self.webhook_url else None

    @property
    def token(self) -> str:
        """Return the bot's token; raises LookupError when there is none."""
        if self.bot_token is None:
            raise LookupError("BOT_TOKEN is not set")
        return self.bot_token.get_secret_value()


def _parts(address: str | None) -> tuple[str, int] | None:
    if address is None:
        return None
    host, _, port = address.rpartition(":")
    return host.strip("[]"), int(port)


def check_address(value: str) -> None:
    """Look whether `value` is the address of a database; raises SettingsFault."""
    if not _is_address(value):
        raise SettingsFault([f"{_WANTED.capitalize()}."])


def _is_address(value: str) -> bool:
    try:
        url = make_url(value)
    except (ArgumentError, ValueError):  # not said: it may hold the password
        return False
    if value.startswith(_SQLITE):
        return url.database not in {None, "", ":memory:"}
    return value.startswith(_POSTGRES) and bool(url.host)


def setting_names() -> list[str]:
    """Return the names of all settings as they are written in `.env`."""
    return [name.upper() for name in Settings.model_fields]


def read_settings(**given: Any) -> Settings:
    """Return the settings; raises SettingsFault with every fault at once."""
    try:
        return Settings(**given)
    except ValidationError as error:
        raise SettingsFault([_sentence(one) for one in error.errors()]) from None
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise SettingsFault([f".env is not UTF-8 (at line {line})."]) from None
    except OSError as error:
        raise SettingsFault([f".env cannot be read: {error.strerror}."]) from None


def _sentence(one: Any) -> str:
    name = str(one["loc"][0]).upper() if one["loc"] else "SETTINGS"
    what = str(one["msg"]).removeprefix("Value error, ")
    shown = "" if name in _SECRET else f" (found: {one.get('input')!r})"
    return f"{name}: {what}{shown}."


def near_misses(env_file: Path = Path(".env")) -> list[str]:
    """Return a sentence for each line of `env_file` whose name is nearly one of ours."""
    if not env_file.is_file():
        return []
    ours = setting_names()
    found = []
    for number, line in enumerate(env_file.read_text("utf-8", "replace").splitlines(), start=1):
        name = line.split("=", 1)[0].strip().removeprefix("export ").strip()
        if "=" not in line or name.startswith("#") or name.upper() in ours:
            continue
        alike = difflib.get_close_matches(name.upper(), ours, n=1, cutoff=_ALIKE)
        if alike:
            found.append(f"{env_file.name} line {number}: {name} is unknown; is {alike[0]} meant?")
    return found
