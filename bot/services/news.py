"""What is going on in a community, as one card.

The week in figures, what is off now, and the notices, surveys, results and meetings that count
for this person, each from its own noun.
"""

from datetime import timedelta
from typing import Any

from bot.domain.case import SOLVED, UNFINISHED
from bot.domain.person import Person
from bot.services import broadcast_reader, meeting_list, outage_shown, survey_reader
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases

WEEK = timedelta(days=7)


async def current(uow: UnitOfWork, who: Person) -> dict[str, Any]:
    """Return what the card of news shows this person, whoever joined only now too."""
    return {
        **await week(uow, who.community_id),
        "notices": await broadcast_reader.current(uow, who),
        "surveys": await survey_reader.current(uow, who),
        "meetings": await meeting_list.current(uow, who),
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
