"""The person side over HTTP, /sim/*: who there is, what they do, what they see.

Documented in docs/sandbox.md and kept stable: other programs drive it.
"""

from bot.sandbox import acting
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.faults import read_fault
from bot.sandbox.fields import Fields, ListOf, Number, Text, optional, read, whole
from bot.sandbox.groups import join_demo, set_bot
from bot.sandbox.members import KICKED, MANAGES, MEMBER, status_of
from bot.sandbox.methods import GET_UPDATES
from bot.sandbox.people import CHINESE, Person, bots_language, check_roles
from bot.sandbox.polls import end_due
from bot.sandbox.sim_poll import POLL
from bot.sandbox.sim_show import show_chat
from bot.sandbox.state import State
from bot.sandbox.web import HomeHandler

_CONTENTS = (
    "text",
    "photo",
    "photos",
    "voice",
    "video",
    "document",
    "location",
    "contact",
    "sticker",
    "poll",
)
NAME, LANGUAGE = Text(64), Text(35)  # letters, as long as Telegram lets a first name be; RFC 5646
_LOCATION: Fields = {"latitude": Number(-90, 90), "longitude": Number(-180, 180)}
_CONTACT: Fields = {
    "phone_number": Text(32),
    "first_name": optional(NAME),
    "last_name": optional(NAME),
    "user_id": optional(int),
}
_MESSAGE: Fields = {
    "from": int,
    "chat": optional(int),
    "text": optional(str),
    "photo": optional(str),
    "photos": optional(ListOf(str)),
    "voice": optional(str),
    "video": optional(str),
    "document": optional(str),
    "location": optional(_LOCATION),
    "contact": optional(_CONTACT),
    "sticker": optional(Text(32)),
    "poll": optional(POLL),
    "caption": optional(str),
    "reply_to": optional(int),
    "topic": optional(int | str),
}
_PERSON: Fields = {
    "name": NAME,
    "roles": optional(ListOf(str)),
    "language": optional(LANGUAGE),
}
_EDIT: Fields = {"from": int, "message_id": int, "text": str, "chat": optional(int)}
_DELETE: Fields = {"from": int, "message_id": int}
_PRESS: Fields = {
    "from": int,
    "message_id": int,
    "chat": optional(int),
    "label": optional(str),
    "data": optional(str),
}


class SimHandler(HomeHandler):
    """What all endpoints of the person side share."""

    state: State

    def initialize(self, state: State) -> None:
        """Take over what is shared."""
        self.state = state

    def actor(self, wish: Wire) -> Person:
        """Return who acts; raises SimError 404."""
        return self.state.world.person(wish["from"])


class PeopleHandler(SimHandler):
    """GET and POST /sim/people."""

    async def get(self) -> None:
        """List everybody."""
        self.query()
        self.send_json([person.shown() for person in self.state.world.people.values()])

    async def post(self) -> None:
        """Add somebody; roles are granted by the bot, which must be there for it."""
        wish = read(self.body(), _PERSON)
        name, language = wish["name"], wish.get("language", CHINESE)
        roles = check_roles(wish.get("roles", []))
        async with self.state.moving:
            id_ = self.state.world.next_person_id()
            if roles:
                facts: Wire = {"telegram_id": id_, "name": name, "roles": list(roles)}
                facts["language"] = bots_language(language)
                await self.state.control.ask("grant", **facts)
            person = self.state.world.add_person(name, language, roles or ("resident",), id_=id_)
            join_demo(self.state.world, person)
        self.send_json(person.shown())


class MessageHandler(SimHandler):
    """POST /sim/message."""

    async def post(self) -> None:
        """Send a message, an album or a long text in pieces."""
        wish = read(self.body(), _MESSAGE)
        acting.check_one(wish, _CONTENTS)
        person = self.actor(wish)
        chat = acting.chat_of(self.state.world, person, wish.get("chat"))
        ids = acting.write(self.state.world, person, chat, wish)
        self.send_json({"message_ids": ids})


class EditHandler(SimHandler):
    """POST /sim/edit."""

    async def post(self) -> None:
        """Edit one's own message."""
        wish = read(self.body(), _EDIT)
        person, text = self.actor(wish), wish["text"]
        acting.edit(self.state.world, person, wish["message_id"], text, wish.get("chat"))
        self.send_json({"message_id": wish["message_id"]})


class DeleteHandler(SimHandler):
    """POST /sim/delete."""

    async def post(self) -> None:
        """Let somebody delete a message of their private chat."""
        wish = read(self.body(), _DELETE)
        acting.delete(self.state.world, self.actor(wish), wish["message_id"])
        self.send_json({"message_id": wish["message_id"]})


