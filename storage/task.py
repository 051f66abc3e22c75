"""What somebody has in hand or could take: numbers of open cases, of each kind what is due first.

Answered out of `ix_cases_open`, as the lists of storage.todo are. Whom an offer means is the
business of the rules; here they are said as filters, and a test compares the two.
"""

from collections.abc import Collection
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Select, and_, bindparam, case, func, or_, select, true

from bot.domain import audience
from bot.domain.case import AT_WORK, TO_TAKE
from storage.part import Scopes, Shape, lies, shape_of, values_of
from storage.tables import cases
from storage.unit_of_work import UnitOfWork

TAKE = "take"  # in which scopes one may take anything; by the audience, who is asked there
_ME = bindparam("person", type_=Integer)
_HERE = (cases.c.community_id == bindparam("community"), cases.c.closed_at.is_(None))
_IN_HAND = and_(cases.c.handler_id == _ME, cases.c.status.in_(sorted(AT_WORK)))
_LED = and_(cases.c.lead_id == _ME, func.coalesce(cases.c.handler_id, 0) != _ME)
_NOT_LED = func.coalesce(cases.c.lead_id, 0) != _ME
# Of "people:3,17" is made ",3,17,", and ",17," looked for in it.
_NAMED = func.replace(cases.c.audience, audience.people(()), ",").concat(",")
_NAMES_ME = _NAMED.like(bindparam("named"))
_CHOSEN = or_(_NAMES_ME, cases.c.audience.in_(bindparam("chosen", expanding=True)))
_ABLE = cases.c.category.not_in(bindparam("unable", expanding=True))
_NEAR = or_(
    cases.c.building.is_(None), cases.c.building.in_(bindparam("own_buildings", expanding=True))
)


@dataclass(frozen=True, slots=True)
class Taker:
    """Who looks, and which offers mean them."""

    community_id: int
    person_id: int
    scopes: Scopes
    chosen: Collection[str]  # audiences that mean them anyhow
    linked: Collection[str]  # audiences that mean them if it fits
    unable: Collection[str]  # categories that they cannot do
    buildings: Collection[str]  # where they go; none: everywhere


@lru_cache(maxsize=128)
def _numbers(shape: Shape, *, limited: bool) -> Select[Any]:
    asked = or_(
        *(
            and_(cases.c.audience == one, lies(shape, one))
            for one in (audience.POOL, audience.STAFF)
        ),
        cases.c.audience.in_(bindparam("linked", expanding=True)),
    )
    offered = and_(
        cases.c.status.in_(sorted(TO_TAKE)),
        lies(shape, TAKE),
        cases.c.reporter_id != _ME,
        func.coalesce(cases.c.former_handler_id, 0) != _ME,
        or_(and_(asked, _ABLE, _NEAR if limited else true()), _CHOSEN),
    )
    kind = case((_IN_HAND, 0), (or_(_NOT_LED, offered), 1), else_=2)
    return (
        select(cases.c.number)
        .where(*_HERE, or_(_IN_HAND, offered, _LED))
        .order_by(kind, cases.c.due_at, cases.c.number)
        .limit(bindparam("most", type_=Integer))
    )


async def numbers(uow: UnitOfWork, who: Taker, most: int) -> list[int]:
    """Return what the person has in hand, then what they could take, then what they lead."""
    values = {
        "community": who.community_id,
        "person": who.person_id,
        "named": f"%,{who.person_id},%",
        "chosen": list(who.chosen),
        "linked": list(who.linked),
        "unable": list(who.unable),
        "own_buildings": list(who.buildings),
        "most": most,
        **values_of(who.scopes),
    }
    query = _numbers(shape_of(who.scopes), limited=bool(who.buildings))
    return [row.number for row in await uow.read(query, values)]
