"""Brings updates to a webhook, as Telegram does: again and again until they are answered with 2xx.

Messages of one chat come in their order, presses of one person in theirs, and the two side by side.
"""

import asyncio
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import urlsplit

from tornado.httpclient import HTTPClientError, HTTPRequest
from tornado.simple_httpclient import SimpleAsyncHTTPClient

from bot.clock import pause, start_task
from bot.sandbox.errors import ApiError, Wire, bad_request
from bot.sandbox.updates import UpdateQueue

_SECRET = re.compile(r"[A-Za-z0-9_-]{0,256}")
_PORTS = (None, 80, 88, 443, 8443)
_HERE = {"127.0.0.1", "localhost"}
_MOST = 100  # side by side
_AGAIN = 0.1  # seconds of real time until an update that was not taken is brought again
_PATIENCE = 60.0

ACTIVE = (
    "Conflict: can't use getUpdates method while webhook is active; "
    "use deleteWebhook to delete the webhook first"
)
SET = "Conflict: terminated by setWebhook request"


class Webhook:
    """Where updates are brought, if anywhere; `loses_answer` says whether an answer is lost."""

    def __init__(self, updates: UpdateQueue) -> None:
        self._updates = updates
        self.url, self.secret, self.most = "", "", 40
        self.last_error: Wire = {}
        self.loses_answer: Callable[[], bool] = lambda: False
        self._task: asyncio.Task[None] | None = None

    def set(self, url: str, secret: str, most: int) -> None:
        """Bring updates to `url` from now on; raises ApiError 400 for what Telegram refuses."""
        _check(url, secret, most)
        self.delete()
        self.url, self.secret, self.most = url, secret, most
        self._updates.oust(SET)
        self._task = start_task(self._bring_all(), name="webhook")

    def delete(self) -> None:
        """Bring nothing any more; what waits can be fetched."""
        self.url, self.secret, self.last_error = "", "", {}
        if self._task is not None:
            self._task.cancel()
        self._task = None

    async def _bring_all(self) -> None:
        client = SimpleAsyncHTTPClient(force_instance=True, max_clients=self.most)
        flying: dict[str, asyncio.Task[None]] = {}
        try:
            while True:
                came = self._updates.came
                flying = {lane: one for lane, one in flying.items() if not one.done()}
                for lane, wire in _first_of_each(self._updates.waiting()):
                    if lane not in flying and len(flying) < self.most:
                        flying[lane] = start_task(self._bring(client, wire), name="bring")
                news = start_task(came.wait(), name="came")
                await asyncio.wait([news, *flying.values()], return_when=asyncio.FIRST_COMPLETED)
                news.cancel()
        finally:
            for one in flying.values():
                one.cancel()
            client.close()

    async def _bring(self, client: SimpleAsyncHTTPClient, wire: Wire) -> None:
        headers = {"Content-Type": "application/json"}
        if self.secret:
            headers["X-Telegram-Bot-Api-Secret-Token"] = self.secret
        request = HTTPRequest(
            self.url, "POST", headers, json.dumps(wire), request_timeout=_PATIENCE
        )
        try:
            await client.fetch(request)
        except (HTTPClientError, OSError) as error:
            self.last_error = {
                "last_error_date": int(self._updates.now().timestamp()),
                "last_error_message": f"Wrong response from the webhook: {error}",
            }
            await pause(_AGAIN)
            return
        if self.loses_answer():
            await pause(_AGAIN)
            return
        self._updates.take(wire["update_id"])


def _first_of_each(waiting: list[Wire]) -> Iterator[tuple[str, Wire]]:
    seen: set[str] = set()
    for wire in waiting:
        lane = _lane(wire)
        if lane not in seen:
            seen.add(lane)
            yield lane, wire


def _lane(wire: Wire) -> str:
    for kind, content in wire.items():
        if kind == "callback_query":
            return f"presses of {content['from']['id']}"
        if isinstance(content, dict) and "chat" in content:
            return f"chat {content['chat']['id']}"
    return ""


def _check(url: str, secret: str, most: Any) -> None:
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise bad_request("bad webhook: failed to parse the URL") from None
    if parts.hostname not in _HERE:  # a Bot API server of one's own serves its neighbours too
        if parts.scheme != "https" or not parts.hostname:
            raise bad_request("bad webhook: An HTTPS URL must be provided for webhook")
        if port not in _PORTS:
            raise bad_request(
                "bad webhook: Webhook can be set up only on ports 80, 88, 443 or 8443"
            )
    if not _SECRET.fullmatch(secret):
        raise bad_request("secret token contains unallowed characters")
    if not isinstance(most, int) or not 1 <= most <= _MOST:
        raise bad_request("max_connections must be between 1 and 100")


def refuse_poll(webhook: Webhook) -> None:
    """Raise Telegram's 409 for a `getUpdates` while a webhook is set."""
    if webhook.url:
        raise ApiError(409, ACTIVE)
