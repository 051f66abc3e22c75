"""How the whole bot is: what waits, how long already; numbers only."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from storage.inbox import NEW
from storage.outbox import QUEUED
from storage.tables import due, inbox, outbox
from storage.unit_of_work import UnitOfWork

# Written out, as the conditions of the partial indexes are.
_NUMBER: Any = func.count().label("number")
_UPDATES = select(_NUMBER, func.min(inbox.c.received_at).label("oldest")).where(
    inbox.c.status == literal_column(f"'{NEW}'")
)
_LETTERS = select(outbox.c.status, func.count().label("letters")).group_by(outbox.c.status)
_LATE_LETTER = select(func.min(outbox.c.due_at).label("oldest")).where(
    outbox.c.status == literal_column(f"'{QUEUED}'"), outbox.c.due_at <= bindparam("now")
)
_LATE = select(_NUMBER, func.min(due.c.due_at).label("oldest")).where(
    due.c.done_at.is_(None), due.c.due_at <= bindparam("now")
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits; each instant (UTC) is that of the oldest, None when nothing does."""

    updates: int
    oldest_update: datetime | None
    letters: Mapping[str, int]  # by state
    oldest_letter: datetime | None  # that is due
    due: int
    oldest_due: datetime | None


async def waiting(uow: UnitOfWork) -> Waiting:
    """Return what waits, of all communities together."""
    (updates,) = await uow.read(_UPDATES)
    letters = {row.status: row.letters for row in await uow.read(_LETTERS)}
    (letter,) = await uow.read(_LATE_LETTER, {"now": uow.now})
    (late,) = await uow.read(_LATE, {"now": uow.now})
    return Waiting(updates.number, updates.oldest, letters, letter.oldest, late.number, late.oldest)
