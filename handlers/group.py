"""/bind and /unbind in a group, or in one topic of it; the bot taken out of a group."""

from typing import Any

from telegram import Chat, Update
from telegram.constants import ChatMemberStatus
from telegram.ext import BaseHandler, ChatMemberHandler, MessageHandler, filters

from bot.domain.letter import Recipient
from bot.services import group, letter
from bot.services.case_group import LANGUAGE
from handlers.context import Context
from handlers.home import note_blocked
from handlers.turn import Command, State, Step, Turn, on, on_presses

_GONE = {ChatMemberStatus.LEFT, ChatMemberStatus.BANNED}


async def bind(turn: Turn) -> State | None:
    """Ask what the group is for, once Telegram has told who is who."""
    if _is_nobody(turn):
        _say(turn, "group.anonymous")
        return None
    group.ask(turn.uow, turn.who, _spot(turn))
    return None


async def choose(turn: Turn) -> State | None:
    """Let the group serve the purpose that was pressed, once Telegram has told who is who."""
    if not turn.in_group:
        turn.toast("toast.stale")
        return None
    group.ask(turn.uow, turn.who, _spot(turn), turn.pressed.choice)
    turn.toast("toast.looking")
    return None


async def unbind(turn: Turn) -> State | None:
    """Let the group serve no longer."""
    if turn.message is not None:
        done = await group.unbind(turn.uow, turn.who, turn.message.chat.id, turn.topic)
        _say(turn, "group.unbound" if done else "group.not_bound")
    return None


def _spot(turn: Turn) -> group.Spot:
    if turn.at is None:
        raise LookupError("nothing was written or pressed")
    chat, over = turn.at.chat, turn.at.message_id if turn.press else None
    return group.Spot(chat.id, turn.topic, chat.title or "", over)


def _is_nobody(turn: Turn) -> bool:
    """Say whether an administrator writes anonymously: then nobody is behind the message."""
    return turn.message is not None and turn.message.sender_chat is not None


def _say(turn: Turn, kind: str, **facts: Any) -> None:
    """Answer in the group itself; over the message under which was pressed."""
    if turn.at is None:
        return
    to = Recipient(turn.who.community_id, turn.at.chat.id, LANGUAGE, topic=turn.topic or None)
    over = turn.at.message_id if turn.press is not None else None
    letter.tell(turn.uow, to, kind, message_id=over, **facts)


async def note_membership(update: Update, context: Context) -> None:
    """Note that the bot was taken out of a group, or blocked by somebody."""
    change = update.my_chat_member
    if change is not None and change.chat.type != Chat.PRIVATE:
        if change.new_chat_member.status in _GONE:
            await group.lost(context.uow, change.chat.id)
        return
    await note_blocked(update, context)


async def note_move(update: Update, context: Context) -> None:
    """Note that a group has become a supergroup: Telegram says so in the old one and the new."""
    message = update.message
    if message is not None and message.migrate_to_chat_id is not None:
        await group.moved(context.uow, message.chat.id, message.migrate_to_chat_id)


def handlers() -> list[BaseHandler[Any, Context, Any]]:
    """Return what is listened to in groups."""
    steps: dict[str, Step] = {"bind": choose}
    return [
        Command("bind", on(bind), filters=filters.ChatType.GROUPS),
        Command("unbind", on(unbind), filters=filters.ChatType.GROUPS),
        on_presses("group", steps),
        MessageHandler(filters.StatusUpdate.MIGRATE, note_move),
        ChatMemberHandler(note_membership, ChatMemberHandler.MY_CHAT_MEMBER),
    ]
