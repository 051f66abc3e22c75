"""The parts of the community that a notice can mean: estates and grids, buildings to be ticked."""

from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.area import BUILDING, EVERYWHERE, scope
from bot.domain.draft import Draft
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services.broadcast_draft import may_reach, note
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork

MOST_AREAS = 7  # estates and grids that are offered; whoever has more ticks buildings
PAGE = 4  # buildings on one page of tiles


def areas(community: Community, who: Person) -> list[dict[str, str]]:
    """Return the estates and grids to which the person may say something."""
    parts = [one for one in community.scopes if one != EVERYWHERE]
    return [
        {"scope": one, "name": community.scope_name(one) or one}
        for one in parts
        if may_reach(community, who, Addressees(scopes=(one,)))
    ][:MOST_AREAS]


async def tiles(uow: UnitOfWork, who: Person, draft: Draft) -> dict[str, Any]:
    """Return a page of the buildings that can be ticked."""
    community = await community_of(uow, who.community_id)
    ticked = draft.facts["ticked"]
    offered = [
        {**one, "ticked": one["code"] in ticked}
        for one in community.building_tiles()
        if may_reach(community, who, Addressees(scopes=(scope(BUILDING, one["code"]),)))
    ]
    pages = max(1, -(-len(offered) // PAGE))
    page = min(int(draft.facts["page"]), pages - 1)
    shown = offered[page * PAGE : (page + 1) * PAGE]
    return {"tiles": shown, "page": page, "pages": pages, "n": len(ticked)}


async def tick(uow: UnitOfWork, who: Person, draft: Draft, code: str) -> Draft:
    """Tick a building, or take the tick away; raises Refusal for one that is not offered."""
    community = await community_of(uow, who.community_id)
    known = {one["code"] for one in community.building_tiles()}
    whom = Addressees(scopes=(scope(BUILDING, code),))
    if code not in known or not may_reach(community, who, whom):
        raise Refusal("toast.stale")
    held = draft.facts["ticked"]
    now = [one for one in held if one != code] if code in held else [*held, code]
    return note(uow, draft, ticked=now)


def ticked(draft: Draft) -> Addressees:
    """Return who lives in the buildings that are ticked; raises Refusal for none."""
    if not draft.facts["ticked"]:
        raise Refusal("refusal.no_building")
    return Addressees(scopes=tuple(scope(BUILDING, one) for one in draft.facts["ticked"]))
