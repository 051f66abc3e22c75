"""Talks to SQLite with one change of threads a statement instead of four, or for many at once.

aiosqlite keeps a connection in a thread of its own. SQLAlchemy's adapter goes there to make a
cursor, to execute, to fetch and to close it; under a backlog these errands cost more than the
statements. Here one errand does all four. It leans on inner names of both libraries: both are
pinned, and a test of the storage compares it with the adapter that it replaces.
"""

import sqlite3
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import event
from sqlalchemy.dialects.sqlite.aiosqlite import (
    AsyncAdapt_aiosqlite_connection,
    AsyncAdapt_aiosqlite_cursor,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

Written = tuple[str, Sequence[tuple[Any, ...]]]  # a statement, and the rows it is executed for


@dataclass(slots=True)
class _Finished:
    """What is left of a cursor that was closed again in its thread."""

    description: Any = None
    rowcount: int = -1
    lastrowid: int | None = None
    arraysize: int = 1


class _Cursor(AsyncAdapt_aiosqlite_cursor):
    """Executes, fetches and closes in one errand."""

    __slots__ = ()

    def __init__(self, adapt_connection: Any) -> None:
        self._adapt_connection = adapt_connection
        self._connection = adapt_connection._connection
        self._cursor: Any = _Finished()
        self._rows = deque()
        self._soft_closed_memoized: Any = {}

    def close(self) -> None:
        self._rows.clear()

    async def _async_soft_close(self) -> None:
        """Do nothing: the cursor is closed already, its rows are here."""

    async def _execute_async(self, operation: Any, parameters: Any) -> Any:
        await self._errand(lambda cursor: cursor.execute(operation, parameters or ()))

    async def _executemany_async(self, operation: Any, seq_of_parameters: Sequence[Any]) -> Any:
        await self._errand(lambda cursor: cursor.executemany(operation, seq_of_parameters))

    async def _errand(self, execute: Callable[[Any], Any]) -> None:
        inner: Any = self._connection

        def run() -> tuple[_Finished, Sequence[Any]]:
            cursor = inner._conn.cursor()
            try:
                execute(cursor)
                rows = cursor.fetchall() if cursor.description else ()
                return _Finished(cursor.description, cursor.rowcount, cursor.lastrowid), rows
            finally:
                cursor.close()

        async with self._adapt_connection._execute_mutex:
            self._cursor, rows = await inner._execute(run)
        self._rows = deque(rows)


class _Connection(AsyncAdapt_aiosqlite_connection):
    __slots__ = ()

    _cursor_cls = _Cursor


def shorten(engine: AsyncEngine) -> None:
    """Let the connections of `engine`, on aiosqlite, do a statement in one errand."""

    @event.listens_for(engine.sync_engine, "do_connect")
    def connect(dialect: Any, _record: Any, arguments: Any, named: Any) -> Any:
        made = dialect.connect(*arguments, **named)
        return _Connection(made.dbapi, made._connection)


async def write_all(connection: AsyncConnection, work: Sequence[Written]) -> None:
    """Execute each statement for all its rows, in their order, in one errand.

    Raises SQLAlchemy's errors, as the statements alone would.
    """
    raw = await connection.get_raw_connection()
    inner = cast("Any", raw.driver_connection)
    begun: list[str] = []

    def run() -> None:
        cursor = inner._conn.cursor()
        try:
            for sql, rows in work:
                begun.append(sql)
                cursor.executemany(sql, rows)
        finally:
            cursor.close()

    try:
        await inner._execute(run)
    except sqlite3.Error as error:
        raise DBAPIError.instance(
            begun[-1], None, error, sqlite3.Error, hide_parameters=True, dialect=connection.dialect
        ) from error
