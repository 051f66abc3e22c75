"""How the database is opened: settings read back, readers that only read, troubles by name."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from storage.engine import (
    PRAGMAS,
    cannot_write,
    check_pragmas,
    open_readers,
    open_writer,
    sqlite_file,
    sqlite_is_sound,
)
from storage.fault import DatabaseFault
from storage.tables import meta, metadata
from storage.unit_of_work import Database
from tests.support.database import rows, url_of

PUT = insert(meta)


@pytest.fixture
def url(file: Path) -> str:
    """These are about the file."""
    return url_of(file)


async def test_readers_cannot_write(database: Database) -> None:
    async with database.reading() as connection:
        with pytest.raises(OperationalError, match="readonly"):
            await connection.execute(PUT, {"key": "a", "value": 1})
        await connection.rollback()
    assert await rows(database, "SELECT * FROM meta") == []


async def test_the_pragmas_are_what_they_should_be(database: Database, file: Path) -> None:
    async with database.begin() as uow:
        for name, wanted in PRAGMAS.items():
            found = (await uow._connection.exec_driver_sql(f"PRAGMA {name}")).scalar_one()
            assert str(found) == str(wanted), name
    assert (PRAGMAS["synchronous"], PRAGMAS["journal_mode"]) == (2, "wal")
    assert file.with_name("linli.db-wal").exists()


async def test_a_pragma_that_did_not_take_is_named(file: Path) -> None:
    engine = open_writer(url_of(file))
    async with engine.connect() as connection:
        await check_pragmas(connection)
        await connection.rollback()
        raw: Any = (await connection.get_raw_connection()).driver_connection
        await raw.execute("PRAGMA synchronous=NORMAL")
        with pytest.raises(DatabaseFault, match="synchronous at 1 instead of 2"):
            await check_pragmas(connection)
    await engine.dispose()


def test_the_file_behind_an_address(tmp_path: Path) -> None:
    assert sqlite_file(url_of(tmp_path / "a.db")) == tmp_path / "a.db"
    assert sqlite_file("postgresql+asyncpg://localhost/linli") is None
    assert sqlite_file("sqlite+aiosqlite://") is None


@pytest.mark.parametrize(
    ("version", "sound"), [((3, 40, 1), False), ((3, 51, 2), False), ((3, 51, 3), True)]
)
def test_the_versions_with_the_fault_are_known(
    monkeypatch: pytest.MonkeyPatch, version: tuple[int, ...], sound: bool
) -> None:
    monkeypatch.setattr("sqlite3.sqlite_version_info", version)
    assert sqlite_is_sound() is sound


async def test_the_troubles_of_the_disk_are_told_from_those_of_a_handler(file: Path) -> None:
    engine = open_readers(url_of(file))
    async with engine.connect() as connection:
        with pytest.raises(OperationalError) as readonly:
            await connection.execute(PUT, {"key": "a", "value": 1})
        await connection.rollback()
    await engine.dispose()
    assert cannot_write(readonly.value)
    assert not cannot_write(ValueError("readonly"))


def test_an_index_of_some_rows_is_so_on_both_databases() -> None:
    for table in metadata.tables.values():
        for one in table.indexes:
            here, there = (one.dialect_options[name]["where"] for name in ("sqlite", "postgresql"))
            assert str(here) == str(there), one.name
