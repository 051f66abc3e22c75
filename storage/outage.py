"""Outages: on until a time or until somebody ends them; and what was answered when they did.

Those that are on, or ended lately, are kept from one transaction to the next: without one, a
report asks the tables nothing. Whoever changes them in a transaction reads them anew in it.
"""

from collections.abc import Collection
from dataclasses import fields
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, or_, select, update

from bot.domain.outage import SHOWN, Outage, Said
from storage.tables import outage_answers, outages
from storage.unit_of_work import UnitOfWork


def _how_many(*said: str) -> Any:
    """Return how many were asked, or have said one of these, as a column."""
    counted = select(func.count()).where(
        outage_answers.c.community_id == outages.c.community_id,
        outage_answers.c.outage_id == outages.c.id,
    )
    return (counted.where(outage_answers.c.said.in_(said)) if said else counted).scalar_subquery()


_HERE = outages.c.community_id == bindparam("community")
_COLUMNS = (
    outages,
    _how_many().label("asked"),
    _how_many(Said.BACK.value).label("back"),
    _how_many(Said.NOT_YET.value).label("not_yet"),
)
_STANDING = (
    select(*_COLUMNS)
    .where(_HERE, or_(outages.c.ended_at.is_(None), outages.c.ended_at > bindparam("since")))
    .order_by(outages.c.id.desc())
)
_ONE = select(*_COLUMNS).where(_HERE, outages.c.id == bindparam("wanted"))
_ADD = insert(outages)
_CHANGE = (
    update(outages)
    .where(_HERE, outages.c.id == bindparam("wanted"))
    .values(
        version=bindparam("new_version"),
        case_number=bindparam("new_case"),
        category=bindparam("new_category"),
        until=bindparam("new_until"),
        ended_at=bindparam("new_end"),
    )
)
_OF_OUTAGE = (outage_answers.c.community_id == bindparam("community")) & (
    outage_answers.c.outage_id == bindparam("wanted")
)
_ASKED = select(outage_answers.c.person_id, outage_answers.c.said).where(
    _OF_OUTAGE, outage_answers.c.person_id == bindparam("person")
)
_ASK = insert(outage_answers)
_SAY = (
    update(outage_answers)
    .where(_OF_OUTAGE, outage_answers.c.person_id == bindparam("person"))
    .values(said=bindparam("now_said"), said_at=bindparam("at"))
)
_NAMES = tuple(field.name for field in fields(Outage))
_COUNTED = ("asked", "back", "not_yet")


def _outage(row: Row[Any]) -> Outage:
    held = {name: getattr(row, name) for name in _NAMES}
    return Outage(**{**held, "scopes": tuple(row.scopes)})


async def standing(uow: UnitOfWork, community_id: int) -> tuple[Outage, ...]:
    """Return what is on, or ended within the last days, newest first."""
    key = ("outages", community_id)
    if key in uow.cache:
        fresh: tuple[Outage, ...] | None = uow.cache[key]
        if fresh is None:  # changed in this transaction: nobody else may see that yet
            fresh = uow.cache[key] = await _read(uow, community_id)
        return fresh
    name = _kept(community_id)
    if name not in uow.kept:
        uow.kept[name] = await _read(uow, community_id)
    found: tuple[Outage, ...] = uow.kept[name]
    return found


async def _read(uow: UnitOfWork, community_id: int) -> tuple[Outage, ...]:
    rows = await uow.read(_STANDING, {"community": community_id, "since": uow.now - SHOWN})
    return tuple(map(_outage, rows))


def _kept(community_id: int) -> str:
    return f"outages {community_id}"


def _forget(uow: UnitOfWork, community_id: int) -> None:
    uow.kept.pop(_kept(community_id), None)
    uow.cache["outages", community_id] = None


async def find(uow: UnitOfWork, community_id: int, outage_id: int) -> Outage | None:
    """Return the outage with this id, however long ago it was."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": outage_id})
    return None if row is None else _outage(row)


def add(uow: UnitOfWork, one: Outage) -> None:
    """Keep an outage, known to be new."""
    values = {name: getattr(one, name) for name in _NAMES if name not in _COUNTED}
    uow.write(_ADD, {**values, "scopes": list(one.scopes)})
    _forget(uow, one.community_id)


def change(uow: UnitOfWork, one: Outage) -> None:
    """Write its version, its case with its category, its end, and whether it has ended."""
    values: dict[str, Any] = {"community": one.community_id, "wanted": one.id}
    values |= {"new_version": one.version, "new_category": one.category}
    values |= {"new_case": one.case_number, "new_until": one.until, "new_end": one.ended_at}
    uow.write(_CHANGE, values)
    _forget(uow, one.community_id)


def ask(uow: UnitOfWork, one: Outage, people: Collection[int]) -> None:
    """Note who is asked, which is done once."""
    for person_id in people:
        key = {"community_id": one.community_id, "outage_id": one.id, "person_id": person_id}
        uow.write(_ASK, {**key, "said": None, "said_at": None})
    _forget(uow, one.community_id)


async def said_by(uow: UnitOfWork, one: Outage, person_id: int) -> tuple[bool, Said | None]:
    """Return whether the person was asked, and what they said."""
    values = {"community": one.community_id, "wanted": one.id, "person": person_id}
    row = await uow.first(_ASKED, values)
    return row is not None, Said(row.said) if row is not None and row.said else None


def say(uow: UnitOfWork, one: Outage, person_id: int, said: Said) -> None:
    """Keep the answer of somebody who was asked; the last one counts."""
    values = {"community": one.community_id, "wanted": one.id, "person": person_id}
    uow.write(_SAY, {**values, "now_said": said.value, "at": uow.now})
    _forget(uow, one.community_id)
