"""Files that may be pictures are fetched, judged and made anew, beside the letters.

What is to be done is a row; at most two are looked into at once. After a kill the row is still
there, and the file is the old one or whole. Nothing but the clean picture is ever kept.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Any

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.clock import Clock, start_task
from bot.delivery.retry import Trouble, classify, pause_of
from bot.domain.picture import (
    CLEAN,
    GONE,
    PAPER,
    REFUSED,
    SIZE_LIMIT,
    Key,
    Verdict,
    again_at,
)
from bot.logging import log
from bot.pictures.clean import BadPicture, clean, format_of
from bot.pictures.shelf import Shelf
from storage import picture as pictures
from storage.picture import Picture
from storage.unit_of_work import Database, UnitOfWork

AT_ONCE = 2
DOWNLOAD = 120.0  # seconds of real time; a link that trickles would block the others
_AFTER_A_FAULT = timedelta(minutes=1)
_SWEPT_EVERY = timedelta(days=1)
_PAGE = 16

Settle = Callable[[UnitOfWork, Key, Verdict], Awaitable[None]]
Judge = Callable[[bytes], Awaitable[bytes]]
_log = log("pictures")


class PictureJob:
    """The one loop that looks into files."""

    def __init__(
        self, database: Database, bot: Bot, shelf: Shelf, clock: Clock, settle: Settle
    ) -> None:
        self._database, self._bot, self._shelf, self._clock = database, bot, shelf, clock
        self._settle = settle
        self._judge: Judge = clean
        self._flying: dict[Key, asyncio.Task[None]] = {}
        self._held: dict[Key, datetime] = {}  # what could not even be postponed
        self._wake = asyncio.Event()
        self._swept: datetime | None = None

    def wake(self) -> None:
        """Look for files: one was just committed, or a place is free."""
        self._wake.set()

    def flying(self) -> list[asyncio.Task[None]]:
        """Return what is under way; it may be cancelled at any moment."""
        return list(self._flying.values())

    def drop(self, names: Sequence[str]) -> None:
        """Remove clean pictures whose cases were emptied; the daily sweep finds what stays."""
        with suppress(OSError):
            self._shelf.drop(names)

    def forget(self) -> None:
        """Drop what is under way for a life that a reset of the sandbox has ended."""
        for task in self.flying():
            task.cancel()
        self._held.clear()
        self._swept = None
        self.wake()

    async def run(self) -> None:
        """Look into files for ever."""
        while True:
            self._wake.clear()
            try:
                await self._sweep()
                for one in await self._fallen():
                    task = start_task(self._look_into(one), name="picture", ended=self._landed)
                    self._flying[one.key] = task
                due = await self.next_due() if len(self._flying) < AT_ONCE else None
            except Exception as error:  # noqa: BLE001 - a full disk, say: it must go on afterwards
                _log.error("files cannot be looked up", exc_info=error)
                due = self._clock.now() + _AFTER_A_FAULT
            await self._clock.sleep_until(due, wake=self._wake)

    async def idle(self) -> bool:
        """Say whether nothing is under way and nothing is due."""
        return not self._flying and not await self._fallen() and not self._flying

    async def next_due(self) -> datetime | None:
        """Return when, after now, a file is to be looked into (UTC)."""
        now = self._clock.now()
        async with self._database.reading() as connection:
            planned = await pictures.next_due(connection, now)
        known = [until for until in self._held.values() if until > now]
        return min([*known, planned] if planned else known, default=None)

    async def _fallen(self) -> list[Picture]:
        """Return what can be begun now."""
        now = self._clock.now()
        async with self._database.reading() as connection:
            due = await pictures.fallen_due(connection, now, _PAGE)
        busy = {*self._flying, *(key for key, until in self._held.items() if until > now)}
        return [one for one in due if one.key not in busy][: AT_ONCE - len(self._flying)]

    async def _look_into(self, one: Picture) -> None:
        try:
            found: Verdict | None = await self._found(one)
        except Exception as error:  # noqa: BLE001 - whatever it was, it is this file's
            found = await self._failed(one, error)
        if found is not None:
            await self._record(one, found)

    async def _found(self, one: Picture) -> Verdict:
        """Return what the file is; a clean picture is on the disk then."""
        try:
            data = await self._fetched(one)
        except BadRequest as error:
            too_big = "too big" in str(error).lower()
            return Verdict(REFUSED, "too_big" if too_big else GONE)
        if format_of(data) is None:
            return Verdict(PAPER)
        try:
            jpeg = await self._judge(data)
        except BadPicture as bad:
            return Verdict(REFUSED, bad.reason)
        await asyncio.to_thread(self._shelf.save, one.key.file_name, jpeg)
        return Verdict(CLEAN, sha256=hashlib.sha256(jpeg).hexdigest())

    async def _fetched(self, one: Picture) -> bytes:
        async with asyncio.timeout(DOWNLOAD):
            file = await self._bot.get_file(one.file_id)
            if (file.file_size or 0) > SIZE_LIMIT:
                raise BadRequest("file is too big")
            return bytes(await file.download_as_bytearray())

    async def _failed(self, one: Picture, error: Exception) -> Verdict | None:
        """Plan another attempt, or give up after a day."""
        now, tries = self._clock.now(), one.checks + 1
        if classify(error) is Trouble.TOO_MANY:  # nobody's failure
            tries = one.checks
            again: datetime | None = now + pause_of(error)
        else:
            again = again_at(tries, one.came_at, now)
        if isinstance(error, (TelegramError, OSError)):
            _log.warning("a file cannot be had", error=type(error).__name__, tries=tries)
        else:
            _log.error("a file cannot be looked into", tries=tries, exc_info=error)
        if again is None:
            return Verdict(REFUSED, GONE)
        await self._write(one, lambda uow: pictures.postpone(uow, one.key, again, tries))
        return None

    async def _record(self, one: Picture, found: Verdict) -> None:
        await self._write(one, lambda uow: self._settle(uow, one.key, found))

    async def _write(self, one: Picture, what: Callable[[UnitOfWork], Any]) -> None:
        """Commit it; when that fails the file is looked into again, in a while."""
        try:
            async with self._database.begin() as uow:
                done = what(uow)
                if done is not None:
                    await done
        except Exception as error:  # noqa: BLE001 - it must not stop what else is to be done
            _log.error("a file cannot be settled", error=type(error).__name__, exc_info=error)
            self._held[one.key] = self._clock.now() + _AFTER_A_FAULT
        else:
            self._held.pop(one.key, None)

    def _landed(self, task: "asyncio.Task[None]") -> None:
        with suppress(StopIteration):
            del self._flying[next(key for key, one in self._flying.items() if one is task)]
        self.wake()

    async def _sweep(self) -> None:
        """At the start and once a day remove files that no case has any more."""
        now = self._clock.now()
        if self._flying or (self._swept is not None and now - self._swept < _SWEPT_EVERY):
            return
        async with self._database.reading() as connection:
            wanted = await pictures.names(connection)
        removed = await asyncio.to_thread(self._shelf.sweep, wanted)
        self._swept = now
        if removed:
            _log.info("files that no case has were removed", count=removed)
