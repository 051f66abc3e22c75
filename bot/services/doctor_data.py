"""What the doctor finds in the folder of data: room, rights, the database, backups, the audit."""

import os
import shutil
import stat
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from pathlib import Path

from bot.services import audit, doctor_keys
from bot.services.diagnosis import Diagnosis, bad, ok, warn
from bot.settings import Settings
from storage import backup, community, meta
from storage.engine import UNUSABLE, sqlite_file
from storage.migrate import newest_revision
from storage.postgres import is_postgres, look_at
from storage.unit_of_work import Database

_ROOM = 500 * 1024 * 1024  # bytes that should be free
_OLD = timedelta(hours=3)  # a backup is made every hour
_OTHERS = stat.S_IRWXG | stat.S_IRWXO


async def look(settings: Settings, database: Database, now: datetime) -> list[Diagnosis]:
    """Return what was found, in the order in which a person would mend it."""
    found = [_folder(settings.data_dir), _rights(settings), await _database(settings, database)]
    file = sqlite_file(settings.database)
    if (file is not None and not file.exists()) or found[-1].is_bad:
        return found  # nothing further can be looked at
    try:
        async with database.looking() as uow:
            drill = await meta.get(uow, meta.DRILL)
            found_of_audit = await audit.verdicts(uow, {})
            found += await doctor_keys.look(uow, settings)
    except UNUSABLE:
        found_of_audit, drill = [], None  # tables of before: they are made new at the next start
    finally:
        await database.close()
    if file is not None:
        if not settings.hourly_backups:
            found.append(warn("HOURLY_BACKUPS is off: does something else keep copies?"))
        found += _backups(settings.backups, now, drill)
        found += doctor_keys.beside(settings.backups, file)
    return [*found, _audit(found_of_audit)]


async def has_community(settings: Settings, database: Database) -> bool:
    """Say whether a community was imported; no when that cannot be read."""
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return False
    try:
        async with database.looking() as uow:
            return not await community.is_empty(uow)
    except UNUSABLE:
        return False
    finally:
        await database.close()


def _folder(folder: Path) -> Diagnosis:
    there = next(one for one in (folder.absolute(), *folder.absolute().parents) if one.is_dir())
    if not os.access(there, os.W_OK) or (folder.exists() and not folder.is_dir()):
        return bad(f"DATA_DIR {folder} cannot be written: give it to the user that runs Linli.")
    free = shutil.disk_usage(there).free
    said = f"DATA_DIR {folder}: {free // 1024**2} MiB are free."
    return ok(said) if free > _ROOM else bad(f"{said} Make room, or name a larger disk.")


def _rights(settings: Settings) -> Diagnosis:
    exposed = [one.name for one in _secrets(settings) if _is_open(one)]
    if not exposed:
        return ok("Nobody else on this machine can read the settings and the data.")
    return warn(f"Others on this machine can read {', '.join(exposed)}: chmod 600 each of them.")


def _secrets(settings: Settings) -> Iterator[Path]:
    database = sqlite_file(settings.database)
    yield from (Path(".env"), *([database] if database else []))
    yield from backup.all_in(settings.backups)


def _is_open(file: Path) -> bool:
    """Say whether others can read the file, through the folder that it is in."""
    if not file.is_file() or not file.stat().st_mode & _OTHERS:
        return False
    return bool(file.absolute().parent.stat().st_mode & _OTHERS)


async def _database(settings: Settings, database: Database) -> Diagnosis:
    file = sqlite_file(settings.database)
    if file is not None and not file.exists():
        return ok("There is no database yet: it is made at the first start.")
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
                return bad(f"{name} has fsync off: a power cut may end everything.")
    except UNUSABLE as fault:
        return bad(f"The database cannot be used: {getattr(fault, 'orig', fault)}")
    finally:
        await database.close()
    return ok(f"{name} can be written, its pragmas hold (the code wants {newest_revision()}).")


def _backups(folder: Path, now: datetime, drill: dict[str, str] | None) -> Iterable[Diagnosis]:
    made = backup.by_time(folder)
    if not made:
        yield warn("There is no backup yet: `linli backup` makes one, the bot one every hour.")
        return
    age = now - max(made)
    said = f"The newest backup is {age.total_seconds() / 3600:.1f} hours old"
    yield ok(f"{said}.") if age <= _OLD else warn(f"{said}: does the bot run?")
    if drill is not None and drill["fault"]:
        yield bad(f"{drill['backup']} could not be restored: run `linli backup verify`.")


def _audit(verdicts: list[audit.Verdict]) -> Diagnosis:
    broken = [one for one in verdicts if one.broken is not None]
    if not broken:
        return ok(f"The audit is as it was written ({sum(v.head.last for v in verdicts)} rows).")
    first = broken[0]
    row = first.broken.id if first.broken else 0
    return bad(f"The audit of {first.community} is broken at row {row}: `linli audit verify`.")
