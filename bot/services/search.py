"""Finding a case again by its words or its number, among those that the person may see."""

from typing import Any

from bot.domain.case_record import Case
from bot.domain.page import Page
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import STAFF
from bot.domain.search import tidy, wanted
from bot.services import desk, search_index
from bot.services.community import Community
from bot.services.todo import item
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import search as pieces
from storage.search import Eyes, Sought

BROAD = 30  # more than so many are too many to look through


async def find(
    uow: UnitOfWork,
    community: Community,
    who: Person,
    words: str,
    *,
    page: int,
    per_page: int,
    below: int = 0,
) -> dict[str, Any]:
    """Return one page of the cases that have all of `words`, newest first.

    Staff finds those of the parts in which they serve, everybody else what they reported or have
    in hand. One look goes so far back that nobody waits; `older` says from which number another
    one goes on, given as `below`.
    """
    while await search_index.catch_up(uow):
        pass
    eyes, turned = Eyes(who.id, who.scopes_of(*STAFF)), Page(page, per_page, ahead=BROAD + 1)
    query = tidy(community.without_door(words))
    below = min(below or pieces.NEWEST, pieces.NEWEST)
    looked = pieces.Found([], None)
    if looked_for := wanted(query):
        looked = await pieces.look(
            uow, who.community_id, looked_for, eyes=eyes, most=turned.most, below=below
        )
    shown, facts = turned.cut(looked.numbers)
    await cases.load(uow, who.community_id, shown)
    found = [await cases.find(uow, who.community_id, number) for number in shown]
    items = [item(uow, community, case, who) for case in found if case is not None]
    return {
        **facts,
        "items": [{**one, "place": community.without_door(one["place"])} for one in items],
        "zone": community.zone,
        "query": query,
        "broad": facts["total"] > BROAD,
        "below": 0 if below == pieces.NEWEST else below,
        "older": looked.older,
        "own": eyes.sought is Sought.OWN,
    }


async def by_number(uow: UnitOfWork, who: Person, number: int) -> Case | None:
    """Return the case with this number, None when there is none that the person may see."""
    case = await cases.find(uow, who.community_id, number)
    if case is None:
        return None
    try:
        await desk.check_may_see(uow, who, case)
    except Refusal:
        return None
    return case
