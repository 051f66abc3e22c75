"""What the doctor finds about the key file, and about the keys beside the backups."""

from pathlib import Path

from bot.services.diagnosis import Diagnosis, bad, ok, warn
from bot.settings import Settings
from storage import key
from storage.fault import DatabaseFault
from storage.keys_apart import KEYS, read_keys
from storage.unit_of_work import UnitOfWork
from storage.vault import open_vault

_OTHERS = 0o077


async def look(uow: UnitOfWork, settings: Settings) -> list[Diagnosis]:
    """Return what was found in an open database; nothing is made."""
    file = settings.key
    if not file.is_file():
        if not await key.is_any(uow):
            return []
        return [bad(f"The key file {file} is not there: put your copy of it back.")]
    found = [await _belongs(uow, file)]
    if file.stat().st_mode & _OTHERS:
        found.append(warn(f"Others on this machine may read {file}: chmod 600 {file}."))
    if settings.backups.absolute() in file.absolute().parents:
        found.append(bad(f"{file} lies among the backups: whoever has them reads all. Move it."))
    return found


async def _belongs(uow: UnitOfWork, file: Path) -> Diagnosis:
    try:
        await key.check(uow, open_vault(file)[0])
    except DatabaseFault as fault:
        return bad(str(fault))
    return ok(
        "The key file belongs to the database. Is there a copy of it that is neither on this disk "
        "nor with the backups? Without it nobody can read names, doors and telephone numbers."
    )


def beside(folder: Path, database: Path) -> list[Diagnosis]:
    """Return what was found about the keys of the copies in `folder`, and about former files."""
    found = []
    if (folder / KEYS).exists():
        try:
            read_keys(folder)
        except DatabaseFault as fault:
            found.append(bad(str(fault)))
    former = sorted(database.parent.glob(f"{database.stem}-before-restore-*{database.suffix}"))
    if former:
        names = ", ".join(one.name for one in former)
        found.append(warn(f"No erasing reaches {names}: delete what you no longer need."))
    return found
