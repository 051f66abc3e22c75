"""The worker over a real database: all or nothing, retried, set aside, and nobody else waits."""

import asyncio
import contextvars
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from bot.clock import Clock
from bot.intake import worker as room_of_workers
from bot.intake.worker import BATCH, Enough
from storage.inbox import Taken
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, VAULT, url_of
from tests.unit.intake_room import BOT, PATIENCE, Lines, Room


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    made = Lines()
    monkeypatch.setattr(room_of_workers, "_log", made)
    return made


@pytest.fixture
async def room(file: Path, lines: Lines) -> AsyncIterator[Room]:
    assert lines.facts == []
    moved = Clock(START)
    database = Database(url_of(file), moved.now, vault=VAULT)
    await database.open()
    made = Room(database, moved)
    try:
        yield made
    finally:
        await made.stop()
        await database.close()


async def test_an_update_changes_everything_at_once(room: Room) -> None:
    await room.send((1, 5, "a"))
    room.start()
    await room.until_quiet()
    assert await room.done() == [1]
    assert (await room.status(1))[0] == "done"
    assert (await room.steps(5), await room.letters(), room.answered) == ("a", ["a"], [1])
    assert room.worker.idle


async def test_a_handler_that_fails_leaves_nothing_behind(room: Room) -> None:
    room.failures = {2: 1}
    await room.send((1, 5, "a"))
    room.start()
    await room.until_quiet()
    await room.send((2, 5, "b"))
    await room.until(lambda: 2 in room.begun)
    await room.until_quiet()
    assert await room.done() == [1]
    assert (await room.steps(5), await room.letters(), room.answered) == ("a", ["a"], [1])
    status, attempts, code = await room.status(2)
    assert (status, attempts, len(code)) == ("new", 1, 4)
    await room.retry()
    assert await room.done() == [1, 2]
    assert (await room.steps(5), room.answered) == ("ab", [1, 2])


async def test_it_is_tried_again_after_one_five_and_twenty_five_seconds_then_set_aside(
    room: Room,
) -> None:
    room.failures = {1: 100}
    await room.send((1, 5, "a"))
    room.start()
    await room.until(lambda: room.begun == [1])
    await room.until_quiet()
    for seconds in (1, 5, 25):
        span = await room.retry()
        assert seconds - 1 < span.total_seconds() <= seconds
    assert room.begun == [1, 1, 1, 1]
    assert room.worker.idle
    assert room.worker.next_due() is None
    status, attempts, code = await room.status(1)
    assert (status, attempts) == ("aside", 4)
    assert room.apologies == [(1, code)]
    assert await room.letters() == ["common.sorry"]
    assert await room.done() == []


async def test_the_next_update_of_that_person_is_served_afterwards(room: Room) -> None:
    room.failures = {1: 100}
    await room.send((1, 5, "a"), (2, 5, "b"))
    room.start()
    await room.until_quiet()
    begun = room.clock.now()
    for _ in range(3):
        assert 2 not in await room.done()
        await room.retry()
    await room.until_quiet()
    assert await room.done() == [2]
    assert await room.steps(5) == "b"
    assert room.clock.now() - begun < timedelta(seconds=60)


async def test_later_updates_of_the_person_wait_in_their_order_and_neighbours_do_not(
    room: Room,
) -> None:
    room.failures = {1: 5}  # each time once in the batch and once on its own
    await room.send((1, 5, "a"), (2, 6, "n"), (3, 5, "b"), (4, 5, "c"), (5, 6, "o"), (6, 5, "d"))
    room.start()
    await room.until_quiet()
    assert await room.done() == [2, 5]
    await room.send((7, 5, "e"), (8, 6, "p"))
    await room.until_quiet()
    assert await room.done() == [2, 5, 8]
    await room.retry()
    await room.retry()
    await room.until_quiet()
    assert await room.steps(5) == "abcde"
    assert await room.steps(6) == "nop"


