"""Numbers that are given out one after the other, within a community."""

from sqlalchemy import bindparam, insert, select, update

from storage.tables import counters
from storage.unit_of_work import UnitOfWork

_FIND = select(counters.c.value).where(
    counters.c.community_id == bindparam("community"), counters.c.name == bindparam("counter")
)
_BEGIN = insert(counters)
_MOVE = (
    update(counters)
    .where(
        counters.c.community_id == bindparam("community"), counters.c.name == bindparam("counter")
    )
    .values(value=bindparam("reached"))
)


async def next_number(uow: UnitOfWork, community_id: int, name: str) -> int:
    """Return the next number of the counter `name`, the first being 1."""
    key = ("counter", community_id, name)
    value = uow.cache.get(key)
    if value is None:
        row = await uow.first(_FIND, {"community": community_id, "counter": name})
        value = 0 if row is None else row.value
        if row is None:
            uow.write(_BEGIN, {"community_id": community_id, "name": name, "value": 0})
    uow.cache[key] = value + 1
    uow.write(_MOVE, {"community": community_id, "counter": name, "reached": value + 1})
    return int(value) + 1


def set_number(uow: UnitOfWork, community_id: int, name: str, value: int) -> None:
    """Begin the counter `name` behind `value`."""
    uow.write(_BEGIN, {"community_id": community_id, "name": name, "value": value})
