"""Lets Telegram bring updates: what was brought is kept first, and only then answered with 200.

The contract is that of polling. What Telegram brings twice is known by its number; what cannot be
kept is answered with 503, and comes again. Only the secret says that it is Telegram who brings it:
neither where a request comes from counts, nor what a proxy says of that.
"""

import asyncio
import hmac
import logging
import re
from collections.abc import Awaitable, Callable, Sequence
from typing import Any, Protocol
from urllib.parse import urlsplit

from telegram.error import InvalidToken, TelegramError
from tornado.web import Application, RequestHandler

from bot import as_json
from bot.clock import Clock
from bot.intake.taking import taken
from bot.logging import log
from bot.pulse import Pulse
from bot.web import Server
from storage import inbox
from storage.engine import UNUSABLE
from storage.inbox import Taken
from storage.unit_of_work import Database

SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the name of a header
LOOK_EVERY = 60.0  # seconds: whether Telegram still brings updates here
_JSON = "application/json"
_HIGHEST = (1 << 63) - 1  # that a database keeps as a number
_PATIENCE = 5.0  # seconds between attempts while Telegram cannot be reached
_REFUSED, _NO_JSON, _BAD, _LATER = 403, 415, 400, 503

_log = log("webhook")


def secret_of(token: str) -> str:
    """Return the secret that Telegram has to say: of the token, so nobody has to make one up."""
    return hmac.digest(token.encode(), b"Linli's webhook", "sha256").hex()


class Registry(Protocol):
    """Where Telegram is told to bring updates."""

    async def bring_to(self, url: str, secret: str) -> None:
        """Let updates be brought to `url`; raises PTB's TelegramError."""

    async def brought_to(self) -> str:
        """Return where updates are brought now, "" for nowhere; raises PTB's TelegramError."""


class Keeper:
    """Keeps one update at a time, for whoever brings it."""

    def __init__(
        self,
        database: Database,
        bot_id: int,
        *,
        taken_in: Callable[[list[Taken]], None],
        cannot_keep: Callable[[Sequence[dict[str, Any]]], Awaitable[None]],
    ) -> None:
        self._database, self._bot_id = database, bot_id
        self._taken_in, self._cannot_keep = taken_in, cannot_keep
        self._not_kept = 0  # times in a row

    async def keep(self, raw: dict[str, Any]) -> bool:
        """Keep the update unless it is known; say whether it is kept now."""
        try:
            async with self._database.begin() as uow:
                fresh = await inbox.take_in(uow, self._bot_id, [taken(self._bot_id, raw)])
        except UNUSABLE as error:
            # It comes again. Nobody is told of a connection that was lost for a second.
            _log.error("an update cannot be kept", error=type(error).__name__)
            self._not_kept += 1
            if self._not_kept > 1:
                await self._cannot_keep([raw])
            return False
        self._not_kept = 0
        self._taken_in(fresh)
        return True


class Webhook:
    """The server that updates are brought to, and the loop that sees to it that they are."""

    def __init__(
        self, keeper: Keeper, registry: Registry, clock: Clock, url: str, token: str
    ) -> None:
        self._registry, self._clock, self._url = registry, clock, url
        self._secret = secret_of(token)
        self.last_success: float | None = None  # monotonic; for the watchdog
        self.serving = asyncio.Event()
        self.pulse = Pulse(clock.monotonic)
        brought = {"keeper": keeper, "secret": self._secret.encode()}
        self.server = Server(
            Application(
                [(path_of(url), _Brought, brought)],
                default_handler_class=_Nothing,
                log_function=_log_defects,
            ),
            "WEBHOOK_ADDRESS",
        )

    async def run(self) -> None:
        """Ask Telegram to bring updates, and look for ever whether it still does.

        Raises InvalidToken when Telegram does not know the token.
        """
        while True:
            self.pulse.works()
            patience = LOOK_EVERY if await self._see_to_it() else _PATIENCE
            self.pulse.rests()
            await self._clock.sleep(patience)

    async def _see_to_it(self) -> bool:
        try:
            if not self.serving.is_set() or await self._registry.brought_to() != self._url:
                await self._registry.bring_to(self._url, self._secret)
        except InvalidToken:
            raise
        except TelegramError as error:
            _log.warning("Telegram could not be told where to", error=type(error).__name__)
            return False
        self.last_success = self._clock.monotonic()
        self.serving.set()
        return True


def path_of(url: str) -> str:
    """Return the path of an address, as Tornado wants it."""
    return re.escape(urlsplit(url).path or "/")


class _Nothing(RequestHandler):
    """Answers without a word about what is served here."""

    def set_default_headers(self) -> None:
        self.set_header("Server", "linli")

    def prepare(self) -> None:
        self._end(404)

    def _end(self, status: int) -> None:
        self.set_status(status)
        self.finish()

    def write_error(self, status_code: int, **_kwargs: Any) -> None:
        self._end(status_code)


class _Brought(_Nothing):
    """One update."""

    def initialize(self, keeper: Keeper, secret: bytes) -> None:
        self._keeper, self._known = keeper, secret

    def prepare(self) -> None:
        """Refuse whoever does not know the secret, before anything of it is read."""
        said = self.request.headers.get_list(SECRET)
        if len(said) != 1 or not hmac.compare_digest(said[0].encode("utf-8"), self._known):
            self._end(_REFUSED)
        elif self.request.headers.get("Content-Type", "").partition(";")[0].strip() != _JSON:
            self._end(_NO_JSON)

    async def post(self) -> None:
        raw = _read(self.request.body)
        if raw is None:
            self._end(_BAD)
        elif not await self._keeper.keep(raw):
            self._end(_LATER)


def _read(body: bytes) -> dict[str, Any] | None:
    """Return the update; None for what is none."""
    try:
        raw = as_json.read(body)
    except (ValueError, RecursionError):
        return None
    number = raw.get("update_id") if isinstance(raw, dict) else None
    fits = isinstance(number, int) and not isinstance(number, bool) and 0 <= number <= _HIGHEST
    return raw if fits else None


def _log_defects(handler: RequestHandler) -> None:
    if handler.get_status() >= 500:  # noqa: PLR2004 - the database's trouble, or a defect of ours
        logging.getLogger(__name__).error("the webhook answered %s", handler.get_status())
