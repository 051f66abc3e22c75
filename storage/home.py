"""The homes of a community: which there are, and how large."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from storage.tables import homes
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Home:
    """One home; the area is in hundredths of a square metre."""

    building: str
    unit: int  # 0: the building has no units
    number: str
    area: int | None = None
    closed_at: datetime | None = None

    @property
    def key(self) -> tuple[str, int, str]:
        """Return what no other home of the community has."""
        return self.building, self.unit, self.number


_OF = (
    select(homes)
    .where(homes.c.community_id == bindparam("community"))
    .order_by(homes.c.building, homes.c.unit, homes.c.number)
)
_ONE = select(homes).where(
    homes.c.community_id == bindparam("community"),
    homes.c.building == bindparam("in_building"),
    homes.c.unit == bindparam("in_unit"),
    homes.c.number == bindparam("door"),
)
_ADD = insert(homes)
_CHANGE = (
    update(homes)
    .where(
        homes.c.community_id == bindparam("community"),
        homes.c.building == bindparam("in_building"),
        homes.c.unit == bindparam("in_unit"),
        homes.c.number == bindparam("door"),
    )
    .values(area=bindparam("now_area"), closed_at=bindparam("closed"))
)


async def all_of(uow: UnitOfWork, community_id: int) -> list[Home]:
    """Return every home of the community, closed ones too."""
    return [_home(row) for row in await uow.read(_OF, {"community": community_id})]


async def find(uow: UnitOfWork, community_id: int, key: tuple[str, int, str]) -> Home | None:
    """Return one home, a closed one too."""
    building, unit, number = key
    values = {"in_building": building, "in_unit": unit, "door": number}
    row = await uow.first(_ONE, {"community": community_id, **values})
    return None if row is None else _home(row)


def _home(row: Row[Any]) -> Home:
    return Home(row.building, row.unit, row.number, row.area, row.closed_at)


def add(uow: UnitOfWork, community_id: int, added: Iterable[Home]) -> None:
    """Add homes that are not there yet."""
    for one in added:
        uow.write(
            _ADD,
            {
                "community_id": community_id,
                "building": one.building,
                "unit": one.unit,
                "number": one.number,
                "area": one.area,
                "closed_at": one.closed_at,
            },
        )


def change(uow: UnitOfWork, community_id: int, changed: Iterable[Home]) -> None:
    """Keep the area of homes that are there, and whether they are closed."""
    for one in changed:
        uow.write(
            _CHANGE,
            {
                "community": community_id,
                "in_building": one.building,
                "in_unit": one.unit,
                "door": one.number,
                "now_area": one.area,
                "closed": one.closed_at,
            },
        )
