"""What people were asked about the work, and what they said: one row a case, round and person."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import Integer, Row, Select, and_, bindparam, func, insert, select, union, update

from bot.domain.area import NOWHERE, Area
from bot.domain.callback import Callback
from storage.part import Shape, lies, shape_of, values_of
from storage.roll_up import touch
from storage.tables import callbacks, cases
from storage.unit_of_work import UnitOfWork

_FIELDS = tuple(field.name for field in fields(Callback))
_KEY = {"community_id", "case_number", "round", "person_id"}
_SERVES = "serves"
_CHANGING = [name for name in _FIELDS if name not in _KEY]
_HERE = callbacks.c.community_id == bindparam("community")
_THIS = and_(
    _HERE,
    callbacks.c.case_number == bindparam("number"),
    callbacks.c.round == bindparam("of_round"),
    callbacks.c.person_id == bindparam("person"),
)
_ONE = select(callbacks).where(_THIS)
_OF_ROUND = (
    select(callbacks)
    .where(
        _HERE,
        callbacks.c.case_number == bindparam("number"),
        callbacks.c.round == bindparam("of_round"),
    )
    .order_by(callbacks.c.person_id)
)
_OF_PERSON = (
    select(callbacks)
    .where(
        _HERE,
        callbacks.c.person_id == bindparam("person"),
        callbacks.c.shown_at >= bindparam("since"),
    )
    .order_by(callbacks.c.shown_at.desc(), callbacks.c.case_number.desc())
)
_LAST_SURVEY = select(
    func.max(callbacks.c.asked_at).label("asked"), func.max(callbacks.c.later_at).label("later")
).where(_HERE, callbacks.c.person_id == bindparam("person"))
_OF_CASES = callbacks.join(
    cases,
    and_(
        cases.c.community_id == callbacks.c.community_id,
        cases.c.number == callbacks.c.case_number,
    ),
)
_TO_BE_CALLED = [
    select(
        callbacks.c.case_number,
        callbacks.c.status,
        callbacks.c.check_status,
        callbacks.c.person_id,
        cases.c.reporter_id,
        cases.c.handler_id,
        cases.c.former_handler_id,
        cases.c.estate,
        cases.c.grid,
        cases.c.building,
    )
    .select_from(_OF_CASES)
    .where(_HERE, asked)
    for asked in (
        callbacks.c.status == bindparam("phone"),
        callbacks.c.check_status == bindparam("check"),
    )
]
_CALLS = union(*_TO_BE_CALLED).subquery()  # each by its index
_TO_CALL = select(_CALLS).order_by(_CALLS.c.case_number, _CALLS.c.person_id)
_ADD = insert(callbacks)
_SAVE = (
    update(callbacks).where(_THIS).values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


@dataclass(frozen=True, slots=True)
class Caller:
    """Who telephones about what lies in `scopes`: never about their own work or report."""

    community_id: int
    person_id: int
    scopes: Collection[str]


def _callback(row: Row[Any]) -> Callback:
    return Callback(**row._asdict())


def _key(one: Callback) -> dict[str, int]:
    return {
        "community": one.community_id,
        "number": one.case_number,
        "of_round": one.round,
        "person": one.person_id,
    }


def add(uow: UnitOfWork, one: Callback) -> None:
    """Add what is to be asked."""
    touch(uow, one.community_id, one.case_number)
    uow.write(_ADD, {name: getattr(one, name) for name in _FIELDS})


def save(uow: UnitOfWork, one: Callback) -> Callback:
    """Write what has changed, and return it."""
    touch(uow, one.community_id, one.case_number)
    values = {f"new_{name}": getattr(one, name) for name in _CHANGING}
    uow.write(_SAVE, values | _key(one))
    return one


async def find(
    uow: UnitOfWork, community_id: int, number: int, round_: int, person_id: int
) -> Callback | None:
    """Return what the person is asked about this round of the case."""
    key = {
        "community": community_id,
        "number": number,
        "of_round": round_,
        "person": person_id,
    }
    row = await uow.first(_ONE, key)
    return None if row is None else _callback(row)


async def of_round(uow: UnitOfWork, community_id: int, number: int, round_: int) -> list[Callback]:
    """Return what everybody is asked about this round of the case."""
    values = {"community": community_id, "number": number, "of_round": round_}
    return await _all(uow, _OF_ROUND, values)


async def of_person(
    uow: UnitOfWork, community_id: int, person_id: int, since: datetime
) -> list[Callback]:
    """Return what the person was shown since the instant (UTC), the newest first."""
    values = {"community": community_id, "person": person_id, "since": since}
    return await _all(uow, _OF_PERSON, values)


async def last_survey(uow: UnitOfWork, community_id: int, person_id: int) -> datetime | None:
    """Return when (UTC) the person was last asked something without having done anything."""
    row = await uow.first(_LAST_SURVEY, {"community": community_id, "person": person_id})
    found = [one for one in (row or ()) if one is not None]
    return max(found, default=None)


@lru_cache(maxsize=16)
def _waiting(column: str, shape: Shape) -> Select[Any]:
    concerned = (cases.c.handler_id, cases.c.former_handler_id, cases.c.reporter_id)
    return (
        select(callbacks.c.case_number, callbacks.c.round, callbacks.c.person_id)
        .select_from(_OF_CASES)
        .where(
            _HERE,
            callbacks.c[column] == bindparam("wanted"),
            lies(shape, _SERVES),
            *(func.coalesce(one, 0) != bindparam("caller") for one in concerned),
            callbacks.c.person_id != bindparam("caller"),
        )
        .order_by(callbacks.c.case_number, callbacks.c.person_id)
        .limit(bindparam("most", type_=Integer))
    )


async def to_phone(uow: UnitOfWork, caller: Caller, status: str, most: int) -> Sequence[Row[Any]]:
    """Return case, round and person of the callbacks in `status`, the oldest case first."""
    return await _to_ask(uow, "status", caller, status, most)


async def to_check(uow: UnitOfWork, caller: Caller, status: str, most: int) -> Sequence[Row[Any]]:
    """Return the same of those whose personal call is in `status`."""
    return await _to_ask(uow, "check_status", caller, status, most)


async def _to_ask(
    uow: UnitOfWork, column: str, caller: Caller, wanted: str, most: int
) -> Sequence[Row[Any]]:
    scopes = {_SERVES: caller.scopes}
    values = {"community": caller.community_id, "caller": caller.person_id, "wanted": wanted}
    query = _waiting(column, shape_of(scopes))
    return await uow.read(query, {**values, "most": most, **values_of(scopes)})


async def _all(uow: UnitOfWork, query: Select[Any], values: dict[str, Any]) -> list[Callback]:
    return [_callback(row) for row in await uow.read(query, values)]


@dataclass(frozen=True, slots=True)
class ToCall:
    """A call that waits to be made by hand: where, and the people who may not make it."""

    by_phone: bool  # to somebody who never answered
    check: bool  # the supervisor's own
    concerned: frozenset[int | None]
    area: Area = NOWHERE


async def to_call(uow: UnitOfWork, community_id: int, phone: str, check: str) -> list[ToCall]:
    """Return all whose status is `phone`, or whose personal call is in the status `check`."""
    rows = await uow.read(_TO_CALL, {"community": community_id, "phone": phone, "check": check})
    return [
        ToCall(
            row.status == phone,
            row.check_status == check,
            frozenset((row.person_id, row.reporter_id, row.handler_id, row.former_handler_id)),
            Area(row.estate, row.grid, row.building),
        )
        for row in rows
    ]
