"""What the clock has to do, as rows with a unique key: done once, whoever is started twice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.tables import due
from storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Due:
    """One thing that falls due: its kind, whom or what it concerns, and which time round."""

    community_id: int
    kind: str
    subject: str
    occurrence: str
    due_at: datetime


_THIS = (
    (due.c.community_id == bindparam("community"))
    & (due.c.kind == bindparam("of_kind"))
    & (due.c.subject == bindparam("of_subject"))
    & (due.c.occurrence == bindparam("of_occurrence"))
)
_COLUMNS = (due.c.community_id, due.c.kind, due.c.subject, due.c.occurrence, due.c.due_at)
_FIND = select(due.c.due_at).where(_THIS)
_OPEN_OF = (
    select(*_COLUMNS)
    .where(
        due.c.community_id == bindparam("community"),
        due.c.kind == bindparam("of_kind"),
        due.c.subject == bindparam("of_subject"),
        due.c.done_at.is_(None),
    )
    .order_by(due.c.due_at)
    .limit(1)
)
_PLAN = insert(due)
_MOVE = update(due).where(_THIS, due.c.done_at.is_(None)).values(due_at=bindparam("to"))
_DONE = (
    update(due)
    .where(_THIS, due.c.done_at.is_(None), due.c.due_at == bindparam("planned"))
    .values(done_at=bindparam("at"))
)
_CANCEL = (
    update(due)
    .where(
        due.c.community_id == bindparam("community"),
        due.c.kind == bindparam("of_kind"),
        due.c.subject == bindparam("of_subject"),
        due.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"))
)
_LET_PASS = (
    update(due)
    .where(
        due.c.community_id == bindparam("community"),
        due.c.kind == bindparam("of_kind"),
        due.c.due_at <= bindparam("at"),
        due.c.done_at.is_(None),
    )
    .values(done_at=bindparam("at"))
)
_FALLEN = (
    select(*_COLUMNS)
    .where(due.c.done_at.is_(None), due.c.due_at <= bindparam("now"))
    .order_by(due.c.due_at, due.c.kind, due.c.subject)
    .limit(bindparam("most"))
)
_NEXT = select(func.min(due.c.due_at)).where(due.c.done_at.is_(None))


def _key(one: Due) -> dict[str, object]:
    return {
        "community": one.community_id,
        "of_kind": one.kind,
        "of_subject": one.subject,
        "of_occurrence": one.occurrence,
    }


async def plan(uow: UnitOfWork, one: Due) -> None:
    """Plan `one`; when it is planned already it moves, when it is done nothing happens."""
    if await uow.first(_FIND, _key(one)) is None:
        plan_new(uow, one)
    else:
        uow.write(_MOVE, {**_key(one), "to": one.due_at})


async def is_known(uow: UnitOfWork, one: Due) -> bool:
    """Say whether `one` was ever planned, done or not."""
    return await uow.first(_FIND, _key(one)) is not None


async def open_of(uow: UnitOfWork, community_id: int, kind: str, subject: str) -> Due | None:
    """Return what is planned of a kind for a subject and not done, the earliest."""
    values = {"community": community_id, "of_kind": kind, "of_subject": subject}
    row = await uow.first(_OPEN_OF, values)
    return None if row is None else Due(**row._asdict())


def move(uow: UnitOfWork, one: Due) -> None:
    """Move `one`, known to be planned, to its `due_at`; when it is done nothing happens."""
    uow.write(_MOVE, {**_key(one), "to": one.due_at})


def plan_new(uow: UnitOfWork, one: Due) -> None:
    """Plan `one`, known to be new (its subject was made just now)."""
    uow.write(
        _PLAN,
        {
            "community_id": one.community_id,
            "kind": one.kind,
            "subject": one.subject,
            "occurrence": one.occurrence,
            "due_at": one.due_at,
            "done_at": None,
        },
    )


def cancel(uow: UnitOfWork, community_id: int, kind: str, subject: str) -> None:
    """Cancel every open occurrence of a kind for a subject, in the transaction of its cause."""
    uow.write(
        _CANCEL,
        {
            "community": community_id,
            "of_kind": kind,
            "of_subject": subject,
            "at": uow.now,
        },
    )


def let_pass(uow: UnitOfWork, community_id: int, kind: str) -> None:
    """Let what has fallen due of a kind be done already, as in a past that was made up."""
    uow.write(_LET_PASS, {"community": community_id, "of_kind": kind, "at": uow.now})


async def mark_done(uow: UnitOfWork, one: Due) -> bool:
    """Mark `one` done, in the transaction of what it does; False when it no longer is to be done.

    Somebody else may have done, cancelled or moved it since it was read.
    """
    values = {**_key(one), "at": uow.now, "planned": one.due_at}
    return await uow.write_now(_DONE, values) == 1


async def fallen_due(connection: AsyncConnection, now: datetime, most: int = 64) -> Sequence[Due]:
    """Return what is due at `now` (UTC) and not done, the earliest first."""
    rows = await connection.execute(_FALLEN, {"now": now, "most": most})
    return [Due(*row) for row in rows]


async def next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next thing falls due (UTC), None when nothing is planned."""
    found: datetime | None = (await connection.execute(_NEXT)).scalar_one_or_none()
    return found
