"""The keys of all people in one file beside the copies of the database, which hold none of them."""

import os
import sqlite3
from collections.abc import Callable, Mapping
from fcntl import LOCK_EX, flock
from pathlib import Path

from storage.fault import DatabaseFault

KEYS = "linli.keys"  # beside the copies

Owned = str  # "community/person" of whose key seals something; "" for the house's own


def columns_of(connection: sqlite3.Connection) -> dict[str, set[str]]:
    """Return the columns of each table that a database has."""
    found = connection.execute(
        "SELECT m.name, c.name FROM sqlite_master m, pragma_table_info(m.name) c"
        " WHERE m.type = 'table'"
    )
    known: dict[str, set[str]] = {}
    for table, column in found:
        known.setdefault(table, set()).add(column)
    return known


def holds_keys(connection: sqlite3.Connection) -> bool:
    """Say whether the database is of a version that gives each person a key."""
    return "keys" in columns_of(connection)


def keys_in(connection: sqlite3.Connection) -> dict[Owned, str]:
    """Return the wrapped keys of everybody in a database."""
    rows = connection.execute("SELECT community_id || '/' || person_id, wrapped FROM keys")
    return dict(rows.fetchall())


def write_keys(read: Callable[[], Mapping[Owned, str]], folder: Path) -> None:
    """Replace the file with the keys that `read` returns, at once or not at all.

    One at a time, reading included: a backup that read before an erasing never writes after it.
    """
    handle = os.open(folder, os.O_RDONLY)
    try:
        flock(handle, LOCK_EX)  # until it is closed
        _replace(folder / KEYS, read())
        os.fsync(handle)
    finally:
        os.close(handle)


def _replace(target: Path, keys: Mapping[Owned, str]) -> None:
    unfinished = target.with_suffix(".unfinished")
    unfinished.unlink(missing_ok=True)
    opened = os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(opened, "w", encoding="ascii") as new:
        new.writelines(f"{owner} {wrapped}\n" for owner, wrapped in sorted(keys.items()))
        new.flush()
        os.fsync(new.fileno())
    unfinished.replace(target)


def read_keys(folder: Path) -> dict[Owned, str]:
    """Return the keys beside the copies; raises DatabaseFault when they are not there."""
    try:
        lines = (folder / KEYS).read_text("ascii").splitlines()
        return dict(_pair(line) for line in lines)
    except (OSError, ValueError):
        raise DatabaseFault(
            f"{folder / KEYS} is not there or is damaged: without it no copy can be read."
        ) from None


def _pair(line: str) -> tuple[Owned, str]:
    owner, wrapped = line.split(" ")
    return owner, wrapped
