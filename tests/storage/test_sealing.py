"""What older versions kept in plain is sealed by a migration, and leaves nothing behind."""

import asyncio
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from alembic.command import upgrade
from sqlalchemy import Connection, create_engine, text

from bot.domain.onbehalf import PHONE
from storage import migrate as migrating
from storage import person
from storage.migrate import migrate
from storage.postgres import open_for_migration
from tests.support import postgres
from tests.support.database import VAULT, HandClock, opened, url_of

NAMES = {1: "金丝雀王秀兰", 2: "金丝雀李桂英", 3: ""}
PHONE_OF_TWO = "13877776666"
CANARIES = ("金丝雀", PHONE_OF_TWO)
BATCH = 1005  # people of the other community: more than are sealed at once


def _bring_to_0032(connection: Connection) -> None:
    config = migrating._config()
    config.attributes.update(connection=connection, vault=VAULT)
    upgrade(config, "0032")


def _fill(connection: Connection) -> None:
    for number, code in ((1, "east"), (2, "west")):
        row = {"id": number, "code": code}
        connection.execute(text("INSERT INTO communities VALUES (:id, :code, '{}')"), row)
    people = [
        {"community": 1, "id": one, "name": name,
         "settings": json.dumps({PHONE: PHONE_OF_TWO, "large": True}) if one == 2 else None}
        for one, name in NAMES.items()
    ] + [
        {"community": 2, "id": one, "name": f"金丝雀{one}", "settings": None}
        for one in range(1, BATCH + 1)
    ]  # fmt: skip
    connection.execute(
        text(
            "INSERT INTO people (community_id, id, telegram_id, name, language, joined_at,"
            " settings) VALUES (:community, :id, 7000 + :id, :name, 'zh_CN', 0, :settings)"
        ),
        people,
    )


@pytest.fixture
def before(tmp_path: Path) -> Path:
    """A file of the version before, whose last changes stand in the log beside it."""
    file = tmp_path / "linli.db"
    engine = create_engine(f"sqlite:///{file}")
    with engine.begin() as connection:
        _bring_to_0032(connection)
    engine.dispose()
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
    with engine.begin() as connection:
        _fill(connection)
        connection.execute(text("UPDATE people SET name = name || 'x' WHERE community_id = 2"))
        connection.execute(text("DELETE FROM people WHERE community_id = 2 AND id > 1002"))
    engine.dispose()
    return file


@pytest.fixture
def on_server_before() -> Iterator[str]:
    with postgres.new_database() as url:
        yield url


async def _read(url: str) -> None:
    async with opened(url, HandClock()) as database, database.begin() as uow:
        found = await person.find(uow, 1, [1, 2, 3])
        assert {one.id: one.name for one in found.values()} == NAMES
        assert found[2].settings == {PHONE: PHONE_OF_TWO, "large": True}
        assert [one.id for one in await person.named(uow, 1, "丝雀李")] == [2]
        assert [one.id for one in await person.named(uow, 2, "1002x")] == [1002]


def _found_in(*files: Path) -> list[tuple[str, str]]:
    held = [(one.name, one.read_bytes()) for one in files if one.exists()]
    return [(name, word) for name, raw in held for word in CANARIES if word.encode() in raw]


async def test_names_and_telephones_are_sealed_and_nothing_is_left_of_them(
    before: Path, tmp_path: Path
) -> None:
    log = before.with_name(f"{before.name}-wal")
    assert _found_in(before, log)
    await migrate(url_of(before), tmp_path / "backups", VAULT)
    assert _found_in(before, log) == []
    await _read(url_of(before))
    assert _found_in(before, log) == []


async def test_they_are_sealed_on_a_server_too(on_server_before: str, tmp_path: Path) -> None:
    def begin(connection: Connection) -> None:
        _bring_to_0032(connection)
        _fill(connection)

    engine = open_for_migration(on_server_before)
    async with engine.begin() as connection:
        await connection.run_sync(begin)
        sql = "UPDATE people SET name = name || 'x' WHERE community_id = 2"
        await connection.execute(text(sql))
    await engine.dispose()
    await migrate(on_server_before, tmp_path, VAULT)
    await _read(on_server_before)
    async with opened(on_server_before, HandClock()) as database, database.reading() as reader:
        kept = repr([tuple(one) for one in await reader.execute(text("SELECT * FROM people"))])
    assert not [one for one in CANARIES if one in kept]


def test_nothing_is_sealed_without_the_key_file(before: Path, tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        asyncio.run(migrate(url_of(before), tmp_path / "backups"))
    with closing(sqlite3.connect(before)) as connection:
        held: list[Any] = connection.execute("SELECT name FROM people WHERE id = 1").fetchall()
    assert "金丝雀王秀兰" in str(held)
