"""Newcomers where several communities are: they tap which is theirs, before anything else.

What they send until then is kept and answered afterwards, as if it had come after the choice.
"""

from typing import Any

from telegram import CallbackQuery, Message, Update
from telegram.constants import ChatType
from telegram.ext import ApplicationHandlerStop, BaseHandler, TypeHandler

from bot.domain.letter import Reaction, Recipient, Toast
from bot.domain.press import Press
from bot.services import code, letter, newcomer
from bot.services.community import community_of
from bot.services.person import Account
from bot.services.unit_of_work import UnitOfWork
from bot.texts import plain
from handlers import home
from handlers.context import Context
from handlers.turn import Presses, Turn, account_of, community_chosen, on_presses, payload_of

NOUN = "newcomer"
BEFORE = -1  # the group of handlers that hears an update before all others
_LEAVES_A_TRACE = ("/bind", "/unbind")  # the commands of a group: others are not for us


async def wait(update: Update, context: Context) -> None:
    """Answer somebody unplaced, and let nobody else hear of it; others pass."""
    user, chat = update.effective_user, update.effective_chat
    said = update.message or update.edited_message
    if user is None or chat is None or (said is None and update.callback_query is None):
        return
    if not await newcomer.is_unplaced(context.uow, user.id):
        return
    if await _answer(
        context.uow, account_of(user), update, is_private=chat.type == ChatType.PRIVATE
    ):
        raise ApplicationHandlerStop


async def _answer(uow: UnitOfWork, who: Account, update: Update, *, is_private: bool) -> bool:
    """Answer; say whether that was all that there is to do."""
    if update.callback_query is not None:
        return await _press(uow, who, update.callback_query, is_private=is_private)
    said = update.message or update.edited_message
    if said is None or not is_private:
        return said is not None and await _in_group(uow, who, said)
    if await code.community_named(uow, payload_of(update)) is not None:
        return False  # placed by a code or an invitation
    await _keep(uow, who, said)
    return True


async def _press(uow: UnitOfWork, who: Account, query: CallbackQuery, *, is_private: bool) -> bool:
    press = Press.parse(query.data)
    if not is_private:
        start_first = plain("toast.start_first", who.language)
        uow.immediate.append(Toast(query.id, start_first, alert=True))
        return True
    if press is not None and community_chosen(press) in await newcomer.choices(uow):
        return False
    is_page = press is not None and press.noun == NOUN and press.choice.isdecimal()
    page = int(press.choice) if press is not None and is_page else 0
    over = query.message.message_id if query.message and is_page else None
    uow.immediate.append(Toast(query.id))
    await newcomer.ask(uow, who, page, over)
    return True


async def _in_group(uow: UnitOfWork, who: Account, said: Message) -> bool:
    if not (said.text or "").startswith(_LEAVES_A_TRACE):
        return False
    first = next(iter(await newcomer.choices(uow)))
    to = Recipient(first, said.chat.id, who.language, topic=said.message_thread_id)
    letter.tell(uow, to, "newcomer.start_first")
    return True


async def _keep(uow: UnitOfWork, who: Account, said: Message) -> None:
    """Keep what was said; warn at once of what cannot wait, and ask."""
    words = said.text or said.caption or ""
    is_time = await newcomer.keep(uow, who.telegram_id)
    if await newcomer.warn(uow, who, words) or is_time or words.startswith("/"):
        await newcomer.ask(uow, who)
    else:
        uow.immediate.append(Reaction(said.chat.id, said.id, "👀"))


async def join(turn: Turn) -> None:
    """Say where the person belongs now, and go on with what they sent before."""
    community = (await community_of(turn.uow, turn.who.community_id)).name
    if not turn.new:
        turn.redraw("newcomer.is_placed", community=community)
        return
    waits = await newcomer.take_up(turn.uow, turn.who.telegram_id)
    turn.redraw("newcomer.joined", community=community, waits=waits)
    if not waits:
        await home.start(turn)


async def page(turn: Turn) -> None:
    """Say to somebody placed where they belong."""
    await join(turn)


def presses() -> Presses:
    """Return the handler of the tiles, for whoever belongs somewhere by now."""
    return on_presses(NOUN, {"join": join, "page": page})


def doorkeeper() -> BaseHandler[Any, Context, Any]:
    """Return the handler that hears every update before all others do."""
    return TypeHandler(Update, wait)