class PressHandler(SimHandler):
    """POST /sim/press."""

    async def post(self) -> None:
        """Press an inline button that is on the message now."""
        wish = read(self.body(), _PRESS)
        acting.check_one(wish, ("label", "data"))
        person = self.actor(wish)
        chat = acting.chat_of(self.state.world, person, wish.get("chat"))
        query = acting.press(self.state.world, person, chat, wish["message_id"], wish)
        self.send_json({"callback_id": query.id})


class BlockHandler(SimHandler):
    """POST /sim/block and /sim/unblock."""

    blocked: bool

    def initialize(self, state: State, blocked: bool = True) -> None:
        """Take over what is shared and which of the two this is."""
        super().initialize(state)
        self.blocked = blocked

    async def post(self) -> None:
        """Block or unblock the bot."""
        wish = read(self.body(), {"from": int})
        acting.set_blocked(self.state.world, self.actor(wish), blocked=self.blocked)
        self.send_json({"blocked": self.blocked})


class KickHandler(SimHandler):
    """POST /sim/kick and /sim/invite: the bot's place in a group."""

    kicked: bool

    def initialize(self, state: State, kicked: bool = True) -> None:
        """Take over what is shared and which of the two this is."""
        super().initialize(state)
        self.kicked = kicked

    async def post(self) -> None:
        """Put the bot out of a group, or bring it back."""
        wish = read(self.body(), {"from": int, "chat": int})
        world, person = self.state.world, self.actor(wish)
        chat = acting.chat_of(world, person, wish["chat"])
        if chat.kicked != self.kicked:
            set_bot(world, person, chat, KICKED if self.kicked else MEMBER)
        self.send_json({"kicked": self.kicked})


class DeactivateHandler(SimHandler):
    """POST /sim/deactivate."""

    async def post(self) -> None:
        """Close somebody's account for good."""
        person = self.actor(read(self.body(), {"from": int}))
        person.deactivated = True
        self.send_json({"deactivated": True})


class ChatHandler(SimHandler):
    """GET /sim/chats/{id}."""

    async def get(self, chat_id: str) -> None:
        """Show what is new in a chat."""
        after = whole("after", self.query("after").get("after", "0"))
        chat = self.state.world.chats.get(whole("id", chat_id))
        if chat is None:
            raise SimError(404, f"There is no chat {chat_id}.")
        end_due(self.state.world)
        self.send_json(show_chat(self.state.world, chat, after))


class MenuHandler(SimHandler):
    """GET /sim/menu: what stands around a chat rather than in it."""

    async def get(self) -> None:
        """Show commands, the reply keyboard and its placeholder as one person sees them."""
        given = self.query("person", "chat")
        person = self.state.world.person(whole("person", given.get("person", "0")))
        chat_id = whole("chat", given.get("chat", str(person.id)))
        chat = acting.chat_of(self.state.world, person, chat_id)
        language = str(person.user()["language_code"])
        profile = self.state.world.profile
        manages = status_of(chat, person) in MANAGES
        shown: Wire = {
            "commands": profile.commands_for(person.id, chat.id, language, manages=manages),
            "keyboard": chat.keyboard,
            "placeholder": chat.placeholder,
            "description": profile.words_for(profile.descriptions, language),
            "short_description": profile.words_for(profile.short_descriptions, language),
        }
        self.send_json(shown)


class SimFileHandler(SimHandler):
    """GET /sim/files/{file_id}: the bytes, for the page."""

    async def get(self, file_id: str) -> None:
        """Answer with the bytes; what is not picture, sound or film is for saving only."""
        self.query()
        stored = self.state.world.files.by_id(file_id)
        if stored is None:
            raise SimError(404, "There is no such file.")
        shown = stored.mime.split("/")[0] in ("image", "audio", "video")
        safe = shown and "svg" not in stored.mime
        self.set_header("Content-Type", stored.mime if safe else "application/octet-stream")
        if not safe:
            self.set_header("Content-Disposition", "attachment")
        self.finish(stored.content)


class CallsHandler(SimHandler):
    """GET /sim/calls."""

    async def get(self) -> None:
        """List the calls of the Bot API."""
        given = self.query("method", "after")
        after = whole("after", given.get("after", "0"))
        self.send_json(self.state.calls.since(after, given.get("method")))


class FaultsHandler(SimHandler):
    """POST, DELETE and GET /sim/faults."""

    async def get(self) -> None:
        """List what is still to come."""
        self.query()
        self.send_json({"faults": self.state.faults.shown()})

    async def post(self) -> None:
        """Order a fault."""
        fault = read_fault(self.body())
        self.state.faults.add(fault)
        if fault.hits(GET_UPDATES):
            self.state.world.updates.wake()
        await self.get()

    async def delete(self) -> None:
        """Let all go well again."""
        self.query()
        self.state.faults.clear()
        await self.get()
