"""The whole bot in this process, without Telegram: updates go in as JSON, drawings come out.

Everything but the network is real: inbox, worker, handlers, services, tables, outbox, delivery,
schedule. The clock stands still until it is moved. Thousands of presses a minute fit in a test.
"""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import mkdtemp
from traceback import extract_tb
from typing import Any
from unittest.mock import AsyncMock, Mock

from pydantic import SecretStr
from sqlalchemy import text
from telegram import User
from telegram.error import Forbidden
from telegram.ext import ExtBot
from telegram.request import BaseRequest

import bot.delivery.attempt
import bot.delivery.picture_job
import bot.delivery.worker
import bot.intake.worker
import bot.schedule.runner
from bot.app import House
from bot.clock import Clock
from bot.domain.letter import Button, Drawing, Immediate, Letter, Toast
from bot.services.link import BOT_NAME
from bot.settings import Settings
from storage import inbox
from storage.inbox import Taken
from tests.support.database import START, everybody_knows
from tests.support.sandbox import EXAMPLE, without_meetings

BOT = 123456789
TOKEN = f"{BOT}:" + "x" * 35


def _quiet_example() -> Path:
    """Write the example organisation without its meetings; return where it is."""
    file = Path(mkdtemp()) / "organisation.toml"
    file.write_text(without_meetings(EXAMPLE.read_text("utf-8")), "utf-8")
    return file


ORGANISATION = _quiet_example()
KEY_FILE = ORGANISATION.with_name("linli.key")  # one for all: databases are copied


MOST_ROUNDS = 100  # at one instant: more never end
LISTENED_TO: tuple[Any, ...] = (
    bot.delivery.attempt,
    bot.delivery.picture_job,
    bot.delivery.worker,
    bot.intake.worker,
    bot.schedule.runner,
)


_NOT_REACHED = "a letter did not arrive"


class Defects(list[str]):
    """What the loops log as errors: none of it may ever happen here."""

    def error(self, event: str, **facts: Any) -> None:
        if event == _NOT_REACHED:
            return  # somebody has blocked the bot
        found = facts.pop("exc_info", None)
        where = [
            f"{at.name}:{at.lineno}" for at in extract_tb(getattr(found, "__traceback__", None))
        ]
        self.append(f"{event}: {found!r} {facts} {' '.join(where[-6:])}")

    def warning(self, event: str, **facts: Any) -> None:
        """Pass over what may happen."""

    info = warning


class StandingClock(Clock):
    """A clock that only a test moves; nothing waits for it."""

    def __init__(self, instant: datetime = START) -> None:
        super().__init__()
        self.instant = instant

    def now(self) -> datetime:
        return self.instant


class Phones:
    """What stands in every chat: the messages of the bot, as they are drawn now."""

    def __init__(self) -> None:
        self.chats: dict[int, dict[int, Drawing]] = {}
        self.toasts: list[Toast] = []
        self.blocked: set[int] = set()
        self.sent: list[tuple[Letter, Drawing]] = []
        self._last = 1000

    async def send(self, letter: Letter, drawing: Drawing, over: int | None) -> int:
        if letter.chat_id in self.blocked:
            raise Forbidden("Forbidden: bot was blocked by the user")
        chat = self.chats.setdefault(letter.chat_id, {})
        self.sent.append((letter, drawing))
        if over is None or drawing.photos or drawing.file:
            over = self.next_id()
        chat[over] = drawing
        return over

    async def ask_place(self, _chat_id: int, _user_id: int) -> dict[str, Any]:
        return {"person": "administrator", "bot": "administrator", "may_write": True}

    async def answer(self, one: Immediate) -> None:
        if isinstance(one, Toast):
            self.toasts.append(one)

    def next_id(self) -> int:
        self._last += 1
        return self._last

    def buttons(self, chat: int) -> Iterator[tuple[int, Button]]:
        """Yield every button that can be pressed in the chat now."""
        for message_id, drawing in self.chats.get(chat, {}).items():
            for row in drawing.buttons:
                for button in row:
                    yield message_id, button


class _OfflineBot(ExtBot[None]):
    """Hands out the bytes of `files`; raises what stands there instead of them."""

    def __init__(self, files: dict[str, bytes | Exception]) -> None:
        nobody = Mock(spec=BaseRequest)  # the usual ones look up every authority of the web first
        super().__init__(TOKEN, request=nobody, get_updates_request=nobody)
        self._files = files

    async def get_file(self, file_id: Any, **_: Any) -> Any:
        held = self._files.get(file_id, b"%PDF-1.7")
        if isinstance(held, Exception):
            raise held
        return Mock(file_size=len(held), download_as_bytearray=AsyncMock(return_value=held))

    async def initialize(self) -> None:
        self._bot_user = User(BOT, "Linli", is_bot=True, username="linli_bot")
        self._initialized = True

    async def shutdown(self) -> None:
        self._initialized = False


