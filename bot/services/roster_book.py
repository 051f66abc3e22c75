"""What the fair rule looks at, gathered: members and skills, absences, duties of half a year."""

from collections.abc import Collection

from bot.domain.audience import Serving
from bot.domain.person import Person
from bot.domain.roster import HALF_A_YEAR, Absence, Book, Member, Roster, Served
from bot.domain.shift import ON
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import roster as rosters
from storage import shift as shifts


async def book_of(uow: UnitOfWork, community: Community, roster: Roster) -> Book:
    """Return the book of a roster as it stands; who cannot be reached is left out."""
    found = await rosters.members(uow, roster.community_id, roster.id)
    ids = [one.person_id for one in found]
    known = await people.find(uow, roster.community_id, ids)
    members = [
        Member(
            one.person_id,
            one.most,
            one.not_on,
            one.partner_id,
            frozenset(Serving.of(known[one.person_id]).skills),
        )
        for one in found
        if _is_there(known[one.person_id])
    ]
    served = [one for one, _ in await _served(uow, roster.community_id, ids)]
    away = await _away(uow, community, roster.community_id, ids)
    return Book(community.calendar, members, away, served)


def _is_there(who: Person) -> bool:
    return who.blocked_at is None and who.block_id is None and who.left_at is None


async def others_of(
    uow: UnitOfWork, community_id: int, person_id: int, but: int = 0
) -> list[Served]:
    """Return the duties of a person, without those of the shift `but`."""
    found = await _served(uow, community_id, [person_id])
    return [one for one, shift_id in found if shift_id != but]


async def _served(
    uow: UnitOfWork, community_id: int, ids: Collection[int]
) -> list[tuple[Served, int]]:
    since = uow.now - HALF_A_YEAR
    return [
        (Served(duty.person_id, starts, ends), duty.shift_id)
        for duty, starts, ends in await shifts.of_people(uow, community_id, ids, since)
        if duty.status in ON
    ]


async def _away(
    uow: UnitOfWork, community: Community, community_id: int, ids: Collection[int]
) -> list[Absence]:
    return await rosters.away(uow, community_id, ids, community.calendar.local(uow.now).date())
