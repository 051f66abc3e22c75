"""What was refused, and who looked at what is guarded; rows are added and never changed.

Each row is sealed in the transaction that adds it, and the head of the chain moves along.
"""

from collections.abc import Collection, Sequence
from dataclasses import astuple, fields
from typing import Any

from sqlalchemy import Row, bindparam, func, insert, select, union, update

from bot import as_json
from bot.domain.audit import AuditEntry, Broken, Chain, Head, sealed
from storage.tables import audit, audit_heads
from storage.unit_of_work import UnitOfWork

AT_ONCE = 1000  # rows that are read together while a chain is followed
_NAMES = tuple(field.name for field in fields(AuditEntry))
_ADD = insert(audit)
_BEGIN = insert(audit_heads)
_MOVE = (
    update(audit_heads)
    .where(audit_heads.c.community_id == bindparam("community"))
    .values(last=bindparam("now_last"), seal=bindparam("now_seal"))
)
_HEAD = select(audit_heads.c.last, audit_heads.c.seal).where(
    audit_heads.c.community_id == bindparam("community")
)
_OF = (
    select(audit).where(audit.c.community_id == bindparam("community")).order_by(audit.c.id.desc())
)
_PAGE = _OF.limit(bindparam("most")).offset(bindparam("passed"))
_COUNT = select(func.count()).where(audit.c.community_id == bindparam("community"))
_BEGINS = select(audit_heads.c.first, audit_heads.c.first_seal).where(
    audit_heads.c.community_id == bindparam("community")
)
_LEAST = select(func.min(audit.c.id)).where(audit.c.community_id == bindparam("community"))
_BEHIND = (
    select(audit)
    .where(audit.c.community_id == bindparam("community"), audit.c.id > bindparam("last_read"))
    .order_by(audit.c.id)
    .limit(bindparam("most"))
)
_WHOSE = union(select(audit.c.community_id), select(audit_heads.c.community_id)).subquery()
_COMMUNITIES = select(_WHOSE.c.community_id).order_by(_WHOSE.c.community_id)


async def add(
    uow: UnitOfWork, community_id: int, person_id: int | None, what: str, subject: str, **facts: Any
) -> None:
    """Add a row about what happens now, sealed."""
    before = await head(uow, community_id)
    kept = as_json.read(as_json.written(facts))  # as it will be read again
    number = before.last + 1
    row = AuditEntry(number, person_id, what, subject, kept, uow.now, uow.cause)
    seal = sealed(before.seal, community_id, row)
    values = dict(zip(_NAMES, astuple(row), strict=True))
    uow.write(_ADD, {**values, "facts": kept, "community_id": community_id, "seal": seal})
    _set_head(uow, community_id, before, Head(number, seal))


def _set_head(uow: UnitOfWork, community_id: int, before: Head, now: Head) -> None:
    uow.cache[_key(community_id)] = now
    if before.last:
        moved = {"community": community_id, "now_last": now.last, "now_seal": now.seal}
        uow.write(_MOVE, moved)
    else:
        uow.write(_BEGIN, {"community_id": community_id, "last": now.last, "seal": now.seal})


async def head(uow: UnitOfWork, community_id: int) -> Head:
    """Return where the chain of the community ends; before its first row, at 0."""
    key = _key(community_id)
    if key not in uow.cache:
        row = await uow.first(_HEAD, {"community": community_id})
        uow.cache[key] = Head(row.last, row.seal) if row else Head()
    found: Head = uow.cache[key]
    return found


def _key(community_id: int) -> tuple[str, int]:
    return ("audit head", community_id)


async def communities(uow: UnitOfWork) -> list[int]:
    """Return the numbers of the communities of which anything is written."""
    return [row.community_id for row in await uow.read(_COMMUNITIES)]


async def of(uow: UnitOfWork, community_id: int) -> list[AuditEntry]:
    """Return all rows of the community, the newest first."""
    return _entries(await uow.read(_OF, {"community": community_id}))


async def page(uow: UnitOfWork, community_id: int, most: int, passed: int) -> list[AuditEntry]:
    """Return at most so many rows behind those that were `passed`, the newest first."""
    values = {"community": community_id, "most": most, "passed": passed}
    return _entries(await uow.read(_PAGE, values))


async def count(uow: UnitOfWork, community_id: int) -> int:
    """Return how many rows the community has."""
    return int((await uow.read(_COUNT, {"community": community_id}))[0][0])


async def first_broken(uow: UnitOfWork, community_id: int, kept: Collection[Head]) -> Broken | None:
    """Return the first row of the community that is not as it was written, None when all are.

    The chain has to go through its own head and through those that were `kept` elsewhere.
    """
    row = await uow.first(_BEGINS, {"community": community_id})
    begins = Head(row.first, row.first_seal) if row else Head()
    chain = Chain(community_id, [await head(uow, community_id), *kept], begins)
    least = (await uow.read(_LEAST, {"community": community_id}))[0][0]
    last = (
        begins.last if least is None else least - 1
    )  # one that was put before the first is read, too
    while rows := await _behind(uow, community_id, last):
        if (broken := chain.follow(rows)) is not None:
            return broken
        last = rows[-1].id
    return chain.end()


async def _behind(uow: UnitOfWork, community_id: int, last: int) -> list[AuditEntry]:
    values = {"community": community_id, "last_read": last, "most": AT_ONCE}
    return _entries(await uow.read(_BEHIND, values))


def _entries(rows: Sequence[Row[Any]]) -> list[AuditEntry]:
    return [AuditEntry(**{name: getattr(row, name) for name in _NAMES}) for row in rows]
