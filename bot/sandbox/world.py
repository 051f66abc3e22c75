"""The little Telegram inside: chats, messages, people, files, and who wants to hear of changes.

Everything is in memory. It knows neither HTTP nor the rules of single methods.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from bot.clock import Clock, new_id
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.files import FileStore
from bot.sandbox.people import Organisation, Person
from bot.sandbox.profile import Profile
from bot.sandbox.updates import UpdateQueue
from bot.sandbox.webhook import Webhook

BOT = "bot"
GROUP_ID = -4_000_000_001
QUERY_LIVES = timedelta(seconds=150)
_NOBODY = frozenset({136_817_688, 777_000, 1_087_968_824})


@dataclass(slots=True)
class Kept:
    """One message: `wire` is what Telegram sends of it, the rest is what phones show."""

    wire: Wire
    sender: int | str
    seq: int
    silent: bool = False
    deleted: bool = False
    keyboard: list[list[str]] = field(default_factory=list)
    has_reply_keyboard: bool = False
    reactions: list[str] = field(default_factory=list)
    forces_reply: bool = False
    placeholder: str = ""

    @property
    def id(self) -> int:
        """The message's id."""
        return int(self.wire["message_id"])

    def quoted(self) -> Wire:
        """Return it as it appears inside another: without what it replied to itself."""
        return {key: value for key, value in self.wire.items() if key != "reply_to_message"}


@dataclass(slots=True)
class Topic:
    """One topic of a forum; its id is that of the message that opened it."""

    id: int
    name: str
    color: int
    closed: bool = False


@dataclass(frozen=True, slots=True)
class Toast:
    """The short answer to a press, seen only by who pressed."""

    seq: int
    to: int
    text: str
    alert: bool


@dataclass(slots=True)
class Chat:
    """A private chat (its id is the person's) or a group (its id is negative).

    `bot` is the bot's own status, `rights` what it may as an administrator; `places` names who
    is more than a member.
    """

    id: int
    wire: Wire
    seq: int = 0
    bot: str = "member"
    rights: frozenset[str] = frozenset()
    open: bool = True  # whether members may write
    places: dict[int, str] = field(default_factory=dict)
    topics: dict[int, Topic] = field(default_factory=dict)
    messages: dict[int, Kept] = field(default_factory=dict)
    toasts: list[Toast] = field(default_factory=list)
    keyboard: list[list[str]] = field(default_factory=list)
    placeholder: str = ""

    @property
    def kicked(self) -> bool:
        """Whether the bot is not there."""
        return self.bot in ("kicked", "left")


@dataclass(slots=True)
class Query:
    """One press that may be answered once, within 150 s."""

    id: str
    person: int
    chat: int
    at: datetime
    answered: bool = False


def bot_user(id_: int, name: str) -> Wire:
    """Return the bot as a Telegram `User`."""
    return {"id": id_, "is_bot": True, "first_name": name, "username": "linli_sandbox_bot"}


class World:
    """All of it. `changed` is told of every change as one event of /sim/events."""

    def __init__(
        self, organisation: Organisation, clock: Clock, changed: Callable[[Wire], None]
    ) -> None:
        self.organisation = organisation
        self.clock = clock
        self.changed = changed
        self.files = FileStore()
        self.updates = UpdateQueue(clock)
        self.webhook = Webhook(self.updates)
        self.profile = Profile()
        self.bot = bot_user(7_000_000_001, organisation.name)
        self.people: dict[int, Person] = {}
        self.chats: dict[int, Chat] = {}
        self.queries: dict[str, Query] = {}
        self.polls: dict[str, Any] = {}  # of bot/sandbox/polls.py, by id
        self._last_poll = 0
        self._seq = 0
        self._message_ids: dict[int, int] = {}
        self.populate()

    def populate(self) -> None:
        """Begin anew with the organisation's people and empty chats; counters go on growing."""
        told = list(self.chats)
        self.people.clear()
        self.chats.clear()
        self.queries.clear()
        self.polls.clear()
        self.updates.clear()
        group: Wire = {"id": GROUP_ID, "type": "group", "title": self.organisation.name}
        self.chats[GROUP_ID] = Chat(GROUP_ID, group, seq=self._seq)
        for seeded in self.organisation.people:
            person = self.add_person(seeded.name, seeded.language, seeded.roles, id_=seeded.id)
            person.started = True
        for chat_id in told:
            self.changed({"chat": chat_id, "seq": self._seq})

    def add_person(
        self, name: str, language: str, roles: tuple[str, ...], *, id_: int | None = None
    ) -> Person:
        """Give somebody a phone and a place in the group; the bot cannot write to them yet."""
        if id_ is None:
            id_ = self.next_person_id()
        person = Person(id_, name, language, roles, groups=[GROUP_ID])
        self.people[id_] = person
        self.chats[id_] = Chat(id_, person.chat(), seq=self._seq)
        return person

    def next_person_id(self) -> int:
        """Return an id that nobody has and that means nothing to Telegram."""
        id_ = max(self.people, default=1_000_000) + 1
        while id_ in _NOBODY:
            id_ += 1
        return id_

    def person(self, id_: int) -> Person:
        """Return who has this id; raises SimError 404."""
        try:
            return self.people[id_]
        except KeyError:
            raise SimError(404, f"There is no person {id_}; GET /sim/people lists them.") from None

    def next_poll(self) -> int:
        """Return the number of a new poll; it goes on growing."""
        self._last_poll += 1
        return self._last_poll

    def timestamp(self) -> int:
        """Return the sandbox's present as Unix seconds."""
        return int(self.clock.now().timestamp())

    def local(self, timestamp: float) -> str:
        """Return a Unix second as ISO-8601 in the community's zone."""
        return datetime.fromtimestamp(timestamp, self.organisation.zone).isoformat()

    def post(self, chat: Chat, sender: Wire, content: Wire, *, silent: bool = False) -> Kept:
        """Put a message into `chat` and return it; `content` is what makes it text, photo ..."""
        wire: Wire = {
            "message_id": self._next_message_id(chat),
            "from": sender,
            "chat": chat.wire,
            "date": self.timestamp(),
            **content,
        }
        kept = Kept(wire, BOT if sender["is_bot"] else sender["id"], 0, silent=silent)
        chat.messages[kept.id] = kept
        self.touch(chat, kept)
        return kept

    def _next_message_id(self, chat: Chat) -> int:
        # Telegram numbers a supergroup by itself, and all other chats together.
        counter = chat.id if chat.wire["type"] == "supergroup" else 0
        self._message_ids[counter] = self._message_ids.get(counter, 0) + 1
        return self._message_ids[counter]

    def touch(self, chat: Chat, kept: Kept | None = None) -> int:
        """Give the changed message (or the chat) a new number, tell who listens, return it."""
        self._seq += 1
        chat.seq = self._seq
        if kept is not None:
            kept.seq = self._seq
        self.changed({"chat": chat.id, "seq": self._seq})
        return self._seq

    def toast(self, query: Query, text: str, *, alert: bool) -> None:
        """Show `text` to who pressed."""
        chat = self.chats[query.chat]
        chat.toasts.append(Toast(self.touch(chat), query.person, text, alert))

    def ask(self, person: Person, chat: Chat) -> Query:
        """Note a press and return the query that the bot may answer."""
        now = self.clock.now()
        if len(self.queries) > 1000:  # noqa: PLR2004 - an arbitrary moment to tidy up
            self.queries = {
                id_: query for id_, query in self.queries.items() if now - query.at <= QUERY_LIVES
            }
        query = Query(new_id(), person.id, chat.id, now)
        self.queries[query.id] = query
        return query
