"""A group that works for the bot: cards stand there instead of in private chats.

A group never shows a door number; the steps of a dialogue go on in private.
"""

from datetime import datetime

from bot.domain.case import TO_DISPATCH
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import person, tell_case
from bot.services.case_group import DISPATCH, PURPOSES
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import group as groups
from storage import person as people
from storage.group import Group


def check_may_bind(who: Person) -> None:
    """Raise Refusal unless the person may say what a group is for."""
    if not who.holds(Role.DISPATCHER, Role.ADMIN):
        raise Refusal("refusal.not_yours", who=[Role.DISPATCHER.value, Role.ADMIN.value])


async def bind(uow: UnitOfWork, who: Person, chat_id: int, topic: int, purpose: str) -> None:
    """Let the chat, or the topic of it, serve a purpose; what is open is shown there at once."""
    check_may_bind(who)
    if purpose not in PURPOSES:
        raise Refusal("toast.stale")
    for other in await groups.bound(uow, who.community_id):
        if other.purpose == purpose:
            groups.end(uow, other)
    one = Group(who.community_id, chat_id, topic, purpose, who.id, uow.now)
    await groups.bind(uow, one)
    community = await community_of(uow, who.community_id)
    if purpose == DISPATCH:
        for case in await _waiting(uow, who.community_id):
            await tell_case.show_in_group(uow, community, case, purpose)


async def unbind(uow: UnitOfWork, who: Person, chat_id: int, topic: int) -> bool:
    """Let the chat or topic serve no longer; False when it did not."""
    check_may_bind(who)
    held = [one for one in await groups.in_chat(uow, chat_id) if one.topic == topic]
    await _end(uow, held)
    return bool(held)


async def lost(uow: UnitOfWork, chat_id: int) -> None:
    """The bot was taken out of a group: the dispatchers hear of it, cards go to them again."""
    held = await groups.in_chat(uow, chat_id)
    await _end(uow, held)
    for one in held:
        for who in await people.holders(uow, one.community_id, [Role.DISPATCHER]):
            tell(uow, who, "group.lost", purpose=one.purpose)


async def note_unreachable(uow: UnitOfWork, chat_id: int, at: datetime) -> None:
    """A chat refuses letters since `at` (UTC): a group is lost, a person has blocked the bot."""
    if chat_id < 0:
        await lost(uow, chat_id)
    else:
        await person.note_blocked(uow, chat_id, at)


async def _end(uow: UnitOfWork, held: list[Group]) -> None:
    for one in held:
        groups.end(uow, one)
        community = await community_of(uow, one.community_id)
        if one.purpose != DISPATCH:
            continue
        for case in await _waiting(uow, one.community_id):
            await tell_case.show_dispatchers(uow, community, case)


async def _waiting(uow: UnitOfWork, community_id: int) -> list[Case]:
    return await cases.in_status(uow, community_id, TO_DISPATCH)
