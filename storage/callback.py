"""What people were asked about the work, and what they said: one row a case, round and person."""

from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import Row, Select, and_, bindparam, exists, func, insert, or_, select, update

from bot.domain.area import EVERYWHERE, NOWHERE, Area
from bot.domain.callback import Callback
from storage.part import IN_PARTS, parts
from storage.roll_up import touch
from storage.tables import callbacks, cases
from storage.unit_of_work import UnitOfWork

_FIELDS = tuple(field.name for field in fields(Callback))
_KEY = {"community_id", "case_number", "round", "person_id"}
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
_IN_STATUS = (
    select(callbacks)
    .where(_HERE, callbacks.c.status == bindparam("wanted"))
    .order_by(callbacks.c.case_number, callbacks.c.person_id)
    .limit(bindparam("most"))
)
_CHECKS = (
    select(callbacks)
    .where(_HERE, callbacks.c.check_status == bindparam("wanted"))
    .order_by(callbacks.c.case_number, callbacks.c.person_id)
    .limit(bindparam("most"))
)
_OF_CASES = callbacks.join(
    cases,
    and_(
        cases.c.community_id == callbacks.c.community_id,
        cases.c.number == callbacks.c.case_number,
    ),
)
_IN_STATUS_IN_PARTS = _IN_STATUS.select_from(_OF_CASES).where(IN_PARTS)
_CHECKS_IN_PARTS = _CHECKS.select_from(_OF_CASES).where(IN_PARTS)
_DISSENTING = (  # asked of each open case: there are far more answers than those
    select(cases.c.number)
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.closed_at.is_(None),
        cases.c.status.in_(bindparam("statuses", expanding=True)),
        exists().where(
            callbacks.c.community_id == cases.c.community_id,
            callbacks.c.case_number == cases.c.number,
            callbacks.c.round == cases.c.round,
            or_(callbacks.c.solved == bindparam("half"), callbacks.c.solved == bindparam("no")),
        ),
    )
    .order_by(cases.c.number)
)
_TO_CALL = (
    select(
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
    .join(
        cases,
        and_(
            cases.c.community_id == callbacks.c.community_id,
            cases.c.number == callbacks.c.case_number,
        ),
    )
    .where(
        _HERE,
        or_(
            callbacks.c.status == bindparam("phone"),
            callbacks.c.check_status == bindparam("check"),
        ),
    )
    .order_by(callbacks.c.case_number, callbacks.c.person_id)
)
_DISSENTING_IN_PARTS = _DISSENTING.where(IN_PARTS)
_ADD = insert(callbacks)
_SAVE = (
    update(callbacks).where(_THIS).values({name: bindparam(f"new_{name}") for name in _CHANGING})
)


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


async def in_status(
    uow: UnitOfWork,
    community_id: int,
    status: str,
    scopes: Collection[str] = (EVERYWHERE,),
    most: int = 200,
) -> list[Callback]:
    """Return the callbacks in the status about what lies in `scopes`, the oldest case first."""
    where = parts(scopes)
    values = {"community": community_id, "wanted": status, "most": most, **where}
    return await _all(uow, _IN_STATUS_IN_PARTS if where else _IN_STATUS, values)


async def checks(
    uow: UnitOfWork,
    community_id: int,
    status: str,
    scopes: Collection[str] = (EVERYWHERE,),
    most: int = 200,
) -> list[Callback]:
    """Return those whose personal call is in the status, in `scopes`, the oldest case first."""
    where = parts(scopes)
    values = {"community": community_id, "wanted": status, "most": most, **where}
    return await _all(uow, _CHECKS_IN_PARTS if where else _CHECKS, values)


async def dissented(
    uow: UnitOfWork,
    community_id: int,
    statuses: Collection[str],
    scopes: Collection[str] = (EVERYWHERE,),
) -> list[int]:
    """Return open cases in `statuses` and `scopes` of which somebody said that it is not good."""
    where = parts(scopes)
    values = {"community": community_id, "statuses": list(statuses), "half": "half", "no": "no"}
    query = _DISSENTING_IN_PARTS if where else _DISSENTING
    return [row.number for row in await uow.read(query, {**values, **where})]


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
