"""Who is on duty: whom an emergency calls, one after another."""

from bot.domain.area import Area
from bot.domain.audience import may_be_called
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people

_OTHERWISE = (Role.PROPERTY_STAFF, Role.GRID_WORKER, Role.DISPATCHER)  # when nobody is named


async def on_duty(uow: UnitOfWork, case: Case) -> list[Person]:
    """Return who is called for the case: those on duty at the place, then the others.

    Among both come first those whom the organisation file names. Left out is whoever would not be
    asked then: who cannot be reached, who reported it, after whom somebody else is to do it.
    """
    community = await community_of(uow, case.community_id)
    await people.load_by_telegram(uow, community.on_duty)
    named = [await people.find_by_telegram(uow, one) for one in community.on_duty]
    found = [one for one in named if one is not None and one.community_id == case.community_id]
    for role in _OTHERWISE:
        found += await people.holders(uow, case.community_id, [role])
    once = {one.id: one for one in found if may_be_called(case, one)}
    return sorted(once.values(), key=lambda one: not _serves_at(one, case.area))


def _serves_at(who: Person, area: Area) -> bool:
    """Say whether the place is theirs; who serves in no part at all serves everywhere."""
    return not who.parts or who.holds_in(area, *_OTHERWISE)
