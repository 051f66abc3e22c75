"""A database is copied whole into an empty one of either kind, or not at all."""

import asyncio
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import JSON, Boolean, Table, Text, cast, insert, null, select
from typer.testing import CliRunner

from bot.__main__ import cli
from bot.settings import SettingsFault, setting_names
from storage.copying import copy_database
from storage.engine import open_readers
from storage.fault import DatabaseFault
from storage.migrate import migrate
from storage.tables import Instant, meta, metadata, outbox
from storage.unit_of_work import Database
from tests.support import postgres
from tests.support.database import START, HandClock, opened, url_of

WORDS = "灯坏了 😀 'x' \"y\" \\ \n"
FACTS = {"words": WORDS, "list": [1, None, {"a": True}]}
NOTHING, JSON_NULL = 2, 3  # the rows in which all is left out that may be, or is a null of JSON


@pytest.fixture
def source(tmp_path: Path) -> str:
    """A database with three rows in every table."""
    made = url_of(tmp_path / "source.db")
    asyncio.run(migrate(made, tmp_path))
    asyncio.run(fill(made))
    return made


@pytest.fixture
def server() -> Iterator[str]:
    with postgres.new_database() as made:
        yield made


async def fill(url: str) -> None:
    async with opened(url, HandClock()) as database, database.begin() as uow:
        for table in metadata.sorted_tables:
            for number in (1, NOTHING, JSON_NULL):
                await uow.write_now(insert(table).values(made_up(table, number)))


def made_up(table: Table, number: int) -> dict[str, Any]:
    """Return a row in which every number is the same: so all that it refers to is there."""
    row: dict[str, Any] = {}
    for column in table.columns:
        if column.nullable and number != 1 and not isinstance(column.type, JSON):
            row[column.name] = None
        elif isinstance(column.type, Instant):
            row[column.name] = START
        elif isinstance(column.type, Boolean):
            row[column.name] = number == 1
        elif isinstance(column.type, JSON):
            empty = null() if column.nullable and number == NOTHING else None
            row[column.name] = FACTS if number == 1 else empty
        elif isinstance(column.type, Text):
            row[column.name] = f"{number} {WORDS}"
        else:
            row[column.name] = number
    return row


