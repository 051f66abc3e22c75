"""Methods about words: send, edit, delete, react, and the answer to a press."""

from datetime import timedelta
from typing import Any

from telegram.constants import BulkRequestLimit, CallbackQueryLimit, ChatAction, ReactionEmoji

from bot.sandbox.checks import Call
from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.keyboards import read_markup
from bot.sandbox.members import DELETES, bot_may
from bot.sandbox.world import BOT, QUERY_LIVES, Chat, Kept, World
from bot.sandbox.writing import (
    caption_content,
    deliver,
    find_chat,
    open_chat,
    open_to_write,
    own_message,
    text_content,
    topic_named,
)

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the "
    "same as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
_DELETABLE_FOR = timedelta(hours=48)
_MEDIA = ("photo", "video", "document", "voice", "audio", "animation")
_WORDS = ("text", "entities", "link_preview_options")
_CAPTION = ("caption", "caption_entities", "show_caption_above_media")
_ACTIONS = frozenset(str(action.value) for action in ChatAction)
_REACTIONS = frozenset(str(emoji.value) for emoji in ReactionEmoji)


def send_message(world: World, call: Call) -> Wire:
    """Send text."""
    chat = open_to_write(world, call.get("chat_id"))
    return deliver(world, chat, call, text_content(call)).wire


def send_chat_action(world: World, call: Call) -> bool:
    """Show that the bot is busy; phones of the sandbox do not draw it."""
    topic_named(open_chat(world, call.get("chat_id")), call)
    if call.get("action") not in _ACTIONS:
        raise bad_request("wrong parameter action in request")
    return True


def edit_message_text(world: World, call: Call) -> Wire:
    """Change the text and the keyboard of a text message."""
    chat, kept = own_message(world, call)
    if "text" not in kept.wire:
        raise bad_request("there is no text in the message to edit")
    return change(world, call, chat, kept, drops=_WORDS, content=text_content(call))


def edit_message_caption(world: World, call: Call) -> Wire:
    """Change the caption and the keyboard of a photo, video, document or voice."""
    chat, kept = own_message(world, call)
    if not any(kind in kept.wire for kind in _MEDIA):
        raise bad_request("there is no caption in the message to edit")
    return change(world, call, chat, kept, drops=_CAPTION, content=caption_content(call.given))


def edit_message_reply_markup(world: World, call: Call) -> Wire:
    """Change the keyboard alone."""
    chat, kept = own_message(world, call)
    return change(world, call, chat, kept, drops=(), content={})


def change(
    world: World, call: Call, chat: Chat, kept: Kept, *, drops: tuple[str, ...], content: Wire
) -> Wire:
    """Replace the fields `drops` and the keyboard by new ones; raises ApiError when it is equal."""
    markup = read_markup(call.get("reply_markup"), inline_only=True)
    wire = {key: value for key, value in kept.wire.items() if key not in (*drops, "reply_markup")}
    wire |= content
    if markup.inline:
        wire["reply_markup"] = markup.inline
    if wire == kept.wire:
        raise bad_request(NOT_MODIFIED)
    kept.wire = wire | {"edit_date": world.timestamp()}
    world.touch(chat, kept)
    return kept.wire


def delete_message(world: World, call: Call) -> bool:
    """Delete one message: the bot's own, or one that a person wrote to it in private."""
    chat = find_chat(world, call.get("chat_id"))
    kept = chat.messages.get(call.get("message_id"))
    if kept is None or kept.deleted:
        raise bad_request("message to delete not found")
    if not _deletable(world, chat, kept):
        raise bad_request("message can't be deleted")
    kept.deleted = True
    world.touch(chat, kept)
    return True


def delete_messages(world: World, call: Call) -> bool:
    """Delete up to 100 messages; those that are gone are skipped, as Telegram does."""
    chat = find_chat(world, call.get("chat_id"))
    wanted = call.get("message_ids")
    if not isinstance(wanted, list) or not all(isinstance(one, int) for one in wanted):
        raise bad_request("message identifiers are not specified")
    if not BulkRequestLimit.MIN_LIMIT <= len(wanted) <= BulkRequestLimit.MAX_LIMIT:
        raise bad_request("too many message identifiers specified")
    found = [chat.messages[one] for one in wanted if one in chat.messages]
    for kept in found:
        if not kept.deleted and not _deletable(world, chat, kept):
            raise bad_request("message can't be deleted")
    for kept in found:
        if not kept.deleted:
            kept.deleted = True
            world.touch(chat, kept)
    return True


def _deletable(world: World, chat: Chat, kept: Kept) -> bool:
    # Who may delete in a group may delete what is old as well.
    if bot_may(chat, DELETES):
        return True
    age = world.timestamp() - int(kept.wire["date"])
    own = kept.sender == BOT or chat.id > 0
    return own and age <= _DELETABLE_FOR.total_seconds()


def set_message_reaction(world: World, call: Call) -> bool:
    """Put the bot's one reaction on a message, or take it away."""
    chat = open_chat(world, call.get("chat_id"))
    kept = chat.messages.get(call.get("message_id"))
    if kept is None or kept.deleted:
        raise bad_request("message to react not found")
    emoji = [_emoji(wish) for wish in call.get("reaction", [])]
    if len(emoji) > 1:
        raise bad_request("REACTIONS_TOO_MANY")
    if emoji != kept.reactions:
        kept.reactions = emoji
        world.touch(chat, kept)
    return True


def _emoji(wish: Any) -> str:
    emoji = wish.get("emoji") if isinstance(wish, dict) else None
    if emoji not in _REACTIONS:
        raise bad_request("REACTION_INVALID")
    return str(emoji)


def answer_callback_query(world: World, call: Call) -> bool:
    """Answer a press once, within 150 s, with a toast or with nothing."""
    query = world.queries.get(call.get("callback_query_id"))
    if query is None or query.answered or world.clock.now() - query.at > QUERY_LIVES:
        raise bad_request(TOO_OLD)
    text = call.get("text", "")
    if len(text) > CallbackQueryLimit.ANSWER_CALLBACK_QUERY_TEXT_LENGTH:
        raise bad_request("MESSAGE_TOO_LONG")
    query.answered = True
    if text:
        world.toast(query, text, alert=bool(call.get("show_alert")))
    return True
