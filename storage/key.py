"""The key of each person, wrapped; without it nothing that was sealed for them opens again."""

from collections.abc import Collection

from sqlalchemy import bindparam, delete, insert, select

from storage.fault import DatabaseFault
from storage.tables import keys
from storage.unit_of_work import UnitOfWork
from storage.vault import BrokenSealError, Key, Vault

_HERE = keys.c.community_id == bindparam("community")
_ADD = insert(keys)
_OF = (
    select(keys.c.person_id, keys.c.wrapped)
    .where(_HERE, keys.c.person_id.in_(bindparam("ids", expanding=True)))
    .order_by(keys.c.person_id)
)
_ANY = select(keys).limit(1)
_DESTROY = delete(keys).where(_HERE, keys.c.person_id == bindparam("person"))


async def is_any(uow: UnitOfWork) -> bool:
    """Say whether anything is sealed here, so that the key file is needed."""
    return await uow.first(_ANY) is not None


async def check(uow: UnitOfWork, vault: Vault | None = None) -> None:
    """Raise DatabaseFault when the key file is not the one with which the keys were wrapped."""
    row = await uow.first(_ANY)
    if row is None:
        return
    try:
        (vault or uow.vault).key(row.community_id, row.person_id, row.wrapped)
    except BrokenSealError:
        raise DatabaseFault(
            "The key file does not belong to this database: put your copy of the right one back."
        ) from None


def add(uow: UnitOfWork, community_id: int, person_id: int) -> Key:
    """Make a key for somebody new, and return it."""
    wrapped = uow.vault.new_key(community_id, person_id)
    uow.write(_ADD, {"community_id": community_id, "person_id": person_id, "wrapped": wrapped})
    made = uow.vault.key(community_id, person_id, wrapped)
    uow.cache["key", community_id, person_id] = made
    return made


def unwrapped(
    uow: UnitOfWork, community_id: int, person_id: int, wrapped: str | None
) -> Key | None:
    """Return the key that was read with something of the person; None: they were erased."""
    remember(uow, community_id, person_id, wrapped)
    return _found(uow, ("key", community_id, person_id))


def remember(uow: UnitOfWork, community_id: int, person_id: int, wrapped: str | None) -> None:
    """Keep the key that was read with something of the person, until somebody needs it."""
    uow.cache.setdefault(("key", community_id, person_id), wrapped)


def _found(uow: UnitOfWork, at: tuple[str, int, int]) -> Key | None:
    found: Key | str | None = uow.cache[at]
    if isinstance(found, str):
        found = uow.cache[at] = uow.vault.key(at[1], at[2], found)
    return found


def at_hand(uow: UnitOfWork, community_id: int, person_id: int) -> Key | None:
    """Return the key of somebody who was read or added in this transaction; None: erased.

    Raises LookupError when nothing of the person was read.
    """
    at = "key", community_id, person_id
    if at not in uow.cache:
        raise LookupError(f"person {person_id} was not read in this unit of work")
    return _found(uow, at)


async def of(uow: UnitOfWork, community_id: int, ids: Collection[int]) -> dict[int, Key]:
    """Return the keys of these people, by id; of whom was erased there is none."""
    missing = [one for one in set(ids) if ("key", community_id, one) not in uow.cache]
    if missing:
        rows = await uow.read(_OF, {"community": community_id, "ids": missing})
        held = {row.person_id: row.wrapped for row in rows}
        for one in missing:
            remember(uow, community_id, one, held.get(one))
    cached = {one: at_hand(uow, community_id, one) for one in ids}
    return {one: key for one, key in cached.items() if key is not None}


def destroy(uow: UnitOfWork, community_id: int, person_id: int) -> None:
    """Destroy the key of the person: what was sealed with it opens nowhere any more."""
    uow.cache["key", community_id, person_id] = None
    uow.keys_destroyed = True
    uow.write(_DESTROY, {"community": community_id, "person": person_id})
