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
from storage import case, person, residence
from storage import migrate as migrating
from storage.migrate import migrate
from storage.postgres import open_for_migration
from tests.support import postgres
from tests.support.database import VAULT, HandClock, opened, url_of

NAMES = {1: "金丝雀王秀兰", 2: "金丝雀李桂英", 3: ""}
PHONE_OF_TWO = "13877776666"
SETTINGS = {PHONE: PHONE_OF_TWO, "large": True, "serves": {PHONE: "010-44443333"}}
CANARIES = ("金丝雀", PHONE_OF_TWO, "010-44443333", "7799A")
DOOR = "7799A"
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
         "settings": json.dumps(SETTINGS) if one == 2 else None}
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


def _fill_doors(connection: Connection) -> None:
    for number, person_id, door in ((1, 1, DOOR), (2, 2, DOOR), (3, 1, "1203")):
        connection.execute(
            text(
                "INSERT INTO residences (community_id, id, person_id, building, unit, number,"
                " since, word_of) VALUES (1, :id, :person, '3', 2, :door, 0, 1)"
            ),
            {"id": number, "person": person_id, "door": door},
        )
    doors: dict[int, str | None] = {1001: DOOR, 1002: None}
    for case_number, of_case in doors.items():
        connection.execute(
            text(
                "INSERT INTO cases (community_id, number, status, version, category, place, words,"
                " channel, urgent, reporter_id, round, returns, appeals, reported_at, door)"
                " VALUES (1, :number, 'submitted', 1, 'x', 'x', 'x', 'x', false, 2, 0, 0, 0, 0,"
                " :door)"
            ),
            {"number": case_number, "door": of_case},
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
        _fill_doors(connection)
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
        assert found[2].settings == SETTINGS
        assert [one.id for one in await person.named(uow, 1, "丝雀李")] == [2]
        assert [one.id for one in await person.named(uow, 2, "1002x")] == [1002]
        assert [one.number for one in await residence.of(uow, 1, 1)] == [DOOR, "1203"]
        assert await residence.count_in(uow, 1, ("3", 2, DOOR)) == 2
        assert await residence.count_in(uow, 1, ("3", 1, DOOR)) == 0
        doors = [one.door for one in await case.reported_by(uow, 1, 2)]
        assert doors == [None, DOOR]


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
        _fill_doors(connection)

    engine = open_for_migration(on_server_before)
    async with engine.begin() as connection:
        await connection.run_sync(begin)
        sql = "UPDATE people SET name = name || 'x' WHERE community_id = 2"
        await connection.execute(text(sql))
    await engine.dispose()
    await migrate(on_server_before, tmp_path, VAULT)
    await _read(on_server_before)
    async with opened(on_server_before, HandClock()) as database, database.reading() as reader:
        kept = ""
        for table in ("people", "residences", "cases"):
            kept += repr((await reader.execute(text(f"SELECT * FROM {table}"))).all())
    assert not [one for one in CANARIES if one in kept]


def test_nothing_is_sealed_without_the_key_file(before: Path, tmp_path: Path) -> None:
    with pytest.raises(AttributeError):
        asyncio.run(migrate(url_of(before), tmp_path / "backups"))
    with closing(sqlite3.connect(before)) as connection:
        held: list[Any] = connection.execute("SELECT name FROM people WHERE id = 1").fetchall()
    assert "金丝雀王秀兰" in str(held)
