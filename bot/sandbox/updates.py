"""The queue of updates: what waits for the bot, and who may fetch it.

It keeps Telegram's rules for `getUpdates`: offsets confirm, the newer of two pollers wins, a
closed connection is forgotten, presses live for 150 s and everything else for a day.
"""

import asyncio
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import telegram
from telegram.constants import PollingLimit, UpdateType

from bot.clock import Clock
from bot.sandbox.errors import ApiError, Wire, bad_request

CONFLICT = (
    "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running"
)
NOT_BY_DEFAULT = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
PRESS_LIVES = timedelta(seconds=150)
OTHERS_LIVE = timedelta(hours=24)
_LONGEST_POLL = 50
_KINDS = frozenset(str(kind.value) for kind in UpdateType)


@dataclass(frozen=True, slots=True)
class _Waiting:
    wire: Wire
    until: datetime


@dataclass(slots=True)
class Poll:
    """One `getUpdates` that waits; `over` is set when it should look again or give up."""

    over: asyncio.Event = field(default_factory=asyncio.Event)
    ousted: str = ""  # by what
    closed: bool = False

    def close(self) -> None:
        """Note that nobody listens any more: the connection is gone."""
        self.closed = True
        self.over.set()


class UpdateQueue:
    """Updates in order, with ids that begin at the current Unix second and only grow."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._next_id = int(Clock().now().timestamp())
        self._waiting: deque[_Waiting] = deque()
        self._allowed: frozenset[str] | None = None
        self._poll: Poll | None = None
        self.came = asyncio.Event()
        """Set when one more has come; another event each time."""
        self.polled = asyncio.Event()
        """Set while a poll waits for something to come."""
        self.emptied = asyncio.Event()
        self.emptied.set()

    def put(self, kind: str, content: Wire) -> None:
        """Queue one update unless the bot did not ask for its kind; it must parse."""
        if not self._wanted(kind):
            return
        wire: Wire = {"update_id": self._next_id, kind: content}
        parsed = telegram.Update.de_json(wire, None)
        if getattr(parsed, kind) is None:
            raise AssertionError(f"python-telegram-bot cannot read this {kind}")
        self._next_id += 1
        lives = PRESS_LIVES if kind == "callback_query" else OTHERS_LIVE
        self._waiting.append(_Waiting(wire, self._clock.now() + lives))
        self.emptied.clear()
        self.came.set()
        self.came = asyncio.Event()
        if self._poll is not None:
            self._poll.over.set()

    def _wanted(self, kind: str) -> bool:
        if self._allowed is None:
            return kind not in NOT_BY_DEFAULT
        return kind in self._allowed

    def __len__(self) -> int:
        """Return how many updates are not confirmed yet, less those that have expired."""
        self._forget(0)
        return len(self._waiting)

    def allow(self, kinds: Sequence[str] | None) -> None:
        """Take over `allowed_updates`: a list replaces, empty is the default, None keeps."""
        if kinds is None:
            return
        if unknown := [kind for kind in kinds if kind not in _KINDS]:
            raise bad_request(f"unknown update type {unknown[0]!r} in allowed_updates")
        self._allowed = frozenset(kinds) or None

    @property
    def allowed(self) -> list[str]:
        """The kinds that the bot asked for; empty when it is content with the default."""
        return sorted(self._allowed or ())

    def now(self) -> datetime:
        """Return the sandbox's present, UTC."""
        return self._clock.now()

    def waiting(self) -> list[Wire]:
        """Return what waits, the oldest first."""
        self._forget(0)
        return [one.wire for one in self._waiting]

    def take(self, update_id: int) -> None:
        """Forget one that was taken by a webhook."""
        self._waiting = deque(one for one in self._waiting if one.wire["update_id"] != update_id)
        self._forget(0)

    def oust(self, why: str) -> None:
        """End the pending poll with a 409."""
        if self._poll is not None:
            self._poll.ousted = why
            self._poll.over.set()

    def clear(self) -> None:
        """Forget what waits; ids go on growing."""
        self._waiting.clear()
        self.emptied.set()

    def wake(self) -> None:
        """Let the pending poll return with nothing, so that the next call meets the faults."""
        if self._poll is not None:
            self._poll.closed = True
            self._poll.over.set()

    async def poll(self, poll: Poll, *, offset: int, limit: int, timeout: int) -> list[Wire]:  # noqa: ASYNC109 - the Bot API's own long poll
        """Return up to `limit` updates from `offset` on, waiting `timeout` seconds for one.

        Raises ApiError 409 when a newer poll takes over meanwhile.
        """
        self.oust(CONFLICT)
        self._poll = poll
        try:
            self._confirm(offset)
            if not self._waiting and timeout > 0:
                await self._wait(poll, min(timeout, _LONGEST_POLL))
            if poll.ousted:
                raise ApiError(409, poll.ousted)
            limit = limit if PollingLimit.MIN_LIMIT <= limit <= PollingLimit.MAX_LIMIT else 100
            return [] if poll.closed else [w.wire for w in list(self._waiting)[:limit]]
        finally:
            if self._poll is poll:
                self._poll = None

    async def _wait(self, poll: Poll, seconds: float) -> None:
        self.polled.set()
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await poll.over.wait()
        if self._poll is poll:
            self.polled.clear()

    def _confirm(self, offset: int) -> None:
        if offset < 0:
            while len(self._waiting) > -offset:
                self._waiting.popleft()
            offset = 0
        self._forget(offset)

    def _forget(self, offset: int) -> None:
        now = self._clock.now()
        while self._waiting and self._waiting[0].wire["update_id"] < offset:
            self._waiting.popleft()
        if any(waiting.until < now for waiting in self._waiting):
            self._waiting = deque(w for w in self._waiting if w.until >= now)
        if not self._waiting:
            self.emptied.set()
