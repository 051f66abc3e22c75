"""Copies an SQLite database while it is in use, and looks whether the copy is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.fault import DatabaseFault


def back_up(file: Path, folder: Path, *, label: str) -> Path:
    """Copy the database `file` into `folder` as `linli-<label>.db` and return the copy.

    The copy is made beside its place, checked, forced to disk and only then renamed, so that
    a file with that name is always whole. Raises DatabaseFault when the copy is damaged.
    """
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    target = folder / f"linli-{label}.db"
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(file)) as source, closing(sqlite3.connect(unfinished)) as copy:
        try:
            source.backup(copy, pages=-1)  # in one go: page by page never ends under writes
            found = copy.execute("PRAGMA integrity_check").fetchone()[0]
        except sqlite3.DatabaseError as error:
            found = error
    if found != "ok":
        unfinished.unlink()
        raise DatabaseFault(f"{file.name} is damaged, no backup was made: {found}")
    unfinished.chmod(0o600)
    _force_to_disk(unfinished)
    unfinished.replace(target)
    _force_to_disk(folder)
    return target


def _force_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
