"""Numbers that are given out one after the other, within a community."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import bindparam, insert, select, update

from storage.tables import counters
from storage.unit_of_work import UnitOfWork

_ALL = select(counters.c.name, counters.c.value).where(
    counters.c.community_id == bindparam("community")
)
_BEGIN = insert(counters)
_MOVE = (
    update(counters)
    .where(
        counters.c.community_id == bindparam("community"), counters.c.name == bindparam("counter")
    )
    .values(value=bindparam("reached"))
)


@dataclass(slots=True)
class _Counters:
    """The counters of a community: as they stand in the table, and what they have reached."""

    kept: dict[str, int]
    reached: dict[str, int]


async def next_number(uow: UnitOfWork, community_id: int, name: str) -> int:
    """Return the next number of the counter `name`, the first being 1."""
    key = ("counters", community_id)
    if key not in uow.cache:
        rows = await uow.read(_ALL, {"community": community_id})
        kept = {row.name: row.value for row in rows}
        uow.cache[key] = _Counters(kept, dict(kept))
    reached: dict[str, int] = uow.cache[key].reached
    reached[name] = reached.get(name, 0) + 1
    uow.before_commit.setdefault(f"counters of {community_id}", partial(_write, community_id))
    return reached[name]


def _write(community_id: int, uow: UnitOfWork) -> None:
    """Write each counter once, however many numbers were given out."""
    held: _Counters = uow.cache["counters", community_id]
    for name, value in held.reached.items():
        if name not in held.kept:
            set_number(uow, community_id, name, value)
        elif value != held.kept[name]:
            uow.write(_MOVE, {"community": community_id, "counter": name, "reached": value})
    held.kept = dict(held.reached)


def set_number(uow: UnitOfWork, community_id: int, name: str, value: int) -> None:
    """Begin the counter `name` behind `value`, in a transaction that gives out none of it."""
    uow.write(_BEGIN, {"community_id": community_id, "name": name, "value": value})
