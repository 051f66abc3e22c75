"""Who writes: people are recognised by their account; whoever is new becomes a resident."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.area import EVERYWHERE
from bot.domain.duplicate import AGE, place_key
from bot.domain.flood import DAY
from bot.domain.grant import Held
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import callback_due, code
from bot.services.unit_of_work import UnitOfWork
from storage import card, community, draft, duplicate, flood, person, role
from storage.counter import next_number

NAME_LIMIT = 64
FIRST_ADMINS = "first_admins"  # in what the house gives: Telegram ids of the settings


@dataclass(frozen=True, slots=True)
class Account:
    """An account at the messenger, as it shows itself in an update."""

    telegram_id: int
    name: str
    language: str  # a code of ours: "zh_CN" or "en"


class AlreadyElsewhereError(Exception):
    """An account that serves in one community belongs to another."""


async def prefetch(uow: UnitOfWork, telegram_ids: list[int]) -> None:
    """Read the people behind a batch of updates, and what they are writing, at once.

    Also what filing it will ask for, so that nothing has to be read once reports are written.
    """
    await person.load_by_telegram(uow, telegram_ids)
    by_community: dict[int, list[int]] = {}
    for telegram_id in telegram_ids:
        known = await person.find_by_telegram(uow, telegram_id)
        if known is not None:
            by_community.setdefault(known.community_id, []).append(known.id)
    for community_id, ids in by_community.items():
        open_drafts = await draft.load_open(uow, community_id, ids)
        near_filing = [one for one in open_drafts if one.facts.get("place")]
        places = {place_key(one.facts) for one in near_filing} - {None}
        await duplicate.load(uow, community_id, [one for one in places if one], uow.now - AGE)
        if near_filing:
            writers = {one.person_id for one in near_filing}
            await flood.load(uow, community_id, writers, uow.now - DAY)
        await card.load(uow, community_id, "draft", [one.id for one in open_drafts])


async def known(uow: UnitOfWork, telegram_id: int) -> Person | None:
    """Return who has that account; None for somebody who never wrote."""
    return await person.find_by_telegram(uow, telegram_id)


async def recognise(
    uow: UnitOfWork,
    account: Account,
    *,
    in_private: bool = True,
    payload: str = "",
    chosen: int | None = None,
) -> tuple[Person, bool]:
    """Return who it is and whether they are new; somebody new becomes a resident.

    `payload` stands behind /start: it may say of which community; `chosen` is the one that they
    pressed.

    Whoever writes `in_private` can be reached again, whatever was noted before; somebody new who
    is only seen in a group cannot be written to, because they have not pressed START.
    """
    known = await person.find_by_telegram(uow, account.telegram_id)
    if known is None:
        joined = await join(
            uow,
            account,
            blocked_at=None if in_private else uow.now,
            community_id=chosen or (await code.community_named(uow, payload) if payload else None),
        )
        return await _first_admin(uow, joined), True
    if known.blocked_at is not None and in_private:
        known = replace(known, blocked_at=None)
        person.change(uow, known)
    return await _first_admin(uow, known), False


async def _first_admin(uow: UnitOfWork, who: Person) -> Person:
    """Return the person; who is named in the settings is an admin while none can act."""
    if who.telegram_id not in uow.given.get(FIRST_ADMINS, ()) or Role.ADMIN in who.roles:
        return who
    if who.block_id is not None or await person.acting(uow, who.community_id, Role.ADMIN):
        return who
    await role.give(uow, who.community_id, who.id, Role.ADMIN, EVERYWHERE, None)
    return await person.find_by_telegram(uow, who.telegram_id) or who


async def join(
    uow: UnitOfWork,
    account: Account,
    home: str | None = None,
    blocked_at: datetime | None = None,
    community_id: int | None = None,
) -> Person:
    """Add a new resident to the community; to the first when none is named."""
    community_id = community_id or await community.first_id(uow)
    added = Person(
        id=await next_number(uow, community_id, "person"),
        community_id=community_id,
        telegram_id=account.telegram_id,
        name=account.name[:NAME_LIMIT],
        language=account.language,
        home=home,
        joined_at=uow.now,
        blocked_at=blocked_at,
        roles=frozenset(),
    )
    person.add(uow, added)
    draft.begin(uow, community_id, added.id)
    return added


async def grant(
    uow: UnitOfWork, account: Account, wanted: frozenset[Role], community_id: int | None = None
) -> Person:
    """Give the person the roles in the whole community, theirs or the named one.

    Raises AlreadyElsewhereError when the account belongs to another community.
    """
    known = await person.find_by_telegram(uow, account.telegram_id)
    known = known or await join(uow, account, community_id=community_id)
    if community_id not in {None, known.community_id}:
        raise AlreadyElsewhereError(account.telegram_id)
    for one in wanted - known.roles:
        await role.give(uow, known.community_id, known.id, one, EVERYWHERE, None)
    held = replace(known, roles=known.roles | wanted)
    person.change(uow, held)  # which also remembers them with these roles
    return held


async def serve(uow: UnitOfWork, who: Person, wanted: Held) -> None:
    """Let the person hold the role there from its start to its end; not one that is over."""
    held = await role.of(uow, who.community_id, who.id)
    same = {(one.role, one.scope, one.ends_at) for one in held}
    over = wanted.ends_at is not None and wanted.ends_at <= uow.now
    if not over and (wanted.role, wanted.scope, wanted.ends_at) not in same:
        given = (wanted.role, wanted.scope, wanted.ends_at, wanted.starts_at)
        await role.give(uow, who.community_id, who.id, *given)


async def settle(uow: UnitOfWork, who: Person, home: str) -> Person:
    """Remember where the person lives."""
    settled = replace(who, home=home)
    person.change(uow, settled)
    return settled


async def note_blocked(uow: UnitOfWork, telegram_id: int, at: datetime | None) -> None:
    """Note that the person has blocked the bot at `at` (UTC), or with None that it is over."""
    await person.mark_blocked(uow, telegram_id, at)
    known = await person.find_by_telegram(uow, telegram_id)
    if at is not None and known is not None:
        await callback_due.note_blocked(uow, known)