async def test_a_batch_with_one_poisoned_update_handles_the_others_exactly_once(
    room: Room,
) -> None:
    room.failures = {30: 1000}
    await room.send(*((number, number, "x") for number in range(1, 64)))
    room.start()
    await room.until_quiet()
    assert set(await room.done()) == set(range(1, 64)) - {30}
    assert sorted(map(str, room.answered)) == sorted(map(str, set(range(1, 64)) - {30}))
    assert len(await room.letters()) == 62
    for _ in range(3):
        await room.retry()
    assert len(await room.done()) == 62
    assert (await room.status(30))[0] == "aside"


async def test_a_backlog_is_handled_in_large_groups_and_alone_at_once(room: Room) -> None:
    commits: list[int] = []
    room.database.on_commit.append(lambda uow: commits.append(len(uow.immediate)))
    await room.send(*((number, number % 7, str(number)) for number in range(1, 151)))
    commits.clear()  # that of taking them in
    room.start()
    await room.until_quiet()
    assert commits == [BATCH, BATCH, 22]
    await room.send((200, 1, "z"))
    await room.until_quiet()
    assert commits[-1] == 1
    assert room.begun == [*range(1, 151), 200]


async def test_a_batch_ends_early_when_somebody_else_wants_to_write(room: Room) -> None:
    commits: list[int] = []
    room.database.on_commit.append(lambda uow: commits.append(len(uow.immediate)))
    await room.send(*((number, number % 7, str(number)) for number in range(1, 65)))
    commits.clear()
    others = others_come(room)
    room.start()
    await room.until_quiet()
    await asyncio.gather(*others)
    assert commits == [1, 0, 16, 32, 15]  # and what others leave of a batch is not read twice
    assert room.begun == [*range(1, 65)]


