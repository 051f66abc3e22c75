"""Copies a whole database into an empty one, of the same kind or the other, table by table."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import (
    JSON,
    Connection,
    Insert,
    Row,
    Select,
    Table,
    Text,
    bindparam,
    cast,
    func,
    insert,
    inspect,
    select,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection

from storage import postgres
from storage.engine import open_readers, open_writer, sqlite_file
from storage.fault import DatabaseFault
from storage.migrate import migrate, newest_revision
from storage.tables import metadata

_AT_ONCE = 1000  # rows


async def copy_database(
    source: str, target: str, backups: Path, copied: Callable[[str, int], None]
) -> None:
    """Copy every row of `source`, as it is at one instant, into `target`: all or nothing.

    `copied` hears of each table and how many rows it has. The source is not changed; nothing may
    write into it meanwhile, or it is not in the copy. Raises DatabaseFault when the source is not
    of the newest revision, when the target holds anything, and when a row did not arrive.
    """
    try:
        async with _standing_still(source) as rows, _empty(target, backups) as into:
            for table in metadata.sorted_tables:
                copied(table.name, await _copy(table, rows, into))
            await _go_on_counting(into)
    except DBAPIError as error:
        raise DatabaseFault(f"Nothing was copied: {postgres.cause_of(error)}.") from None


@asynccontextmanager
async def _standing_still(source: str) -> AsyncIterator[AsyncConnection]:
    """Open the source so that everything that is read of it is of one instant."""
    file = sqlite_file(source)
    if file is not None and not file.is_file():
        raise DatabaseFault(f"{file} is not there.")
    engine = open_readers(source)
    try:
        async with engine.connect() as connection:
            if postgres.is_postgres(source):
                await connection.execution_options(isolation_level="REPEATABLE READ")
            else:
                await connection.exec_driver_sql("BEGIN")
            found = await connection.run_sync(_revision)
            if found != newest_revision():
                raise DatabaseFault(
                    f"The source is of revision {found}, {newest_revision()} is wanted: start "
                    "this version of Linli with it once."
                )
            yield connection
            await connection.rollback()
    finally:
        await engine.dispose()


@asynccontextmanager
async def _empty(target: str, backups: Path) -> AsyncIterator[AsyncConnection]:
    """Open the target, migrated, in one transaction; refuse one that holds anything."""
    await _refuse_strange_tables(target)
    await migrate(target, backups)
    engine = open_writer(target)
    try:
        async with engine.begin() as connection:
            for table in metadata.sorted_tables:
                if rows := await _count(table, connection):
                    raise DatabaseFault(f"The target is not empty: {table.name} has {rows} rows.")
            yield connection
    finally:
        await engine.dispose()


async def _refuse_strange_tables(target: str) -> None:
    file = sqlite_file(target)
    if file is not None and not file.exists():
        return
    engine = open_readers(target)
    try:
        async with engine.connect() as connection:
            names = await connection.run_sync(lambda one: inspect(one).get_table_names())
            if names and await connection.run_sync(_revision) is None:
                raise DatabaseFault(f"The target holds tables that are not ours: {names[0]}.")
    finally:
        await engine.dispose()


def _revision(connection: Connection) -> str | None:
    return MigrationContext.configure(connection).get_current_revision()


async def _copy(table: Table, rows: AsyncConnection, into: AsyncConnection) -> int:
    statement = insert_of(table, as_json=into.dialect.name == "postgresql")
    found = await rows.stream(select_of(table), execution_options={"yield_per": _AT_ONCE})
    async for several in found.partitions():
        await into.execute(statement, [_kept(one) for one in several])
    there, here = await _count(table, rows), await _count(table, into)
    if there != here:
        raise DatabaseFault(f"{table.name} has {there} rows, and {here} have arrived.")
    return here


def select_of(table: Table) -> Select[Any]:
    """Return the rows with their JSON as it is written: a null in it is not the same as nothing."""
    columns = [
        cast(one, Text).label(one.name) if isinstance(one.type, JSON) else one
        for one in table.columns
    ]
    return select(*columns).order_by(*table.primary_key)


def insert_of(table: Table, *, as_json: bool) -> Insert:
    """Return what writes rows that were read so; PostgreSQL has to be told what is JSON."""
    written: dict[str, Any] = {}
    for one in table.columns:
        if isinstance(one.type, JSON):
            text = bindparam(one.name, type_=Text)
            written[one.name] = cast(text, JSON) if as_json else text
        else:
            written[one.name] = bindparam(one.name)
    return insert(table).values(written)


def _kept(row: Row[Any]) -> dict[str, Any]:
    """Return the row without the zero characters in it, which PostgreSQL does not take."""
    return {
        name: value.replace("\x00", "") if isinstance(value, str) else value
        for name, value in row._asdict().items()
    }


async def _count(table: Table, connection: AsyncConnection) -> int:
    return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def _go_on_counting(into: AsyncConnection) -> None:
    """Let PostgreSQL give out the numbers behind those that have come; SQLite does by itself."""
    if into.dialect.name != "postgresql":
        return
    for table in metadata.sorted_tables:
        column = table.autoincrement_column
        if column is not None:
            last = (await into.execute(select(func.max(column)))).scalar_one()
            if last is not None:
                sequence = func.pg_get_serial_sequence(table.name, column.name)
                await into.execute(select(func.setval(sequence, last)))
