"""Handles what was taken in: each update in one transaction, in order for each person.

Under a backlog up to 64 updates share one transaction, so that one flush to disk serves many;
when one of them fails, all is rolled back and each is handled on its own. An update that
fails is tried again and then set aside; until then the later ones of its person wait.
"""

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.clock import Clock, short_code
from bot.logging import log
from bot.pulse import Pulse
from storage import inbox
from storage.engine import cannot_write
from storage.inbox import Taken
from storage.unit_of_work import Database, UnitOfWork

BATCH = 64
_AT_LEAST = 16  # updates in a batch, if as many wait
GIVES_WAY = 0.12  # seconds: more often a backlog does not end its batch for others who wait,
AWAY = 0.04  # unless they were away for this long, in seconds
RETRY_AFTER = (timedelta(seconds=1), timedelta(seconds=5), timedelta(seconds=25))
_WHILE_DISK_IS_FULL = 1.0  # seconds

Enough = Callable[[], bool]
# Handles the updates in order until it is enough, at least one; returns how many it handled.
Handle = Callable[[UnitOfWork, Sequence[Taken], Enough], Awaitable[int]]
Apologise = Callable[[UnitOfWork, Taken, str], Awaitable[None]]

_log = log("worker")


class InboxWorker:
    """The one loop that lets updates change the neighbourhood."""

    def __init__(
        self, database: Database, clock: Clock, *, handle: Handle, apologise: Apologise
    ) -> None:
        self._database, self._clock = database, clock
        self._handle, self._apologise = handle, apologise
        self._waiting: deque[Taken] = deque()
        self._held: dict[str, datetime] = {}  # lanes that wait for a retry, and until when
        self._wake = asyncio.Event()
        self._busy = False
        self.pulse = Pulse(clock.monotonic)
        self._gave_way = 0.0  # when others last had the turn, in monotonic seconds
        self._came: float | None = None  # since when others wait for the next one, likewise
        self._size = BATCH  # how many are likely to be handled before others want a turn

    async def load(self, bot_id: int) -> None:
        """Take up what a former run left unhandled."""
        async with self._database.reading() as connection:
            self.offer(await inbox.unhandled(connection, bot_id))

    def offer(self, updates: Sequence[Taken]) -> None:
        """Add updates that were just taken in, in their order."""
        self._waiting.extend(updates)
        self._wake.set()

    def forget(self) -> None:
        """Drop what is remembered of updates that no longer exist (a reset of the sandbox)."""
        self._waiting.clear()
        self._held.clear()
        self._wake.set()

    @property
    def idle(self) -> bool:
        """Whether nothing waits that could be handled now."""
        return not self._busy and all(one.lane in self._held for one in self._waiting)

    def next_due(self) -> datetime | None:
        """Return when the earliest retry is due."""
        return min(self._held.values(), default=None)

    async def run(self) -> None:
        """Handle updates for ever."""
        while True:
            batch = self._next_batch()
            if batch:
                self.pulse.works()
                await self._serve(batch)
                continue
            self._wake.clear()
            self.pulse.rests()
            await self._clock.sleep_until(self.next_due(), wake=self._wake)

    def _next_batch(self) -> list[Taken]:
        now = self._clock.now()
        for lane in [lane for lane, until in self._held.items() if until <= now]:
            del self._held[lane]
        batch: list[Taken] = []
        later: list[Taken] = []
        while self._waiting and len(batch) < self._size:
            one = self._waiting.popleft()
            (later if one.lane in self._held else batch).append(one)
        self._waiting.extendleft(reversed(later))
        self._busy = bool(batch)
        return batch

    async def _serve(self, batch: list[Taken]) -> None:
        try:
            self._waiting.extendleft(reversed(await self._in_one_transaction(batch)))
        except Exception as error:  # noqa: BLE001 - whatever it was, each has its own turn now
            if cannot_write(error):
                await self._wait_for_disk(batch)
            elif len(batch) == 1:
                self._waiting.extendleft(await self._set_back(batch[0], error))
            else:
                await self._one_by_one(batch)
        finally:
            self._busy = False

    async def _in_one_transaction(self, batch: Sequence[Taken]) -> list[Taken]:
        """Handle the batch, or as much of it as there is when somebody else wants to write.

        Returns what comes next: what was kept back and is wanted now, and the rest of the batch.
        """
        async with self._database.begin(takes_guests=True) as uow:
            done = await self._handle(uow, batch, self._enough)
            if self._database.others_wait:  # who waits has the next turn, or is let in now
                self._gave_way, self._came = self._clock.monotonic(), None
            for one in batch[:done]:
                inbox.mark_done(uow, one)
            again = await inbox.taken_up(uow)
        # What the rest of a batch needs was read for nothing when it is left for the next.
        grown = 2 * self._size if done == len(batch) else done + 1
        self._size = min(max(grown, _AT_LEAST), BATCH)
        return [*again, *batch[done:]]

    def _enough(self) -> bool:
        """Say whether somebody wants to write who has not been let in for a while.

        Letters at a distance of 50 ms are let in as soon as they come back; those that come back
        at once would otherwise end every batch after a few updates.
        """
        if not self._database.others_wait:
            return False
        now = self._clock.monotonic()
        self._came = now if self._came is None else self._came
        return now - self._gave_way >= GIVES_WAY or self._came - self._gave_way >= AWAY

    async def _one_by_one(self, batch: Sequence[Taken]) -> None:
        left: list[Taken] = []  # for later, in their order
        for at, one in enumerate(batch):
            if one.lane in self._held or any(one.lane == other.lane for other in left):
                left.append(one)
                continue
            try:
                left += await self._in_one_transaction([one])
            except Exception as error:  # noqa: BLE001 - a handler may fail in any way
                if cannot_write(error):
                    await self._wait_for_disk([*left, *batch[at:]])
                    return
                left += await self._set_back(one, error)
        self._waiting.extendleft(reversed(left))

    async def _set_back(self, one: Taken, error: Exception) -> list[Taken]:
        """Plan another attempt and return it, or set the update aside with an apology."""
        code = short_code()
        final = one.attempts >= len(RETRY_AFTER)
        again_at = None if final else self._clock.now() + RETRY_AFTER[one.attempts]
        _log.error("update failed", update_id=one.update_id, code=code, attempt=one.attempts + 1,
                   aside=final, exc_info=error)  # fmt: skip
        noted = await self._note(one, again_at, code, apologise=final)
        if not noted and not (final and await self._note(one, None, code, apologise=False)):
            again_at, one = self._clock.now() + RETRY_AFTER[-1], replace(one, attempts=0)
        if again_at is None:
            return []
        self._held[one.lane] = again_at
        return [replace(one, attempts=one.attempts + 1)]

    async def _note(
        self, one: Taken, again_at: datetime | None, code: str, *, apologise: bool
    ) -> bool:
        """Write down that the update failed; say whether that could be done."""
        try:
            async with self._database.begin() as uow:
                inbox.mark_failed(uow, one, again_at, code)
                if apologise:
                    await self._apologise(uow, one, code)
        except Exception as failure:  # noqa: BLE001 - the row stays new and is tried again
            _log.error("failure could not be noted", code=code, exc_info=failure)
            return False
        return True

    async def _wait_for_disk(self, batch: Sequence[Taken]) -> None:
        """Keep the updates and try again: they are stored already, only not handled."""
        _log.error("the database cannot be written", waiting=len(batch))
        self._waiting.extendleft(reversed(batch))
        await self._clock.sleep(_WHILE_DISK_IS_FULL)
