"""The clock: moved forward by hand, it wakes whoever sleeps; and the chance and tasks beside it."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.clock import Clock, chance, new_id, pause, short_code, start_task
from storage.unit_of_work import Database, open_unit_of_work

START = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)
SOON = timedelta(seconds=1)


def test_it_starts_where_it_is_told_and_goes_on() -> None:
    clock = Clock(START)
    first = clock.now()
    assert START <= first < START + SOON * 10
    assert first.utcoffset() == timedelta(0)
    assert clock.now() >= first


def test_without_a_start_it_is_the_real_time() -> None:
    assert abs(Clock().now() - datetime.now(UTC)) < SOON * 10


def test_it_jumps_forward_only() -> None:
    clock = Clock(START)
    clock.jump_to(START + timedelta(hours=6))
    later = clock.now()
    assert START + timedelta(hours=6) <= later < START + timedelta(hours=6, seconds=10)
    clock.jump_to(START)
    assert clock.now() >= later


def test_a_reset_may_go_back_and_instants_of_any_zone_are_understood() -> None:
    clock = Clock(START + timedelta(days=9))
    clock.set_to(datetime.fromisoformat("2026-11-17T09:10+08:00"))
    assert START <= clock.now() < START + SOON * 10


def test_monotonic_time_does_not_jump() -> None:
    clock = Clock(START)
    before = clock.monotonic()
    clock.jump_to(START + timedelta(days=365))
    assert 0 <= clock.monotonic() - before < 10


async def test_a_jump_wakes_everybody_whose_time_has_come() -> None:
    clock = Clock(START)
    woken: list[int] = []

    async def sleep(hours: int) -> None:
        await clock.sleep_until(START + timedelta(hours=hours))
        woken.append(hours)

    async with asyncio.timeout(10), asyncio.TaskGroup() as group:
        tasks = [group.create_task(sleep(hours)) for hours in (1, 2, 3)]
        await asyncio.sleep(0)
        clock.jump_to(START + timedelta(hours=2))
        await asyncio.gather(*tasks[:2])
        assert sorted(woken) == [1, 2]
        clock.jump_to(START + timedelta(hours=3))
    assert sorted(woken) == [1, 2, 3]


async def test_what_is_over_is_not_slept_for() -> None:
    clock = Clock(START)
    async with asyncio.timeout(10):
        await clock.sleep_until(START - SOON)
        await clock.sleep(0)


async def test_who_sleeps_can_be_woken_and_the_bell_stays_rung() -> None:
    clock, bell = Clock(START), asyncio.Event()
    async with asyncio.timeout(10):
        sleeping = asyncio.create_task(clock.sleep_until(None, wake=bell))
        await asyncio.sleep(0)
        assert not sleeping.done()
        bell.set()
        await sleeping
        assert bell.is_set()
        await clock.sleep(3600, wake=bell)  # rung already


async def test_a_sleep_ends_by_itself() -> None:
    clock = Clock(START)
    async with asyncio.timeout(10):
        await clock.sleep(0.01)
        await pause(0.001)
    assert clock.now() >= START + timedelta(seconds=0.01)


async def test_a_sleep_ends_when_the_clock_goes_back() -> None:
    clock = Clock(START + timedelta(days=2))
    async with asyncio.timeout(10):
        sleeping = asyncio.create_task(clock.sleep(5))
        await asyncio.sleep(0)
        clock.set_to(START)
        await sleeping
    assert clock.now() < START + SOON * 5


async def test_a_sleep_goes_on_when_the_clock_is_set_but_not_back() -> None:
    clock = Clock(START)
    sleeping = asyncio.create_task(clock.sleep(3600))
    await asyncio.sleep(0)
    clock.jump_to(START + timedelta(minutes=30))
    _done, waiting = await asyncio.wait([sleeping], timeout=0.01)
    assert waiting == {sleeping}
    clock.jump_to(START + timedelta(hours=2))
    await sleeping


async def test_a_sleeper_who_is_cancelled_leaves_nothing_behind() -> None:
    clock, bell = Clock(START), asyncio.Event()
    sleeping = asyncio.create_task(clock.sleep(3600, wake=bell))
    await asyncio.sleep(0)
    sleeping.cancel()
    with pytest.raises(asyncio.CancelledError):
        await sleeping
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}


def test_codes_can_be_read_out_on_the_telephone() -> None:
    codes = {short_code() for _ in range(500)}
    assert all(len(code) == 4 for code in codes)
    assert not set("".join(codes)) & set("0O1Iabcxyz")
    assert len(codes) > 450
    assert len(short_code(9)) == 9


def test_ids_are_long_and_never_the_same() -> None:
    ids = {new_id() for _ in range(1000)}
    assert len(ids) == 1000
    assert all(len(one) == 22 and one.isascii() for one in ids)


def test_chance_is_a_number_below_one() -> None:
    drawn = {chance() for _ in range(200)}
    assert len(drawn) > 150
    assert all(0 <= one < 1 for one in drawn)


async def test_a_task_is_outside_the_open_unit_of_work_and_says_when_it_ends(
    database: Database,
) -> None:
    ended: list[str] = []

    async def look() -> bool:
        try:
            open_unit_of_work()
        except LookupError:
            return False
        return True

    async with database.begin():
        assert await look()
        task = start_task(look(), name="look", ended=lambda one: ended.append(one.get_name()))
        assert not await task
    assert ended == ["look"]


async def test_the_end_of_a_task_that_fails_is_told_too() -> None:
    ended: list[BaseException | None] = []

    async def fail() -> None:
        raise RuntimeError

    task = start_task(fail(), name="fails", ended=lambda one: ended.append(one.exception()))
    with pytest.raises(RuntimeError):
        await task
    assert isinstance(ended[0], RuntimeError)
