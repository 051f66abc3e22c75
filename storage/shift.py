"""Shifts, and who is on them."""

from collections.abc import Collection
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.shift import Duty, DutyStatus, Shift, ShiftStatus
from storage.tables import duties, shifts
from storage.unit_of_work import UnitOfWork

_HERE = shifts.c.community_id == bindparam("community")
_ON = duties.c.community_id == bindparam("community")
_BOTH = (duties.c.community_id == shifts.c.community_id) & (duties.c.shift_id == shifts.c.id)
_ADD = insert(shifts)
_ONE = select(shifts).where(_HERE, shifts.c.id == bindparam("wanted"))
_BETWEEN = (
    select(shifts)
    .where(
        _HERE,
        shifts.c.roster_id == bindparam("of_roster"),
        shifts.c.planned >= bindparam("first"),
        shifts.c.planned <= bindparam("last"),
    )
    .order_by(shifts.c.planned)
)
_CHANGE = (
    update(shifts)
    .where(_HERE, shifts.c.id == bindparam("wanted"))
    .values(
        version=bindparam("next"),
        starts=bindparam("from"),
        ends=bindparam("until"),
        needed=bindparam("want"),
        status=bindparam("to"),
        moved=bindparam("by_hand"),
    )
)
_PUT = insert(duties)
_DUTY = select(duties).where(_ON, duties.c.id == bindparam("wanted"))
_OF_SHIFT = (
    select(duties).where(_ON, duties.c.shift_id == bindparam("of_shift")).order_by(duties.c.id)
)
_OF_SHIFTS = (
    select(duties)
    .where(_ON, duties.c.shift_id.in_(bindparam("ids", expanding=True)))
    .order_by(duties.c.id)
)
_OF_PEOPLE = (
    select(duties, shifts.c.starts, shifts.c.ends)
    .join(shifts, _BOTH)
    .where(
        _ON,
        duties.c.person_id.in_(bindparam("ids", expanding=True)),
        shifts.c.ends > bindparam("since"),
    )
    .order_by(shifts.c.starts, duties.c.id)
)
_SAY = (
    update(duties)
    .where(_ON, duties.c.id == bindparam("wanted"))
    .values(
        version=bindparam("next"),
        status=bindparam("to"),
        stands_in_for=bindparam("instead_of"),
        came_at=bindparam("came"),
        minutes=bindparam("served"),
        hazards=bindparam("seen"),
        reported=bindparam("became"),
    )
)


def _shift(row: Row[Any]) -> Shift:
    values = row._asdict()
    planned, status = date.fromisoformat(row.planned), ShiftStatus(row.status)
    return Shift(**{**values, "planned": planned, "status": status})


def _duty(row: Row[Any]) -> Duty:
    values = {name: value for name, value in row._asdict().items() if name in _DUTY_NAMES}
    return Duty(**{**values, "status": DutyStatus(row.status), "hazards": tuple(row.hazards)})


_DUTY_NAMES = {column.name for column in duties.c}


def add(uow: UnitOfWork, one: Shift) -> Shift:
    """Add a shift, known to be new; return it."""
    values = {"planned": one.planned.isoformat(), "status": one.status.value}
    uow.write(_ADD, {**asdict(one), **values})
    return one


def change(uow: UnitOfWork, one: Shift) -> Shift:
    """Write when it is and how it stands; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "next": one.version,
            "from": one.starts,
            "until": one.ends,
            "want": one.needed,
            "to": one.status.value,
            "by_hand": one.moved,
        },
    )
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Shift | None:
    """Return the shift with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _shift(row)


async def between(
    uow: UnitOfWork, community_id: int, roster_id: int, first: date, last: date
) -> list[Shift]:
    """Return the shifts of a roster that are planned for these local days, both included."""
    key = {"community": community_id, "of_roster": roster_id}
    values = {**key, "first": first.isoformat(), "last": last.isoformat()}
    return [_shift(row) for row in await uow.read(_BETWEEN, values)]


def put(uow: UnitOfWork, one: Duty) -> Duty:
    """Put somebody on a shift who was never on it; return it."""
    uow.write(_PUT, {**asdict(one), "status": one.status.value, "hazards": list(one.hazards)})
    return one


def change_duty(uow: UnitOfWork, one: Duty) -> Duty:
    """Write how somebody stands to a shift; return it."""
    uow.write(
        _SAY,
        {
            "community": one.community_id,
            "wanted": one.id,
            "next": one.version,
            "to": one.status.value,
            "instead_of": one.stands_in_for,
            "came": one.came_at,
            "served": one.minutes,
            "seen": list(one.hazards),
            "became": dict(one.reported),
        },
    )
    return one


async def find_duty(uow: UnitOfWork, community_id: int, id_: int) -> Duty | None:
    """Return the duty with this id."""
    row = await uow.first(_DUTY, {"community": community_id, "wanted": id_})
    return None if row is None else _duty(row)


async def on(uow: UnitOfWork, community_id: int, shift_id: int) -> list[Duty]:
    """Return everybody who is or was on the shift, in the order in which they were put there."""
    values = {"community": community_id, "of_shift": shift_id}
    return [_duty(row) for row in await uow.read(_OF_SHIFT, values)]


async def on_all(uow: UnitOfWork, community_id: int, ids: Collection[int]) -> list[Duty]:
    """Return everybody who is or was on one of the shifts."""
    values = {"community": community_id, "ids": sorted(ids)}
    return [_duty(row) for row in await uow.read(_OF_SHIFTS, values)]


async def of_people(
    uow: UnitOfWork, community_id: int, ids: Collection[int], since: datetime
) -> list[tuple[Duty, datetime, datetime]]:
    """Return the duties of these people that end after `since` (UTC), with beginning and end."""
    values = {"community": community_id, "ids": sorted(ids), "since": since}
    return [(_duty(row), row.starts, row.ends) for row in await uow.read(_OF_PEOPLE, values)]
