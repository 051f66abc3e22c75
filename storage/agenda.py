"""What meetings speak of: items that wait, that stand on an agenda, and what became of them."""

from collections.abc import Collection, Mapping
from dataclasses import asdict, replace
from typing import Any

from sqlalchemy import Integer, Row, bindparam, func, insert, select, update

from bot.domain.agenda import Conclusion, Item, ItemStatus
from bot.domain.case_record import Case
from storage.counter import next_number
from storage.tables import agenda_items, co_signers
from storage.tables import cases as case_rows
from storage.unit_of_work import UnitOfWork

_COUNTER = "agenda"
_HERE = agenda_items.c.community_id == bindparam("community")
_ADD = insert(agenda_items)
_WAITING = (
    select(agenda_items)
    .where(
        _HERE,
        agenda_items.c.series == bindparam("of_series"),
        agenda_items.c.status == bindparam("stands"),
    )
    .order_by(agenda_items.c.id)
)
_ONE = select(agenda_items).where(_HERE, agenda_items.c.id == bindparam("wanted"))
_OF_MEETING = (
    select(agenda_items)
    .where(_HERE, agenda_items.c.meeting_id == bindparam("meeting"))
    .order_by(agenda_items.c.id)
)
_OF_CASE = (
    select(agenda_items)
    .where(_HERE, agenda_items.c.case_number == bindparam("number"))
    .order_by(agenda_items.c.id)
)
_TOGETHER = (
    select(agenda_items)
    .where(_HERE, agenda_items.c.with_id == bindparam("wanted"))
    .order_by(agenda_items.c.id)
)
_WITH_MANY = (  # open cases that enough neighbours have joined, and of which no meeting spoke
    select(case_rows.c.number, func.count().label("n"))
    .join_from(
        case_rows,
        co_signers,
        (co_signers.c.community_id == case_rows.c.community_id)
        & (co_signers.c.case_number == case_rows.c.number),
    )
    .where(
        case_rows.c.community_id == bindparam("community"),
        case_rows.c.status.in_(bindparam("statuses", expanding=True)),
        co_signers.c.kin.is_(False),
        ~select(agenda_items.c.id)
        .where(
            agenda_items.c.community_id == case_rows.c.community_id,
            agenda_items.c.case_number == case_rows.c.number,
        )
        .exists(),
    )
    .group_by(case_rows.c.number)
    .having(func.count() >= bindparam("least", type_=Integer))
    .order_by(case_rows.c.number)
)
_CHANGED = ("series", "facts", "status", "version", "meeting_id", "with_id", "answer",
            "conclusion", "said")  # fmt: skip
_CHANGE = (
    update(agenda_items)
    .where(_HERE, agenda_items.c.id == bindparam("wanted"))
    .values({name: bindparam(f"new_{name}", type_=agenda_items.c[name].type) for name in _CHANGED})
)


def _item(row: Row[Any]) -> Item:
    values = row._asdict()
    conclusion = Conclusion(row.conclusion) if row.conclusion else None
    return Item(**{**values, "status": ItemStatus(row.status), "conclusion": conclusion})


async def add(
    uow: UnitOfWork,
    case: Case,
    kind: str,
    series: str,
    company: str | None,
    facts: Mapping[str, Any],
) -> Item:
    """Put the case on the agenda of a series; `facts` are JSON."""
    item = Item(case.community_id, 0, series, kind, case.number, company, uow.now, dict(facts))
    return await keep(uow, item)


async def keep(uow: UnitOfWork, item: Item) -> Item:
    """Add an item under the next number; return it."""
    number = await next_number(uow, item.community_id, _COUNTER)
    kept = replace(item, id=number)
    uow.write(_ADD, {**asdict(kept), "facts": dict(item.facts)})
    return kept


def change(uow: UnitOfWork, item: Item) -> Item:
    """Write how the item stands now; return it."""
    held = {**asdict(item), "facts": dict(item.facts)}
    values = {f"new_{name}": held[name] for name in _CHANGED}
    uow.write(_CHANGE, {"community": item.community_id, "wanted": item.id, **values})
    return item


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Item | None:
    """Return the item with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _item(row)


async def of_series(
    uow: UnitOfWork, community_id: int, series: str, status: ItemStatus = ItemStatus.WAITING
) -> list[Item]:
    """Return what waits for a series (or stands otherwise), in the order in which it came."""
    values = {"community": community_id, "of_series": series, "stands": status.value}
    return [_item(row) for row in await uow.read(_WAITING, values)]


async def of_meeting(uow: UnitOfWork, community_id: int, meeting_id: int) -> list[Item]:
    """Return the agenda of a meeting, in its order."""
    values = {"community": community_id, "meeting": meeting_id}
    return [_item(row) for row in await uow.read(_OF_MEETING, values)]


async def of_case(uow: UnitOfWork, community_id: int, number: int) -> list[Item]:
    """Return every item about a case, the oldest first."""
    values = {"community": community_id, "number": number}
    return [_item(row) for row in await uow.read(_OF_CASE, values)]


async def together_with(uow: UnitOfWork, community_id: int, id_: int) -> list[Item]:
    """Return the topics that go along with another one."""
    values = {"community": community_id, "wanted": id_}
    return [_item(row) for row in await uow.read(_TOGETHER, values)]


async def with_many(
    uow: UnitOfWork, community_id: int, statuses: Collection[str], least: int
) -> list[int]:
    """Return the cases that at least so many neighbours joined and no meeting has spoken of."""
    values = {"community": community_id, "statuses": list(statuses), "least": least}
    return [int(row.number) for row in await uow.read(_WITH_MANY, values)]
