"""Looks whether this machine and these settings are fit to run Linli."""

import os
import shutil
import sqlite3
import sys
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

from bot.services.organisation_file import OrganisationFault, read_organisation
from bot.settings import Settings
from storage.engine import UNUSABLE, sqlite_file, sqlite_is_sound
from storage.migrate import newest_revision
from storage.postgres import is_postgres, look_at
from storage.unit_of_work import Database

_ROOM = 500 * 1024 * 1024  # bytes that should be free


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at; `sentence` says what was found, and what to do."""

    fine: bool
    sentence: str


async def examine(settings: Settings, database: Database) -> list[Finding]:
    """Return what was found, in the order in which a person would mend it."""
    return [
        _python(),
        _token(settings),
        _organisation(settings),
        _folder(settings.data_dir),
        *([] if is_postgres(settings.database) else [_sqlite()]),
        _pictures(),
        await _database(settings, database),
    ]


def _python() -> Finding:
    version = ".".join(map(str, sys.version_info[:3]))
    return Finding(sys.version_info >= (3, 11), f"Python {version} (3.11 or newer is wanted).")


def _token(settings: Settings) -> Finding:
    if settings.bot_token is None:
        return Finding(True, "BOT_TOKEN is not set: the sandbox is started.")
    return Finding(True, "BOT_TOKEN is set.")


def _organisation(settings: Settings) -> Finding:
    if settings.organisation is None:
        needed = settings.bot_token is not None
        return Finding(not needed, "ORGANISATION is not set: the example is used by the sandbox.")
    try:
        read_organisation(settings.organisation)
    except OrganisationFault as fault:
        return Finding(False, str(fault))
    return Finding(True, f"ORGANISATION: {settings.organisation.name} has no faults.")


def _folder(folder: Path) -> Finding:
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    if not os.access(there, os.W_OK) or (folder.exists() and not folder.is_dir()):
        return Finding(False, f"DATA_DIR {folder} cannot be written.")
    free = shutil.disk_usage(there).free
    return Finding(free > _ROOM, f"DATA_DIR {folder}: {free // 1024**2} MiB are free.")


def _sqlite() -> Finding:
    if sqlite_is_sound():
        return Finding(True, f"SQLite {sqlite3.sqlite_version}.")
    return Finding(
        True,
        f"SQLite {sqlite3.sqlite_version} has the WAL fault of 3.7.0 to 3.51.2; it cannot strike, "
        "since Linli writes through one connection only. Open the database with no other program "
        "while the bot runs.",
    )


def _pictures() -> Finding:
    if find_spec("PIL") is None:
        return Finding(
            False,
            "Pillow is not installed, so nobody is shown a photo that was sent as a file: "
            "pip install Pillow.",
        )
    return Finding(True, "Pillow is installed: photos that are sent as files are made anew.")


async def _database(settings: Settings, database: Database) -> Finding:
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return Finding(True, "There is no database yet: it is made at the first start.")
    try:
        await database.open()
        async with database.begin():
            pass
        name = "The database"
        if is_postgres(settings.database):
            async with database.reading() as connection:
                version, survives = await look_at(connection)
            name = f"PostgreSQL {version}"
            if not survives:
                return Finding(False, f"{name} has fsync off: a power cut may end everything.")
    except UNUSABLE as fault:
        return Finding(False, f"The database cannot be used: {getattr(fault, 'orig', fault)}")
    finally:
        await database.close()
    return Finding(True, f"{name} can be written (the code wants {newest_revision()}).")
