"""The bot's end of the line to the sandbox: its clock, whether it is idle, people and seed.

One WebSocket to the parent process. The bot ends when the line is cut, since then the
"Telegram" it speaks to is gone. docs/sandbox.md describes the frames.
"""

import json
import os
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime
from typing import Any

from tornado.httpclient import HTTPClientError
from tornado.websocket import WebSocketClientConnection, WebSocketError, websocket_connect

from bot.sandbox.errors import SandboxFault

Answer = Callable[[dict[str, Any]], Awaitable[dict[str, Any]]]


class Control:
    """The open line to the parent."""

    def __init__(self, line: WebSocketClientConnection) -> None:
        self._line = line

    @classmethod
    async def connect(cls, address: str) -> "tuple[Control, datetime]":
        """Say hello at `address` (ws://...) and return the line and the sandbox's time.

        Raises SandboxFault when no sandbox answers there.
        """
        try:
            line = await websocket_connect(address)
        except (OSError, HTTPClientError, WebSocketError):
            raise SandboxFault(f"SANDBOX_CONTROL: no sandbox answers at {address}.") from None
        await line.write_message(json.dumps({"op": "hello", "pid": os.getpid()}))
        welcome = json.loads(str(await line.read_message()))
        return cls(line), datetime.fromisoformat(welcome["now"])

    async def serving(self) -> None:
        """Tell the parent that updates are being fetched."""
        await self._line.write_message(json.dumps({"op": "serving"}))

    async def answer(self, answers: Mapping[str, Answer]) -> None:
        """Answer what the parent asks until the line is cut."""
        while (frame := await self._line.read_message()) is not None:
            asked = json.loads(frame)
            reply = await self._reply(answers, asked)
            await self._line.write_message(json.dumps({"id": asked.get("id"), **reply}))

    @staticmethod
    async def _reply(answers: Mapping[str, Answer], asked: dict[str, Any]) -> dict[str, Any]:
        try:
            return {"ok": True, **await answers[asked["op"]](asked)}
        except Exception as error:  # noqa: BLE001 - the parent shows what went wrong
            return {"ok": False, "error": f"{type(error).__name__}: {error}"}
