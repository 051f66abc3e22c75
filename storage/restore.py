"""Looks whether a backup is good by restoring it, and puts a good one into the database's place."""

import shutil
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from storage.backup import (
    DRILL,
    checksum_of,
    contents_of,
    faults_in,
    open_to_read,
    put_in_place,
    rows_in,
)
from storage.fault import DatabaseFault
from storage.sealed_copy import unseal
from storage.vault import Vault

_LOGS = ("-wal", "-shm")  # of SQLite, beside its file


@dataclass(frozen=True, slots=True)
class Drill:
    """What came of restoring a backup into a temporary place."""

    backup: Path
    tables: int = 0
    rows: int = 0
    counted: bool = False  # compared with what was counted when it was made
    erased: int = 0  # fields that nobody can read any more
    fault: str = ""  # a sentence; empty for a good one


def rehearse(backup: Path, vault: Vault | None = None) -> Drill:
    """Restore the backup into a temporary place beside it, and look at all of it.

    With `vault` it is opened too, with the keys that lie beside it.
    """
    try:
        with TemporaryDirectory(prefix=DRILL, dir=backup.parent) as place:
            return _rehearse(backup, Path(place) / "linli.db", vault)
    except DatabaseFault as error:
        return Drill(backup, fault=str(error).removesuffix("."))
    except (OSError, sqlite3.DatabaseError) as error:
        return Drill(backup, fault=f"it cannot be read: {error}")


def _rehearse(backup: Path, copy: Path, vault: Vault | None) -> Drill:
    wanted = contents_of(backup)
    shutil.copyfile(backup, copy)
    if wanted is not None and checksum_of(copy) != wanted.checksum:
        return Drill(backup, fault="its checksum is another one than when it was made")
    if faults := faults_in(copy):
        return Drill(backup, fault=faults[0])
    with closing(open_to_read(copy)) as connection:
        found = rows_in(connection)
    if not found:
        return Drill(backup, fault="it holds no table")
    if wanted is not None and found != dict(wanted.tables):
        return Drill(backup, fault=_difference(found, wanted.tables.items()))
    missed = _open(copy, backup.parent, vault)
    return Drill(backup, len(found), sum(found.values()), wanted is not None, missed)


def _open(copy: Path, folder: Path, vault: Vault | None) -> int:
    """Open what is sealed in the copy; return of how many fields the key is gone.

    Raises DatabaseFault when something does not open with the key that there is.
    """
    if vault is None:
        return 0
    keys = unseal(copy, folder, vault)
    if keys.broken:
        raise DatabaseFault(f"{keys.broken[0]} does not open with its key.")
    return keys.missed


def _difference(found: dict[str, int], wanted: Iterable[tuple[str, int]]) -> str:
    name, rows = next((one for one in wanted if found.get(one[0]) != one[1]), ("a table", 0))
    return f"{name} has {found.get(name, 0)} rows instead of {rows}"


def newest_good(
    backups: Iterable[Path], tell: Callable[[Drill], None], vault: Vault | None = None
) -> Path:
    """Return the first of the backups that is good; `tell` hears of each that was looked at.

    Raises DatabaseFault when none is.
    """
    for one in backups:
        drill = rehearse(one, vault)
        tell(drill)
        if not drill.fault:
            return one
    raise DatabaseFault("There is no good backup.")


def restore(backup: Path, file: Path, *, label: str, vault: Vault | None = None) -> Path | None:
    """Put the backup into the place of the database `file`, which nobody may be using.

    What is sealed in it is opened with the keys that lie beside it. Raises DatabaseFault when that
    cannot be done; then nothing was changed.

    Returns where the former file was copied to, with its log; None when there was none. The backup
    stays. At every instant there is a database in its place, and all of the former one somewhere.
    """
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    unfinished = file.with_suffix(".restoring")
    shutil.copyfile(backup, unfinished)
    try:
        _open(unfinished, backup.parent, vault)
    except DatabaseFault:
        unfinished.unlink()
        raise
    aside = _copy_aside(file, label) if file.exists() else None
    for log in _LOGS:  # what stands in them belongs to the former file
        file.with_name(file.name + log).unlink(missing_ok=True)
    put_in_place(unfinished, file)
    return aside


def _copy_aside(file: Path, label: str) -> Path:
    """Copy the former file without opening it: SQLite would throw away a log it cannot read."""
    aside = file.with_name(f"{file.stem}-before-restore-{label}{file.suffix}")
    for end in ("", "-wal"):
        old, unfinished = file.with_name(file.name + end), aside.with_suffix(".restoring")
        if old.exists():
            shutil.copyfile(old, unfinished)
            put_in_place(unfinished, aside.with_name(aside.name + end))
    return aside
