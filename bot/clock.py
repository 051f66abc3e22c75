"""The one file with now, monotonic, ids, chance and task creation.

Everything else is handed these, so that time can be moved by hand in tests and in the
sandbox. It knows nothing of the neighbourhood.
"""

import asyncio
import contextvars
import random
import secrets
import time
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

T = TypeVar("T")

_chance = random.SystemRandom()
_CODE_LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"  # without the look-alikes 0 O 1 I
_running: set[asyncio.Task[Any]] = set()


class Clock:
    """Real time plus an offset that only the sandbox and the tests ever move."""

    def __init__(self, start: datetime | None = None) -> None:
        self._offset = timedelta()
        self._moved = asyncio.Event()
        if start is not None:
            self.set_to(start)

    def now(self) -> datetime:
        """Return the present instant, aware, in UTC."""
        return datetime.now(UTC) + self._offset

    @staticmethod
    def monotonic() -> float:
        """Return seconds that never go back; for pacing and time-outs, unmoved by jumps."""
        return time.monotonic()

    def jump_to(self, instant: datetime) -> None:
        """Move forward to `instant` (aware); an earlier one is ignored. Wakes all sleepers."""
        if instant > self.now():
            self.set_to(instant)

    def set_to(self, instant: datetime) -> None:
        """Set the clock to `instant` (aware), backwards too: for a start or a reset only."""
        self._offset = instant.astimezone(UTC) - datetime.now(UTC)
        self._moved.set()
        self._moved = asyncio.Event()

    async def sleep_until(
        self, instant: datetime | None, *, wake: asyncio.Event | None = None
    ) -> None:
        """Sleep until `instant` by this clock, or until `wake` is set; None sleeps for `wake` only.

        `wake` is not cleared. A jump of the clock is noticed at once.
        """
        while not (wake is not None and wake.is_set()):
            left = None if instant is None else (instant - self.now()).total_seconds()
            if left is not None and left <= 0:
                return
            await _first_of(left, self._moved, wake)

    async def sleep(self, seconds: float, *, wake: asyncio.Event | None = None) -> None:
        """Sleep for `seconds` by this clock, or until `wake` is set. A jump shortens it.

        It never takes longer than that: when the clock goes back, as at a reset of the sandbox
        or when the machine's own is corrected, the sleep is over, since its end would be far off.
        """
        span = timedelta(seconds=seconds)
        end = self.now() + span
        while not (wake is not None and wake.is_set()):
            left = end - self.now()
            if not timedelta(0) < left <= span:
                return
            await _first_of(left.total_seconds(), self._moved, wake)


async def _first_of(seconds: float | None, *events: asyncio.Event | None) -> None:
    waits = [asyncio.ensure_future(event.wait()) for event in events if event is not None]
    try:
        await asyncio.wait(waits, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


async def pause(seconds: float) -> None:
    """Wait `seconds` of real time: for pacing and back-off, never for what is due."""
    await asyncio.sleep(seconds)


async def breathe() -> None:
    """Let everybody else who is ready go first."""
    await asyncio.sleep(0)


def new_id() -> str:
    """Return 128 bits of chance as 22 URL-safe letters."""
    return secrets.token_urlsafe(16)


def short_code(length: int = 4) -> str:
    """Return a code that a person can read out on the telephone, such as `K7M4`."""
    return "".join(_chance.choice(_CODE_LETTERS) for _ in range(length))


def figures(length: int) -> str:
    """Return so many figures by chance, which anybody can say and type."""
    return "".join(_chance.choice("0123456789") for _ in range(length))


def chance() -> float:
    """Return a number of [0, 1) by chance: what is drawn with it cannot be foreseen."""
    return _chance.random()


def start_task(
    work: Coroutine[Any, Any, T],
    *,
    name: str,
    ended: Callable[[asyncio.Task[T]], None] | None = None,
) -> asyncio.Task[T]:
    """Start `work` as a task of its own, outside any open unit of work, and keep hold of it.

    `ended` is called with the task when it ends, however it ends.
    """
    task = asyncio.create_task(work, name=name, context=contextvars.Context())
    _running.add(task)
    task.add_done_callback(_running.discard)
    if ended is not None:
        task.add_done_callback(ended)
    return task
