"""The person side over HTTP, /sim/*: groups, their topics, who is what in them, and languages.

Documented in docs/sandbox.md and kept stable: other programs drive it.
"""

from telegram.constants import ChatLimit

from bot.sandbox import acting, groups, members
from bot.sandbox.errors import ApiError, SimError, Wire
from bot.sandbox.fields import ListOf, Text, optional, read
from bot.sandbox.sim import LANGUAGE, SimHandler
from bot.sandbox.topics import check_name, open_topic
from bot.sandbox.world import Chat, World


def show_group(world: World, chat: Chat) -> Wire:
    """Return a group as the person side shows it."""
    placed = {
        str(person.id): status
        for person in world.people.values()
        if (status := members.status_of(chat, person)) != members.LEFT
    }
    return {
        "id": chat.id,
        "title": chat.wire["title"],
        "type": chat.wire["type"],
        "bot": chat.bot,
        "rights": sorted(chat.rights),
        "open": chat.open,
        "members": placed,
        "topics": [
            {"id": topic.id, "name": topic.name, "closed": topic.closed}
            for topic in chat.topics.values()
        ],
    }


def _name(given: str) -> str:
    try:
        return check_name(given)
    except ApiError as refused:
        raise SimError(400, f"A topic has a name of 1 to 128 letters, not {given!r}.") from refused


class GroupsHandler(SimHandler):
    """GET and POST /sim/groups."""

    async def get(self) -> None:
        """List the groups."""
        self.query()
        world = self.state.world
        self.send_json([show_group(world, chat) for chat in world.chats.values() if chat.id < 0])

    async def post(self) -> None:
        """Found a group; one with topics is a forum. The bot is not in it."""
        wish = read(
            self.body(),
            {
                "from": int,
                "title": Text(ChatLimit.MAX_CHAT_TITLE_LENGTH),
                "topics": optional(ListOf(str)),
                "members": optional(ListOf(int)),
            },
        )
        world, person = self.state.world, self.actor(wish)
        names = [_name(name) for name in wish["topics"]] if "topics" in wish else None
        others = [world.person(id_) for id_ in wish.get("members", [])]
        chat = groups.found(world, person, wish["title"], names)
        for other in others:
            groups.set_member(world, person, chat, other, members.MEMBER)
        self.send_json(show_group(world, chat))


class TopicsHandler(SimHandler):
    """POST /sim/topics."""

    async def post(self) -> None:
        """Open a topic."""
        wish = read(self.body(), {"from": int, "chat": int, "name": str})
        world, person = self.state.world, self.actor(wish)
        chat = acting.chat_of(world, person, wish["chat"])
        if not chat.wire.get("is_forum"):
            raise SimError(400, f"The chat {chat.id} has no topics.")
        topic = open_topic(world, chat, person.user(), _name(wish["name"]))
        if not chat.kicked:
            world.updates.put("message", chat.messages[topic.id].wire)
        self.send_json({"topic": topic.id})


class PlaceHandler(SimHandler):
    """POST /sim/place."""

    async def post(self) -> None:
        """Make somebody, or the bot, an administrator or a member, or let them go."""
        wish = read(
            self.body(),
            {
                "from": int,
                "chat": int,
                "status": str,
                "person": optional(int),
                "rights": optional(ListOf(str)),
            },
        )
        world, actor = self.state.world, self.actor(wish)
        chat = acting.chat_of(world, actor, wish["chat"])
        members.must_manage(chat, actor)
        if "person" in wish:
            groups.set_member(world, actor, chat, world.person(wish["person"]), wish["status"])
        else:
            held = members.check_rights(wish.get("rights", members.RIGHTS))
            groups.set_bot(world, actor, chat, wish["status"], held)
        self.send_json(show_group(world, chat))


class PermissionsHandler(SimHandler):
    """POST /sim/permissions."""

    async def post(self) -> None:
        """Let plain members write, or only those who run the group."""
        wish = read(self.body(), {"from": int, "chat": int, "open": bool})
        world, actor = self.state.world, self.actor(wish)
        chat = acting.chat_of(world, actor, wish["chat"])
        if chat.id > 0:
            raise SimError(400, "Only a group has members.")
        members.must_manage(chat, actor)
        chat.open = wish["open"]
        self.send_json(show_group(world, chat))


class LanguageHandler(SimHandler):
    """POST /sim/language."""

    async def post(self) -> None:
        """Switch the language of somebody's Telegram."""
        wish = read(self.body(), {"from": int, "language": LANGUAGE})
        person = self.actor(wish)
        person.language = wish["language"]
        self.state.world.touch(self.state.world.chats[person.id])
        self.send_json(person.shown())
