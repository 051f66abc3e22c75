"""The week of a community in figures, without any names."""

from datetime import timedelta
from typing import Any

from bot.domain.case import SOLVED, UNFINISHED
from bot.services import outage_shown
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases

WEEK = timedelta(days=7)


async def week(uow: UnitOfWork, community_id: int) -> dict[str, Any]:
    """Return how many cases were reported and solved in the last seven days, and are open."""
    community = await community_of(uow, community_id)
    since = uow.now - WEEK
    return {
        "community": community.name,
        "zone": community.zone,
        "reported": await cases.count_reported(uow, community_id, since),
        "solved": await cases.count_closed(uow, community_id, SOLVED.value, since),
        "outages": await outage_shown.of_community(uow, community, community_id),
        "open": await cases.count_in(uow, community_id, UNFINISHED),
    }
