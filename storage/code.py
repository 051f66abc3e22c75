"""Codes of places: what hangs in the stairwells."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.code import PlaceCode
from storage.tables import codes
from storage.unit_of_work import UnitOfWork

_HERE = codes.c.community_id == bindparam("community")
_ADD = insert(codes)
_BY_CODE = select(codes).where(codes.c.code == bindparam("wanted"))
_LIVE = select(codes).where(_HERE, codes.c.ended_at.is_(None)).order_by(codes.c.place, codes.c.code)
_END = (
    update(codes)
    .where(_HERE, codes.c.place == bindparam("of"), codes.c.ended_at.is_(None))
    .values(ended_at=bindparam("at"))
)
_COUNT = (
    update(codes).where(_HERE, codes.c.code == bindparam("scanned")).values(scans=codes.c.scans + 1)
)


def _code(row: Row[Any]) -> PlaceCode:
    return PlaceCode(**row._asdict())


def add(uow: UnitOfWork, one: PlaceCode) -> None:
    """Add a code."""
    uow.write(_ADD, asdict(one))


async def find(uow: UnitOfWork, code: str) -> PlaceCode | None:
    """Return the code of whichever community: it says to which one a newcomer belongs."""
    row = await uow.first(_BY_CODE, {"wanted": code})
    return None if row is None else _code(row)


async def live(uow: UnitOfWork, community_id: int) -> Sequence[PlaceCode]:
    """Return the codes of the community that are good, by place."""
    return [_code(row) for row in await uow.read(_LIVE, {"community": community_id})]


def end(uow: UnitOfWork, community_id: int, place: str) -> None:
    """End what hangs at the place, as of now."""
    uow.write(_END, {"community": community_id, "of": place, "at": uow.now})


def count_scan(uow: UnitOfWork, one: PlaceCode) -> None:
    """Count that somebody scanned it."""
    uow.write(_COUNT, {"community": one.community_id, "scanned": one.code})
