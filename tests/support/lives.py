"""One process of the bot after another over the same file, whatever becomes of clock and power."""

import asyncio
import shutil
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from pathlib import Path

from hypothesis import strategies as st

from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from storage.due import Due
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, opened

Event = tuple[str, int]  # what happens, and how many hours pass
Look = Callable[[UnitOfWork], Awaitable[None]]

HOURS = st.tuples(st.just("pass"), st.integers(1, 21 * 24))
BACK = st.tuples(st.just("back"), st.integers(1, 30))
OTHERS = st.tuples(st.sampled_from(["pass", "twice", "fail", "look"]), st.integers(0, 8))
EVENTS = st.lists(st.one_of(HOURS, BACK, OTHERS), min_size=1, max_size=9)


async def _fails(uow: UnitOfWork, row: Due) -> None:
    """Do the whole thing, and fail before it is committed."""
    await JOBS[row.kind](uow, row)
    raise RuntimeError("the power is gone")


FAILING = dict.fromkeys(JOBS, _fails)


class Lives:
    """Lives over a copy of `begun`; `look` is what looks ahead, as a start does."""

    def __init__(self, begun: Path, folder: Path, look: Look) -> None:
        self.file, self.clock, self._look = folder / "linli.db", HandClock(), look
        shutil.copy(begun, self.file)

    async def live(self, events: Sequence[Event]) -> None:
        """Let everything happen, each time to a new process; at the end some quiet days."""
        for what, hours in [*events, ("pass", 1), ("pass", 8 * 24)]:
            async with opened(self.file, self.clock) as database:
                await self.happen(database, what, hours)

    async def happen(self, database: Database, what: str, hours: int) -> None:
        """Let one thing happen: time passes or goes back, two tick at once, a tick fails."""
        self.clock.instant += timedelta(hours=-hours if what == "back" else hours)
        one, other = (Runner(database, self.clock, JOBS) for _ in range(2))  # type: ignore[arg-type]
        if what == "fail":
            await Runner(database, self.clock, FAILING).tick()  # type: ignore[arg-type]
            self.clock.instant += timedelta(minutes=2)
        if what == "look":
            async with database.begin() as uow:
                await self._look(uow)
        if what == "twice":
            await asyncio.gather(one.tick(), other.tick())
        await one.tick()
