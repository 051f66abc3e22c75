"""What only PostgreSQL has: how it is opened, what its errors mean, a server that goes away."""

import asyncio
import builtins
import contextvars
import re
import traceback
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from alembic.autogenerate import compare_metadata
from alembic.command import upgrade
from alembic.migration import MigrationContext
from asyncpg.transaction import Transaction
from sqlalchemy import Connection, func, insert, select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from bot.services import doctor, doctor_data
from bot.settings import Settings
from storage import migrate as migrating
from storage import postgres as dialect
from storage.engine import cannot_write, open_writer
from storage.fault import DatabaseFault
from storage.migrate import migrate, newest_revision
from storage.tables import cases, meta, metadata
from storage.unit_of_work import Database
from tests.support import postgres
from tests.support.database import HandClock, opened, rows

PUT = insert(meta)
NOWHERE = "postgresql+asyncpg://linli:secretword@127.0.0.1:9/linli"


@pytest.fixture
def url(on_server: str) -> str:
    postgres.empty(on_server, "east", "west")
    return on_server


@pytest.fixture
async def database(url: str, clock: HandClock) -> AsyncIterator[Database]:
    async with opened(url, clock) as made:
        yield made


@pytest.fixture
def new_server_database() -> Iterator[str]:
    with postgres.new_database() as made:
        yield made


async def end_all_connections(url: str) -> None:
    await asyncio.to_thread(postgres.end_connections, url)


async def test_what_is_migrated_equals_the_code_and_migrating_again_changes_nothing(
    url: str, tmp_path: Path
) -> None:
    assert await migrate(url, tmp_path / "backups") == newest_revision()
    assert not (tmp_path / "backups").exists()
    engine = dialect.open_for_migration(url)
    async with engine.connect() as connection:

        def differences(inner: Any) -> list[Any]:
            context = MigrationContext.configure(inner, opts={"compare_type": True})
            return list(compare_metadata(context, metadata))

        assert await connection.run_sync(differences) == []
    await engine.dispose()


async def test_an_older_database_is_brought_up_and_the_log_says_that_nobody_backed_it_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, new_server_database: str
) -> None:
    url, said = new_server_database, list[str]()
    monkeypatch.setattr(
        migrating, "_log", SimpleNamespace(warning=lambda what, **_: said.append(what))
    )
    engine = dialect.open_for_migration(url)
    async with engine.begin() as connection:
        await connection.run_sync(_bring_to, "0002")
        await connection.execute(text("INSERT INTO communities VALUES (1, 'e', '{}')"))
    await engine.dispose()
    assert await migrate(url, tmp_path / "backups") == "0002"
    assert len(said) == 1
    assert "pg_dump" in said[0]
    assert await migrate(url, tmp_path / "backups") == newest_revision()
    assert len(said) == 1
    async with opened(url, HandClock()) as database:
        assert await rows(database, "SELECT code FROM communities") == [("e",)]


def _bring_to(connection: Connection, revision: str) -> None:
    config = migrating._config()
    config.attributes["connection"] = connection
    upgrade(config, revision)


async def test_two_that_start_at_once_migrate_once(
    tmp_path: Path, new_server_database: str
) -> None:
    found = await asyncio.gather(*(migrate(new_server_database, tmp_path) for _ in range(2)))
    assert sorted(found, key=str) == [newest_revision(), None]


async def test_the_indexes_of_some_rows_are_so_here_too(database: Database) -> None:
    found = await rows(
        database,
        "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema()"
        " AND indexdef LIKE '%WHERE%' ORDER BY 1",
    )
    some = sorted(
        str(one.name)
        for table in metadata.tables.values()
        for one in table.indexes
        if one.dialect_options["sqlite"]["where"] is not None
    )
    assert [name for (name,) in found] == some


async def test_readers_cannot_write(database: Database) -> None:
    async with database.reading() as connection:
        with pytest.raises(DBAPIError, match="read-only") as refused:
            await connection.execute(PUT, {"key": "a", "value": 1})
    assert cannot_write(refused.value)


