"""What is going on in a community: notices that count now, and the week in figures.

Meetings, surveys and results join `current` as further facts, each from its own noun.
"""

from datetime import timedelta
from typing import Any

from bot.domain.case import SOLVED, UNFINISHED
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services import broadcast_reader, outage_shown
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases

WEEK = timedelta(days=7)


async def current(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the card of news shows this person, whoever joined only now too."""
    return {
        **await week(uow, who.community_id),
        "notices": await broadcast_reader.current(uow, who),
        "often": Settings.of(who).notices,
    }


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
