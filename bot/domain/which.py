"""Whether new words speak of the thing that is being reported, or clearly of another.

Source: dialogues, 6.4: asked only when something clearly different comes; silent in doubt,
because what people add to a report is nearly always about it.
"""

from dataclasses import dataclass

MOST_BEHIND = 2  # reports that wait behind the one being written: three at once


@dataclass(frozen=True, slots=True)
class Spot:
    """A place as far as it is known: a building and perhaps a unit, or a shared spot."""

    building: str | None = None
    unit: str | None = None  # None also for the whole building
    shared: str | None = None


@dataclass(frozen=True, slots=True)
class Meant:
    """What something said is about; no kinds and no spot when that is not sure."""

    kinds: frozenset[str] = frozenset()
    spot: Spot | None = None


def is_another(held: Meant, said: Meant) -> bool:
    """Say whether `said` is clearly about another thing than what is `held` already."""
    if held.kinds and said.kinds and held.kinds.isdisjoint(said.kinds):
        return True
    return held.spot is not None and said.spot is not None and _elsewhere(held.spot, said.spot)


def _elsewhere(one: Spot, other: Spot) -> bool:
    if one.shared or other.shared:
        return one.shared != other.shared
    if one.building != other.building:
        return True
    return None not in (one.unit, other.unit) and one.unit != other.unit
