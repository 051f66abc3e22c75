"""Wakes what is due. The timer only calls `tick`; what is due is a row of the database.

The only file that imports apscheduler: no job store, no missed runs, nothing of its own.
"""

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler
from sqlalchemy.exc import DBAPIError

from bot.clock import Clock
from bot.logging import log
from bot.pulse import Pulse
from bot.schedule.jobs import Tick
from bot.services import search_index
from storage import due, inbox, search
from storage.due import Due
from storage.engine import cannot_write
from storage.unit_of_work import Database

_EVERY = 1  # second
_TRIED_AGAIN = timedelta(minutes=1)
_log = log("schedule")


class Runner:
    """Does what has fallen due, in order, each thing once, in a transaction of its own."""

    def __init__(self, database: Database, clock: Clock, jobs: Mapping[str, Tick]) -> None:
        self._database, self._clock, self._jobs = database, clock, jobs
        self._turn = asyncio.Lock()
        self.pulse = Pulse(clock.monotonic)
        self._timer = AsyncIOScheduler(timezone="UTC")
        self._swept: datetime | None = None
        self._waits = False  # for a database that cannot be used just now

    def start(self) -> None:
        """Begin to tick about every second of real time."""
        self._timer.add_job(
            self.tick_or_wait,
            "interval",
            seconds=_EVERY,
            misfire_grace_time=None,
            coalesce=True,
            max_instances=1,
        )
        self._timer.start()

    def stop(self) -> None:
        """Stop ticking."""
        if self._timer.running:
            self._timer.shutdown(wait=False)

    async def tick_or_wait(self) -> None:
        """Do everything that is due now, or when the database can be used again: say so once."""
        try:
            await self.tick()
        except Exception as error:
            if not cannot_write(error):
                raise
            if not self._waits:
                _log.error("what is due waits for the database", error=type(error).__name__)
            self._waits = True
        else:
            self._waits = False

    async def tick(self) -> None:
        """Do everything that is due now."""
        async with self._turn:
            self.pulse.works()
            try:
                while await self._do_fallen() or await self._index():
                    self.pulse.works()
                await self._sweep()
                await self._database.tidy()
            finally:
                self.pulse.rests()

    async def next_due(self) -> datetime | None:
        """Return when the next row falls due (UTC)."""
        async with self._database.reading() as connection:
            return await due.next_due(connection)

    async def _do_fallen(self) -> bool:
        async with self._database.reading() as connection:
            fallen = await due.fallen_due(connection, self._clock.now())
        done = [await self._do(one) for one in fallen]
        return any(done)

    async def _do(self, one: Due) -> bool:
        try:
            async with self._database.begin() as uow:
                if not await due.mark_done(uow, one):
                    return False
                await self._jobs[one.kind](uow, one)
        except Exception as error:  # noqa: BLE001 - one thing that fails must not stop the rest
            _log.error("a due thing failed", kind=one.kind, subject=one.subject, exc_info=error)
            await self._postpone(one)
            return False
        return True

    async def _postpone(self, one: Due) -> None:
        """Let what fails be tried later, so that it holds up nothing behind it."""
        with suppress(DBAPIError):  # the disk may be full: then it is simply tried again
            async with self._database.begin() as uow:
                await due.plan(uow, replace(one, due_at=self._clock.now() + _TRIED_AGAIN))

    async def _index(self) -> bool:
        """Let some cases be found by their words; say whether to go on at once."""
        async with self._database.reading() as connection:
            if not await search.any_marked(connection):
                return False
        async with self._database.begin() as uow:
            return await search_index.catch_up(uow) and not self._database.others_wait

    async def _sweep(self) -> None:
        """Once a day forget updates that were handled long ago."""
        today = self._clock.now()
        if self._swept is not None and self._swept.date() == today.date():
            return
        async with self._database.begin() as uow:
            await inbox.forget_old(uow)
        self._swept = today
