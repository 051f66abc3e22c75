"""A report passed on to neighbours: what they need to join in, and nobody's door, name or words."""

from typing import Any

from bot.domain.person import Person
from bot.services import case as cases
from bot.services import desk
from bot.services.community import community_of
from bot.services.link import home_link
from bot.services.unit_of_work import UnitOfWork


async def facts(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    """Return number, kind, place without door, status and the bot's address.

    Raises Refusal when it is not the person's own report.
    """
    case = await cases.find(uow, who, number)
    desk.check_is_reporter(who, case)
    community = await community_of(uow, case.community_id)
    category = community.category_or_other(case.category)
    return {
        "number": case.number,
        "icon": category.icon,
        "name": category.name.model_dump(),
        "place": community.without_door(case.place),
        "status": case.status.value,
        "link": home_link(uow),
    }
