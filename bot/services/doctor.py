"""Looks whether this machine and these settings are fit to run Linli."""

import shutil
import sqlite3
import sys
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from importlib.util import find_spec

from bot.services import doctor_data
from bot.services.diagnosis import Diagnosis, bad, ok, warn
from bot.services.organisation_file import OrganisationFault, read_organisation
from bot.settings import Settings
from storage.engine import sqlite_is_sound
from storage.postgres import is_postgres
from storage.unit_of_work import Database

__all__ = ["Diagnosis", "examine", "of_telegram"]

_SHOWN = ("python-telegram-bot", "SQLAlchemy", "aiosqlite", "tornado")
_WANTED = "22.8"  # of python-telegram-bot: what is relied on was measured with it
_SLOW, _WRONG = 5.0, 60.0  # seconds that the clock is off
_EXTRAS = (
    ("matplotlib", "reports", "the figures are words instead of pictures"),
    ("typst", "print", "posters are pictures of their codes instead of pages to print"),
)
_UNAUTHORISED = (401, 404)


async def examine(settings: Settings, database: Database, now: datetime) -> list[Diagnosis]:
    """Return what was found, in the order in which a person would mend it."""
    return [
        _python(),
        _packages(),
        _token(settings),
        _organisation(settings, there=await doctor_data.has_community(settings, database)),
        *([] if is_postgres(settings.database) else [_sqlite()]),
        _pictures(),
        *_extras(),
        *await doctor_data.look(settings, database, now),
    ]


def _python() -> Diagnosis:
    found = ".".join(map(str, sys.version_info[:3]))
    said = f"Python {found} (3.11 or newer is wanted)."
    return ok(said) if sys.version_info >= (3, 11) else bad(said)


def _packages() -> Diagnosis:
    found = {name: _version(name) for name in _SHOWN}
    said = ", ".join(f"{name} {number}" for name, number in found.items())
    if found[_SHOWN[0]].startswith(_WANTED):
        return ok(f"{said}.")
    return bad(f"{said}: {_SHOWN[0]} {_WANTED} is wanted; `make run` installs it.")


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "?"


def _token(settings: Settings) -> Diagnosis:
    if settings.bot_token is None:
        return ok("BOT_TOKEN is not set: the sandbox is started.")
    return ok("BOT_TOKEN is set.")


def of_telegram(status: int | None, skew: float | None) -> list[Diagnosis]:
    """Return what Telegram's answer says of the token and of our clock, `skew` seconds ahead.

    A status of None is that of a Telegram that cannot be reached.
    """
    if status is None:
        return [warn("Telegram cannot be reached: look at the network, or set HTTPS_PROXY.")]
    if status in _UNAUTHORISED:
        return [bad("Telegram does not know this BOT_TOKEN: ask @BotFather for it again.")]
    told = ok("Telegram knows the token.") if status == 200 else _strange(status)  # noqa: PLR2004
    return [told] if skew is None else [told, _clock(skew)]


def _strange(status: int) -> Diagnosis:
    return warn(f"Telegram answered {status}: try again in a minute.")


def _clock(skew: float) -> Diagnosis:
    said = f"The clock is {abs(skew):.0f} s {'ahead' if skew > 0 else 'behind'}"
    if abs(skew) <= _SLOW:
        return ok("The clock is right.")
    said += ": sudo timedatectl set-ntp true"
    return warn(said) if abs(skew) <= _WRONG else bad(f"{said}; deadlines would be wrong")


def _organisation(settings: Settings, *, there: bool) -> Diagnosis:
    if settings.organisation is None and there:
        return ok("A community is there: `linli import` changes it.")
    if settings.organisation is None:
        if settings.bot_token is None:
            return ok("ORGANISATION is not set: the sandbox uses its example.")
        return bad("ORGANISATION is not set, and there is no community: `linli import` brings one.")
    try:
        read_organisation(settings.organisation)
    except OrganisationFault as fault:
        return bad(str(fault))
    return ok(f"ORGANISATION: {settings.organisation.name} has no faults.")


def _sqlite() -> Diagnosis:
    if sqlite_is_sound():
        return ok(f"SQLite {sqlite3.sqlite_version}.")
    return warn(
        f"SQLite {sqlite3.sqlite_version} has the WAL fault of 3.7.0 to 3.51.2; it cannot strike, "
        "since Linli writes through one connection only. Open the database with no other program "
        "while the bot runs.",
    )


def _pictures() -> Diagnosis:
    if find_spec("PIL") is None:
        return bad(
            "Pillow is not installed, so nobody is shown a photo that was sent as a file: "
            "pip install Pillow."
        )
    return ok("Pillow is installed: photos that are sent as files are made anew.")


def _extras() -> list[Diagnosis]:
    """Look at what is not needed, but missed: extras, and a font that has Chinese."""
    found = [
        ok(f"{name} is installed.")
        if find_spec(name) is not None
        else warn(f"{name} is not installed, so {why}: pip install 'linli[{extra}]'.")
        for name, extra, why in _EXTRAS
    ]
    return [*found, _font()] if find_spec("matplotlib") is not None else found


def _font() -> Diagnosis:
    from bot.paper.charts import fonts  # noqa: PLC0415 - it takes a second to import

    if fonts():
        return ok("A font with Chinese is installed.")
    how = "sudo apt install fonts-wqy-microhei" if shutil.which("apt") else "install one"
    return warn(f"No font has Chinese, so figures and posters are without words: {how}.")
