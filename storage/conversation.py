"""Where each person stands in each conversation."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select, update

from storage.tables import conversations
from storage.unit_of_work import UnitOfWork

Key = tuple[int, int]  # chat id, user id

_LOAD = select(conversations).where(conversations.c.user_id.in_(bindparam("users", expanding=True)))
_THIS = (
    (conversations.c.name == bindparam("conversation"))
    & (conversations.c.chat_id == bindparam("chat"))
    & (conversations.c.user_id == bindparam("user"))
)
_BEGIN = insert(conversations)
_MOVE = update(conversations).where(_THIS).values(state=bindparam("to"), changed_at=bindparam("at"))
_END = delete(conversations).where(_THIS)
_END_OLD = delete(conversations).where(
    conversations.c.name == bindparam("conversation"),
    conversations.c.changed_at < bindparam("before"),
)


async def load(uow: UnitOfWork, users: Collection[int]) -> None:
    """Read where `users` stand into the unit of work, in one query."""
    wanted = [user for user in users if ("conversations of", user) not in uow.cache]
    if not wanted:
        return
    for row in await uow.read(_LOAD, {"users": wanted}):
        uow.cache["conversation", row.name, row.chat_id, row.user_id] = row.state
    uow.cache.update({("conversations of", user): True for user in wanted})


def state(uow: UnitOfWork, name: str, key: Key) -> str | None:
    """Return the state of the conversation; raises LookupError when it was not loaded."""
    if ("conversations of", key[1]) not in uow.cache:
        raise LookupError(f"the conversations of user {key[1]} were not loaded")
    found: str | None = uow.cache.get(("conversation", name, *key))
    return found


def end_all(uow: UnitOfWork, user: int) -> None:
    """End every conversation of the user, whose ones were loaded."""
    names = [key for key in uow.cache if isinstance(key, tuple) and key[0] == "conversation"]
    for _, name, *key in names:
        if key[1] == user:
            move(uow, name, (key[0], key[1]), None)


async def end_old(uow: UnitOfWork, name: str, before: datetime) -> None:
    """End the conversations under a name that have stood still since before an instant (UTC)."""
    await uow.write_now(_END_OLD, {"conversation": name, "before": before})


def move(uow: UnitOfWork, name: str, key: Key, to: str | None) -> None:
    """Set the state of the conversation; None ends it."""
    before = state(uow, name, key)
    uow.cache["conversation", name, *key] = to
    values = {"chat": key[0], "user": key[1]}
    if to is None:
        if before is not None:
            uow.write(_END, {"conversation": name, **values})
    elif before is None:
        uow.write(
            _BEGIN,
            {
                "name": name,
                "chat_id": key[0],
                "user_id": key[1],
                "state": to,
                "changed_at": uow.now,
            },
        )
    elif before != to:
        uow.write(_MOVE, {"conversation": name, **values, "to": to, "at": uow.now})
