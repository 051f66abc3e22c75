"""What the lobby's screen shows: the newest cases of a column, and how many there are."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, func, select

from bot.domain.case import Status
from storage.case_row import KEY_OF_REPORTER, door_of
from storage.tables import cases, keys
from storage.unit_of_work import UnitOfWork

_SHOWN = (
    *(cases.c.number, cases.c.status, cases.c.category, cases.c.place, cases.c.door),
    *(cases.c.reported_at, cases.c.solution_due, cases.c.promise_at, cases.c.hold_until),
    *(cases.c.resolved_at, cases.c.reporter_id, keys.c.wrapped),
)
_SHOWN_IN = (
    cases.c.community_id == bindparam("community"),
    cases.c.status.in_(bindparam("statuses", expanding=True)),
    cases.c.category.not_in(bindparam("hidden", expanding=True)),
)
_OPEN = (*_SHOWN_IN, cases.c.closed_at.is_(None))
_SINCE = cases.c.resolved_at >= bindparam("since")
_ROWS = select(*_SHOWN).outerjoin_from(cases, keys, KEY_OF_REPORTER)
_NEWEST = _ROWS.where(*_OPEN).order_by(cases.c.number.desc()).limit(bindparam("most"))
_COUNT = select(func.count()).where(*_OPEN)
_FINISHED = (
    _ROWS.where(*_SHOWN_IN, _SINCE)
    .order_by(cases.c.resolved_at.desc(), cases.c.number.desc())
    .limit(bindparam("most"))
)
_COUNT_FINISHED = select(func.count()).where(*_SHOWN_IN, _SINCE)


@dataclass(frozen=True, slots=True)
class Shown:
    """One case as the screen needs it; instants are UTC."""

    number: int
    status: Status
    category: str
    place: str
    door: str | None
    reported_at: datetime
    by: datetime | None  # the promise, the end of a pause, else the date for the solution
    finished_at: datetime | None


async def newest(
    uow: UnitOfWork,
    community_id: int,
    statuses: Collection[str],
    hidden: Collection[str],
    most: int,
    since: datetime | None = None,
) -> tuple[list[Shown], int]:
    """Return the newest open cases in `statuses`, and how many there are in all.

    With `since` (UTC) those that were finished since then, the last one first.
    """
    values = {"community": community_id, "statuses": list(statuses), "hidden": list(hidden)}
    page, count = (_NEWEST, _COUNT) if since is None else (_FINISHED, _COUNT_FINISHED)
    more = {} if since is None else {"since": since}
    rows = await uow.read(page, {**values, **more, "most": most})
    total = await uow.first(count, {**values, **more})
    return [_shown(uow, community_id, row) for row in rows], 0 if total is None else int(total[0])


def _shown(uow: UnitOfWork, community_id: int, row: Row[Any]) -> Shown:
    return Shown(
        row.number,
        Status(row.status),
        row.category,
        row.place,
        door_of(uow, (community_id, row.reporter_id), row.number, row.door, row.wrapped),
        row.reported_at,
        row.hold_until or row.promise_at or row.solution_due,
        row.resolved_at,
    )
