"""Who is meant by a description of addressees, now: counted, read in pages, found again.

Broadcasts and surveys ask here.
"""

from collections.abc import AsyncIterator
from typing import Any

from bot.domain.addressees import WHOLE, Addressees, Count
from bot.domain.area import BUILDING, EVERYWHERE, Area, codes_in
from bot.domain.audience import Serving
from bot.domain.meeting import INVITED, PUBLIC, RUNNING, TO_REVIEW
from bot.domain.person import Person
from bot.domain.role import WORKERS
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import addressees, residence
from storage import case as cases
from storage import co_signer as co_signers
from storage import meeting as meetings_
from storage import person as people
from storage.addressees import EVERYBODY, HOLDING, HOLDING_IN, LIVING, NAMED, Pick

PAGE = 100  # people read at once
MOST_OFFERED = 6  # teams, or meetings
MEANT_AHEAD, MEANT_PAST = INVITED, RUNNING | TO_REVIEW | PUBLIC
MOST_MISSED = 500  # people on a list of those whom no message reaches


async def count(uow: UnitOfWork, community_id: int, whom: Addressees) -> Count:
    """Return how many are meant now, how many of them are reached, and how many homes are not."""
    found = await addressees.count(uow, community_id, await _pick(uow, community_id, whom))
    homes = None
    if whom.is_of_places:
        community = await community_of(uow, community_id)
        buildings = buildings_in(community, whom.scopes)
        units = _units_in(community, whom.scopes)
        homes = await addressees.homes_without(uow, community_id, buildings, units)
    return Count(found.reached, found.blocked, found.without_chat, homes)


async def page(
    uow: UnitOfWork, community_id: int, whom: Addressees, *, after: int = 0, most: int = PAGE
) -> list[Person]:
    """Return up to `most` people whom a message reaches, in the order of their ids.

    `after` is the last id of the page before; an empty page is the end.
    """
    pick = await _pick(uow, community_id, whom)
    ids = await addressees.page(uow, community_id, pick, after, most)
    found = await people.find(uow, community_id, ids)
    return [found[one] for one in ids if one in found]


async def everyone(uow: UnitOfWork, community_id: int, whom: Addressees) -> AsyncIterator[Person]:
    """Yield everybody whom a message reaches, page by page."""
    after = 0
    while found := await page(uow, community_id, whom, after=after):
        for one in found:
            yield one
        after = found[-1].id


async def missed(uow: UnitOfWork, community_id: int, whom: Addressees) -> list[Person]:
    """Return who is meant and reached by no message: they stopped Linli, or have no Telegram."""
    pick = await _pick(uow, community_id, whom)
    ids = await addressees.missed(uow, community_id, pick, MOST_MISSED)
    found = await people.find(uow, community_id, ids)
    return [found[one] for one in ids if one in found]


async def means(uow: UnitOfWork, whom: Addressees, who: Person) -> bool:
    """Say whether the person is meant: who joins later sees what is said to their building."""
    if whom.case is not None:
        return who.id in await _of_case(uow, who.community_id, whom.case)
    if whom.meeting is not None:
        return who.id in await _of_meeting(uow, who.community_id, whom.meeting)
    return whom.mean(who, await areas_of(uow, who))


async def areas_of(uow: UnitOfWork, who: Person) -> list[Area]:
    """Return in which parts the person lives, as they have said and as they have shown."""
    community = await community_of(uow, who.community_id)
    shown = await residence.of(uow, who.community_id, who.id)
    homes = [who.home, *(f"{one.building}-{one.unit}" for one in shown)]
    return [community.area_of_home(one) for one in homes if one]


def buildings_in(community: Community, scopes: tuple[str, ...]) -> list[str]:
    """Return the codes of the buildings that lie in one of `scopes`."""
    return [
        one["code"]
        for one in community.building_tiles()
        if not community.area(one["code"], "", None).scopes.isdisjoint(scopes)
    ]


