"""The whole chat without a network: raw updates in, letters in the outbox; for odd input.

What no phone of the sandbox sends (polls, dice, channels) can be handed in here as Telegram
would.
"""

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import delete
from telegram import User
from telegram.ext import Application, ContextTypes, ExtBot

import handlers
from bot.domain.letter import Toast
from bot.intake.handling import Handling
from bot.intake.taking import lane_of
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from handlers.context import ChatApplication, Context
from storage import inbox
from storage.inbox import Taken
from storage.tables import communities
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, everybody_knows, rows
from tests.support.sandbox import EXAMPLE

LI, ZHAO, DESK = 7000001, 7000004, 7000006  # a resident with a home, one without, a dispatcher
GROUP = -1001
Raw = dict[str, Any]


class _Nobody(ExtBot[None]):
    """A bot that never asks anybody."""

    async def initialize(self) -> None:
        self._bot_user = User(77, "Linli", is_bot=True, username="linli_bot")
        self._initialized = True

    async def shutdown(self) -> None:
        self._initialized = False


class ChatRoom:
    """People who write; what the bot would send them."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.number = 100
        self.toasts: list[str] = []
        self.application: Application[Any, Context, Any, Any, Any, Any] = (
            Application.builder()
            .application_class(ChatApplication)
            .bot(_Nobody("77:" + "x" * 35))
            .context_types(ContextTypes(context=Context))
            .updater(None)
            .job_queue(None)
            .build()
        )
        handlers.register(self.application)
        self._handling = Handling(self.application, self.application.bot)
        database.on_commit.append(self._hear)

    def _hear(self, uow: Any) -> None:
        self.toasts += [one.text for one in uow.immediate if isinstance(one, Toast)]

    async def hand_in(self, *updates: Raw) -> list[tuple[int, str]]:
        """Handle updates as one batch; return the letters that came of it: chat and kind."""
        before = await self._last()
        taken = [self._taken(one) for one in updates]
        async with self.database.begin() as uow:
            fresh = await inbox.take_in(uow, 77, taken, self.number + 1)
        async with self.database.begin() as uow:
            assert await self._handling.handle(uow, fresh, lambda: False) == len(fresh)
        sql = "SELECT chat_id, kind FROM outbox WHERE id > :before ORDER BY id"
        return [(row[0], row[1]) for row in await rows(self.database, sql, before=before)]

    async def kinds(self, *updates: Raw, to: int | None = None) -> list[str]:
        """Return the kinds of the letters to whoever sent the first update."""
        found = await self.hand_in(*updates)
        chat = _sender(updates[0]) if to is None else to
        return [kind for whom, kind in found if whom == chat]

    async def draft(self, person: int = LI) -> Raw | None:
        """Return what stands in the person's open report."""
        sql = (
            "SELECT facts FROM drafts JOIN people ON people.community_id = drafts.community_id"
            " AND people.id = drafts.person_id WHERE telegram_id = :person AND status = 'open'"
        )
        found = await rows(self.database, sql, person=person)
        return json.loads(found[0][0]) if found else None

    async def state(self, person: int = LI, name: str = "report") -> str | None:
        """Return the step at which the person stands in a dialogue."""
        sql = "SELECT state FROM conversations WHERE user_id = :person AND name = :name"
        found = await rows(self.database, sql, person=person, name=name)
        return found[0][0] if found else None

    async def count(self, table: str) -> int:
        """Return how many rows a table has."""
        return int((await rows(self.database, f"SELECT count(*) FROM {table}"))[0][0])

    async def _last(self) -> int:
        return int((await rows(self.database, "SELECT coalesce(max(id), 0) FROM outbox"))[0][0])

    def _taken(self, raw: Raw) -> Taken:
        self.number += 1
        whole = {"update_id": self.number, **raw}
        return Taken(77, self.number, lane_of(whole), json.dumps(whole))

    # --- what Telegram would hand over ---------------------------------------------------

    def message(self, person: int = LI, chat: Raw | None = None, **content: Any) -> Raw:
        """Return a message of somebody, in private unless `chat` says where."""
        self.number += 1
        return {"message": self.bare(person, chat, **content)}

    def bare(self, person: int = LI, chat: Raw | None = None, **content: Any) -> Raw:
        """Return the message itself."""
        where = chat or {"id": person, "type": "private", "first_name": "n"}
        return {
            "message_id": self.number,
            "date": int(self.clock.now().timestamp()),
            "chat": where,
            "from": {"id": person, "is_bot": False, "first_name": "n", "language_code": "zh"},
            **content,
        }

    def text(self, words: str, person: int = LI) -> Raw:
        """Return a text; a command is marked as one."""
        marks: Raw = {}
        if words.startswith("/"):
            length = len(words.split(maxsplit=1)[0])
            marks = {"entities": [{"type": "bot_command", "offset": 0, "length": length}]}
        return self.message(person, text=words, **marks)

    def press(self, data: str | None, person: int = LI, **more: Any) -> Raw:
        """Return a press below a message of the bot."""
        self.number += 1
        query = {
            "id": str(self.number),
            "from": {"id": person, "is_bot": False, "first_name": "n", "language_code": "zh"},
            "chat_instance": "1",
            "message": self.bare(person, text="x"),
            **({} if data is None else {"data": data}),
        }
        return {"callback_query": query | more}


def _sender(update: Raw) -> int:
    (content,) = update.values()
    return int(content["from"]["id"])


@asynccontextmanager
async def chat_room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    """Open a room with the people of the example organisation."""
    organisation = read_organisation(Path(EXAMPLE))
    async with database.begin() as uow:
        await uow.write_now(delete(communities))  # the empty ones of the template
        await import_organisation(uow, organisation)
    await everybody_knows(database)
    assert clock.now() == START
    room = ChatRoom(database, clock)
    await room.application.initialize()
    yield room
    await room.application.shutdown()
