"""In which part of a community something lies: its estate, its grid, its building.

A scope is such a part as one short text: "" (the whole community), "estate:<code>",
"grid:<code>" or "building:<code>".
"""

from collections.abc import Iterable
from dataclasses import dataclass

EVERYWHERE = ""  # the scope of the whole community
ESTATE, GRID, BUILDING = "estate", "grid", "building"


@dataclass(frozen=True, slots=True)
class Area:
    """The codes of the parts that a place lies in; None where that is not known."""

    estate: str | None = None
    grid: str | None = None
    building: str | None = None

    @property
    def is_known(self) -> bool:
        """Say whether it is known at least in which estate it lies."""
        return self.estate is not None

    def codes(self) -> dict[str, str | None]:
        """Return the codes by name, as a case keeps them."""
        return {ESTATE: self.estate, GRID: self.grid, BUILDING: self.building}

    @property
    def scopes(self) -> frozenset[str]:
        """Return every scope that the place lies in, that of the whole community included."""
        parts = ((ESTATE, self.estate), (GRID, self.grid), (BUILDING, self.building))
        return frozenset({EVERYWHERE, *(f"{kind}:{code}" for kind, code in parts if code)})


NOWHERE = Area()  # not known where: it concerns every part


def scope(kind: str, code: str) -> str:
    """Return the scope of the part `code`, an estate, a grid or a building."""
    return f"{kind}:{code}"


def codes_in(scopes: Iterable[str], kind: str) -> list[str]:
    """Return the codes of the parts of one kind among `scopes`, in order."""
    return sorted(one.removeprefix(f"{kind}:") for one in scopes if one.startswith(f"{kind}:"))
