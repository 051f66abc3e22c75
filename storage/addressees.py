"""Who is meant by a description of addressees: counted, and read in pages by their key."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, case, exists, func, or_, select

from bot.domain.onbehalf import NOWHERE
from storage.residence import mark_of
from storage.tables import homes, people, residences, roles
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Pick:
    """Which people are meant: the name of a condition below, and the values that it takes."""

    how: str
    values: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Found:
    """How many are meant, by whether a message reaches them."""

    reached: int
    blocked: int
    without_chat: int


def _among(name: str) -> Any:
    return bindparam(name, expanding=True)


_HERE = people.c.community_id == bindparam("community")
_REACHED = and_(people.c.blocked_at.is_(None), people.c.telegram_id < NOWHERE)
_LIVING = (  # as they have shown; beside it counts what they only say
    residences.c.community_id == bindparam("community"),
    residences.c.building.in_(_among("buildings")),
    residences.c.ended_at.is_(None),
)
_HOLDING = select(roles.c.person_id).where(
    roles.c.community_id == bindparam("community"),
    roles.c.role.in_(_among("wanted")),
    roles.c.starts_at <= bindparam("now"),
    or_(roles.c.ends_at.is_(None), roles.c.ends_at > bindparam("now")),
)
EVERYBODY, LIVING, HOLDING, HOLDING_IN, NAMED = (
    *("everybody", "living", "holding"),
    *("holding_in", "named"),
)
_CONDITIONS: Mapping[str, Any] = {
    EVERYBODY: and_(True),
    LIVING: or_(
        people.c.home.in_(_among("units")),
        people.c.id.in_(select(residences.c.person_id).where(*_LIVING)),
    ),
    HOLDING: people.c.id.in_(_HOLDING),
    HOLDING_IN: people.c.id.in_(_HOLDING.where(roles.c.scope.in_(_among("scopes")))),
    NAMED: people.c.id.in_(_among("ids")),
}


def _how_many(condition: Any) -> Any:
    return func.coalesce(func.sum(case((condition, 1), else_=0)), 0)


def _page_of(condition: Any) -> Select[Any]:
    return (
        select(people.c.id)
        .where(_HERE, _REACHED, condition, people.c.id > bindparam("after"))
        .order_by(people.c.id)
        .limit(bindparam("most", type_=Integer))
    )


def _count_of(condition: Any) -> Select[Any]:
    no_chat = people.c.telegram_id >= NOWHERE
    blocked = and_(people.c.blocked_at.is_not(None), ~no_chat)
    return select(
        _how_many(_REACHED).label("reached"),
        _how_many(blocked).label("blocked"),
        _how_many(no_chat).label("without_chat"),
    ).where(_HERE, condition)


def _missed_of(condition: Any) -> Select[Any]:
    return (
        select(people.c.id)
        .where(_HERE, ~_REACHED, condition)
        .order_by(people.c.id)
        .limit(bindparam("most", type_=Integer))
    )


_PAGES = {how: _page_of(condition) for how, condition in _CONDITIONS.items()}
_COUNTS = {how: _count_of(condition) for how, condition in _CONDITIONS.items()}
_MISSED = {how: _missed_of(condition) for how, condition in _CONDITIONS.items()}
_LIVED_IN = (  # by somebody whom a message reaches
    select(residences.c.home_mark)
    .distinct()
    .where(
        *_LIVING,
        people.c.community_id == residences.c.community_id,
        people.c.id == residences.c.person_id,
        _REACHED,
    )
)
_HOMES = select(homes.c.building, homes.c.unit, homes.c.number).where(
    homes.c.community_id == bindparam("community"),
    homes.c.building.in_(_among("buildings")),
    homes.c.closed_at.is_(None),
)
_UNSHOWN = select(func.count().label("n")).where(  # who says where, and not yet which door
    _HERE,
    _REACHED,
    people.c.home.in_(_among("units")),
    ~exists().where(
        residences.c.community_id == people.c.community_id,
        residences.c.person_id == people.c.id,
        residences.c.ended_at.is_(None),
    ),
)


def _given(uow: UnitOfWork, community_id: int, pick: Pick) -> dict[str, Any]:
    held = {name: tuple(value) for name, value in pick.values.items()}
    timed = pick.how in {HOLDING, HOLDING_IN}
    return {"community": community_id, **held, **({"now": uow.now} if timed else {})}


async def count(uow: UnitOfWork, community_id: int, pick: Pick) -> Found:
    """Return how many are meant now, and how they can be reached."""
    row = await uow.first(_COUNTS[pick.how], _given(uow, community_id, pick))
    assert row is not None
    return Found(int(row.reached), int(row.blocked), int(row.without_chat))


async def page(
    uow: UnitOfWork, community_id: int, pick: Pick, after: int, most: int
) -> Sequence[int]:
    """Return the ids of up to `most` people whom a message reaches, behind the id `after`."""
    values = {**_given(uow, community_id, pick), "after": after, "most": most}
    return [row.id for row in await uow.read(_PAGES[pick.how], values)]


async def missed(uow: UnitOfWork, community_id: int, pick: Pick, most: int) -> Sequence[int]:
    """Return the ids of up to `most` people who are meant and whom no message reaches."""
    values = {**_given(uow, community_id, pick), "most": most}
    return [row.id for row in await uow.read(_MISSED[pick.how], values)]


async def homes_without(
    uow: UnitOfWork, community_id: int, buildings: Collection[str], units: Collection[str]
) -> int | None:
    """Return in how many homes of these buildings nobody is to be reached; None when not known.

    Whoever has said only in which unit they live counts as one home of it.
    """
    given = {"community": community_id, "buildings": tuple(buildings)}
    found = await uow.read(_HOMES, given)
    if not found:
        return None
    lived_in = {row.home_mark for row in await uow.read(_LIVED_IN, given)}
    keys = ((row.building, row.unit, row.number) for row in found)
    empty = sum(mark_of(uow, one) not in lived_in for one in keys)
    unshown = await uow.first(_UNSHOWN, {"community": community_id, "units": tuple(units)})
    return max(0, empty - int(unshown.n if unshown else 0))
