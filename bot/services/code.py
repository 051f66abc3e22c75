"""Codes of places: made for every stairwell and shared spot, scanned, renewed."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.clock import short_code
from bot.domain.code import LENGTH, PREFIX, PlaceCode, code_in
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import code


@dataclass(frozen=True, slots=True)
class Poster:
    """What is printed for one place."""

    place: str  # as people say it
    code: str
    payload: str  # behind t.me/<bot>?start=
    phone: str
    hours: str
    community: str


async def posters(uow: UnitOfWork, community_id: int, renew: Sequence[str] = ()) -> list[Poster]:
    """Return what is printed for every unit and spot; makes the codes that are not there yet.

    Places in `renew`, such as "3-2", get a new code; what hangs there is out of date from now on.
    """
    community = await community_of(uow, community_id)
    held = {one.place: one for one in await code.live(uow, community_id)}
    found: list[Poster] = []
    for place, text in community.standing_places():
        if place in renew and place in held:
            code.end(uow, community_id, place)
            del held[place]
        one = held.get(place) or _make(uow, community_id, place)
        found.append(
            Poster(
                text, one.code, PREFIX + one.code, community.phone, community.hours, community.name
            )
        )
    return found


def _make(uow: UnitOfWork, community_id: int, place: str) -> PlaceCode:
    made = PlaceCode(community_id, short_code(LENGTH), place, uow.now)
    code.add(uow, made)
    return made


async def scan(uow: UnitOfWork, payload: str) -> PlaceCode | None:
    """Return the code that stands behind /start, counted; None when it is unknown or ended."""
    wanted = code_in(payload)
    found = None if wanted is None else await code.find(uow, wanted)
    if found is None or found.ended_at is not None:
        return None
    code.count_scan(uow, found)
    return found
