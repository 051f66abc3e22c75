"""The wish to be a volunteer: what somebody can do and where they would go. Pure rules.

An area is one short text: "" (anywhere), "estate:<code>" or "buildings:<code>,<code>".
Source: "Roles" of the promises: a role is given by people, who look at skills and area first.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

ANYWHERE = ""
OTHER = "other"  # the reason that is typed
REASONS = ("enough", "meet", "elsewhere", OTHER)
WORDS = 200  # characters of a typed reason
_ESTATE, _BUILDINGS = "estate:", "buildings:"


class WishStatus(StrEnum):
    """How it stands."""

    DRAFT = "draft"  # whoever writes it is still choosing
    WAITING = "waiting"  # for an organizer
    AGREED = "agreed"
    REFUSED = "refused"
    TAKEN_BACK = "taken_back"


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody would do as a volunteer; instants are UTC."""

    community_id: int
    id: int
    person_id: int  # who would do it
    written_by: int  # who wrote it: the person, or an organizer
    skills: tuple[str, ...]
    area: str
    status: WishStatus
    begun_at: datetime
    version: int = 1
    told: bool = False  # the organizers have heard of it
    reason: str | None = None  # why not: a code or words
    decided_by: int | None = None
    decided_at: datetime | None = None

    @property
    def is_own(self) -> bool:
        """Say whether the person wrote it."""
        return self.written_by == self.person_id


def estate_area(code: str) -> str:
    """Return the area of an estate."""
    return _ESTATE + code


def buildings_area(codes: Iterable[str]) -> str:
    """Return the area of some buildings; of none: anywhere."""
    named = ",".join(sorted(codes))
    return _BUILDINGS + named if named else ANYWHERE


def estate_in(area: str) -> str | None:
    """Return the estate that an area is, None for another kind."""
    return area.removeprefix(_ESTATE) if area.startswith(_ESTATE) else None


def buildings_in(area: str, estates: Mapping[str, Collection[str]]) -> tuple[str, ...]:
    """Return the buildings of an area; none: anywhere. `estates` are the buildings of each."""
    if area.startswith(_BUILDINGS):
        return tuple(area.removeprefix(_BUILDINGS).split(","))
    return tuple(sorted(estates.get(estate_in(area) or "", ())))


def area_of(buildings: Collection[str], estates: Mapping[str, Collection[str]]) -> str:
    """Return the area that these buildings are: an estate when they are all of one."""
    for code, held in estates.items():
        if held and set(held) == set(buildings):
            return estate_area(code)
    return buildings_area(buildings)


def is_less(
    skills: Collection[str],
    buildings: Collection[str],
    had_skills: Collection[str],
    had_buildings: Collection[str],
) -> bool:
    """Say whether somebody would do nothing that they did not do before; no buildings: all."""
    nearer = not had_buildings or (bool(buildings) and set(buildings) <= set(had_buildings))
    return nearer and set(skills) <= set(had_skills)
