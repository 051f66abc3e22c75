"""Copies an SQLite database while it is in use, and looks whether the copy is whole.

Beside each copy, `linli-<label>.db`, stands what it has to hold, `linli-<label>.json`: the rows
of every table, and a checksum of the whole file. What people wrote is sealed in it.
"""

import json
import os
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import file_digest
from pathlib import Path
from shutil import rmtree
from urllib.parse import quote

from bot.domain import backup as rules
from storage.fault import DatabaseFault
from storage.keys_apart import holds_keys, keys_in, write_keys
from storage.sealed_copy import seal
from storage.vault import Vault

_NAME = "linli-"
DRILL = ".drill-"  # how the temporary places begin


@dataclass(frozen=True, slots=True)
class Contents:
    """What a backup has to hold."""

    tables: Mapping[str, int]  # rows
    checksum: str


def back_up(file: Path, folder: Path, *, label: str, vault: Vault | None = None) -> Path:
    """Copy the database `file` into `folder` as `linli-<label>.db` and return the copy.

    The copy is made beside its place, sealed with `vault`, checked, forced to disk and only then
    renamed, so that a file with that name is always whole. Raises DatabaseFault when the copy is
    damaged, and when the copies in `folder` are of another database.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"{_NAME}{label}.db"
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    try:
        rows, faults = _copy_and_look(file, unfinished, vault)
        if faults:
            raise DatabaseFault(f"{file.name} is damaged, no backup was made: {faults[0]}")
        _write(beside(target), json.dumps(asdict(Contents(rows, checksum_of(unfinished)))))
        put_in_place(unfinished, target)
    finally:
        unfinished.unlink(missing_ok=True)  # what is not done may not be sealed either
    if vault is not None:
        renew_keys(file, folder)  # somebody may have been erased meanwhile
    return target


def _copy_and_look(
    file: Path, target: Path, vault: Vault | None
) -> tuple[dict[str, int], list[str]]:
    """Copy and seal the file; return the rows that it has, and what is wrong with the copy."""
    try:
        rows = _copy(file, target)
        if vault is not None:
            rows |= dict.fromkeys(seal(target, target.parent, vault), 0)
        with closing(open_to_read(target)) as copy:
            lost = [one for one, many in rows_in(copy).items() if rows.get(one) != many]
        return rows, faults_in(target) + [f"{one} lost rows" for one in lost]
    except sqlite3.DatabaseError as error:
        return {}, [str(error)]


def renew_keys(file: Path, folder: Path) -> None:
    """Write down beside the copies whose keys there are now.

    After an erasing: then no copy, however old, shows the person any more.
    """
    if not folder.is_dir():
        return
    with closing(open_to_read(file)) as database:
        if holds_keys(database):
            write_keys(lambda: keys_in(database), folder)


def _copy(file: Path, target: Path) -> dict[str, int]:
    """Copy the file and return the rows that it had at that instant."""
    with closing(open_to_read(file)) as source, closing(sqlite3.connect(target)) as copy:
        source.execute("BEGIN")  # the rows are counted at the instant that is copied
        rows = rows_in(source)
        source.backup(copy, pages=-1)  # in one go: page by page never ends under writes
        source.rollback()
    return rows


def open_to_read(file: Path) -> sqlite3.Connection:
    """Open a database that others may be writing to."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, isolation_level=None)


def rows_in(connection: sqlite3.Connection) -> dict[str, int]:
    """Return how many rows each table has."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    )
    return {
        name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0]  # noqa: S608
        for (name,) in sorted(tables)
    }


def faults_in(file: Path) -> list[str]:
    """Return what SQLite finds wrong in the whole of a database that nobody uses."""
    with closing(sqlite3.connect(file)) as connection:
        found = [str(row[0]) for row in connection.execute("PRAGMA integrity_check")]
        broken = {row[0] for row in connection.execute("PRAGMA foreign_key_check")}
    whole = [] if found == ["ok"] else found
    return whole + [f"rows of {table} refer to nothing" for table in sorted(broken)]


def checksum_of(file: Path) -> str:
    """Return the SHA-256 of a file."""
    with file.open("rb") as opened:
        return file_digest(opened, "sha256").hexdigest()


def contents_of(backup: Path) -> Contents | None:
    """Return what the backup has to hold; None when nobody has written it down."""
    try:
        return Contents(**json.loads(beside(backup).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def beside(backup: Path) -> Path:
    """Return where it stands what the backup holds."""
    return backup.with_suffix(".json")


def all_in(folder: Path) -> list[Path]:
    """Return the backups of a folder, the newest first; whatever they were made for."""
    found = [one for one in folder.glob(f"{_NAME}*.db") if one.is_file()]
    return sorted(found, key=lambda one: (_made_at(one), one.name), reverse=True)


def _made_at(backup: Path) -> datetime:
    named = rules.made_at(backup.stem.removeprefix(_NAME))
    return named or datetime.fromtimestamp(backup.stat().st_mtime, UTC)


def by_time(folder: Path) -> dict[datetime, Path]:
    """Return the backups that are named by when (UTC) they were made."""
    named = ((rules.made_at(one.stem.removeprefix(_NAME)), one) for one in all_in(folder))
    return {at: one for at, one in named if at is not None}


def thin_out(folder: Path) -> list[Path]:
    """Delete the backups that need not be kept any longer, and return them."""
    found = by_time(folder)
    stay = rules.kept(found)
    gone = [one for at, one in found.items() if at not in stay]
    for one in gone:
        one.unlink(missing_ok=True)
        beside(one).unlink(missing_ok=True)
    return gone


def clear_unfinished(folder: Path) -> None:
    """Delete what a backup, or a drill, has left that was ended in the middle."""
    for one in folder.glob(f"{_NAME}*.unfinished*"):
        one.unlink(missing_ok=True)
    for one in folder.glob(f"{DRILL}*"):
        rmtree(one, ignore_errors=True)


def put_in_place(unfinished: Path, target: Path) -> None:
    """Give a file that is done its name, when it is on the disk; for its owner only."""
    unfinished.chmod(0o600)
    _force_to_disk(unfinished)
    unfinished.replace(target)
    _force_to_disk(target.parent)


def _write(file: Path, text: str) -> None:
    file.touch(mode=0o600)
    file.write_text(text, "utf-8")
    _force_to_disk(file)


def _force_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
