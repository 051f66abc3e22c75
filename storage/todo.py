"""What a list of staff shows: the numbers of open cases, what is due first.

`ix_cases_open` holds what is open in this order, with all that is asked about it here. A list
walks along it until it is filled, and so reads no case that it does not show. Who may decide what
is the business of the rules; here it is a filter for each scope, and a test compares the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from bot.domain.callback import HALF, NO
from bot.domain.case import AT_WORK, TO_CONFIRM, TO_DISPATCH, TO_SUPERVISE
from bot.domain.level import GRID
from storage.part import Scopes, Shape, lies, shape_of, values_of
from storage.tables import callbacks, cases
from storage.unit_of_work import UnitOfWork

DISPATCH, SUPERVISE = "dispatch", "supervise"  # as what one decides; or at a level, by its name
_ME = bindparam("person", type_=Integer)
_MOST = bindparam("most", type_=Integer)
_OPEN = (
    cases.c.community_id == bindparam("community"),
    cases.c.closed_at.is_(None),
    cases.c.reporter_id != _ME,
)
_WITH_OTHERS = func.coalesce(cases.c.handler_id, 0) != _ME
_WAITS, _ASKED = (cases.c.status.in_(sorted(one)) for one in (TO_DISPATCH, TO_SUPERVISE))
_IN_HAND = and_(cases.c.handler_id == _ME, cases.c.status.in_(sorted(AT_WORK)))
_LED = and_(cases.c.lead_id == _ME, _WITH_OTHERS)  # theirs to know, not to do
_DISPUTED = and_(  # somebody was not content with the result; asked of each open case, not answer
    cases.c.status.in_(sorted(TO_CONFIRM)),
    exists().where(
        callbacks.c.community_id == cases.c.community_id,
        callbacks.c.case_number == cases.c.number,
        callbacks.c.round == cases.c.round,
        callbacks.c.solved.in_((HALF, NO)),
    ),
)
_IN_THEIR_BUILDINGS = or_(
    cases.c.building.is_(None), cases.c.building.in_(bindparam("own_buildings", expanding=True))
)
_TESTS = {
    "all": true(),
    "dispatch": _WAITS,
    "late": cases.c.due_at < bindparam("now"),
    "urgent": cases.c.urgent,
    "today": and_(cases.c.due_at >= bindparam("today"), cases.c.due_at < bindparam("tomorrow")),
    "mine": cases.c.handler_id == _ME,
    "supervise": _ASKED,
}
FILTERS = tuple(_TESTS)  # buttons count in here, so the order stays


@dataclass(frozen=True, slots=True)
class Desk:
    """Who looks at the list, when, and where they decide; instants are UTC."""

    community_id: int
    person_id: int
    scopes: Scopes
    buildings: Collection[str]  # all they act in as grid workers; none: in every one
    now: datetime
    today: datetime  # when the local day began
    tomorrow: datetime


@lru_cache(maxsize=512)
def _shown(shape: Shape, only: str, *, limited: bool) -> tuple[ColumnElement[bool], ...]:
    """Return what the list shows that is narrowed down to `only`; wider than what is to be done."""
    levels = sorted(name for name, _ in shape if name not in {DISPATCH, SUPERVISE})
    at_levels = [
        and_(
            cases.c.level == one,
            lies(shape, one),
            _IN_THEIR_BUILDINGS if limited and one == GRID else true(),
        )
        for one in levels
    ]
    decides, supervises = lies(shape, DISPATCH), lies(shape, SUPERVISE)
    waits = and_(_WAITS, or_(decides, *at_levels))
    asked = and_(supervises, _WITH_OTHERS, or_(_ASKED, _DISPUTED))
    seen = or_(_IN_HAND, _LED, waits, asked)
    return (*_OPEN, _TESTS[only], seen if only == "all" else or_(decides, supervises, seen))


@lru_cache(maxsize=512)
def _numbers(shape: Shape, only: str, *, limited: bool) -> Select[Any]:
    return (
        select(cases.c.number)
        .where(*_shown(shape, only, limited=limited))
        .order_by(cases.c.due_at, cases.c.number)
        .limit(_MOST)
    )


@lru_cache(maxsize=128)
def _counts(shape: Shape, *, limited: bool) -> Select[Any]:
    found = {
        name: select(cases.c.number).where(*_shown(shape, name, limited=limited)).limit(_MOST)
        for name in FILTERS
    }
    counts = union_all(
        *(
            select(literal(name).label("name"), func.count().label("n")).select_from(one.subquery())
            for name, one in found.items()
        )
    ).subquery()
    return select(counts.c.name, counts.c.n).order_by(counts.c.name)


async def numbers(uow: UnitOfWork, desk: Desk, only: str, most: int) -> list[int]:
    """Return the first numbers of what the list shows that is narrowed down to `only`."""
    query = _numbers(shape_of(desk.scopes), only, limited=bool(desk.buildings))
    return [row.number for row in await uow.read(query, _values(desk, most))]


async def counts(uow: UnitOfWork, desk: Desk, most: int) -> dict[str, int]:
    """Return how many cases each of FILTERS shows; of each no more than `most` are counted."""
    query = _counts(shape_of(desk.scopes), limited=bool(desk.buildings))
    found = {row.name: row.n for row in await uow.read(query, _values(desk, most))}
    return {name: found[name] for name in FILTERS}


def _values(desk: Desk, most: int) -> dict[str, Any]:
    return {
        "community": desk.community_id,
        "person": desk.person_id,
        "now": desk.now,
        "today": desk.today,
        "tomorrow": desk.tomorrow,
        "most": most,
        "own_buildings": list(desk.buildings),
        **values_of(desk.scopes),
    }
