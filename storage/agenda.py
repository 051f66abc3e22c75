"""What the next meeting of a series is to speak of; read when its agenda is made."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from bot.domain.case_record import Case
from storage.counter import next_number
from storage.tables import agenda_items
from storage.unit_of_work import UnitOfWork

_COUNTER = "agenda"
_ADD = insert(agenda_items)
_WAITING = (
    select(agenda_items)
    .where(
        agenda_items.c.community_id == bindparam("community"),
        agenda_items.c.series == bindparam("of_series"),
    )
    .order_by(agenda_items.c.id)
)


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to be spoken of: about which case, why, since when (UTC), whose company's."""

    community_id: int
    id: int
    series: str
    kind: str
    case_number: int
    company: str | None
    at: datetime
    facts: Mapping[str, Any]


_NAMES = tuple(field.name for field in fields(Item))


async def add(
    uow: UnitOfWork,
    case: Case,
    kind: str,
    series: str,
    company: str | None,
    facts: Mapping[str, Any],
) -> None:
    """Put the case on the agenda of a series; `facts` are JSON."""
    number = await next_number(uow, case.community_id, _COUNTER)
    key = (case.community_id, number, series, kind, case.number, company, uow.now, dict(facts))
    uow.write(_ADD, dict(zip(_NAMES, key, strict=True)))


async def of_series(uow: UnitOfWork, community_id: int, series: str) -> list[Item]:
    """Return what was put on the agenda of a series, in the order in which it came."""
    rows = await uow.read(_WAITING, {"community": community_id, "of_series": series})
    return [Item(**row._asdict()) for row in rows]