async def dump(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return everything, JSON as it is written."""
    engine, found = open_readers(url), {}
    async with engine.connect() as connection:
        for table in metadata.sorted_tables:
            columns = [
                cast(one, Text) if isinstance(one.type, JSON) else one for one in table.columns
            ]
            rows = await connection.execute(select(*columns).order_by(*table.primary_key))
            found[table.name] = [tuple(row) for row in rows]
    await engine.dispose()
    return found


async def copy(source: str, target: str, folder: Path) -> list[tuple[str, int]]:
    told: list[tuple[str, int]] = []
    await copy_database(source, target, folder, lambda name, rows: told.append((name, rows)))
    return told


def change(url: str, *commands: str) -> None:
    with closing(sqlite3.connect(url.partition("///")[2])) as connection:
        for one in commands:
            connection.execute(one)
        connection.commit()


async def test_there_and_back_everything_is_what_it_was(
    source: str, server: str, tmp_path: Path
) -> None:
    back = url_of(tmp_path / "back.db")
    there = await copy(source, server, tmp_path)
    assert there == [(table.name, 3) for table in metadata.sorted_tables]
    assert await copy(server, back, tmp_path) == there
    wanted = await dump(source)
    assert await dump(server) == wanted
    assert await dump(back) == wanted
    assert wanted["people"][1] != wanted["people"][2], "a null of JSON is not nothing"


async def test_a_letter_after_the_copy_gets_a_number_of_its_own(
    source: str, server: str, tmp_path: Path
) -> None:
    await copy(source, server, tmp_path)
    row = {name: value for name, value in made_up(outbox, 1).items() if name != "id"}
    async with opened(server, HandClock()) as database, database.begin() as uow:
        (added,) = await uow.fetch_now(insert(outbox).returning(outbox.c.id), row)
        assert added.id == 4


async def test_many_rows_arrive_and_a_zero_in_words_is_left_out(
    source: str, server: str, tmp_path: Path
) -> None:
    async with opened(source, HandClock()) as database, database.begin() as uow:
        for number in range(2500):
            uow.write(insert(meta), {"key": f"many {number:04}", "value": "a\x00b"})
        uow.write(insert(meta), {"key": "z\x00ero", "value": 1})
    assert dict(await copy(source, server, tmp_path))["meta"] == 2504
    found = {row[0]: row[1] for row in (await dump(server))["meta"]}
    assert "zero" in found
    assert found["many 2499"] == '"a\\u0000b"'


@pytest.fixture(params=["sqlite", "postgres"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "sqlite":
        return url_of(tmp_path / "target.db")
    found: str = request.getfixturevalue("server")
    return found


async def test_a_target_that_is_not_empty_is_refused_and_stays_as_it_is(
    source: str, target: str, tmp_path: Path
) -> None:
    await copy(source, target, tmp_path)
    before = await dump(target)
    with pytest.raises(DatabaseFault, match=r"not empty: cards has 3 rows"):
        await copy(source, target, tmp_path)
    assert await dump(target) == before


async def test_a_target_with_tables_of_somebody_else_is_refused(
    source: str, server: str, tmp_path: Path
) -> None:
    await postgres.tell_it(server, "CREATE TABLE theirs (id INTEGER)")
    with pytest.raises(DatabaseFault, match="not ours: theirs"):
        await copy(source, server, tmp_path)


async def test_an_older_source_is_refused_and_not_changed(source: str, tmp_path: Path) -> None:
    change(source, "UPDATE alembic_version SET version_num = '0001'")
    target = url_of(tmp_path / "target.db")
    with pytest.raises(DatabaseFault, match=r"revision 0001, .* is wanted"):
        await copy(source, target, tmp_path)


async def test_a_source_that_is_not_there_is_named(server: str, tmp_path: Path) -> None:
    with pytest.raises(DatabaseFault, match=r"none\.db is not there"):
        await copy(url_of(tmp_path / "none.db"), server, tmp_path)
    nowhere = "postgresql+asyncpg://linli:secretword@127.0.0.1:9/linli"
    with pytest.raises(DatabaseFault, match=r"Nothing was copied: .*") as away:
        await copy(nowhere, server, tmp_path)
    assert "secretword" not in str(away.value)


async def test_what_fails_at_the_end_leaves_the_target_empty(
    source: str, server: str, tmp_path: Path
) -> None:
    change(source, "UPDATE remarks SET case_number = 77 WHERE id = 2")
    with pytest.raises(DatabaseFault, match=r"Nothing was copied: .*remarks"):
        await copy(source, server, tmp_path)
    assert not any((await dump(server)).values())


def test_the_command_names_every_table_with_its_rows(
    source: str, server: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    for name in setting_names():
        monkeypatch.delenv(name, raising=False)
    ended = CliRunner().invoke(cli, ["copy-database", source, server])
    assert ended.exit_code == 0, ended.output
    *tables, last = ended.output.splitlines()
    assert [one.split() for one in tables] == [[one.name, "3"] for one in metadata.sorted_tables]
    assert last.startswith("Copied. Set DATABASE_URL")
    again = CliRunner().invoke(cli, ["copy-database", source, server])
    assert "not empty" in str(again.exception)
    wrong = CliRunner().invoke(cli, ["copy-database", source, "mysql://me:secretword@here/x"])
    assert isinstance(wrong.exception, SettingsFault)
    assert "secretword" not in str(wrong.exception)


async def test_what_is_written_after_the_beginning_is_not_in_the_copy(
    source: str, server: str, tmp_path: Path
) -> None:
    async with opened(source, HandClock()) as database:
        await copy_database(source, server, tmp_path, lambda name, _: change_once(name, source))
        assert isinstance(database, Database)
    assert ("late",) not in [row[:1] for row in (await dump(server))["meta"]]
    assert ("late",) in [row[:1] for row in (await dump(source))["meta"]]


def change_once(name: str, url: str) -> None:
    if name == metadata.sorted_tables[0].name:
        change(url, "INSERT INTO meta (key, value) VALUES ('late', '1')")
