"""Methods about chats: what they are, who is in them, and the topics of a forum."""

from collections.abc import Callable

from telegram.constants import ForumIconColor

from bot.sandbox import members, topics
from bot.sandbox.checks import Call
from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.world import Chat, Topic, World
from bot.sandbox.writing import find_chat, open_chat

_GIFTS = (
    "unlimited_gifts",
    "limited_gifts",
    "unique_gifts",
    "premium_subscription",
    "gifts_from_channels",
)


def get_chat(world: World, call: Call) -> Wire:
    """Return what is to be known of a chat."""
    chat = _present(world, call)
    permissions = {} if chat.id > 0 else {"permissions": members.permissions(chat)}
    return (
        chat.wire
        | permissions
        | {
            "accent_color_id": 0,
            "max_reaction_count": 11,
            "accepted_gift_types": dict.fromkeys(_GIFTS, False),
        }
    )


def _present(world: World, call: Call) -> Chat:
    chat = find_chat(world, call.get("chat_id"))
    if chat.kicked:
        raise members.gone(chat)
    return chat


def get_chat_member(world: World, call: Call) -> Wire:
    """Return what somebody, or the bot itself, is in a chat."""
    chat = _present(world, call)
    user_id = call.get("user_id")
    if user_id == call.bot["id"]:
        return members.bots_place(chat, call.bot)
    person = world.people.get(user_id)
    if person is None:
        raise bad_request("user not found")
    return members.persons_place(chat, person)


def get_chat_administrators(world: World, call: Call) -> list[Wire]:
    """Return who runs a group, the bot itself too where it does."""
    return members.administrators(world, _present(world, call), call.bot)


def get_chat_member_count(world: World, call: Call) -> int:
    """Return how many are in a chat, the bot too."""
    chat = _present(world, call)
    inside = (members.status_of(chat, person) for person in world.people.values())
    return 1 + sum(status != members.LEFT for status in inside)


def _forum(world: World, call: Call, doing: str) -> Chat:
    chat = open_chat(world, call.get("chat_id"))
    if not chat.wire.get("is_forum"):
        raise bad_request("the chat is not a forum")
    if not members.bot_may(chat, members.TOPICS):
        raise bad_request(f"not enough rights to {doing}")
    return chat


def create_forum_topic(world: World, call: Call) -> Wire:
    """Open a topic; the bot needs the right to manage them."""
    chat = _forum(world, call, "create a topic")
    name = topics.check_name(call.get("name", ""))
    color = topics.check_color(call.get("icon_color", ForumIconColor.BLUE.value))
    topic = topics.open_topic(world, chat, call.bot, name, color)
    return {"message_thread_id": topic.id, "name": topic.name, "icon_color": topic.color}


def _known(world: World, call: Call) -> tuple[Chat, Topic]:
    chat = _forum(world, call, "edit the topic")
    topic = chat.topics.get(call.get("message_thread_id"))
    if topic is None:
        raise bad_request("TOPIC_ID_INVALID")
    return chat, topic


def edit_forum_topic(world: World, call: Call) -> bool:
    """Rename a topic; without a name nothing changes."""
    chat, topic = _known(world, call)
    name = str(call.get("name", "")).strip()
    if not name:
        return True
    if topics.check_name(name) == topic.name:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.name = name
    topics.note(world, chat, call.bot, topic, {"forum_topic_edited": {"name": name}})
    return True


def close_forum_topic(world: World, call: Call) -> bool:
    """Close a topic: only who manages topics may still write there."""
    return _set_closed(world, call, closed=True, told="forum_topic_closed")


def reopen_forum_topic(world: World, call: Call) -> bool:
    """Open a closed topic again."""
    return _set_closed(world, call, closed=False, told="forum_topic_reopened")


def _set_closed(world: World, call: Call, *, closed: bool, told: str) -> bool:
    chat, topic = _known(world, call)
    if topic.closed == closed:
        raise bad_request("TOPIC_NOT_MODIFIED")
    topic.closed = closed
    topics.note(world, chat, call.bot, topic, {told: {}})
    return True


METHODS: tuple[Callable[[World, Call], object], ...] = (
    get_chat,
    get_chat_member,
    get_chat_administrators,
    get_chat_member_count,
    create_forum_topic,
    edit_forum_topic,
    close_forum_topic,
    reopen_forum_topic,
)
