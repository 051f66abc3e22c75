"""The loop that makes backups: one an hour, restored once a day, and an alarm when it fails."""

import asyncio
from pathlib import Path
from typing import Any

import pytest

from bot.schedule.backups import Backups
from storage import backup, meta
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock


class Told(list[tuple[str, dict[str, Any]]]):
    async def note(self, uow: UnitOfWork, what: str, facts: dict[str, Any]) -> None:
        assert uow.writes >= 0
        self.append((what, facts))


@pytest.fixture
def told() -> Told:
    return Told()


@pytest.fixture
async def loop(database: Database, clock: HandClock, told: Told, tmp_path: Path) -> Backups:
    return Backups(database, clock, tmp_path / "backups", told.note, hourly=True)  # type: ignore[arg-type]


def names(folder: Path) -> list[str]:
    return [one.name for one in backup.all_in(folder / "backups")]


async def test_one_an_hour_however_often_it_looks(
    loop: Backups, file: Path, clock: HandClock, tmp_path: Path, told: Told
) -> None:
    for _ in range(3):
        await loop.look(file)
    assert names(tmp_path) == ["linli-20261117T011000Z.db"]
    clock.pass_(minutes=49)
    await loop.look(file)
    assert len(names(tmp_path)) == 1
    clock.pass_(minutes=1)
    await loop.look(file)
    assert names(tmp_path)[0] == "linli-20261117T020000Z.db"
    clock.pass_(hours=6)  # it was down: one is enough
    await loop.look(file)
    assert len(names(tmp_path)) == 3
    assert told == []


async def test_old_ones_go(loop: Backups, file: Path, clock: HandClock, tmp_path: Path) -> None:
    for _ in range(60):
        await loop.look(file)
        clock.pass_(hours=1)
    assert len(names(tmp_path)) == 24 + 1  # the last 24 hours, and the day before them
    assert len(list((tmp_path / "backups").iterdir())) == 2 * 25 + 1  # and the keys


async def test_once_a_day_the_newest_is_restored_to_see_and_a_damaged_one_is_told(
    loop: Backups, file: Path, clock: HandClock, database: Database, tmp_path: Path, told: Told
) -> None:
    await loop.look(file)
    async with database.looking() as uow:
        first = await meta.get(uow, meta.DRILL)
    assert first["fault"] == ""
    clock.pass_(hours=23)
    clock.pass_(minutes=-10)  # midnight in UTC
    newest = backup.back_up(file, tmp_path / "backups", label="20261118T000000Z")
    newest.write_bytes(b"\xff" * 5000)
    for _ in range(3):
        await loop.look(file)
    assert told == [("drill_failed", {"backup": newest.name})]
    async with database.looking() as uow:
        assert "checksum" in (await meta.get(uow, meta.DRILL))["fault"]


async def test_a_backup_that_fails_is_told_once_a_day(
    loop: Backups, file: Path, clock: HandClock, tmp_path: Path, told: Told,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def no_room(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(backup, "put_in_place", no_room)
    for _ in range(30):
        await loop.look(file)
        clock.pass_(hours=1)
    assert told == [("backup_failed", {})] * 2
    assert names(tmp_path) == []


async def test_what_was_ended_in_the_middle_is_cleared_away_at_the_start(
    loop: Backups, tmp_path: Path, clock: HandClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    left = tmp_path / "backups"
    (left / ".drill-abc").mkdir(parents=True)
    (left / "linli-x.unfinished").touch()
    (left / "linli-x.unfinished-wal").touch()

    async def stop(_: float) -> None:
        raise asyncio.CancelledError

    monkeypatch.setattr(clock, "sleep", stop, raising=False)
    with pytest.raises(asyncio.CancelledError):
        await loop.run()
    assert {one.suffix for one in left.iterdir()} == {".db", ".json", ".keys"}


@pytest.mark.parametrize(("hourly", "made"), [(True, 1), (False, 0)])
async def test_none_is_made_where_something_else_keeps_copies(
    database: Database, clock: HandClock, told: Told, tmp_path: Path, hourly: bool, made: int
) -> None:
    class Rest(Exception):
        """The loop has looked, and would sleep."""

    async def sleep(seconds: float) -> None:
        raise Rest(seconds)

    clock.sleep = sleep  # type: ignore[attr-defined]
    loop = Backups(database, clock, tmp_path / "backups", told.note, hourly=hourly)  # type: ignore[arg-type]
    with pytest.raises(Rest):
        await loop.run()
    assert len(names(tmp_path)) == made
