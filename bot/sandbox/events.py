"""Server-sent events: every change of a chat, the bot going up and down, the clock moving.

It knows nothing of what the events mean.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress

from tornado.iostream import StreamClosedError

from bot.sandbox.errors import Wire
from bot.sandbox.web import HomeHandler

_BREATH = 15
_FULL = 10_000


class Events:
    """Hands each event to every listener; one that does not keep up is let go."""

    def __init__(self) -> None:
        self._listeners: set[asyncio.Queue[Wire | None]] = set()

    def tell(self, event: Wire) -> None:
        """Hand on one event."""
        for listener in tuple(self._listeners):
            if listener.qsize() > _FULL:
                self._listeners.discard(listener)
            else:
                listener.put_nowait(event)

    def listen(self) -> asyncio.Queue[Wire | None]:
        """Return a queue that gets every event from now on, and None at the end."""
        listener: asyncio.Queue[Wire | None] = asyncio.Queue()
        self._listeners.add(listener)
        return listener

    def leave(self, listener: asyncio.Queue[Wire | None]) -> None:
        """Stop handing events to this listener."""
        self._listeners.discard(listener)

    def close(self) -> None:
        """Tell every listener that this was all."""
        for listener in self._listeners:
            listener.put_nowait(None)


class EventsHandler(HomeHandler):
    """GET /sim/events."""

    events: Events

    def initialize(self, events: Events, greet: Callable[[], list[Wire]]) -> None:
        """Take over where events come from and what a newcomer is told first."""
        self.events = events
        self._greet = greet
        self._listener = events.listen()

    async def get(self) -> None:
        """Stream until either side ends; a comment every 15 s keeps the line open."""
        self.query()
        self.set_header("Content-Type", "text/event-stream")
        with suppress(StreamClosedError):
            for greeting in self._greet():
                await self._write(greeting)
            while (event := await self._next()) is not None:
                await self._write(event)

    async def _next(self) -> Wire | None:
        while True:
            try:
                return await asyncio.wait_for(self._listener.get(), _BREATH)
            except TimeoutError:
                self.write(": still here\n\n")
                await self.flush()

    async def _write(self, event: Wire) -> None:
        self.write(f"data: {json.dumps(event)}\n\n")
        await self.flush()

    def on_connection_close(self) -> None:
        """Let the stream end when the page is closed."""
        self._listener.put_nowait(None)

    def on_finish(self) -> None:
        """Hand this listener no more events."""
        self.events.leave(self._listener)
