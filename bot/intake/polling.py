"""Fetches updates and keeps them: Telegram is told that we have one only when it is committed."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Any, Protocol

from sqlalchemy.exc import DBAPIError
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError

from bot.clock import Clock
from bot.intake.taking import taken
from bot.logging import log
from bot.pulse import Pulse
from storage import inbox
from storage.inbox import Taken
from storage.unit_of_work import Database

LONG_POLL = 25  # seconds that Telegram may keep a request open
_PATIENCE = (1, 2, 5)  # seconds between attempts while Telegram cannot be reached

_log = log("polling")


class Source(Protocol):
    """Where raw updates come from: Telegram itself, or a list in a test."""

    async def updates(self, offset: int | None, wait: int) -> Sequence[dict[str, Any]]:
        """Return the raw updates from `offset` on, waiting up to `wait` seconds for one."""

    async def bring_nowhere(self) -> None:
        """Let updates be fetched again that were brought until now."""


class Polling:
    """The loop that takes updates in."""

    def __init__(
        self,
        database: Database,
        source: Source,
        clock: Clock,
        bot_id: int,
        *,
        taken_in: Callable[[list[Taken]], None],
        cannot_keep: Callable[[Sequence[dict[str, Any]]], Awaitable[None]],
    ) -> None:
        self._database, self._source, self._clock = database, source, clock
        self._bot_id = bot_id
        self._taken_in, self._cannot_keep = taken_in, cannot_keep
        self._offset: int | None = None
        self._failures = 0
        self._not_kept = 0  # times in a row that updates could not be kept
        self._asked_to_wait = timedelta(0)  # by Telegram, with a 429
        self.last_success: float | None = None  # monotonic; for the watchdog
        self.serving = asyncio.Event()
        self.pulse = Pulse(clock.monotonic)

    async def run(self) -> None:
        """Fetch for ever; every kind of failure backs off and goes on.

        Raises InvalidToken when Telegram does not know the token.
        """
        async with self._database.reading() as connection:
            self._offset = await inbox.next_offset(connection, self._bot_id)
        while True:
            self.pulse.works()
            if not await self._fetch_once():
                await self._back_off()

    async def _fetch_once(self) -> bool:
        try:
            self.serving.set()
            raw = await self._source.updates(self._offset, LONG_POLL)
        except InvalidToken:
            raise
        except Conflict as error:
            return await self._settle_conflict(error)
        except RetryAfter as error:
            # Read where it is exact: PTB's public attribute warns.
            self._asked_to_wait = getattr(error, "_retry_after", timedelta(seconds=1))
            _log.warning("asked to slow down", seconds=self._asked_to_wait.total_seconds())
            return False
        except (NetworkError, TelegramError) as error:
            if self._failures == 0:
                _log.warning("Telegram cannot be reached; trying again", error=type(error).__name__)
            return False
        self.last_success, self._failures = self._clock.monotonic(), 0
        return await self._keep(raw) if raw else True

    async def _settle_conflict(self, error: Conflict) -> bool:
        """End a webhook, which this bot had before; another program that polls is waited for."""
        if "webhook" not in error.message:
            _log.error("another program polls with this token; waiting for it to end")
            return False
        _log.warning("updates were brought to a webhook until now; it is ended")
        try:
            await self._source.bring_nowhere()
        except TelegramError as failure:
            _log.warning("the webhook could not be ended", error=type(failure).__name__)
            return False
        return True

    async def _keep(self, raw: Sequence[dict[str, Any]]) -> bool:
        updates = [taken(self._bot_id, one) for one in raw]
        offset = updates[-1].update_id + 1  # as Telegram orders them, jumps included
        try:
            async with self._database.begin() as uow:
                fresh = await inbox.take_in(uow, self._bot_id, updates, offset)
        except DBAPIError as error:
            # Not acknowledged, so Telegram keeps them: they come again. Nobody is told of a
            # connection that was lost for a second.
            _log.error("updates cannot be kept", error=type(error.orig).__name__)
            self._not_kept += 1
            if self._not_kept > 1:
                await self._cannot_keep(raw)
            return False
        self._not_kept = 0
        self._offset = offset
        self._taken_in(fresh)
        return True

    async def _back_off(self) -> None:
        usual = _PATIENCE[min(self._failures, len(_PATIENCE) - 1)]
        asked, self._asked_to_wait = self._asked_to_wait, timedelta(0)
        self._failures += 1
        self.pulse.rests()
        await self._clock.sleep(max(usual, asked.total_seconds()))
