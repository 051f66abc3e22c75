"""Groups: the demo's own, read from groups.toml, and those that people found later.

It changes who is in them and tells the bot; what single methods answer stands elsewhere.
"""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any

from bot.sandbox import members
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.people import Person
from bot.sandbox.topics import open_topic
from bot.sandbox.world import Chat, World

_FILE = Path(__file__).with_name("groups.toml")
_SUPERGROUP = -1_004_000_000_000


@cache
def _demo() -> tuple[dict[str, Any], ...]:
    return tuple(tomllib.loads(_FILE.read_text("utf-8"))["groups"])


def found_demo(world: World) -> None:
    """Found the groups of the demo for everybody there is; nobody there, no group."""
    for person in list(world.people.values()):
        join_demo(world, person)


def join_demo(world: World, person: Person) -> None:
    """Let somebody into the groups of the demo that their roles belong to."""
    for group in _demo():
        status = _status(group, person)
        if status == members.LEFT:
            continue
        chat = world.chats.get(group["id"])
        if chat is None:
            chat = _chat(world, group["id"], group["title"], forum=True)
            chat.bot, chat.rights = members.ADMINISTRATOR, frozenset(members.RIGHTS)
            for name in group["topics"]:
                open_topic(world, chat, person.user(), name)
        if status == members.CREATOR and members.CREATOR in chat.places.values():
            status = members.ADMINISTRATOR
        let_in(chat, person, status)


def _status(group: dict[str, Any], person: Person) -> str:
    for field, status in (
        ("creators", members.CREATOR),
        ("administrators", members.ADMINISTRATOR),
        ("members", members.MEMBER),
    ):
        if not set(group[field]).isdisjoint(person.roles):
            return status
    return members.LEFT


def _chat(world: World, id_: int, title: str, *, forum: bool) -> Chat:
    wire: Wire = {"id": id_, "type": "supergroup" if forum else "group", "title": title}
    if forum:
        wire["is_forum"] = True
    world.chats[id_] = Chat(id_, wire)
    world.touch(world.chats[id_])
    return world.chats[id_]


def let_in(chat: Chat, person: Person, status: str) -> None:
    """Give somebody a place in a group."""
    if chat.id not in person.groups:
        person.groups.append(chat.id)
    chat.places.pop(person.id, None)
    if status in members.MANAGES:
        chat.places[person.id] = status


def found(world: World, person: Person, title: str, topics: list[str] | None) -> Chat:
    """Let somebody found a group, a forum when `topics` is not None; the bot is not in it."""
    taken = sum(chat_id < 0 for chat_id in world.chats)
    first = _SUPERGROUP if topics is not None else -_SUPERGROUP % 10**10 * -1
    chat = _chat(world, first - 100 - taken, title, forum=topics is not None)
    chat.bot = members.LEFT
    let_in(chat, person, members.CREATOR)
    for name in topics or ():
        open_topic(world, chat, person.user(), name)
    return chat


def tell_place(world: World, person: Person, chat: Chat, before: Wire, after: Wire) -> None:
    """Tell the bot that its own place in a chat has changed."""
    told = {"old_chat_member": before, "new_chat_member": after}
    _tell(world, "my_chat_member", person, chat, told)


def _tell(world: World, kind: str, person: Person, chat: Chat, told: Wire) -> None:
    facts = {"chat": chat.wire, "from": person.user(), "date": world.timestamp()}
    world.updates.put(kind, facts | told)


def set_bot(
    world: World, person: Person, chat: Chat, status: str, rights: frozenset[str] = frozenset()
) -> None:
    """Give the bot another place in a group; the same one again changes nothing."""
    if chat.id > 0:
        raise SimError(400, "Only a group can put the bot out; in private, block it.")
    if status not in (members.ADMINISTRATOR, members.MEMBER, members.LEFT, members.KICKED):
        raise SimError(400, "status is one of administrator, member, left, kicked.")
    rights = rights if status == members.ADMINISTRATOR else frozenset()
    if (chat.bot, chat.rights) == (status, rights):
        return
    before = members.bots_place(chat, world.bot)
    chat.bot, chat.rights = status, rights
    world.touch(chat)
    tell_place(world, person, chat, before, members.bots_place(chat, world.bot))


def set_member(world: World, actor: Person, chat: Chat, person: Person, status: str) -> None:
    """Give somebody another place in a group; the bot hears it if it asks for `chat_member`."""
    if chat.id > 0:
        raise SimError(400, "Only a group has members.")
    if status not in (members.ADMINISTRATOR, members.MEMBER, members.LEFT):
        raise SimError(400, "status is one of administrator, member, left.")
    before = members.persons_place(chat, person)
    if before["status"] == status:
        return
    let_in(chat, person, status)
    if status == members.LEFT:
        person.groups.remove(chat.id)
    world.touch(chat)
    if not chat.kicked:
        told = {"old_chat_member": before, "new_chat_member": members.persons_place(chat, person)}
        _tell(world, "chat_member", actor, chat, told)
