"""Topics of a forum: opened, renamed, closed, and which one a message belongs to.

A topic's id is that of the message that opened it. It knows chats, but no method.
"""

from telegram.constants import ForumIconColor, ForumTopicLimit

from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.world import Chat, Kept, Topic, World

NOT_FOUND = "message thread not found"
_COLORS = frozenset(int(color.value) for color in ForumIconColor)


def check_name(name: str) -> str:
    """Return a topic's name without blanks around it; raises ApiError 400."""
    name = name.strip()
    if not ForumTopicLimit.MIN_NAME_LENGTH <= len(name) <= ForumTopicLimit.MAX_NAME_LENGTH:
        raise bad_request("topic name must be from 1 to 128 characters")
    return name


def check_color(color: int) -> int:
    """Return one of the six colours of a topic's icon; raises ApiError 400."""
    if color not in _COLORS:
        raise bad_request("invalid icon color specified")
    return color


def open_topic(
    world: World, chat: Chat, sender: Wire, name: str, color: int = ForumIconColor.BLUE
) -> Topic:
    """Open a topic with the message that says so."""
    told: Wire = {"name": name, "icon_color": int(color)}
    kept = world.post(chat, sender, {"forum_topic_created": told, "is_topic_message": True})
    kept.wire["message_thread_id"] = kept.id
    chat.topics[kept.id] = Topic(kept.id, name, int(color))
    return chat.topics[kept.id]


def note(world: World, chat: Chat, sender: Wire, topic: Topic, event: Wire) -> Kept:
    """Post what happened to a topic into it."""
    return world.post(chat, sender, event | thread(chat, topic, None))


def topic_of(chat: Chat, kept: Kept | None) -> Topic | None:
    """Return the topic in which a message stands; None in General and outside of forums."""
    return None if kept is None else chat.topics.get(kept.wire.get("message_thread_id", 0))


def thread(chat: Chat, topic: Topic | None, replied: Kept | None) -> Wire:
    """Return the fields that place a message: its topic, and what it replies to.

    As in Telegram, what replies to nothing in a topic replies to the message that opened it.
    """
    fields: Wire = {}
    if topic is not None:
        fields = {"message_thread_id": topic.id, "is_topic_message": True}
        replied = replied or chat.messages[topic.id]
    return fields | ({"reply_to_message": replied.quoted()} if replied else {})
