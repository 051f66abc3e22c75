"""What the supervisor looks at before a decision about a case that was not done well."""

from typing import Any

from bot.domain import permission
from bot.domain.person import Person
from bot.services import case as cases
from bot.services import desk
from bot.services.case import Stale
from bot.services.case_facts import actor_of, handler_name
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork

PAGE = 3  # the pool, both arrows, the same person and the way back need room too


async def choices(
    uow: UnitOfWork, who: Person, number: int, seen: int, page: int
) -> dict[str, Any]:
    """Return who could do the case again; whoever did it is only named, not among them.

    Raises Stale when the case has moved on since version `seen`, Refusal for anybody who may
    not decide.
    """
    case = await cases.find(uow, who, number)
    if seen != case.version:
        raise Stale(case)
    terms = (await community_of(uow, who.community_id)).terms
    permission.check_allowed(case, "reopen", actor_of(case, who), uow.now, terms)
    found = await desk.candidates(uow, who, case, page, but=case.handler_id, size=PAGE)
    name = await handler_name(uow, case)
    return {**found, "same": {"id": case.handler_id, "name": name} if name else None}
