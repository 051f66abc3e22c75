"""The parent's end of the control line: asking the bot things that only it knows.

Requests are numbered and answered; see docs/sandbox.md. It never touches the bot's database.
"""

import asyncio
import json
from collections.abc import Callable

from tornado.web import HTTPError
from tornado.websocket import WebSocketClosedError, WebSocketHandler

from bot.clock import start_task
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.web import is_at_home

_PATIENCE = 30.0
NO_LINE = (
    "The bot is not connected to this sandbox: start it with POST /sim/bot "
    '{"action": "start"}, or with SANDBOX_CONTROL set to this sandbox.'
)


async def first_of(*events: asyncio.Event) -> None:
    """Wait until one of them is set."""
    waits = [start_task(event.wait(), name="control line") for event in events]
    try:
        await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for wait in waits:
            wait.cancel()


class ControlLine:
    """One connection at most; the newest wins. `told` hears whether the bot is up."""

    def __init__(self) -> None:
        self.serving = asyncio.Event()
        self.gone = asyncio.Event()
        self.gone.set()
        self.told: Callable[[bool], None] = lambda _up: None
        self._send: Callable[[Wire], None] | None = None
        self._answers: dict[int, asyncio.Future[Wire]] = {}
        self._count = 0

    @property
    def connected(self) -> bool:
        """Whether a bot has said hello, serving already or not."""
        return self._send is not None

    def attach(self, send: Callable[[Wire], None]) -> None:
        """Talk through this connection from now on."""
        self.detach(self._send)
        self._send = send
        self.gone.clear()

    def serves(self, send: Callable[[Wire], None]) -> None:
        """Note that the bot behind this connection fetches updates now."""
        if send == self._send and not self.serving.is_set():
            self.serving.set()
            self.told(True)

    def detach(self, send: Callable[[Wire], None] | None) -> None:
        """Forget this connection; whoever waits for an answer is told."""
        if send is None or send != self._send:
            return
        self._send = None
        was_up = self.serving.is_set()
        self.serving.clear()
        self.gone.set()
        for answer in self._answers.values():
            if not answer.done():
                answer.set_exception(SimError(409, "The bot went away before it answered."))
        self._answers.clear()
        if was_up:
            self.told(False)

    async def ask(self, op: str, *, patience: float = _PATIENCE, **facts: object) -> Wire:
        """Ask the bot and return its answer, waiting `patience` seconds.

        Raises SimError 409 when there is no bot, 408 when it does not answer, and 409 with the
        bot's own sentence when it refuses.
        """
        if self._send is None:
            raise SimError(409, NO_LINE)
        try:
            async with asyncio.timeout(patience):
                await self._until_serving()
                return await self._exchange(op, facts)
        except TimeoutError:
            raise SimError(408, f"The bot did not answer {op!r} in time.") from None

    async def _until_serving(self) -> None:
        while not self.serving.is_set():
            if self._send is None:
                raise SimError(409, NO_LINE)
            await first_of(self.serving, self.gone)

    async def _exchange(self, op: str, facts: dict[str, object]) -> Wire:
        if self._send is None:
            raise SimError(409, NO_LINE)
        self._count += 1
        number = self._count
        answer: asyncio.Future[Wire] = asyncio.get_running_loop().create_future()
        self._answers[number] = answer
        try:
            self._send({"id": number, "op": op, **facts})
            found = await answer
        finally:
            self._answers.pop(number, None)
        if not found.get("ok"):
            raise SimError(409, str(found.get("error") or f"The bot refused {op!r}."))
        return found

    def answered(self, frame: Wire) -> None:
        """Hand an answer to who asked."""
        answer = self._answers.get(frame.get("id", 0))
        if answer is not None and not answer.done():
            answer.set_result(frame)


class ControlHandler(WebSocketHandler):
    """/control: the connection that the bot opens."""

    line: ControlLine
    welcome: Callable[[], Wire]

    def initialize(self, line: ControlLine, welcome: Callable[[], Wire]) -> None:
        """Take over the line and what a bot is told at hello."""
        self.line = line
        self.welcome = welcome

    def prepare(self) -> None:
        """Refuse a foreign Host with 403."""
        if not is_at_home(self.request.headers.get("Host", ""), None):
            raise HTTPError(403, reason="Forbidden")

    def check_origin(self, origin: str) -> bool:
        """Refuse foreign pages."""
        return is_at_home(self.request.headers.get("Host", ""), origin)

    def on_message(self, message: str | bytes) -> None:
        """Take hello, serving or an answer; anything else ends the connection."""
        try:
            frame = json.loads(message)
        except ValueError:
            frame = None
        if not isinstance(frame, dict):
            self.close(1003, "JSON objects only")
        elif frame.get("op") == "hello":
            self.line.attach(self.send_frame)
            self.send_frame(self.welcome())
        elif frame.get("op") == "serving":
            self.line.serves(self.send_frame)
        else:
            self.line.answered(frame)

    def send_frame(self, frame: Wire) -> None:
        """Send one frame; a connection that has just closed is noticed by on_close."""
        try:
            self.write_message(json.dumps(frame))
        except WebSocketClosedError:
            self.line.detach(self.send_frame)

    def on_close(self) -> None:
        """Note that the bot has gone."""
        self.line.detach(self.send_frame)
