"""Who is what in a chat: creator, administrator, member, gone; and what the bot may do there.

It reads chats and people, and changes nothing.
"""

import inspect
from collections.abc import Iterable

import telegram
from telegram.constants import ChatMemberStatus

from bot.sandbox.errors import ApiError, SimError, Wire, bad_request
from bot.sandbox.people import Person
from bot.sandbox.world import Chat, World

CREATOR, ADMINISTRATOR = (
    str(ChatMemberStatus.OWNER.value),
    str(ChatMemberStatus.ADMINISTRATOR.value),
)
MEMBER, LEFT = str(ChatMemberStatus.MEMBER.value), str(ChatMemberStatus.LEFT.value)
KICKED = str(ChatMemberStatus.BANNED.value)
MANAGES = frozenset({CREATOR, ADMINISTRATOR})
TOPICS, DELETES = "can_manage_topics", "can_delete_messages"
_ELSEWHERE = frozenset(  # of channels, or newer than the clients that judge us
    {"can_post_messages", "can_edit_messages", "can_manage_direct_messages", "can_manage_tags"}
)
_NEWER = {"can_send_welcome_messages": False}  # than python-telegram-bot, needed by others
_PERMISSIONS = tuple(
    name
    for name in inspect.signature(telegram.ChatPermissions).parameters
    if name.startswith("can_")
)
RIGHTS = tuple(
    name
    for name in inspect.signature(telegram.ChatMemberAdministrator).parameters
    if name.startswith("can_") and name not in {"can_be_edited", *_ELSEWHERE}
)


def status_of(chat: Chat, person: Person) -> str:
    """Return what a person is in a chat."""
    if chat.id not in (person.id, *person.groups):
        return LEFT
    return chat.places.get(person.id, MEMBER)


def bot_may(chat: Chat, right: str) -> bool:
    """Tell whether the bot is an administrator with this right."""
    return chat.bot == ADMINISTRATOR and right in chat.rights


def must_manage(chat: Chat, person: Person) -> None:
    """Raise SimError 403 unless somebody runs this group."""
    if status_of(chat, person) not in MANAGES:
        raise SimError(403, f"{person.name} is no administrator of the chat {chat.id}.")


def check_rights(rights: Iterable[object]) -> frozenset[str]:
    """Return rights of an administrator; raises SimError 400 naming the first unknown one."""
    for right in rights:
        if right not in RIGHTS:
            raise SimError(400, f"There is no right {right!r}. Rights: {', '.join(RIGHTS)}.")
    return frozenset(map(str, rights))


def place(user: Wire, status: str, rights: Iterable[str] = RIGHTS) -> Wire:
    """Return a Telegram `ChatMember`."""
    told: Wire = {"status": status, "user": user}
    if status == KICKED:
        return told | {"until_date": 0}
    if status == CREATOR:
        return told | {"is_anonymous": False}
    if status == ADMINISTRATOR:
        held = {right: right in set(rights) for right in RIGHTS}
        return told | {"can_be_edited": False, "is_anonymous": False} | held | _NEWER
    return told


def bots_place(chat: Chat, bot: Wire) -> Wire:
    """Return the bot as a member of a chat."""
    return place(bot, chat.bot, chat.rights)


def persons_place(chat: Chat, person: Person) -> Wire:
    """Return a person as a member of a chat."""
    return place(person.user(), status_of(chat, person))


def administrators(world: World, chat: Chat, bot: Wire) -> list[Wire]:
    """Return who runs a group, the bot too; raises ApiError 400 in private."""
    if chat.id > 0:
        raise bad_request("there are no administrators in the private chat")
    found = [
        persons_place(chat, person)
        for person in world.people.values()
        if status_of(chat, person) in MANAGES
    ]
    return [*found, bots_place(chat, bot)] if chat.bot == ADMINISTRATOR else found


def permissions(chat: Chat) -> Wire:
    """Return what plain members may do in a group, as Telegram's `ChatPermissions`."""
    return dict.fromkeys(_PERMISSIONS, chat.open)


def gone(chat: Chat) -> ApiError:
    """Return the 403 for a group where the bot is no longer."""
    kind = f"{chat.wire['type']} chat"
    was = "was kicked from" if chat.bot == KICKED else "is not a member of"
    return ApiError(403, f"Forbidden: bot {was} the {kind}")
