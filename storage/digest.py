"""What waits for somebody's digest, and what they were told lately; see bot/services/digest.py."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Integer, and_, bindparam, literal_column, select, update

from bot.domain.broadcast import Fate, Way
from storage.tables import broadcast_people, broadcasts
from storage.unit_of_work import UnitOfWork

_TOLD = (
    select(broadcast_people.c.person_id, broadcast_people.c.way, broadcast_people.c.due_at)
    .join(
        broadcasts,
        and_(
            broadcasts.c.community_id == broadcast_people.c.community_id,
            broadcasts.c.id == broadcast_people.c.broadcast_id,
        ),
    )
    .where(
        broadcast_people.c.community_id == bindparam("community"),
        broadcast_people.c.person_id.in_(bindparam("people", expanding=True)),
        broadcast_people.c.due_at > bindparam("since"),
        broadcasts.c.urgent.is_(False),
        (broadcast_people.c.way == Way.LETTER.value) | broadcast_people.c.fate.is_not(None),
    )
    .order_by(broadcast_people.c.person_id, broadcast_people.c.due_at)
)
_IN_DIGEST = (
    (broadcast_people.c.community_id == bindparam("community"))
    & (broadcast_people.c.way == literal_column("'digest'"))
    & broadcast_people.c.fate.is_(None)
)
_DIGEST_PAGE = (
    select(broadcast_people.c.person_id)
    .where(
        _IN_DIGEST,
        broadcast_people.c.due_at <= bindparam("now"),
        broadcast_people.c.person_id > bindparam("after"),
    )
    .distinct()
    .order_by(broadcast_people.c.person_id)
    .limit(bindparam("most", type_=Integer))
)
_DIGEST_OF = (
    select(broadcast_people.c.person_id, broadcast_people.c.broadcast_id)
    .where(
        _IN_DIGEST,
        broadcast_people.c.due_at <= bindparam("now"),
        broadcast_people.c.person_id.in_(bindparam("people", expanding=True)),
    )
    .order_by(broadcast_people.c.person_id, broadcast_people.c.broadcast_id)
)
_OF_PERSON = (
    _IN_DIGEST
    & (broadcast_people.c.person_id == bindparam("person"))
    & (broadcast_people.c.due_at <= bindparam("before"))
)
_DIGESTED = (
    update(broadcast_people)
    .where(_OF_PERSON)
    .values(fate=Fate.DELIVERED.value, due_at=bindparam("at"))
)
_POSTPONE = update(broadcast_people).where(_OF_PERSON).values(due_at=bindparam("at"))


async def told(
    uow: UnitOfWork, community_id: int, people: Collection[int], since: datetime
) -> dict[int, list[tuple[Way, datetime]]]:
    """Return what each of the people was told since then that was no emergency, and when (UTC)."""
    found: dict[int, list[tuple[Way, datetime]]] = {}
    values = {"community": community_id, "people": list(people), "since": since}
    for row in await uow.read(_TOLD, values):
        found.setdefault(row.person_id, []).append((Way(row.way), row.due_at))
    return found


async def page(uow: UnitOfWork, community_id: int, after: int, most: int) -> dict[int, list[int]]:
    """Return up to `most` people behind the id `after` whose digest is due, with its broadcasts."""
    values: dict[str, Any] = {"community": community_id, "now": uow.now}
    rows = await uow.read(_DIGEST_PAGE, {**values, "after": after, "most": most})
    found: dict[int, list[int]] = {row.person_id: [] for row in rows}
    if found:
        for row in await uow.read(_DIGEST_OF, {**values, "people": list(found)}):
            found[row.person_id].append(row.broadcast_id)
    return found


def digested(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Note that the person gets now what was due in their digest."""
    values = {"community": community_id, "person": person_id}
    uow.write(_DIGESTED, {**values, "before": uow.now, "at": uow.now})


def postpone(uow: UnitOfWork, community_id: int, person_id: int, until: datetime) -> None:
    """Let what was due in the person's digest wait for a later one."""
    values = {"community": community_id, "person": person_id}
    uow.write(_POSTPONE, {**values, "before": uow.now, "at": until})
