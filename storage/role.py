"""The roles of people, each where and from when to when; who holds none is a resident."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import and_, bindparam, insert, select, update

from bot.domain.grant import Held
from bot.domain.role import Role
from storage.tables import roles
from storage.unit_of_work import UnitOfWork

_HERE = roles.c.community_id == bindparam("community")
_OF = (
    select(roles)
    .where(_HERE, roles.c.person_id == bindparam("person"))
    .order_by(roles.c.role, roles.c.scope)
)
_THIS = and_(
    _HERE,
    roles.c.person_id == bindparam("person"),
    roles.c.role == bindparam("which"),
    roles.c.scope == bindparam("where"),
)
_GIVE = insert(roles)
_AGAIN = update(roles).where(_THIS).values(starts_at=bindparam("since"), ends_at=bindparam("until"))
_END = update(roles).where(_THIS).values(ends_at=bindparam("at"))


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Held]:
    """Return every role that the person holds now."""
    return [one for one in await _ever(uow, community_id, person_id) if _is_held(one, uow.now)]


async def _ever(uow: UnitOfWork, community_id: int, person_id: int) -> list[Held]:
    rows = await uow.read(_OF, {"community": community_id, "person": person_id})
    return [Held(Role(one.role), one.scope, one.starts_at, one.ends_at) for one in rows]


def _is_held(one: Held, now: datetime) -> bool:
    return one.starts_at <= now and (one.ends_at is None or one.ends_at > now)


async def give(
    uow: UnitOfWork, community_id: int, person_id: int, role: Role, scope: str,
    until: datetime | None, since: datetime | None = None,
) -> None:  # fmt: skip
    """Give the person the role there, from now on or `since`, `until` an instant or for good."""
    known = {(one.role, one.scope) for one in await _ever(uow, community_id, person_id)}
    if (role, scope) in known:
        values = {
            **_key(community_id, person_id, role, scope),
            "since": since or uow.now,
            "until": until,
        }
        uow.write(_AGAIN, values)
    else:
        uow.write(
            _GIVE,
            {
                "community_id": community_id,
                "person_id": person_id,
                "role": role.value,
                "scope": scope,
                "starts_at": since or uow.now,
                "ends_at": until,
            },
        )
    _forget(uow, community_id, [person_id])


def end(uow: UnitOfWork, community_id: int, person_id: int, role: Role, scope: str) -> None:
    """End the role there, as of now: the next press is judged without it."""
    uow.write(_END, {**_key(community_id, person_id, role, scope), "at": uow.now})
    _forget(uow, community_id, [person_id])


def _key(community_id: int, person_id: int, role: Role, scope: str) -> dict[str, object]:
    return {"community": community_id, "person": person_id, "which": role.value, "where": scope}


def _forget(uow: UnitOfWork, community_id: int, people: Collection[int]) -> None:
    """Read those people anew: what is remembered of them holds their old roles."""
    for one in people:
        known = uow.cache.pop(("person", community_id, one), None)
        if known is not None:
            uow.cache.pop(("telegram", known.telegram_id), None)
    for key in [key for key in uow.cache if isinstance(key, tuple) and key[0] == "holders"]:
        del uow.cache[key]
