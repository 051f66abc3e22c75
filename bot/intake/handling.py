"""Hands updates to the application: parsed, with what they need read at once for the batch."""

import asyncio
import re
from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from telegram import Bot, CallbackQuery, Chat, InaccessibleMessage, Update, User
from telegram.constants import ChatType
from telegram.ext import Application

from bot import as_json
from bot.clock import breathe
from bot.domain.letter import Toast
from bot.intake.worker import Enough
from bot.services import conversation, flood, person
from storage import inbox
from storage.inbox import Taken
from storage.unit_of_work import UnitOfWork

# No database keeps half of a surrogate pair, PostgreSQL no zero character either. This is what they
# look like in JSON: few updates have to be gone through. Both begin alike, which is faster.
_ZERO = r"\u0000"
_HALF = re.compile(
    r"\\ud(?:[89ab][0-9a-f]{2}(?!\\ud[c-f])|[c-f](?<!\\ud[89ab][0-9a-f]{2}\\ud[c-f]))"
)
_UNKEPT = re.compile("[\x00\ud800-\udfff]")


class Handling:
    """Handles batches of updates, one after another, in the open transaction."""

    def __init__(self, application: Application[Any, Any, Any, Any, Any, Any], bot: Bot) -> None:
        self._application, self._bot = application, bot

    async def handle(self, uow: UnitOfWork, batch: Sequence[Taken], enough: Enough) -> int:
        """Handle updates until it is enough, at least one; return how many."""
        users = {user for one in batch if (user := self._user_of(one)) is not None}
        _, ahead = await asyncio.gather(conversation.load(uow, users), self._read_ahead(batch))
        await person.prefetch(uow, list(users))
        sent = await flood.sent_before(uow, batch)
        for done, taken in enumerate(batch):
            await breathe()  # letters that came back get a look in
            if done and enough():
                return done
            uow.cause = taken.update_id
            sent[taken.lane] += 1
            update = ahead[done] or read_update(taken.raw, self._bot)
            if await self._is_let_through(uow, update, sent[taken.lane]):
                await self._application.process_update(update)
            if inbox.is_taking_up(uow):
                return done + 1
        return len(batch)

    def _user_of(self, one: Taken) -> int | None:
        """Return who is behind the update; in private its lane says so, which needs no parsing."""
        kind, _, number = one.lane.partition(":")
        if kind == "person":
            return int(number)
        user = read_update(one.raw, self._bot).effective_user
        return None if user is None else user.id

    async def _read_ahead(self, batch: Sequence[Taken]) -> list[Update | None]:
        """Read the updates while the database is looking; None for one that cannot be read.

        That one fails in its own turn, and the others are spared.
        """
        ahead: list[Update | None] = []
        for one in batch:
            try:
                ahead.append(read_update(one.raw, self._bot))
            except Exception:  # noqa: BLE001 - it is read again, and raises then
                ahead.append(None)
        return ahead

    async def _is_let_through(self, uow: UnitOfWork, update: Update, nth: int) -> bool:
        """Say whether it is no flood; a press that is dropped is answered all the same."""
        user, message, press = update.effective_user, update.message, update.callback_query
        if user is None or (message is not None and message.chat.id != user.id):
            return True
        uow.acting = {user.id}
        waited = uow.now - message.date if message is not None else timedelta(0)
        if await flood.lets_through(uow, user.id, nth, waited):
            return True
        if press is not None:
            uow.immediate.append(Toast(press.id))
        return False


def read_update(text: str, bot: Bot) -> Update:
    """Return the update; of a press in private only where it was made, not what stands there.

    Half of what reading a press costs would go into taking the card apart, and nobody looks at
    it. In a group it tells the topic.
    """
    raw = _read(text)
    press = raw.get("callback_query") or {}
    under = press.get("message")
    if not under or "data" not in press or under["chat"].get("type") != ChatType.PRIVATE:
        return Update.de_json(raw, bot)
    query = CallbackQuery(
        press["id"],
        User.de_json(press["from"], bot),
        press["chat_instance"],
        message=InaccessibleMessage(Chat.de_json(under["chat"], bot), under["message_id"]),
        data=press["data"],
    )
    return Update(raw["update_id"], callback_query=query)


def _read(raw: str) -> Any:
    """Return what stands in the JSON, all of which a database can take."""
    found = as_json.read(raw)
    return _without(found) if _ZERO in raw or _HALF.search(raw) else found


def _without(found: Any) -> Any:
    if isinstance(found, str):
        return _UNKEPT.sub("", found)
    if isinstance(found, list):
        return [_without(one) for one in found]
    if isinstance(found, dict):
        return {key: _without(one) for key, one in found.items()}
    return found
