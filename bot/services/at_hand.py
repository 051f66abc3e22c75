"""A picture from whoever has cases in hand may show that one is done: which, is asked first."""

from typing import Any

from bot.domain.case import IN_HAND
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.role import STAFF, Role
from bot.services.chase import may_mean
from bot.services.community import Community
from bot.services.finding import PATROL
from bot.services.sent import SHOWS
from bot.services.unit_of_work import UnitOfWork
from storage import case as cases
from storage import task as tasks
from storage.task import Taker

NEW = "new_thing"  # the fact of a draft: it is none of them
MOST = 6
_LOOKED_AT = 20


async def candidates(
    uow: UnitOfWork, community: Community, who: Person, draft: Draft
) -> list[Case]:
    """Return the person's cases in hand of which the draft may be the proof, due first."""
    held = draft.facts
    shows = any(one["kind"] in SHOWS for one in held["photos"])
    at_work = who.holds_somewhere(Role.VOLUNTEER, *STAFF)
    if not shows or not at_work or any(held.get(one) for one in (NEW, PATROL, "behalf")):
        return []
    numbers = await tasks.numbers(
        uow, Taker(who.community_id, who.id, {}, (), (), (), ()), _LOOKED_AT
    )
    await cases.load(uow, who.community_id, numbers)
    found = [await cases.find(uow, who.community_id, number) for number in numbers]
    mine = [one for one in found if one and one.handler_id == who.id and one.status in IN_HAND]
    return [one for one in mine if may_mean(community, held["words"], one)][:MOST]


def shown(community: Community, found: list[Case]) -> list[dict[str, Any]]:
    """Return what the buttons say of them."""
    names = [community.category_or_other(one.category).name for one in found]
    return [
        {"number": one.number, "name": name.model_dump()}
        for one, name in zip(found, names, strict=True)
    ]
