"""What falls due: once and for ever, in order, whoever is started twice."""

import asyncio
from datetime import datetime, timedelta
from types import SimpleNamespace

import pytest
from sqlalchemy.exc import IntegrityError, OperationalError

from bot.clock import Clock
from bot.schedule import runner as schedule
from bot.schedule.jobs import Tick
from bot.schedule.runner import Runner
from storage import due, inbox
from storage.due import Due
from storage.inbox import Taken
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, rows


def one(subject: str = "1", *, minutes: float = 0, occurrence: str = "0", kind: str = "k") -> Due:
    return Due(1, kind, subject, occurrence, START + timedelta(minutes=minutes))


async def plan(database: Database, *planned: Due) -> None:
    async with database.begin() as uow:
        for each in planned:
            await due.plan(uow, each)


async def fallen(database: Database, now: datetime) -> list[str]:
    async with database.reading() as connection:
        return [each.subject for each in await due.fallen_due(connection, now)]


class Deeds:
    """Notes what a runner did, with a runner whose clock the test moves."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.done: list[str] = []
        self.fail: set[str] = set()
        self.clock = Clock(clock.now())
        self._database, self._hand = database, clock

    async def do(self, uow: UnitOfWork, what: Due) -> None:
        await asyncio.sleep(0)
        if what.subject in self.fail:
            raise RuntimeError(what.subject)
        self.done.append(what.subject)
        if what.subject == "chain":
            due.plan_new(uow, one("link", minutes=-1))

    def runner(self) -> Runner:
        jobs: dict[str, Tick] = {"k": self.do}
        return Runner(self._database, self.clock, jobs)

    def pass_(self, **span: float) -> None:
        self._hand.pass_(**span)
        self.clock.jump_to(self._hand.now())


@pytest.fixture
def deeds(database: Database, clock: HandClock) -> Deeds:
    return Deeds(database, clock)


async def test_what_is_due_comes_in_order_and_not_before_its_time(database: Database) -> None:
    await plan(database, one("b", minutes=2), one("a", minutes=1), one("c", minutes=3))
    assert await fallen(database, START) == []
    assert await fallen(database, START + timedelta(minutes=2)) == ["a", "b"]
    async with database.reading() as connection:
        assert await due.next_due(connection) == START + timedelta(minutes=1)


async def test_while_the_database_is_away_the_timer_says_so_once_and_goes_on(
    database: Database, deeds: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    await plan(database, one("a"))
    runner, said = deeds.runner(), list[str]()
    monkeypatch.setattr(
        schedule, "_log", SimpleNamespace(error=lambda event, **_: said.append(event))
    )
    away = OperationalError("SELECT 1", {}, ConnectionRefusedError(), connection_invalidated=True)

    async def fails(*_given: object) -> bool:
        raise away

    with monkeypatch.context() as meanwhile:
        meanwhile.setattr(runner, "_do_fallen", fails)
        for _ in range(3):
            await runner.tick_or_wait()
    assert (said, deeds.done) == (["what is due waits for the database"], [])
    await runner.tick_or_wait()
    assert deeds.done == ["a"]


async def test_it_is_done_once(database: Database, deeds: Deeds) -> None:
    await plan(database, one("a"))
    runner = deeds.runner()
    await runner.tick()
    await runner.tick()
    await deeds.runner().tick()  # after a restart
    assert deeds.done == ["a"]
    assert await runner.next_due() is None


async def test_planned_again_after_it_was_done_it_stays_done(
    database: Database, deeds: Deeds
) -> None:
    await plan(database, one("a"))
    await deeds.runner().tick()
    await plan(database, one("a", minutes=5))
    deeds.pass_(minutes=10)
    await deeds.runner().tick()
    assert deeds.done == ["a"]


async def test_two_runners_at_once_do_it_once(database: Database, deeds: Deeds) -> None:
    names = [str(n) for n in range(20)]
    await plan(database, *(one(name) for name in names))
    await asyncio.gather(*(deeds.runner().tick() for _ in range(3)))
    assert sorted(deeds.done) == sorted(names)


async def test_each_occurrence_is_a_thing_of_its_own(database: Database, deeds: Deeds) -> None:
    await plan(database, one("a"), one("a", occurrence="1"))
    await deeds.runner().tick()
    assert deeds.done == ["a", "a"]


async def test_a_planned_thing_moves(database: Database, deeds: Deeds) -> None:
    await plan(database, one("a"))
    await plan(database, one("a", minutes=30))
    await deeds.runner().tick()
    assert deeds.done == []
    deeds.pass_(minutes=31)
    await deeds.runner().tick()
    assert deeds.done == ["a"]


async def test_what_is_cancelled_never_happens(database: Database, deeds: Deeds) -> None:
    await plan(database, one("a"), one("a", occurrence="1"), one("b"), one("a", kind="other"))
    async with database.begin() as uow:
        due.cancel(uow, 1, "k", "a")
    assert await fallen(database, START) == ["b", "a"]
    await plan(database, one("a", minutes=0))
    await deeds.runner().tick()
    assert deeds.done == ["b"]


async def test_a_cancellation_that_rolls_back_cancels_nothing(database: Database) -> None:
    await plan(database, one("a"))

    async def cancel_and_fail() -> None:
        async with database.begin() as uow:
            due.cancel(uow, 1, "k", "a")
            await uow.flush()
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await cancel_and_fail()
    assert await fallen(database, START) == ["a"]


async def test_the_same_thing_cannot_be_planned_twice_as_new(database: Database) -> None:
    await plan(database, one("a"))

    async def plan_again() -> None:
        async with database.begin() as uow:
            due.plan_new(uow, one("a"))

    with pytest.raises(IntegrityError):
        await plan_again()


async def test_what_fails_is_tried_again_and_stops_nobody(database: Database, deeds: Deeds) -> None:
    await plan(database, one("a"), one("bad", minutes=-1), one("c"))
    deeds.fail = {"bad"}
    async with asyncio.timeout(5):
        await deeds.runner().tick()
    assert deeds.done == ["a", "c"]
    assert await fallen(database, START + timedelta(minutes=2)) == ["bad"]
    deeds.fail.clear()
    deeds.clock.jump_to(START + timedelta(minutes=2))
    await deeds.runner().tick()
    assert deeds.done == ["a", "c", "bad"]


async def test_what_always_fails_holds_up_nothing_behind_it(
    database: Database, deeds: Deeds
) -> None:
    many = [one(f"bad{number:03d}") for number in range(70)]  # more than one look takes up
    await plan(database, *many, one("good", minutes=1))
    deeds.fail = {each.subject for each in many}
    deeds.clock.jump_to(START + timedelta(minutes=1))
    await deeds.runner().tick()
    await deeds.runner().tick()
    assert deeds.done == ["good"]


async def test_what_a_deed_makes_due_is_done_in_the_same_tick(
    database: Database, deeds: Deeds
) -> None:
    await plan(database, one("chain"))
    await deeds.runner().tick()
    assert deeds.done == ["chain", "link"]


async def test_six_hours_down_are_caught_up_in_order(database: Database, deeds: Deeds) -> None:
    await plan(database, *(one(f"{n:03}", minutes=n) for n in range(0, 360, 2)))
    deeds.pass_(hours=6)
    await deeds.runner().tick()
    assert deeds.done == [f"{n:03}" for n in range(0, 360, 2)]


async def test_a_clock_that_is_set_back_does_nothing_twice(
    database: Database, deeds: Deeds, clock: HandClock
) -> None:
    await plan(database, one("a", minutes=30), one("b", minutes=70))
    deeds.pass_(hours=1)
    await deeds.runner().tick()
    clock.instant = START  # somebody has put the machine's clock right
    deeds.clock = Clock(START)
    await deeds.runner().tick()
    assert deeds.done == ["a"]
    deeds.pass_(hours=1)
    await deeds.runner().tick()
    assert deeds.done == ["a"]
    deeds.pass_(hours=1)
    await deeds.runner().tick()
    assert deeds.done == ["a", "b"]


async def test_one_that_is_moved_after_it_was_read_waits(database: Database) -> None:
    await plan(database, one("a"))
    async with database.reading() as connection:
        (read,) = await due.fallen_due(connection, START)
    await plan(database, one("a", minutes=30))
    async with database.begin() as uow:
        assert not await due.mark_done(uow, read)
    assert await fallen(database, START + timedelta(minutes=30)) == ["a"]


async def test_once_a_day_what_was_handled_long_ago_is_forgotten(
    database: Database, deeds: Deeds
) -> None:
    async def handle(number: int) -> None:
        taken = Taken(7, number, "nobody", "{}")
        async with database.begin() as uow:
            await inbox.take_in(uow, 7, [taken], number + 1)
            inbox.mark_done(uow, taken)

    async def known() -> int:
        return len(await rows(database, "SELECT * FROM inbox"))

    runner = deeds.runner()
    await handle(1)
    await runner.tick()
    assert await known() == 1
    deeds.pass_(days=4)
    await runner.tick()
    assert await known() == 0


async def test_on_the_same_day_it_is_not_looked_at_again(
    deeds: Deeds, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept: list[datetime] = []

    async def sweep(uow: UnitOfWork) -> int:
        swept.append(uow.now)
        return 0

    monkeypatch.setattr(inbox, "forget_old", sweep)
    runner = deeds.runner()
    for hours in (0, 1, 10, 24):
        deeds.pass_(hours=hours)
        await runner.tick()
    assert [instant.day for instant in swept] == [17, 18]