async def test_a_batch_does_not_end_early_again_and_again(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(room.clock, "monotonic", lambda: 1000.0)  # no time passes meanwhile
    commits: list[int] = []
    room.database.on_commit.append(lambda uow: commits.append(len(uow.immediate)))
    await room.send(*((number, number % 7, str(number)) for number in range(1, 65)))
    commits.clear()
    others = others_come(room, each_time=True)
    room.start()
    await room.until_quiet()
    await asyncio.gather(*others)
    assert [one for one in commits if one] == [1, 16, 32, 15]


@pytest.mark.parametrize(("away", "commits"), [(0.045, [1, 1, 1, 1]), (0.03, [1, 3])])
async def test_whoever_was_away_for_long_does_not_wait_for_a_batch(
    room: Room, monkeypatch: pytest.MonkeyPatch, away: float, commits: list[int]
) -> None:
    now = [1000.0]
    monkeypatch.setattr(room.clock, "monotonic", lambda: now[0])
    seen: list[int] = []
    room.database.on_commit.append(lambda uow: seen.append(len(uow.immediate)))
    await room.send(*((number, number, "x") for number in range(1, 5)))
    seen.clear()
    others = others_come(room, each_time=True)
    really = room.worker._handle

    async def handle(uow: UnitOfWork, batch: Sequence[Taken], enough: Enough) -> int:
        now[0] += away
        return await really(uow, batch, enough)

    room.worker._handle = handle
    room.start()
    await room.until_quiet()
    await asyncio.gather(*others)
    assert [one for one in seen if one] == commits


def others_come(room: Room, *, each_time: bool = False) -> list[asyncio.Task[None]]:
    """Let somebody ask for a turn when a batch has begun: the first, or each."""
    really, others = room._handle, list[asyncio.Task[None]]()

    async def handle(uow: UnitOfWork, batch: Sequence[Taken], enough: Enough) -> int:
        if each_time or not others:
            others.append(asyncio.create_task(write(room), context=contextvars.Context()))
            await asyncio.sleep(0)
        return await really(uow, batch, enough)

    room.worker._handle = handle
    return others


async def write(room: Room) -> None:
    async with room.database.begin():
        pass


async def test_what_cannot_be_read_as_json_is_set_aside(room: Room) -> None:
    await room.send((1, 5, "a"), raw="{broken")
    await room.send((2, 6, "b"))
    room.start()
    await room.until(lambda: room.worker.next_due() is not None)
    await room.until_quiet()
    assert await room.done() == [2]
    for _ in range(3):
        due = room.worker.next_due()
        assert due is not None
        attempts = (await room.status(1))[1]
        room.clock.jump_to(due)
        await _until_attempts(room, attempts + 1)
    assert (await room.status(1))[0] == "aside"
    assert [number for number, _ in room.apologies] == [1]


async def _until_attempts(room: Room, wanted: int) -> None:
    async with asyncio.timeout(PATIENCE):
        while (await room.status(1))[1] < wanted:  # noqa: ASYNC110
            await asyncio.sleep(0.001)
        await room.until_quiet()


async def test_a_restart_takes_up_what_was_left_with_its_attempts(room: Room) -> None:
    room.failures = {1: 2}
    await room.send((1, 5, "a"), (2, 5, "b"), (3, 6, "c"))
    room.start()
    await room.until_quiet()
    await room.stop()
    assert (await room.status(1))[:2] == ("new", 1)
    room.begun.clear()
    await room.new_worker().load(BOT)
    room.start()
    await room.until_quiet()
    assert set(await room.done()) == {1, 2, 3}
    assert room.begun == [1, 2]
    assert await room.steps(5) == "ab"


async def test_a_full_disk_is_nobodys_failure(room: Room) -> None:
    room.disk_full = 3
    await room.send((1, 5, "a"), (2, 6, "b"), (3, 5, "c"))
    room.start()
    for waits in range(1, 4):
        await room.until(lambda waits=waits: len(room.begun) >= waits)  # type: ignore[misc]
        room.clock.jump_to(room.clock.now() + timedelta(seconds=2))
    await room.until(lambda: len(room.answered) == 3)
    assert await room.done() == [1, 2, 3]
    assert await room.steps(5) == "ac"
    assert room.apologies == []
    assert (await room.status(1))[:2] == ("done", 0)


async def test_a_disk_that_fills_in_the_middle_of_a_batch_keeps_the_order(room: Room) -> None:
    room.failures = {1: 2}
    await room.send((1, 5, "a"), (2, 5, "b"), (3, 6, "c"), (4, 5, "d"))
    really, seen = room._handle, []

    async def handle(uow: UnitOfWork, batch: Sequence[Taken], enough: Enough) -> int:
        seen.append([one.update_id for one in batch])
        if [3] in seen and room.disk_full == 0 and len(seen) == 3:
            room.disk_full = 1
        return await really(uow, batch, enough)

    room.worker._handle = handle
    room.start()
    await room.until(lambda: len(seen) >= 3)
    for _ in range(40):
        room.clock.jump_to(room.clock.now() + timedelta(seconds=2))
        await room.until_quiet()
        if len(room.answered) == 4:
            break
    assert await room.steps(5) == "abd"
    assert await room.done() == [1, 2, 3, 4]


async def test_an_apology_that_fails_does_not_keep_the_person_waiting(room: Room) -> None:
    room.failures = {1: 99}
    room.apology_fails = True
    await room.send((1, 5, "a"), (2, 5, "b"))
    room.start()
    await room.until_quiet()
    for _ in range(3):
        await room.retry()
    await room.until_quiet()
    assert (await room.status(1))[0] == "aside"
    assert await room.done() == [2]
    assert await room.steps(5) == "b"


async def test_the_log_names_the_update_and_the_code_and_not_what_was_written(
    room: Room, lines: Lines
) -> None:
    room.failures = {1: 1}
    await room.send((1, 5, "my secret"))
    room.start()
    await room.until(lambda: bool(lines.facts))
    await room.until_quiet()
    (line,) = lines.facts
    assert (line["update_id"], line["attempt"], line["aside"]) == (1, 1, False)
    assert line["code"] == (await room.status(1))[2]
    assert "my secret" not in repr(line)


async def test_nothing_waits_while_nobody_writes(room: Room) -> None:
    room.start()
    await room.until_quiet()
    assert (room.worker.idle, room.worker.next_due(), room.begun) == (True, None, [])
