"""Notices that come again and again."""

from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain import broadcast_series as rules
from bot.domain.addressees import Addressees
from bot.domain.broadcast_body import Body
from bot.domain.broadcast_series import BroadcastSeries
from storage.tables import broadcast_series
from storage.unit_of_work import UnitOfWork

_HERE = broadcast_series.c.community_id == bindparam("community")
_ADD = insert(broadcast_series)
_ONE = select(broadcast_series).where(_HERE, broadcast_series.c.id == bindparam("wanted"))
_GOING = (
    select(broadcast_series)
    .where(_HERE, broadcast_series.c.ended_at.is_(None))
    .order_by(broadcast_series.c.id)
)
_CHANGE = (
    update(broadcast_series)
    .where(_HERE, broadcast_series.c.id == bindparam("wanted"))
    .values(version=bindparam("next"), ended_at=bindparam("at"))
)


def _series(row: Row[Any]) -> BroadcastSeries:
    read = {
        "body": Body.read(row.body),
        "whom": Addressees.read(row.whom),
        "rule": rules.read(row.rule),
    }
    return BroadcastSeries(**{**row._asdict(), **read})


def add(uow: UnitOfWork, one: BroadcastSeries) -> None:
    """Add one."""
    uow.write(
        _ADD,
        {
            "community_id": one.community_id,
            "id": one.id,
            "version": one.version,
            "author_id": one.author_id,
            "body": one.body.stored(),
            "whom": one.whom.stored(),
            "rule": rules.stored(one.rule),
            "silent": one.silent,
            "receipts": one.receipts,
            "created_at": one.created_at,
            "ended_at": one.ended_at,
        },
    )


def change(uow: UnitOfWork, one: BroadcastSeries) -> None:
    """Write whether it has ended."""
    values = {"next": one.version, "at": one.ended_at}
    uow.write(_CHANGE, {"community": one.community_id, "wanted": one.id, **values})


async def find(uow: UnitOfWork, community_id: int, id_: int) -> BroadcastSeries | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _series(row)


async def going(uow: UnitOfWork, community_id: int) -> list[BroadcastSeries]:
    """Return those that go on."""
    return [_series(row) for row in await uow.read(_GOING, {"community": community_id})]
