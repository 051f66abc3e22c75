"""Broadcasts: what is said to many, the letters that carry it, and what became of each.

The words stand in one row; the letters only name it. A page of letters is written in one
transaction with how far it has come, so that after a kill it goes on exactly there.
"""

from collections.abc import Collection, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Integer,
    Row,
    bindparam,
    func,
    insert,
    or_,
    select,
    update,
)

from bot.domain.addressees import Addressees
from bot.domain.broadcast import Broadcast, Fate, Status, Way
from bot.domain.broadcast_body import Body
from bot.domain.onbehalf import NOWHERE
from storage.tables import broadcast_people, broadcasts, people
from storage.unit_of_work import UnitOfWork

_NAMES = tuple(field.name for field in fields(Broadcast))
_HERE = broadcasts.c.community_id == bindparam("community")
_ONE = select(broadcasts).where(_HERE, broadcasts.c.id == bindparam("wanted"))
_LATEST = (
    select(broadcasts)
    .where(
        _HERE,
        broadcasts.c.send_at > bindparam("since"),
        broadcasts.c.status.in_(bindparam("statuses", expanding=True)),
    )
    .order_by(broadcasts.c.send_at.desc(), broadcasts.c.id.desc())
    .limit(bindparam("most", type_=Integer))
)
_ADD = insert(broadcasts)
_CHANGE = (
    update(broadcasts)
    .where(_HERE, broadcasts.c.id == bindparam("wanted"))
    .values(
        version=bindparam("new_version"),
        status=bindparam("new_status"),
        body=bindparam("new_body", type_=JSON),
        shown=bindparam("new_shown", type_=JSON),
        send_at=bindparam("new_send_at"),
        decided_by=bindparam("new_decided_by"),
        started_at=bindparam("new_started_at"),
        ended_at=bindparam("new_ended_at"),
        corrected_at=bindparam("new_corrected_at"),
        reached=bindparam("new_reached"),
        whole=bindparam("new_whole"),
        steps=bindparam("new_steps"),
        settled=bindparam("new_settled"),
        total=bindparam("new_total"),
    )
)
_OF_IT = (broadcast_people.c.community_id == bindparam("community")) & (
    broadcast_people.c.broadcast_id == bindparam("wanted")
)
_COUNT_RECEIVED = (
    select(func.count().label("n"))
    .select_from(broadcast_people)
    .where(_OF_IT, broadcast_people.c.received_at.is_not(None))
)
_LOST = (
    select(broadcast_people.c.person_id, broadcast_people.c.fate)
    .where(_OF_IT, broadcast_people.c.fate.in_(bindparam("fates", expanding=True)))
    .order_by(broadcast_people.c.person_id)
    .limit(bindparam("most", type_=Integer))
)
_UNREACHED = or_(people.c.blocked_at.is_not(None), people.c.telegram_id >= NOWHERE)
_COUNT_ENDED = (
    select(func.count().label("n"))
    .select_from(broadcast_people)
    .join(
        people,
        (people.c.community_id == broadcast_people.c.community_id)
        & (people.c.id == broadcast_people.c.person_id),
    )
    .where(_OF_IT, _UNREACHED, broadcast_people.c.fate.in_(bindparam("fates", expanding=True)))
    .where(broadcast_people.c.way == Way.LETTER.value)
)
_GOT = (
    select(broadcast_people.c.person_id)
    .where(
        _OF_IT,
        broadcast_people.c.way == Way.LETTER.value,
        broadcast_people.c.fate == Fate.DELIVERED.value,
        broadcast_people.c.person_id.in_(bindparam("people", expanding=True)),
    )
    .order_by(broadcast_people.c.person_id)
)
_MINE = select(broadcast_people.c.way, broadcast_people.c.received_at).where(
    _OF_IT, broadcast_people.c.person_id == bindparam("person")
)
_RECEIVE = (
    update(broadcast_people)
    .where(
        _OF_IT,
        broadcast_people.c.person_id == bindparam("person"),
        broadcast_people.c.received_at.is_(None),
    )
    .values(received_at=bindparam("at"))
)


def _broadcast(row: Row[Any]) -> Broadcast:
    held = {name: getattr(row, name) for name in _NAMES}
    return Broadcast(
        **{
            **held,
            "status": Status(row.status),
            "body": Body.read(row.body),
            "whom": Addressees.read(row.whom),
        }
    )


def _key(one: Broadcast) -> dict[str, Any]:
    return {"community": one.community_id, "wanted": one.id}


def add(uow: UnitOfWork, one: Broadcast, shown: Mapping[str, Any]) -> None:
    """Keep a broadcast, known to be new, and what its letters are drawn from."""
    values = {name: getattr(one, name) for name in _NAMES}
    stored = {"status": one.status.value, "body": one.body.stored(), "whom": one.whom.stored()}
    uow.write(_ADD, {**values, **stored, "shown": dict(shown)})


def change(uow: UnitOfWork, one: Broadcast, shown: Mapping[str, Any]) -> None:
    """Write what may change: where it stands, its words, how far it has come."""
    changing = (
        *("version", "send_at", "decided_by", "started_at", "ended_at", "corrected_at"),
        *("reached", "whole", "steps", "settled", "total"),
    )
    values: dict[str, Any] = {f"new_{name}": getattr(one, name) for name in changing}
    values |= {"new_status": one.status.value, "new_body": one.body.stored()}
    uow.write(_CHANGE, {**_key(one), **values, "new_shown": dict(shown)})


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Broadcast | None:
    """Return the broadcast with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _broadcast(row)


async def latest(
    uow: UnitOfWork,
    community_id: int,
    statuses: Collection[Status],
    since: datetime,
    most: int = 20,
) -> list[Broadcast]:
    """Return those in `statuses` whose time came after `since` (UTC), the latest first."""
    wanted = [one.value for one in statuses]
    values = {"community": community_id, "statuses": wanted, "since": since, "most": most}
    return [_broadcast(row) for row in await uow.read(_LATEST, values)]


async def lost(
    uow: UnitOfWork, one: Broadcast, fates_: Collection[Fate], most: int
) -> list[tuple[int, Fate]]:
    """Return whom it did not reach: the person and why."""
    values = {**_key(one), "fates": [fate.value for fate in fates_], "most": most}
    return [(row.person_id, Fate(row.fate)) for row in await uow.read(_LOST, values)]


async def count_unreached(uow: UnitOfWork, one: Broadcast, fates_: Collection[Fate]) -> int:
    """Return how many whose letter came to one of these ends no message reaches any more."""
    values = {**_key(one), "fates": [fate.value for fate in fates_]}
    row = await uow.first(_COUNT_ENDED, values)
    return int(row.n) if row else 0


async def got(uow: UnitOfWork, one: Broadcast, people_: Collection[int]) -> set[int]:
    """Return which of the people got its letter."""
    rows = await uow.read(_GOT, {**_key(one), "people": list(people_)})
    return {row.person_id for row in rows}


async def has_got(uow: UnitOfWork, one: Broadcast, person_id: int) -> bool:
    """Say whether the person is among those to whom it was handed on."""
    return await uow.first(_MINE, {**_key(one), "person": person_id}) is not None


async def receive(uow: UnitOfWork, one: Broadcast, person_id: int) -> bool:
    """Note that the person has read it; False when that was known, or they never got it."""
    values = {**_key(one), "person": person_id, "at": uow.now}
    return await uow.write_now(_RECEIVE, values) == 1


async def received(uow: UnitOfWork, one: Broadcast) -> int:
    """Return how many said that they have read it."""
    row = await uow.first(_COUNT_RECEIVED, _key(one))
    return int(row.n) if row else 0
