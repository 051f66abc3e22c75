"""The filter of a list by the parts of the community that somebody serves in."""

from collections.abc import Collection, Mapping

from sqlalchemy import ColumnElement, bindparam, false, or_, true

from bot.domain.area import BUILDING, ESTATE, EVERYWHERE, GRID, codes_in
from storage.tables import cases

_KINDS = (ESTATE, GRID, BUILDING)
Scopes = Mapping[str, Collection[str]]  # in which scopes somebody serves, by name: as what
Shape = frozenset[tuple[str, bool]]  # which names of them there are, and whether it is everywhere


def in_parts(of: str = "") -> ColumnElement[bool]:
    """Return the filter; the name `of` tells those of one statement apart."""
    return or_(  # what lies nobody knows where concerns every part
        cases.c.estate.is_(None),
        *(cases.c[kind].in_(bindparam(f"{of}{kind}s", expanding=True)) for kind in _KINDS),
    )


IN_PARTS = in_parts()


def parts(scopes: Collection[str], of: str = "") -> dict[str, list[str]]:
    """Return the values of `in_parts`; none where the whole community is among the scopes."""
    if EVERYWHERE in scopes:
        return {}
    return {f"{of}{kind}s": codes_in(scopes, kind) for kind in _KINDS}


def shape_of(scopes: Scopes) -> Shape:
    """Return what the statement for these scopes depends on: so few, that each is kept."""
    return frozenset((name, EVERYWHERE in held) for name, held in scopes.items() if held)


def lies(shape: Shape, name: str) -> ColumnElement[bool]:
    """Return the filter by the scopes of that name: nothing lies in none."""
    found = dict(shape).get(name)
    if found is None:
        return false()
    return true() if found else in_parts(f"{name}_")


def values_of(scopes: Scopes) -> dict[str, list[str]]:
    """Return the values of `lies`, for every name."""
    return {key: codes for name, held in scopes.items() if held
            for key, codes in parts(held, f"{name}_").items()}  # fmt: skip
