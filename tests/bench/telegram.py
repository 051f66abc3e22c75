"""A Bot API that does as little as possible, as fast as it can: the other side of the benchmark.

Run as a process of its own: `python -m tests.bench.telegram PLAN.json`. It serves the prepared
updates, answers every call with a small valid body after a set delay, counts, and prints the
figures as one line of JSON when all updates are confirmed and all awaited calls have come.
"""

import asyncio
import json
import re
import sys
import time
from collections import Counter
from pathlib import Path
from typing import Any

PAGE = 100
_LENGTH = re.compile(rb"[Cc]ontent-[Ll]ength: *(\d+)")
_OFFSET = re.compile(rb'offset"?[=:] ?"?(\d+)')
_ME = b'{"ok":true,"result":{"id":123456789,"is_bot":true,"first_name":"b","username":"b_bot"}}'
_TRUE = b'{"ok":true,"result":true}'
_NONE = b'{"ok":true,"result":[]}'
_MESSAGE = (
    b'{"ok":true,"result":{"message_id":%d,"date":1700000000,'
    b'"chat":{"id":1,"type":"private","first_name":"n"},"text":"x"}}'
)
LETTERS = (b"sendMessage", b"editMessageText")


class Service:
    """The updates still to be fetched, and what was called."""

    def __init__(self, plan: dict[str, Any]) -> None:
        self.updates = [json.dumps(one).encode() for one in plan["updates"]]
        self.first = plan["updates"][0]["update_id"]
        self.delay: float = plan["delay"]
        self.awaited: int = plan["letters"]  # letters after which it is done; 0: all confirmed
        self.counts: Counter[bytes] = Counter()
        self.begun = self.confirmed = self.last_letter = 0.0
        self.messages = 0
        self.done = asyncio.Event()

    def answer(self, method: bytes, request: bytes) -> bytes:
        """Return the body for a call."""
        self.counts[method] += 1
        if method == b"getUpdates":
            return self._page(request)
        if method in LETTERS:
            self.messages += 1
            self.last_letter = time.perf_counter()
            self._look()
            return _MESSAGE % (self.messages + 10)
        return _ME if method == b"getMe" else _TRUE

    def _page(self, request: bytes) -> bytes:
        self.begun = self.begun or time.perf_counter()
        asked = _OFFSET.search(request)
        at = max(0, int(asked.group(1)) - self.first) if asked else 0
        if at >= len(self.updates):
            self.confirmed = self.confirmed or time.perf_counter()
            self._look()
            return _NONE
        return b'{"ok":true,"result":[' + b",".join(self.updates[at : at + PAGE]) + b"]}"

    def _look(self) -> None:
        if self.confirmed and self.messages >= self.awaited:
            self.done.set()

    def figures(self) -> dict[str, float]:
        """Return what was counted."""
        return {
            "updates": len(self.updates),
            "letters": self.messages,
            "confirmed": self.confirmed - self.begun,
            "letters_in": self.last_letter - self.begun,
        }


class Connection(asyncio.Protocol):
    """HTTP/1.1 with keep-alive, just enough of it."""

    def __init__(self, service: Service) -> None:
        self._service, self._held = service, b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the line."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        """Answer every whole request that has come."""
        self._held += data
        while (end := self._held.find(b"\r\n\r\n")) >= 0:
            found = _LENGTH.search(self._held[:end])
            whole = end + 4 + (int(found.group(1)) if found else 0)
            if len(self._held) < whole:
                return
            request, self._held = self._held[:whole], self._held[whole:]
            self._reply(request)

    def _reply(self, request: bytes) -> None:
        path = request.split(b" ", 2)[1].split(b"?")[0]
        method = path.rsplit(b"/", 1)[1]
        body = self._service.answer(method, request)
        idle = method == b"getUpdates" and body == _NONE
        wait = 0.2 if idle else self._service.delay
        if wait:
            asyncio.get_running_loop().call_later(wait, self._send, body)
        else:
            self._send(body)

    def _send(self, body: bytes) -> None:
        if self._transport is not None and not self._transport.is_closing():
            self._transport.write(
                b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: "
                + str(len(body)).encode()
                + b"\r\n\r\n"
                + body
            )


async def main(plan: dict[str, Any]) -> None:
    """Serve until all is done, then print the figures."""
    service = Service(plan)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(service), "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await service.done.wait()
    print(json.dumps(service.figures()), flush=True)
    await asyncio.Event().wait()  # until it is ended: bots go on polling


if __name__ == "__main__":
    asyncio.run(main(json.loads(Path(sys.argv[1]).read_text("utf-8"))))
