"""Who writes: people are recognised by their account; whoever is new becomes a resident."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.duplicate import AGE, place_key
from bot.domain.flood import DAY
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import callback_due
from bot.services.unit_of_work import UnitOfWork
from storage import card, community, draft, duplicate, flood, person
from storage.counter import next_number

NAME_LIMIT = 64


@dataclass(frozen=True, slots=True)
class Account:
    """An account at the messenger, as it shows itself in an update."""

    telegram_id: int
    name: str
    language: str  # a code of ours: "zh_CN" or "en"


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
    uow: UnitOfWork, account: Account, *, in_private: bool = True
) -> tuple[Person, bool]:
    """Return who it is and whether they are new; somebody new becomes a resident.

    Whoever writes `in_private` can be reached again, whatever was noted before; somebody new who
    is only seen in a group cannot be written to, because they have not pressed START.
    """
    known = await person.find_by_telegram(uow, account.telegram_id)
    if known is None:
        joined = await join(uow, account, blocked_at=None if in_private else uow.now)
        return joined, True
    if known.blocked_at is not None and in_private:
        known = replace(known, blocked_at=None)
        person.change(uow, known)
    return known, False


async def join(
    uow: UnitOfWork,
    account: Account,
    home: str | None = None,
    blocked_at: datetime | None = None,
) -> Person:
    """Add a new resident to the (first) community."""
    community_id = await community.first_id(uow)
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


async def grant(uow: UnitOfWork, account: Account, wanted: frozenset[Role]) -> Person:
    """Give the person the roles in the whole community, on top of those held."""
    known, _ = await recognise(uow, account)
    for role in wanted - known.roles:
        person.grant(uow, known, role, uow.now)
    held = replace(known, roles=known.roles | wanted)
    person.change(uow, held)
    return held


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
