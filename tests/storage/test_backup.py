"""Backups: whole while writes go on, never half a file under a good name."""

import asyncio
import sqlite3
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert

from storage import backup
from storage.backup import back_up
from storage.fault import DatabaseFault
from storage.tables import meta
from storage.unit_of_work import Database
from tests.support.database import url_of

PUT = insert(meta)


@pytest.fixture
def url(file: Path) -> str:
    """These are about the file."""
    return url_of(file)


def facts(file: Path) -> list[tuple[str, int]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute("SELECT key, value FROM meta ORDER BY key").fetchall()


async def test_a_backup_is_whole_while_writes_go_on(
    database: Database, file: Path, tmp_path: Path
) -> None:
    ready, stop = asyncio.Event(), asyncio.Event()

    async def write_on() -> int:
        number = 0
        while not stop.is_set():
            async with database.begin() as uow:
                for side in ("left", "right"):
                    uow.write(PUT, {"key": f"{number:05} {side}", "value": number})
            number += 1
            if number == 20:
                ready.set()
        return number

    writing = asyncio.create_task(write_on())
    await ready.wait()
    copies = [
        await asyncio.to_thread(back_up, file, tmp_path / "backups", label=str(n)) for n in range(5)
    ]
    stop.set()
    written = await writing
    sizes = [len(facts(copy)) for copy in copies]
    assert sizes == sorted(sizes)
    assert all(size >= 40 and size % 2 == 0 for size in sizes)  # never half a transaction
    assert len(facts(file)) == 2 * written
    assert facts(copies[-1]) == facts(file)[: sizes[-1]]


async def test_a_backup_has_its_name_and_is_for_its_owner_only(
    database: Database, file: Path, tmp_path: Path
) -> None:
    async with database.begin() as uow:
        uow.write(PUT, {"key": "a", "value": 1})
    copy = back_up(file, tmp_path / "new" / "backups", label="20261117")
    assert copy == tmp_path / "new" / "backups" / "linli-20261117.db"
    assert facts(copy) == [("a", 1)]
    assert copy.stat().st_mode & 0o077 == 0
    assert {one.name for one in copy.parent.iterdir()} == {copy.name, "linli-20261117.json"}
    assert backup.beside(copy).stat().st_mode & 0o077 == 0


async def test_a_second_one_of_the_same_name_takes_its_place(
    database: Database, file: Path, tmp_path: Path
) -> None:
    back_up(file, tmp_path / "backups", label="a")
    async with database.begin() as uow:
        uow.write(PUT, {"key": "a", "value": 1})
    assert facts(back_up(file, tmp_path / "backups", label="a")) == [("a", 1)]


def damage(file: Path) -> None:
    """Overwrite pages in the middle, as a dying disk does."""
    with closing(sqlite3.connect(file)) as connection, connection:
        connection.executemany(
            "INSERT INTO meta (key, value) VALUES (?, ?)",
            [(f"key {n}", f'"{"x" * 300}"') for n in range(500)],
        )
        connection.commit()
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    size = file.stat().st_size
    with file.open("r+b") as opened:
        opened.seek(size // 2 // 4096 * 4096)
        opened.write(b"\xff" * 4096 * 4)


def test_a_damaged_database_is_named_and_leaves_no_backup(file: Path, tmp_path: Path) -> None:
    damage(file)
    with pytest.raises(DatabaseFault, match="damaged"):
        back_up(file, tmp_path / "backups", label="a")
    assert list((tmp_path / "backups").glob("*.db")) == []


def test_an_older_backup_survives_a_failed_one(file: Path, tmp_path: Path) -> None:
    good = back_up(file, tmp_path / "backups", label="a")
    before = good.read_bytes()
    damage(file)
    with pytest.raises(DatabaseFault):
        back_up(file, tmp_path / "backups", label="a")
    assert good.read_bytes() == before


def test_what_is_no_database_is_named(tmp_path: Path) -> None:
    file = tmp_path / "photo.db"
    file.write_bytes(b"\x89PNG" * 2000)
    with pytest.raises(DatabaseFault, match="damaged"):
        back_up(file, tmp_path / "backups", label="a")


def test_it_gets_its_name_only_when_it_is_on_the_disk(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    forced: list[str] = []
    really = backup._force_to_disk

    def note(path: Path) -> None:
        forced.append(path.name)
        assert path.name == "backups" or not path.with_suffix(".db").exists()
        really(path)

    monkeypatch.setattr(backup, "_force_to_disk", note)
    back_up(file, tmp_path / "backups", label="a")
    assert forced == ["linli-a.json", "linli-a.unfinished", "backups"]


def test_it_is_copied_in_one_go(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Page by page it would begin again with every write, and never end."""
    steps: list[int] = []

    class Watched(sqlite3.Connection):
        def backup(self, target: sqlite3.Connection, **given: Any) -> None:
            super().backup(target, progress=lambda *_left: steps.append(1), **given)

    connect = partial(sqlite3.connect, factory=Watched)
    monkeypatch.setattr(sqlite3, "connect", connect)
    copy = back_up(file, tmp_path / "backups", label="a")
    assert copy.stat().st_size > 10 * 4096
    assert len(steps) == 1
