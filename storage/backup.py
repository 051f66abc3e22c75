"""Copies an SQLite database while it is in use, and looks whether the copy is whole."""

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.engine import DatabaseFault


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
        source.backup(copy, pages=-1)  # in one go: page by page never ends under writes
        _check(copy)
    unfinished.chmod(0o600)
    _force_to_disk(unfinished)
    unfinished.replace(target)
    _force_to_disk(folder)
    return target


def _check(copy: sqlite3.Connection) -> None:
    found = copy.execute("PRAGMA integrity_check").fetchone()[0]
    if found != "ok":
        raise DatabaseFault(f"The backup is damaged: {found}")


def _force_to_disk(path: Path) -> None:
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
