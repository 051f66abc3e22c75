"""Opens the database: one read-write connection and readers that can only read.

How it is done on PostgreSQL stands in storage.postgres; here it is chosen, and done on SQLite.

SQLite before 3.51.3 can corrupt a WAL when two connections write or checkpoint at the same
instant, so exactly one connection ever writes. What is set here is read back at start.
"""

import sqlite3
from pathlib import Path
from typing import Any

from sqlalchemy import event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine, create_async_engine

from bot import as_json
from storage import driver, postgres
from storage.fault import DatabaseFault

PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": 2,  # FULL: NORMAL loses acknowledged commits on a power cut
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "secure_delete": 1,
    "trusted_schema": 0,
    "mmap_size": 0,
}


UNUSABLE = (DatabaseFault, DBAPIError, OSError)  # what opening and writing may raise


# Parameters hold people's words: they must not stand in the text of an error.
_COMMON: dict[str, Any] = {
    "json_serializer": as_json.written,
    "json_deserializer": as_json.read,
    "hide_parameters": True,
}


def sqlite_file(url: str | URL) -> Path | None:
    """Return the file of an SQLite `url`; None for another database."""
    parsed = make_url(url)
    if not parsed.drivername.startswith("sqlite") or not parsed.database:
        return None
    return Path(parsed.database)


def open_writer(url: str) -> AsyncEngine:
    """Return the engine that holds the one read-write connection to `url`."""
    if postgres.is_postgres(url):
        return postgres.open_writer(url, **_COMMON)
    engine = create_async_engine(
        url,
        pool_size=1,
        max_overflow=0,
        connect_args={"isolation_level": None},
        **_COMMON,
    )
    driver.shorten(engine)
    event.listen(engine.sync_engine, "connect", _set_pragmas)
    # Deferred transactions upgraded to writing lose updates silently: take the lock at once.
    event.listen(engine.sync_engine, "begin", _begin_immediate)
    return engine


def open_readers(url: str) -> AsyncEngine:
    """Return an engine whose connections can only read."""
    if postgres.is_postgres(url):
        return postgres.open_readers(url, **_COMMON)
    file = sqlite_file(url)
    engine = create_async_engine(
        f"sqlite+aiosqlite:///file:{file}?mode=ro&uri=true", pool_size=4, **_COMMON
    )
    driver.shorten(engine)
    return engine


def _set_pragmas(connection: Any, _record: Any) -> None:
    cursor = connection.cursor()
    for name, value in PRAGMAS.items():
        cursor.execute(f"PRAGMA {name}={value}")
    cursor.close()


def _begin_immediate(connection: Any) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


async def end_by_hand(connection: AsyncConnection) -> None:
    """End the transaction in SQLite itself, for which it goes on after a failed commit."""
    await (await _driver(connection)).rollback()


async def forget_log(connection: AsyncConnection) -> bool:
    """Empty the write-ahead log, in which every former state of a page stands in its order.

    Returns False when somebody is reading from it: then it has to be tried again.
    """
    driven, usual = await _driver(connection), PRAGMAS["busy_timeout"]
    try:
        await driven.execute("PRAGMA busy_timeout=0")
        emptied = await driven.execute_fetchall("PRAGMA wal_checkpoint(TRUNCATE)")
        await driven.execute(f"PRAGMA busy_timeout={usual}")
    except sqlite3.Error:
        return False  # what was committed stays so
    return [row[0] for row in emptied] == [0]


async def _driver(connection: AsyncConnection) -> Any:
    return (await connection.get_raw_connection()).driver_connection


async def check_pragmas(connection: AsyncConnection) -> None:
    """Read every pragma back; raises DatabaseFault naming the first that did not take."""
    for name, wanted in PRAGMAS.items():
        row = (await connection.exec_driver_sql(f"PRAGMA {name}")).first()
        found = row[0] if row else None
        if found is not None and str(found) != str(wanted):
            raise DatabaseFault(f"SQLite keeps {name} at {found} instead of {wanted}.")


def sqlite_is_sound() -> bool:
    """Say whether this SQLite is free of the WAL fault of 3.7.0 to 3.51.2."""
    return sqlite3.sqlite_version_info >= (3, 51, 3)


_CANNOT_WRITE = ("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_CANTOPEN", "SQLITE_READONLY", "SQLITE_BUSY")


def cannot_write(error: BaseException) -> bool:
    """Say whether `error` is the database's own trouble (a full disk), not that of its user."""
    cause = error.orig if isinstance(error, DBAPIError) else error
    name = getattr(cause, "sqlite_errorname", "")
    return name.startswith(_CANNOT_WRITE) or postgres.is_trouble(error)
