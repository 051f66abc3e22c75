"""Who has a seat in which body of the community, from when to when; rows stay as history."""

from collections.abc import Iterable
from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.body import Seat
from storage.tables import seats
from storage.unit_of_work import UnitOfWork

_HERE = seats.c.community_id == bindparam("community")
_ALL = select(seats).where(_HERE).order_by(seats.c.person_id, seats.c.starts_at, seats.c.body)
_OF = (
    select(seats)
    .where(_HERE, seats.c.person_id == bindparam("person"))
    .order_by(seats.c.starts_at, seats.c.body, seats.c.code)
)
_IN = (
    select(seats)
    .where(_HERE, seats.c.body == bindparam("which"), seats.c.code == bindparam("of_code"))
    .order_by(seats.c.starts_at, seats.c.person_id)
)
_ADD = insert(seats)
_CHANGE = (
    update(seats)
    .where(
        _HERE,
        seats.c.person_id == bindparam("person"),
        seats.c.body == bindparam("which"),
        seats.c.code == bindparam("of_code"),
        seats.c.starts_at == bindparam("since"),
    )
    .values(ends_at=bindparam("until"), title=bindparam("called"), lead=bindparam("leads"))
)


def _seat(row: Row[Any]) -> Seat:
    return Seat(**row._asdict())


def add(uow: UnitOfWork, held: Iterable[Seat]) -> None:
    """Add seats."""
    for one in held:
        uow.write(_ADD, asdict(one))


def change(uow: UnitOfWork, held: Iterable[Seat]) -> None:
    """Write until when the seats are held, what they are called, and who leads."""
    for one in held:
        uow.write(
            _CHANGE,
            {
                "community": one.community_id,
                "person": one.person_id,
                "which": one.body,
                "of_code": one.code,
                "since": one.starts_at,
                "until": one.ends_at,
                "called": one.title,
                "leads": one.lead,
            },
        )


async def all_of(uow: UnitOfWork, community_id: int) -> list[Seat]:
    """Return every seat of the community, those of the past too."""
    return [_seat(row) for row in await uow.read(_ALL, {"community": community_id})]


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Seat]:
    """Return every seat that the person has, had or will have; the oldest first."""
    rows = await uow.read(_OF, {"community": community_id, "person": person_id})
    return [_seat(row) for row in rows]


async def in_body(uow: UnitOfWork, community_id: int, body: str, code: str) -> list[Seat]:
    """Return every seat of one body, of the past and to come too; the oldest first."""
    values = {"community": community_id, "which": body, "of_code": code}
    return [_seat(row) for row in await uow.read(_IN, values)]
