"""Codes of places: made for every stairwell and shared spot, scanned, renewed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot.clock import short_code
from bot.domain.code import LENGTH, PREFIX, PlaceCode, Standing, code_in
from bot.domain.grant import PREFIX as INVITED
from bot.domain.grant import hashed
from bot.domain.person import Person
from bot.domain.settings import Settings
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import code
from storage import grant as grants
from storage import person as people


@dataclass(frozen=True, slots=True)
class Poster:
    """What is printed for one place."""

    place: str  # as people say it
    code: str
    payload: str  # behind t.me/<bot>?start=
    phone: str
    hours: str
    community: str
    kind: str  # what the place is for


async def posters(uow: UnitOfWork, community_id: int, renew: Sequence[str] = ()) -> list[Poster]:
    """Return what is printed for every unit and spot; makes the codes that are not there yet.

    Places in `renew`, such as "3-2", get a new code; what hangs there is out of date from now on.
    """
    community = await community_of(uow, community_id)
    held = {one.place: one for one in await code.live(uow, community_id)}
    found: list[Poster] = []
    for place in community.standing_places():
        if place.code in renew and place.code in held:
            code.end(uow, community_id, place.code)
            del held[place.code]
        one = held.get(place.code) or _make(uow, community_id, place.code)
        of = (community.phone, community.hours, community.name)
        found.append(Poster(place.name, one.code, PREFIX + one.code, *of, place.kind))
    return found


def _make(uow: UnitOfWork, community_id: int, place: str) -> PlaceCode:
    made = PlaceCode(community_id, short_code(LENGTH), place, uow.now)
    code.add(uow, made)
    return made


async def stand(uow: UnitOfWork, who: Person, payload: str) -> Standing | None:
    """Remember where the person stands until their next report; return the place.

    None when the code is unknown, out of date or of another community.
    """
    found = await scan(uow, payload)
    if found is None or found.community_id != who.community_id:
        return None
    community = await community_of(uow, who.community_id)
    place = community.place_of_code(found.place)
    if place is None or place.text is None:
        return None
    _remember(uow, who, found.place)
    return Standing(found.place, place.text, community.kind_of_spot(found.place))


def stand_elsewhere(uow: UnitOfWork, who: Person) -> None:
    """Forget where the code was scanned."""
    _remember(uow, who, "")


def _remember(uow: UnitOfWork, who: Person, standing: str) -> None:
    chosen = replace(Settings.of(who), standing=standing)
    people.change(uow, replace(who, settings=chosen.stored(who.settings)))


async def community_named(uow: UnitOfWork, payload: str) -> int | None:
    """Return the community whose code of a place or whose invitation stands behind /start."""
    if (wanted := code_in(payload)) is not None:
        of_place = await code.find(uow, wanted)
        return None if of_place is None else of_place.community_id
    invited = await grants.by_code(uow, hashed(payload)) if payload.startswith(INVITED) else None
    return None if invited is None else invited.community_id


async def scan(uow: UnitOfWork, payload: str) -> PlaceCode | None:
    """Return the code that stands behind /start, counted; None when it is unknown or ended."""
    wanted = code_in(payload)
    found = None if wanted is None else await code.find(uow, wanted)
    if found is None or found.ended_at is not None:
        return None
    code.count_scan(uow, found)
    return found