def _units_in(community: Community, scopes: tuple[str, ...]) -> list[str]:
    """Return the units of those buildings, as they stand in the homes of people."""
    return [
        one.code
        for one in community.standing_places()
        if "-" in one.code and not community.area_of_home(one.code).scopes.isdisjoint(scopes)
    ]


async def _pick(uow: UnitOfWork, community_id: int, whom: Addressees) -> Pick:
    if whom.people:
        return Pick(NAMED, {"ids": whom.people})
    if whom.case is not None:
        return Pick(NAMED, {"ids": await _of_case(uow, community_id, whom.case)})
    if whom.meeting is not None:
        return Pick(NAMED, {"ids": await _of_meeting(uow, community_id, whom.meeting)})
    if whom.team is not None:
        return Pick(NAMED, {"ids": await _of_team(uow, community_id, whom.team)})
    return _pick_places(await community_of(uow, community_id), whom)


def _pick_places(community: Community, whom: Addressees) -> Pick:
    everywhere = EVERYWHERE in whom.scopes
    if whom.roles:
        wanted = {"wanted": [one.value for one in whom.roles]}
        serving = {**wanted, "scopes": [EVERYWHERE, *whom.scopes]}
        return Pick(HOLDING, wanted) if everywhere else Pick(HOLDING_IN, serving)
    if everywhere:
        return Pick(EVERYBODY)
    buildings = buildings_in(community, whom.scopes)
    return Pick(LIVING, {"buildings": buildings, "units": _units_in(community, whom.scopes)})


async def _of_case(uow: UnitOfWork, community_id: int, number: int) -> list[int]:
    case = await cases.find(uow, community_id, number)
    if case is None:
        return []
    joined = await co_signers.of_case(uow, community_id, number)
    return sorted({case.reporter_id, *(one.person_id for one in joined)})


async def _of_team(uow: UnitOfWork, community_id: int, team: str) -> list[int]:
    """Return who serves in the team; only those who serve have one."""
    held = await people.holders(uow, community_id, WORKERS)
    return [one.id for one in held if team in Serving.of(one).teams]


async def _of_meeting(uow: UnitOfWork, community_id: int, id_: int) -> list[int]:
    """Return who was invited to the meeting, and who came without."""
    held = await meetings_.invited(uow, community_id, id_)
    return [one.person_id for one in held]


async def teams(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return the teams that can be meant."""
    community = await community_of(uow, who.community_id)
    return [{"code": one["code"], "name": one["name"]} for one in community.teams][:MOST_OFFERED]


async def meetings(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return the meetings whose people can be meant: the next ones, and those that were."""
    ahead = await meetings_.in_status(uow, who.community_id, MEANT_AHEAD)
    past = await meetings_.latest(uow, who.community_id, MEANT_PAST, MOST_OFFERED // 2)
    zone = (await community_of(uow, who.community_id)).zone
    return [
        {"id": one.id, "name": one.name, "starts": one.starts_at.isoformat(), "zone": zone}
        for one in (*ahead[: MOST_OFFERED // 2], *past)
    ]


async def is_case(uow: UnitOfWork, who: Person, number: int) -> bool:
    """Say whether there is a case with this number."""
    return await cases.find(uow, who.community_id, number) is not None


def name_of(community: Community, whom: Addressees) -> dict[str, Any]:
    """Return what the addressees are called, for a card: a word, and the parts by name."""
    parts = [community.scope_name(one) for one in whom.scopes if one != EVERYWHERE]
    teams = {one["code"]: one["name"] for one in community.teams}
    return {
        "parts": parts,
        "roles": [one.value for one in whom.roles],
        "team": teams.get(whom.team or "", whom.team),
        "case": whom.case,
        "n": len(whom.people),
        "meeting": whom.meeting,
        "everybody": whom.scopes == WHOLE and whom.is_of_places,
        "buildings": len(codes_in(whom.scopes, BUILDING)),
    }
