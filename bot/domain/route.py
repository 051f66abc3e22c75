"""Who answers for a case: the first row of an ordered list that fits it, and what it fits by.

A row says to whom (`to`: a level, or "team:" and its code) and under which conditions; what is
left out fits always. A place fits by any of the parts that the row names.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.area import Area

SERVICE, CLOSED = HOURS = ("service", "closed")  # within the hours of service, outside them
URGENT, CALM = "urgent", "calm"
_TEAM = "team:"


@dataclass(frozen=True, slots=True)
class Matter:
    """What counts of a case at some instant; `spots` are the shared places that it names."""

    category: str
    area: Area
    spots: frozenset[str]
    urgent: bool
    in_service: bool


@dataclass(frozen=True, slots=True)
class Ground:
    """One condition that was fulfilled: of which kind, and the code that fulfilled it."""

    kind: str  # category, spot, building, grid, estate, hours, haste
    code: str


@dataclass(frozen=True, slots=True)
class Route:
    """One row of the list."""

    to: str
    categories: tuple[str, ...] = ()
    estates: tuple[str, ...] = ()
    grids: tuple[str, ...] = ()
    buildings: tuple[str, ...] = ()
    spots: tuple[str, ...] = ()
    hours: str | None = None
    urgent: bool | None = None

    @property
    def team(self) -> str | None:
        """Return the code of the team, None for a level."""
        return self.to.removeprefix(_TEAM) if self.to.startswith(_TEAM) else None

    def grounds(self, matter: Matter) -> tuple[Ground, ...] | None:
        """Return by what the row fits; nothing to fit is no ground, None means that it does not."""
        found = [
            ground
            for is_asked, ground in (
                (bool(self.categories), self._what(matter)),
                (self._names_a_place, self._where(matter)),
                (self.hours is not None, self._when(matter)),
                (self.urgent is not None, self._how_urgent(matter)),
            )
            if is_asked
        ]
        fulfilled = tuple(one for one in found if one is not None)
        return fulfilled if len(fulfilled) == len(found) else None

    @property
    def _names_a_place(self) -> bool:
        return bool(self.estates or self.grids or self.buildings or self.spots)

    def _what(self, matter: Matter) -> Ground | None:
        fits = matter.category in self.categories
        return Ground("category", matter.category) if fits else None

    def _where(self, matter: Matter) -> Ground | None:
        """Return the narrowest part named in which it lies; a place that is unknown fits none."""
        spots = [one for one in self.spots if one in matter.spots]
        area = matter.area
        for kind, code, named in (
            ("spot", spots[0] if spots else None, self.spots),
            ("building", area.building, self.buildings),
            ("grid", area.grid, self.grids),
            ("estate", area.estate, self.estates),
        ):
            if code is not None and code in named:
                return Ground(kind, code)
        return None

    def _when(self, matter: Matter) -> Ground | None:
        hours = SERVICE if matter.in_service else CLOSED
        return Ground("hours", hours) if hours == self.hours else None

    def _how_urgent(self, matter: Matter) -> Ground | None:
        haste = URGENT if matter.urgent else CALM
        return Ground("haste", haste) if matter.urgent is self.urgent else None


@dataclass(frozen=True, slots=True)
class Answer:
    """The row that counts, and by what it fits."""

    route: Route
    grounds: tuple[Ground, ...]


def first(routes: Iterable[Route], matter: Matter) -> Answer | None:
    """Return the first row that fits, None when none does."""
    for one in routes:
        grounds = one.grounds(matter)
        if grounds is not None:
            return Answer(one, grounds)
    return None
