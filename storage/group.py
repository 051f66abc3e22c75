"""Groups, or topics of them, that work for the bot."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select, update

from storage.tables import groups
from storage.unit_of_work import UnitOfWork

_OPEN = groups.c.ended_at.is_(None)
_HERE = groups.c.community_id == bindparam("community")
_ALL = select(groups).where(_HERE, _OPEN).order_by(groups.c.bound_at, *groups.primary_key)
_IN_CHAT = (
    select(groups).where(groups.c.chat_id == bindparam("chat"), _OPEN).order_by(*groups.primary_key)
)
_THIS = (
    (groups.c.community_id == bindparam("community"))
    & (groups.c.chat_id == bindparam("chat"))
    & (groups.c.topic == bindparam("in_topic"))
    & (groups.c.purpose == bindparam("wanted"))
)
_KNOWN = select(groups).where(_THIS)
_ADD = insert(groups)
_AGAIN = (
    update(groups)
    .where(_THIS)
    .values(ended_at=None, bound_by=bindparam("who"), bound_at=bindparam("at"))
)
_END = update(groups).where(_THIS).values(ended_at=bindparam("at"))


@dataclass(frozen=True, slots=True)
class Group:
    """A chat (0: no topic) and what it is for."""

    community_id: int
    chat_id: int
    topic: int
    purpose: str
    bound_by: int
    bound_at: datetime
    ended_at: datetime | None = None


async def bound(uow: UnitOfWork, community_id: int) -> tuple[Group, ...]:
    """Return what is bound in the community, the oldest first."""
    key = ("groups", community_id)
    if key not in uow.cache:
        rows = await uow.read(_ALL, {"community": community_id})
        uow.cache[key] = tuple(Group(**row._asdict()) for row in rows)
    found: tuple[Group, ...] = uow.cache[key]
    return found


async def in_chat(uow: UnitOfWork, chat_id: int) -> list[Group]:
    """Return what is bound in a chat, in whatever community."""
    rows = await uow.read(_IN_CHAT, {"chat": chat_id})
    return [Group(**row._asdict()) for row in rows]


async def bind(uow: UnitOfWork, one: Group) -> None:
    """Let the chat or topic serve its purpose."""
    key = _key(one)
    if await uow.first(_KNOWN, key) is None:
        uow.write(
            _ADD,
            {
                "community_id": one.community_id,
                "chat_id": one.chat_id,
                "topic": one.topic,
                "purpose": one.purpose,
                "bound_by": one.bound_by,
                "bound_at": one.bound_at,
            },
        )
    else:
        uow.write(_AGAIN, {**key, "who": one.bound_by, "at": one.bound_at})
    uow.cache.pop(("groups", one.community_id), None)


def end(uow: UnitOfWork, one: Group) -> None:
    """Let the chat or topic serve no longer."""
    uow.write(_END, {**_key(one), "at": uow.now})
    uow.cache.pop(("groups", one.community_id), None)


def _key(one: Group) -> dict[str, object]:
    return {
        "community": one.community_id,
        "chat": one.chat_id,
        "in_topic": one.topic,
        "wanted": one.purpose,
    }
