"""The filter of a list by the parts of the community that somebody serves in."""

from collections.abc import Collection

from sqlalchemy import bindparam, or_

from bot.domain.area import BUILDING, ESTATE, EVERYWHERE, GRID, codes_in
from storage.tables import cases

IN_PARTS = or_(  # what lies nobody knows where concerns every part
    cases.c.estate.is_(None),
    cases.c.estate.in_(bindparam("estates", expanding=True)),
    cases.c.grid.in_(bindparam("grids", expanding=True)),
    cases.c.building.in_(bindparam("buildings", expanding=True)),
)
_NAMES = {"estates": ESTATE, "grids": GRID, "buildings": BUILDING}


def parts(scopes: Collection[str]) -> dict[str, list[str]]:
    """Return the values of `IN_PARTS`; none where the whole community is among the scopes."""
    if EVERYWHERE in scopes:
        return {}
    return {name: codes_in(scopes, kind) for name, kind in _NAMES.items()}