async def test_a_number_larger_than_the_column_is_not_found(database: Database) -> None:
    query = select(cases.c.number).where(cases.c.community_id == 1)
    async with database.begin() as uow:
        assert await uow.read(query.where(cases.c.number == 2**40)) == []


async def test_an_idle_writer_does_not_notice_that_the_server_was_started_again(
    database: Database, url: str
) -> None:
    async with database.begin() as uow:
        uow.write(PUT, {"key": "before", "value": 1})
    assert len(await rows(database, "SELECT * FROM meta")) == 1
    await end_all_connections(url)
    async with database.begin() as uow:
        uow.write(PUT, {"key": "after", "value": 1})
    assert len(await rows(database, "SELECT * FROM meta")) == 2


async def test_what_was_begun_is_lost_with_the_connection_and_told_as_the_servers_trouble(
    database: Database, url: str
) -> None:
    async def write_and_lose() -> None:
        async with database.begin() as uow:
            await uow.write_now(PUT, {"key": "lost", "value": 1})
            await end_all_connections(url)
            uow.write(PUT, {"key": "too", "value": 1})

    with pytest.raises(DBAPIError) as lost:
        await write_and_lose()
    assert cannot_write(lost.value)
    assert await rows(database, "SELECT * FROM meta") == []
    async with database.begin() as uow:
        uow.write(PUT, {"key": "again", "value": 1})
    assert await rows(database, "SELECT key FROM meta") == [("again",)]


async def test_a_server_that_says_nothing_is_taken_for_gone(
    url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "_ANSWER", 0.3)

    async def ask_a_slow_one(database: Database) -> None:
        async with database.begin() as uow:
            uow.write(PUT, {"key": "a", "value": 1})
            await uow.read(select(func.pg_sleep(5)))

    async with opened(url, clock) as database:
        with pytest.raises(DBAPIError) as silent:
            async with asyncio.timeout(3):
                await ask_a_slow_one(database)
        assert cannot_write(silent.value)
        await _write(database)
        assert len(await rows(database, "SELECT * FROM meta")) == 1


async def test_whoever_waits_too_long_for_the_other_writer_is_refused_and_goes_on(
    database: Database, url: str, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(dialect._SETTINGS, "lock_timeout", "50")
    async with opened(url, clock) as other:
        async with database.begin():
            with pytest.raises(DBAPIError, match="lock timeout") as refused:
                await asyncio.create_task(_write(other), context=contextvars.Context())
        assert cannot_write(refused.value)
        await _write(other)


async def _write(database: Database) -> None:
    async with database.begin() as uow:
        uow.write(PUT, {"key": "a", "value": 1})


async def test_one_key_twice_is_a_defect_and_not_the_servers_trouble(database: Database) -> None:
    await _write(database)
    with pytest.raises(IntegrityError) as twice:
        await _write(database)
    assert not cannot_write(twice.value)


@pytest.mark.parametrize("values", [("a secret", "a secret"), ("a secret \ud800", "b")])
async def test_words_do_not_stand_in_an_error_nor_in_its_causes(
    database: Database, values: tuple[str, str]
) -> None:
    async def write() -> None:
        async with database.begin() as uow:
            for value in values:
                uow.write(PUT, {"key": value, "value": 1})

    with pytest.raises(DBAPIError) as failed:
        await write()
    said = "".join(traceback.format_exception(failed.value))
    assert "a secret" not in said.replace('("a secret"', "")
    assert "INSERT INTO meta" in said


async def test_a_server_that_is_not_there_is_named_without_the_password(tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match=r"PostgreSQL at 127\.0\.0\.1:9/linli") as migrating:
        await migrate(NOWHERE, tmp_path)
    database = Database(NOWHERE, HandClock().now)
    with pytest.raises(DatabaseFault, match=r"PostgreSQL at 127\.0\.0\.1:9/linli") as opening:
        await database.open()
    await database.close()
    for one in (migrating, opening):
        assert "secretword" not in str(one.value)
        assert "refused" in str(one.value).lower() or "connect" in str(one.value).lower()


async def test_a_server_that_is_gone_is_the_servers_trouble() -> None:
    database = Database(NOWHERE, HandClock().now)
    with pytest.raises(DBAPIError) as away:
        await _write(database)
    await database.close()
    assert cannot_write(away.value)


@pytest.mark.parametrize("safe", [True, False])
async def test_the_doctor_names_the_version_and_what_a_power_cut_would_do(
    url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, safe: bool
) -> None:
    async def look_at(connection: Any) -> tuple[str, bool]:
        version, _ = await dialect.look_at(connection)
        return version, safe

    monkeypatch.setattr(doctor_data, "look_at", look_at)
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path, database_url=url)
    clock = HandClock()
    found = await doctor.examine(settings, Database(url, clock.now), clock.now())
    assert not any("SQLite" in one.sentence for one in found)
    (server,) = [one for one in found if one.sentence.startswith("PostgreSQL")]
    assert server.is_bad is not safe
    assert re.match(r"PostgreSQL \d+\.\d+ ", server.sentence)
    assert ("fsync" in server.sentence) is not safe


