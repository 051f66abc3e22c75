"""Words for homes: made by a grid worker or an organizer, said on a doorstep, typed once.

Only the hash of a word is kept with its home; a new one ends the one before.
"""

import re
from dataclasses import dataclass, replace

from bot.clock import figures
from bot.domain.audience import Serving
from bot.domain.person import Person
from bot.domain.place import Place
from bot.domain.refusal import Refusal
from bot.domain.residence import DIGITS, HomeWord, Key, hashed, home_code, home_of
from bot.domain.role import Role
from bot.services.community import WHOLE_BUILDING, Community, community_of
from bot.services.unit_of_work import UnitOfWork
from storage import audit, residence
from storage import home as homes
from storage import home_word as words
from storage.counter import next_number

MAKERS = (Role.GRID_WORKER, Role.ORGANIZER, Role.ADMIN)
ANYWHERE = (Role.ORGANIZER, Role.ADMIN)
MADE = "home_word"  # in the audit
_RUN = re.compile(r"[0-9A-Z][0-9A-Z-]*")


@dataclass(frozen=True, slots=True)
class Made:
    """A word that was just made, and what its maker may know of the home."""

    home: str  # as people say it
    word: str
    bound: int  # how many live there already


def check_may_make(who: Person) -> None:
    """Raise Refusal unless the person makes words at all."""
    if not who.holds_somewhere(*MAKERS):
        raise Refusal("refusal.not_yours", who=[role.value for role in MAKERS])


async def check_serves(uow: UnitOfWork, who: Person, building: str) -> None:
    """Raise Refusal unless the person may make words there: in their part, and their buildings."""
    check_may_make(who)
    area = (await community_of(uow, who.community_id)).area(building, "", None)
    own = Serving.of(who).buildings
    walks_there = who.holds_in(area, Role.GRID_WORKER) and (not own or building in own)
    if not walks_there and not who.holds_in(area, *ANYWHERE):
        raise Refusal("refusal.home_elsewhere")


async def make(uow: UnitOfWork, who: Person, key: Key) -> Made:
    """Make the word for a home and end the one before; raises Refusal."""
    await check_serves(uow, who, key[0])
    community = await community_of(uow, who.community_id)
    await check_home(uow, who.community_id, key)
    before = await words.latest(uow, who.community_id, key)
    if before is not None:
        words.change(uow, replace(before, ended_at=uow.now))
    word = figures(DIGITS)
    number = await next_number(uow, who.community_id, "home_word")
    kept = hashed(who.community_id, key, word)
    words.add(uow, HomeWord(who.community_id, number, *key, kept, who.id, uow.now))
    await audit.add(uow, who.community_id, who.id, MADE, f"home:{home_code(key)}")
    bound = await residence.count_in(uow, who.community_id, key)
    return Made(home_text(community, key), f"{word[:3]} {word[3:]}", bound)


async def check_home(uow: UnitOfWork, community_id: int, key: Key) -> None:
    """Raise Refusal unless there is such a home."""
    found = await homes.find(uow, community_id, key)
    if found is None or found.closed_at is not None:
        raise Refusal("refusal.no_home", door=key[2])


def home_text(community: Community, key: Key) -> str:
    """Return the home as people say it."""
    building, unit, number = key
    place = community.place_of_unit(building, str(unit))
    return f"{place.text if place else building} {number}"


async def named_in(uow: UnitOfWork, who: Person, said: str) -> Key:
    """Return the home that was typed, by its code or in words; raises Refusal for none."""
    community = await community_of(uow, who.community_id)
    key = home_of(community.figures(said.strip()).upper())
    if key is not None and community.place_of_unit(key[0], str(key[1])):
        return key
    place = community.find_place(said)
    if place is None or place.building is None or place.door is None:
        raise Refusal("refusal.which_home")
    return place.building, _unit(place), place.door


async def in_unit(uow: UnitOfWork, who: Person, unit: str, said: str) -> Key:
    """Return the home of a unit such as "3-2" whose door was typed."""
    community = await community_of(uow, who.community_id)
    building, _, number = unit.partition("-")
    return building, int(number), door_in(community, unit, said)


def door_in(community: Community, unit: str, said: str) -> str:
    """Return the door that was typed: the last number in it; "" for none."""
    runs = _RUN.findall(community.figures(said).upper())
    return runs[-1].removeprefix(f"{unit}-") if runs else ""


def _unit(place: Place) -> int:
    unit = place.unit or WHOLE_BUILDING
    return int(unit)
