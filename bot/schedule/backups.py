"""Makes a backup every hour, thins them out, and restores the newest once a day to see.

What there is, is the truth: the files say when the last backup was made, a row of the database
says when it was last restored. So a bot that was down makes one and not six.
"""

import asyncio
import sqlite3
from collections.abc import Awaitable, Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.clock import Clock
from bot.domain.backup import is_due, stamp
from bot.logging import log
from storage import backup, meta
from storage.engine import UNUSABLE, sqlite_file
from storage.fault import DatabaseFault
from storage.restore import Drill, rehearse
from storage.unit_of_work import Database, UnitOfWork

LOOK_EVERY = 60.0  # seconds
_log = log("backups")

Alarm = Callable[[UnitOfWork, str, dict[str, Any]], Awaitable[None]]


class Backups:
    """The loop that keeps copies of an SQLite file, and does nothing for another database."""

    def __init__(
        self, database: Database, clock: Clock, folder: Path, on_alarm: Alarm, *, hourly: bool
    ) -> None:
        self._database, self._clock = database, clock
        self._file, self._folder = sqlite_file(database.url), folder
        self._hourly = hourly
        self._on_alarm = on_alarm

    async def run(self) -> None:
        """Look every minute for ever; with another database than SQLite, or none wished, wait."""
        file = self._file if self._hourly else None
        if file is not None:
            await asyncio.to_thread(backup.clear_unfinished, self._folder)
        while True:
            if file is not None:
                await self._look_or_say(file)
            await self._clock.sleep(LOOK_EVERY)

    async def _look_or_say(self, file: Path) -> None:
        try:
            await self.look(file)
        except UNUSABLE as error:  # the disk may be full: the next look is in a minute
            _log.error("no look at the backups", error=type(error).__name__)

    async def look(self, file: Path) -> None:
        """Make a backup if this hour has none, and restore the newest if today nobody has."""
        now = self._clock.now()
        if is_due(await asyncio.to_thread(backup.by_time, self._folder), now):
            await self._make(file, now)
        async with self._database.looking() as uow:
            drill = await meta.get(uow, meta.DRILL)
        if drill is None or drill["at"][:10] != now.date().isoformat():
            await self._rehearse(now)

    async def _make(self, file: Path, now: datetime) -> None:
        try:
            made = await asyncio.to_thread(
                backup.back_up, file, self._folder, label=stamp(now), vault=self._database.vault
            )
        except (DatabaseFault, OSError, sqlite3.Error) as error:
            _log.error("no backup was made", error=type(error).__name__)
            await self._say_once_a_day(now)
            return
        gone = await asyncio.to_thread(backup.thin_out, self._folder)
        _log.info("a backup was made", name=made.name, deleted=len(gone))

    def renew_keys(self) -> None:
        """Let no backup keep the key of somebody who was erased just now.

        Should that fail, the next backup does it.
        """
        if self._file is None:
            return
        try:
            backup.renew_keys(self._file, self._folder)
        except (OSError, sqlite3.Error) as error:
            _log.error("the keys of the backups were not renewed", error=type(error).__name__)

    async def _say_once_a_day(self, now: datetime) -> None:
        today = now.date().isoformat()
        async with self._database.begin() as uow:
            if await meta.get(uow, meta.NO_BACKUP) != today:
                await meta.put(uow, meta.NO_BACKUP, today)
                await self._on_alarm(uow, "backup_failed", {})

    async def _rehearse(self, now: datetime) -> None:
        newest = next(iter(await asyncio.to_thread(backup.all_in, self._folder)), None)
        if newest is None:
            return
        drill = await asyncio.to_thread(rehearse, newest, self._database.vault)
        (_log.error if drill.fault else _log.info)(
            "a backup was restored to see", name=newest.name, rows=drill.rows, good=not drill.fault
        )
        await self._keep(drill, now)

    async def _keep(self, drill: Drill, now: datetime) -> None:
        kept = {"at": now.isoformat(), "backup": drill.backup.name, "fault": drill.fault}
        async with self._database.begin() as uow:
            await meta.put(uow, meta.DRILL, kept)
            if drill.fault:
                await self._on_alarm(uow, "drill_failed", {"backup": drill.backup.name})
