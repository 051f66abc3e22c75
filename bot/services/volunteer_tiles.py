"""The tiles from which is chosen what a volunteer can do, and where they go.

Each press is kept with the wish at once, so that it can be gone on with after any pause.
"""

from dataclasses import replace
from typing import Any

from bot.domain.area import EVERYWHERE
from bot.domain.audience import Serving
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.role import Role
from bot.domain.volunteer import (
    ANYWHERE,
    Wish,
    WishStatus,
    area_of,
    buildings_area,
    buildings_in,
    estate_area,
    estate_in,
)
from bot.services import grant
from bot.services.community import Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import volunteer as wishes
from storage.counter import next_number

PAGE = 4  # tiles; below them stand the other buttons
MOST_ESTATES = 5
DRAFT, WAITING = WishStatus.DRAFT, WishStatus.WAITING


def nearest(community: Community, who: Person) -> str:
    """Return the estate in which the person lives; anywhere, where that is not known."""
    building = (who.home or "").partition("-")[0]
    found = (code for code, held in community.buildings_by_estate.items() if building in held)
    code = next(found, None)
    return estate_area(code) if code else ANYWHERE


def names(community: Community, area: str) -> list[str]:
    """Return what people call an area; nothing: anywhere."""
    estate = estate_in(area)
    if estate is not None:
        return [community.part_name("estate", estate)]
    return [
        community.part_name("building", one)
        for one in buildings_in(area, community.buildings_by_estate)
    ]


async def described(uow: UnitOfWork, one: Wish) -> dict[str, Any]:
    """Return a wish as facts."""
    community = await community_of(uow, one.community_id)
    where = names(community, one.area)
    return {"id": one.id, "version": one.version, "skills": list(one.skills), "where": where}


async def person_of(uow: UnitOfWork, one: Wish) -> Person:
    """Return whom a wish is about."""
    return (await people.find(uow, one.community_id, [one.person_id]))[one.person_id]


async def begin(
    uow: UnitOfWork, who: Person, of: Person, skills: tuple[str, ...], area: str
) -> Wish:
    """Begin a wish about `of`, or begin the one anew that `who` has not sent or taken back."""
    known = await wishes.of(uow, of.community_id, of.id)
    rests = {DRAFT, WishStatus.TAKEN_BACK}
    old = next((w for w in known if w.written_by == who.id and w.status in rests), None)
    if old is not None:
        again = replace(old, skills=skills, area=area, status=DRAFT, begun_at=uow.now)
        return wishes.change(uow, replace(again, version=old.version + 1))
    id_ = await next_number(uow, of.community_id, "wish")
    one = Wish(of.community_id, id_, of.id, who.id, skills, area, DRAFT, uow.now)
    return wishes.add(uow, one)


async def begin_with_now(uow: UnitOfWork, who: Person, of: Person) -> Wish:
    """Begin a change of a volunteer with how they serve now."""
    community = await community_of(uow, of.community_id)
    now = Serving.of(of)
    return await begin(
        uow, who, of, now.skills, area_of(now.buildings, community.buildings_by_estate)
    )


async def editable(uow: UnitOfWork, who: Person, id_: int) -> Wish:
    """Return the wish that the person may change: their own draft, or one that waits for them.

    Raises Refusal.
    """
    found = await wishes.find(uow, who.community_id, id_)
    if found is None:
        raise Refusal("toast.stale")
    if found.status is DRAFT and found.written_by == who.id:
        return found
    if who.id in {found.person_id, found.written_by}:
        raise Refusal("toast.stale")
    await grant.check_may_give(uow, who, Role.VOLUNTEER, EVERYWHERE)
    if found.status is not WAITING:
        raise Refusal("toast.stale")
    return found


async def to_choose(uow: UnitOfWork, who: Person, one: Wish, page: int = 0) -> dict[str, Any]:
    """Return the facts of the tiles; behind the last page comes the first again."""
    community = await community_of(uow, one.community_id)
    codes = _codes(community, one)
    pages = max(1, -(-len(codes) // PAGE))
    at = page % pages
    of = await person_of(uow, one)
    return {
        **await described(uow, one),
        "name": None if of.id == who.id else of.name,
        "sends": one.status is DRAFT,
        "anew": not of.holds_somewhere(Role.VOLUNTEER),
        "tiles": [
            {"code": code, "on": code in one.skills} for code in codes[at * PAGE : (at + 1) * PAGE]
        ],
        "page": at,
        "pages": pages,
    }


def _codes(community: Community, one: Wish) -> list[str]:
    return [*community.skills, *(code for code in one.skills if code not in community.skills)]


async def tick(uow: UnitOfWork, who: Person, id_: int, code: str, *, on: bool) -> dict[str, Any]:
    """Choose a skill, or leave it out; raises Refusal. Twice is once."""
    one = await editable(uow, who, id_)
    community = await community_of(uow, one.community_id)
    codes = _codes(community, one)
    if code not in codes:
        raise Refusal("toast.stale")
    chosen = {*one.skills, code} if on else {*one.skills} - {code}
    skills = tuple(each for each in codes if each in chosen)
    kept = one if skills == one.skills else changed(uow, replace(one, skills=skills))
    return await to_choose(uow, who, kept, codes.index(code) // PAGE)


async def areas(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return the areas from which is chosen; raises Refusal."""
    one = await editable(uow, who, id_)
    of = await person_of(uow, one)
    community = await community_of(uow, one.community_id)
    tiles = [{"area": area, "where": names(community, area)} for area in _areas(community, of, who)]
    name = None if of.id == who.id else of.name
    return {"id": one.id, "version": one.version, "name": name, "tiles": tiles}


def _areas(community: Community, of: Person, who: Person) -> list[str]:
    """Return the building and the estate of the home, and anywhere; else every estate."""
    home_ = community.place_of_home(of.home)
    near = [buildings_area([home_.building])] if home_ and home_.building else []
    home_estate = nearest(community, of)
    all_ = [estate_area(code) for code in community.buildings_by_estate][:MOST_ESTATES]
    own = of.id == who.id and home_estate != ANYWHERE
    return [*near, *([home_estate] if own else all_), ANYWHERE]


async def go(uow: UnitOfWork, who: Person, id_: int, area: str) -> dict[str, Any]:
    """Choose where; raises Refusal."""
    one = await editable(uow, who, id_)
    community = await community_of(uow, one.community_id)
    if area not in _areas(community, await person_of(uow, one), who):
        raise Refusal("toast.stale")
    kept = one if area == one.area else changed(uow, replace(one, area=area))
    return await to_choose(uow, who, kept)


def changed(uow: UnitOfWork, one: Wish) -> Wish:
    """Keep what has changed, as the next version."""
    return wishes.change(uow, replace(one, version=one.version + 1))
