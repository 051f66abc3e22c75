"""Who is really asked to take a case: it is offered to them, fits, and they will be asked."""

from bot.domain import audience as rules
from bot.domain.case import TO_TAKE
from bot.domain.case_record import Case
from bot.domain.limits import EMERGENCY
from bot.domain.person import Person
from bot.domain.role import WORKERS
from bot.services.community import Community
from bot.services.unit_of_work import UnitOfWork
from storage import person as people

following = rules.following


async def asked(uow: UnitOfWork, community: Community, case: Case) -> list[Person]:
    """Return who is asked now: never who cannot be reached or said "not today"."""
    if case.status not in TO_TAKE or not _on_duty(uow, community, case):
        return []
    today = community.calendar.local(uow.now).date().isoformat()
    held = await people.holders(uow, case.community_id, WORKERS, case.area)
    named = await people.find(uow, case.community_id, rules.ids_of(case.audience))
    once = {one.id: one for one in (*held, *named.values())}
    return [
        one
        for one in once.values()
        if one.blocked_at is None
        and (case.urgent or one.away_on != today)
        and suits(community, case, one)
    ]


def suits(community: Community, case: Case, who: Person) -> bool:
    """Say whether the case is offered to the person and is one for them."""
    if not rules.is_asked(case, who):
        return False
    if rules.is_chosen(case):
        return True
    skills = community.category_or_other(case.category).skills
    return rules.fits(who, skills, case.building)


def _on_duty(uow: UnitOfWork, community: Community, case: Case) -> bool:
    """Say whether staff is there; an emergency finds them at any hour."""
    emergency = case.urgent or community.category_or_other(case.category).kind == EMERGENCY
    in_service = community.calendar.is_service_time(uow.now)
    return case.audience != rules.STAFF or emergency or in_service
