"""The search for somebody who stands in: whom was asked, and what they said."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, literal_column, select, update

from bot.domain.shift import Answer, Swap, SwapStatus
from storage.tables import swap_asks, swaps
from storage.unit_of_work import UnitOfWork

_HERE = swaps.c.community_id == bindparam("community")
_ASKED_HERE = swap_asks.c.community_id == bindparam("community")
_ADD = insert(swaps)
_ONE = select(swaps).where(_HERE, swaps.c.id == bindparam("wanted"))
_OPEN = (
    select(swaps)
    .where(
        _HERE,
        swaps.c.duty_id.in_(bindparam("ids", expanding=True)),
        swaps.c.status == literal_column(f"'{SwapStatus.OPEN.value}'"),
    )
    .order_by(swaps.c.id)
)
_CLOSE = (
    update(swaps).where(_HERE, swaps.c.id == bindparam("wanted")).values(status=bindparam("to"))
)
_ASK = insert(swap_asks)
_ASKS = (
    select(swap_asks)
    .where(_ASKED_HERE, swap_asks.c.swap_id == bindparam("of_swap"))
    .order_by(swap_asks.c.asked_at, swap_asks.c.person_id)
)
_SAY = (
    update(swap_asks)
    .where(
        _ASKED_HERE,
        swap_asks.c.swap_id == bindparam("of_swap"),
        swap_asks.c.person_id == bindparam("whose"),
    )
    .values(answer=bindparam("said"))
)
_LAST = (
    select(swap_asks.c.person_id, func.max(swap_asks.c.asked_at).label("at"))
    .where(_ASKED_HERE, swap_asks.c.person_id.in_(bindparam("ids", expanding=True)))
    .group_by(swap_asks.c.person_id)
)


@dataclass(frozen=True, slots=True)
class Ask:
    """Somebody was asked to stand in; `answer` is None while they may still say."""

    community_id: int
    swap_id: int
    person_id: int
    asked_at: datetime
    answer: Answer | None = None


def _swap(row: Row[Any]) -> Swap:
    return Swap(**{**row._asdict(), "status": SwapStatus(row.status)})


def add(uow: UnitOfWork, one: Swap) -> Swap:
    """Add a search; return it."""
    uow.write(_ADD, {**asdict(one), "status": one.status.value})
    return one


def close(uow: UnitOfWork, one: Swap, status: SwapStatus) -> None:
    """Write how the search has ended."""
    uow.write(_CLOSE, {"community": one.community_id, "wanted": one.id, "to": status.value})


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Swap | None:
    """Return the search with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _swap(row)


async def open_for(uow: UnitOfWork, community_id: int, duties: Collection[int]) -> list[Swap]:
    """Return the searches that go on for these duties."""
    values = {"community": community_id, "ids": sorted(duties)}
    return [_swap(row) for row in await uow.read(_OPEN, values)]


def ask(uow: UnitOfWork, one: Ask) -> None:
    """Write that somebody was asked."""
    uow.write(_ASK, {**asdict(one), "answer": one.answer and one.answer.value})


def say(uow: UnitOfWork, one: Ask, answer: Answer) -> None:
    """Write what somebody said who was asked."""
    key = {"community": one.community_id, "of_swap": one.swap_id, "whose": one.person_id}
    uow.write(_SAY, {**key, "said": answer.value})


async def asks(uow: UnitOfWork, community_id: int, swap_id: int) -> list[Ask]:
    """Return who was asked, in their order."""
    values = {"community": community_id, "of_swap": swap_id}
    return [
        Ask(**{**row._asdict(), "answer": Answer(row.answer) if row.answer else None})
        for row in await uow.read(_ASKS, values)
    ]


async def last_asked(
    uow: UnitOfWork, community_id: int, ids: Collection[int]
) -> dict[int, datetime]:
    """Return when (UTC) each of these people was last asked to stand in, if ever."""
    rows = await uow.read(_LAST, {"community": community_id, "ids": sorted(ids)})
    return {row.person_id: row.at for row in rows}
