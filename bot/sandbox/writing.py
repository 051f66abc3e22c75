"""What all sending and editing methods share: where to, which words, which keyboard.

It checks and refuses as Telegram does; single methods stand in the `methods_*` files.
"""

from typing import Any

from telegram.constants import MessageLimit, ParseMode

from bot.sandbox.checks import Call
from bot.sandbox.entities import detect, parse_html, trimmed
from bot.sandbox.errors import Wire, bad_request, forbidden
from bot.sandbox.keyboards import Markup, read_markup
from bot.sandbox.members import MEMBER, TOPICS, bot_may, gone
from bot.sandbox.topics import NOT_FOUND, thread, topic_of
from bot.sandbox.world import BOT, Chat, Kept, Topic, World

_OPAQUE = frozenset({"code", "pre", "text_link"})


def find_chat(world: World, chat_id: int | str | None) -> Chat:
    """Return a chat that the bot knows; raises ApiError `chat not found`. Never creates one."""
    if chat_id is None:
        raise bad_request("chat_id is empty")
    chat = world.chats.get(chat_id) if isinstance(chat_id, int) else None
    if chat is None or (chat.id > 0 and not world.people[chat.id].started):
        raise bad_request("chat not found")
    return chat


def open_chat(world: World, chat_id: int | str | None) -> Chat:
    """Return a chat that the bot may write to; raises ApiError 400 or 403."""
    chat = find_chat(world, chat_id)
    if chat.kicked:
        raise gone(chat)
    if chat.id > 0:
        person = world.people[chat.id]
        if person.deactivated:
            raise forbidden("user is deactivated")
        if person.blocked:
            raise forbidden("bot was blocked by the user")
    return chat


def open_to_write(world: World, chat_id: int | str | None) -> Chat:
    """Return a chat that the bot may send to; raises ApiError 400 or 403."""
    chat = open_chat(world, chat_id)
    if chat.bot == MEMBER and not chat.open:
        raise bad_request("not enough rights to send text messages to the chat")
    return chat


def words(source: str, parse_mode: str | None, given: Any) -> tuple[str, list[Wire]]:
    """Return text and entities of what the bot wrote, before limits are checked."""
    if given:
        if not isinstance(given, list) or not all(isinstance(entity, dict) for entity in given):
            raise bad_request("can't parse entities: array of objects expected")
        text, entities = trimmed(source, given)
    elif parse_mode:
        if parse_mode.lower() != ParseMode.HTML.lower():
            raise bad_request("unsupported parse_mode: the sandbox reads HTML only")
        text, entities = parse_html(source)
    else:
        text, entities = trimmed(source, [])
    return text, _with_detected(text, entities)


def _with_detected(text: str, entities: list[Wire]) -> list[Wire]:
    opaque = [e for e in entities if e["type"] in _OPAQUE]
    extra = [
        found
        for found in detect(text)
        if not any(
            found["offset"] < e["offset"] + e["length"]
            and e["offset"] < found["offset"] + found["length"]
            for e in opaque
        )
    ]
    found = [*entities, *extra]
    found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
    return found[: MessageLimit.MESSAGE_ENTITIES]


def text_content(call: Call) -> Wire:
    """Return `text` and `entities` of a call; raises ApiError when empty or too long."""
    text, entities = words(call.get("text", ""), call.get("parse_mode"), call.get("entities"))
    if not text:
        raise bad_request("message text is empty")
    if len(text) > MessageLimit.MAX_TEXT_LENGTH:
        raise bad_request("message is too long")
    content: Wire = {"text": text}
    if entities:
        content["entities"] = entities
    if call.get("link_preview_options"):
        content["link_preview_options"] = call.get("link_preview_options")
    return content


def caption_content(given: Wire) -> Wire:
    """Return `caption` and `caption_entities` of a call or an album's item, if there are any."""
    text, entities = words(
        given.get("caption") or "", given.get("parse_mode"), given.get("caption_entities")
    )
    if len(text) > MessageLimit.CAPTION_LENGTH:
        raise bad_request("message caption is too long")
    content: Wire = {"caption": text} if text else {}
    if entities:
        content["caption_entities"] = entities
    if text and given.get("show_caption_above_media"):
        content["show_caption_above_media"] = True
    return content


def replied(world: World, chat: Chat, call: Call) -> Kept | None:
    """Return the message that a call replies to, if it does; raises ApiError when that is gone."""
    wish = call.get("reply_parameters")
    if wish is None:
        return None
    if not isinstance(wish, dict) or not isinstance(wish.get("message_id"), int):
        raise bad_request("can't parse reply parameters")
    if wish.get("chat_id", chat.id) != chat.id:
        find_chat(world, wish["chat_id"])
        raise bad_request("message to be replied not found")
    kept = chat.messages.get(wish["message_id"])
    if kept is None or kept.deleted:
        if wish.get("allow_sending_without_reply"):
            return None
        raise bad_request("message to be replied not found")
    return kept


def topic_named(chat: Chat, call: Call) -> Topic | None:
    """Return the topic that a call names; raises ApiError when there is none, or it is closed."""
    wanted = call.get("message_thread_id")
    if wanted is None:
        return None
    topic = chat.topics.get(wanted)
    if topic is None:
        raise bad_request(NOT_FOUND)
    if topic.closed and not bot_may(chat, TOPICS):
        raise bad_request("TOPIC_CLOSED")
    return topic


def deliver(world: World, chat: Chat, call: Call, content: Wire) -> Kept:
    """Put what the bot sends into the chat, keyboard included, and return the message."""
    markup = read_markup(call.get("reply_markup"))
    answered = replied(world, chat, call)
    extra = thread(chat, topic_named(chat, call) or topic_of(chat, answered), answered)
    if markup.inline:
        extra["reply_markup"] = markup.inline
    if call.get("protect_content"):
        extra["has_protected_content"] = True
    silent = bool(call.get("disable_notification"))
    kept = world.post(chat, call.bot, content | extra, silent=silent)
    _lay_out(chat, kept, markup)
    return kept


def _lay_out(chat: Chat, kept: Kept, markup: Markup) -> None:
    kept.has_reply_keyboard = markup.keyboard is not None or markup.forced
    kept.forces_reply, kept.placeholder = markup.forced, markup.placeholder
    if markup.keyboard is not None:
        kept.keyboard = chat.keyboard = markup.keyboard
        chat.placeholder = markup.placeholder
    elif markup.removes:
        chat.keyboard, chat.placeholder = [], ""


def own_message(world: World, call: Call) -> tuple[Chat, Kept]:
    """Return the message that an edit means; raises ApiError unless it is the bot's to edit."""
    if call.get("message_id") is None:
        raise bad_request("message identifier is not specified")
    chat = open_chat(world, call.get("chat_id"))
    kept = chat.messages.get(call.get("message_id"))
    if kept is None or kept.deleted:
        raise bad_request("message to edit not found")
    if kept.sender != BOT or kept.has_reply_keyboard:
        raise bad_request("message can't be edited")
    return chat, kept