async def test_the_doctor_says_that_the_server_is_not_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    settings = Settings(data_dir=tmp_path, database_url=NOWHERE)
    clock = HandClock()
    found = await doctor.examine(settings, Database(NOWHERE, clock.now), clock.now())
    assert found[-1].is_bad
    assert "127.0.0.1:9/linli" in found[-1].sentence
    assert "secretword" not in repr(found)


def test_without_its_driver_there_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *given: Any, **more: Any) -> Any:
        if name == "asyncpg":
            raise ModuleNotFoundError("No module named 'asyncpg'", name="asyncpg")
        return real(name, *given, **more)

    monkeypatch.setattr(builtins, "__import__", without)
    with pytest.raises(DatabaseFault, match=r"pip install 'linli\[postgres\]'"):
        open_writer(NOWHERE)


@pytest.mark.parametrize("committed", [True, False])
async def test_a_commit_whose_answer_is_lost_is_neither_done_twice_nor_forgotten(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch, committed: bool
) -> None:
    real = Transaction.commit

    async def commit(self: Any) -> None:
        monkeypatch.setattr(Transaction, "commit", real)
        if committed:
            await real(self)
        await end_all_connections(url)
        await real(self) if not committed else await self._connection.fetch("SELECT 1")

    monkeypatch.setattr(Transaction, "commit", commit)
    if committed:
        await _write(database)
    else:
        with pytest.raises(DBAPIError) as lost:
            await _write(database)
        assert cannot_write(lost.value)
    assert len(await rows(database, "SELECT * FROM meta")) == int(committed)
    async with database.begin() as uow:
        uow.write(PUT, {"key": "next", "value": 1})
    assert len(await rows(database, "SELECT * FROM meta")) == int(committed) + 1


async def test_the_outcome_of_a_commit_is_waited_for_while_the_server_is_away(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    real, comes_back = Transaction.commit, ExitStack()

    async def commit(self: Any) -> None:
        monkeypatch.setattr(Transaction, "commit", real)
        await real(self)
        await asyncio.to_thread(comes_back.enter_context, postgres.away(url))
        await self._connection.fetch("SELECT 1")

    monkeypatch.setattr(Transaction, "commit", commit)
    writing = asyncio.create_task(_write(database))
    done, _ = await asyncio.wait([writing], timeout=0.5)
    assert not done, "nothing is known yet"
    await asyncio.to_thread(comes_back.close)
    await writing
    assert len(await rows(database, "SELECT * FROM meta")) == 1


async def test_a_server_that_stays_away_lets_the_commit_count_as_lost(
    database: Database, url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialect, "_PATIENCE", 0.3)
    real, comes_back = Transaction.commit, ExitStack()

    async def commit(self: Any) -> None:
        await asyncio.to_thread(comes_back.enter_context, postgres.away(url))
        await real(self)

    with monkeypatch.context() as once:
        once.setattr(Transaction, "commit", commit)
        with pytest.raises(DBAPIError) as lost:
            await _write(database)
    assert cannot_write(lost.value)
    await asyncio.to_thread(comes_back.close)
    assert await rows(database, "SELECT * FROM meta") == []
    await _write(database)
