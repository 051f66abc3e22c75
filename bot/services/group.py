"""A group that works for the bot: cards stand there instead of in private chats.

A group never shows a door number; the steps of a dialogue go on in private.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from bot.domain.case import TO_DISPATCH
from bot.domain.case_record import Case
from bot.domain.group import hindrance
from bot.domain.letter import Letter, Recipient
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.services import person, tell_case
from bot.services.case_group import DISPATCH, LANGUAGE, PURPOSES
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import group as groups
from storage import letter
from storage import person as people
from storage.group import Group

_MAY_BIND = (Role.DISPATCHER, Role.ADMIN)


def check_may_bind(who: Person) -> None:
    """Raise Refusal unless the person may say what a group is for."""
    if not who.holds(*_MAY_BIND):
        raise Refusal("refusal.not_yours", who=[one.value for one in _MAY_BIND])


@dataclass(frozen=True, slots=True)
class Spot:
    """A group, or a topic of it, where something is to be bound."""

    chat_id: int
    topic: int  # 0: none
    title: str
    message_id: int | None = None  # of ours, to be drawn over


def ask(uow: UnitOfWork, who: Person, spot: Spot, purpose: str | None = None) -> None:
    """Ask Telegram whether the person runs the group and the bot may write there.

    `answered` goes on with the answer: it offers the purposes, or binds the one that was chosen.
    Raises Refusal.
    """
    check_may_bind(who)
    if purpose is not None and purpose not in PURPOSES:
        raise Refusal("toast.stale")
    facts: dict[str, Any] = {
        "who": who.id,
        "account": who.telegram_id,
        "purpose": purpose,
        "group": spot.title,
        "over": spot.message_id,
    }
    to = Recipient(who.community_id, spot.chat_id, LANGUAGE, topic=spot.topic or None)
    tell(uow, to, "group.place", **facts)


async def answered(uow: UnitOfWork, asked: Letter, places: Mapping[str, Any]) -> None:
    """Go on with Telegram's answer; say what is in the way, in private where we are not heard."""
    facts, community_id = asked.facts, asked.community_id
    who = (await people.find(uow, community_id, [facts["who"]])).get(facts["who"])
    if who is None or not who.holds(*_MAY_BIND):
        return  # no longer theirs to say
    here = Recipient(community_id, asked.chat_id, LANGUAGE, topic=asked.topic)
    why, purpose = hindrance(places), facts["purpose"]
    if why is not None:
        to = here if places.get("may_write") else who
        tell(uow, to, f"group.{why}", group=facts["group"], who=who.name)
    elif purpose is None:
        tell(uow, here, "group.bind", purposes=list(PURPOSES))
    else:
        await bind(uow, who, asked.chat_id, asked.topic or 0, purpose)
        tell(uow, here, "group.bound", message_id=facts["over"], purpose=purpose, who=who.name)


async def bind(uow: UnitOfWork, who: Person, chat_id: int, topic: int, purpose: str) -> None:
    """Let the chat, or the topic of it, serve a purpose; what is open is shown there at once."""
    for other in await groups.bound(uow, who.community_id):
        if other.purpose == purpose:
            groups.end(uow, other)
    await _show_in(uow, Group(who.community_id, chat_id, topic, purpose, who.id, uow.now))


async def _show_in(uow: UnitOfWork, one: Group) -> None:
    """Let the group serve from now on, with the cards of what is open."""
    await groups.bind(uow, one)
    community = await community_of(uow, one.community_id)
    if one.purpose == DISPATCH:
        for case in await _waiting(uow, one.community_id):
            await tell_case.show_in_group(uow, community, case, one.purpose)


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


async def moved(uow: UnitOfWork, old: int, new: int) -> None:
    """A group became another chat (a supergroup): what it serves goes with it."""
    letter.move_chat(uow, old, new)
    for one in await groups.in_chat(uow, old):
        groups.end(uow, one)
        await _show_in(uow, replace(one, chat_id=new))


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