class Offline:
    """A bot over one database file; `restart` is a kill followed by a start."""

    def __init__(self, folder: Path, url: str | None = None) -> None:
        self.folder, self.clock, self.phones = folder, StandingClock(), Phones()
        self.settings = Settings(
            bot_token=SecretStr(TOKEN),
            data_dir=folder,
            key_file=KEY_FILE,
            database_url=url,
            organisation=ORGANISATION,
            pace_total=0,
            pace_broadcast=0,
            pace_chat=0,
            pace_group=0,
        )
        self._update, self._is_new = 1, True
        self.defects = Defects()
        self.files: dict[str, bytes | Exception] = {}  # what Telegram has, by file id

    async def start(self) -> None:
        for module in LISTENED_TO:
            module._log = self.defects
        house = House(self.settings, self.clock)
        offline = _OfflineBot(self.files)
        house.bot = house.application.bot = house._handling._bot = house.pictures._bot = offline
        house.database.give(BOT_NAME, "linli_bot")
        house.delivery._sender = self.phones  # type: ignore[assignment]
        await house.open()
        await house.import_organisation(ORGANISATION)
        if self._is_new:
            await everybody_knows(house.database)
        self._is_new = False
        await house.application.initialize()
        await house.worker.load(BOT)
        await house.delivery.recover()
        self.house = house

    async def stop(self) -> None:
        """End without a word to anybody, as a kill does."""
        self.house.delivery.forget()
        await self.house.application.shutdown()
        await self.house.database.close()

    async def restart(self) -> None:
        await self.stop()
        await self.start()

    # --- what comes in ----------------------------------------------------------------------

    async def take_in(self, *raw: dict[str, Any]) -> None:
        """Let Telegram hand over updates; those known already are passed over."""
        made = [Taken(BOT, one["update_id"], f"person:{_who(one)}", json.dumps(one)) for one in raw]
        async with self.house.database.begin() as uow:
            fresh = await inbox.take_in(uow, BOT, made, made[-1].update_id + 1)
        self.house.worker.offer(fresh)

    def message(self, person: int, text: str | None = None, **more: Any) -> dict[str, Any]:
        """Return the update of a message in a private chat."""
        said = {"text": text} if text is not None else {}
        return {"update_id": self._next(), "message": self._message(person, **said, **more)}

    def press(self, person: int, message_id: int, data: str) -> dict[str, Any]:
        """Return the update of a press."""
        number = self._next()
        shown = self._message(person, message_id=message_id, text="card")
        return {
            "update_id": number,
            "callback_query": {
                "id": str(number),
                "from": shown["from"],
                "chat_instance": "1",
                "message": shown,
                "data": data,
            },
        }

    def _next(self) -> int:
        self._update += 1
        return self._update

    def _message(self, person: int, **content: Any) -> dict[str, Any]:
        return {
            "message_id": self.phones.next_id(),
            "date": int(self.clock.now().timestamp()),
            "chat": {"id": person, "type": "private", "first_name": f"n{person}"},
            "from": {
                "id": person,
                "is_bot": False,
                "first_name": f"n{person}",
                "language_code": "zh-hans",
            },
            **content,
        }

    # --- what happens -----------------------------------------------------------------------

    async def settle(self) -> None:
        """Handle what came in, do what is due, send what can go, until nothing is left."""
        while await self._handle() or await self._look_into_files() or await self._send():
            pass

    async def _handle(self) -> bool:
        worker = self.house.worker
        batch = worker._next_batch()
        if batch:
            await worker._serve(batch)
        return bool(batch)

    async def _look_into_files(self) -> bool:
        fallen = await self.house.pictures._fallen()
        for one in fallen:
            await self.house.pictures._look_into(one)
        return bool(fallen)

    async def _send(self) -> bool:
        delivery = self.house.delivery
        while not await delivery.idle():
            await delivery._take_turn()
            flying = [*delivery._flying.values(), *delivery._answers]
            if flying:
                await asyncio.wait(flying)
        return False

    async def pass_(self, span: timedelta) -> None:
        """Let time pass, with everything that falls due meanwhile, each at its time."""
        until, rounds = self.clock.instant + span, 0
        while True:
            house = self.house
            planned = [await one.next_due() for one in (house.runner, house.pictures)]
            planned.append(await house.delivery.next_due())  # what waits for the morning
            due = min((one for one in planned if one is not None), default=None)
            if due is None or due > until:
                break
            rounds = 0 if due > self.clock.instant else rounds + 1
            assert rounds < MOST_ROUNDS, f"what is due at {due} never ends"
            self.clock.instant = max(due, self.clock.instant)
            await self.house.runner.tick()
            await self.settle()
        self.clock.instant = until
        await self.settle()

    async def rows(self, sql: str, **values: Any) -> list[Any]:
        """Return what stands in the file, committed."""
        async with self.house.database.reading() as connection:
            return [row._mapping for row in await connection.execute(text(sql), values)]


def _who(raw: dict[str, Any]) -> int:
    inside = raw.get("message") or raw.get("callback_query") or raw.get("edited_message") or {}
    return int(inside["from"]["id"])


@contextmanager
def listening() -> Iterator[None]:
    """Put the loggers back afterwards."""
    kept = [module._log for module in LISTENED_TO]
    try:
        yield
    finally:
        for module, log in zip(LISTENED_TO, kept, strict=True):
            module._log = log


@asynccontextmanager
async def offline(folder: Path, url: str | None = None) -> AsyncIterator[Offline]:
    """Run a bot without Telegram over a new database, in `folder` or at `url`."""
    with listening():
        made = Offline(folder, url)
        await made.start()
        await made.settle()
        try:
            yield made
        finally:
            await made.stop()
