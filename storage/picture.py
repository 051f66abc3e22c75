"""Files that are looked into before anybody is shown them: what waits, what was found."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, Select, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.picture import CLEAN, WAITING, Key, Verdict
from storage.tables import attachments
from storage.unit_of_work import UnitOfWork

_THIS = (
    (attachments.c.community_id == bindparam("community"))
    & (attachments.c.case_number == bindparam("number"))
    & (attachments.c.stage == bindparam("of_stage"))
    & (attachments.c.file_unique_id == bindparam("unique"))
)
_ONE = select(attachments).where(_THIS)
_DUE = (
    select(attachments)
    .where(attachments.c.check_at <= bindparam("now"))
    .order_by(attachments.c.check_at, attachments.c.file_unique_id)
    .limit(bindparam("most"))
)
_NEXT = select(func.min(attachments.c.check_at)).where(attachments.c.check_at > bindparam("now"))
_KEPT = select(attachments).where(attachments.c.state.in_((WAITING, CLEAN)))
_SETTLE = (
    update(attachments)
    .where(_THIS)
    .values(
        state=bindparam("found"),
        reason=bindparam("why"),
        sha256=bindparam("sum"),
        check_at=None,
        wanted=None,
    )
)
_POSTPONE = (
    update(attachments)
    .where(_THIS, attachments.c.state == WAITING)
    .values(check_at=bindparam("to"), checks=bindparam("failed"))
)
_WANT = (
    update(attachments)
    .where(_THIS)
    .values(wanted=bindparam("people", type_=JSON(none_as_null=True)))
)
_REMEMBER = update(attachments).where(_THIS).values(clean_id=bindparam("id"))
_ANEW = (
    update(attachments)
    .where(_THIS, attachments.c.state == CLEAN)
    .values(state=WAITING, check_at=bindparam("to"), checks=0, clean_id=None)
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A file of a case that is checked; `came_at` is UTC."""

    key: Key
    file_id: str
    person_id: int
    message_id: int | None  # in the private chat of who sent it
    came_at: datetime
    state: str | None
    reason: str | None
    checks: int
    clean_id: str | None
    wanted: tuple[int, ...]


def _picture(row: Row[Any]) -> Picture:
    return Picture(
        key=_key(row),
        file_id=row.file_id,
        person_id=row.person_id,
        message_id=row.message_id,
        came_at=row.at,
        state=row.state,
        reason=row.reason,
        checks=row.checks,
        clean_id=row.clean_id,
        wanted=tuple(row.wanted or ()),
    )


def _key(row: Row[Any]) -> Key:
    return Key(row.community_id, row.case_number, row.stage, row.file_unique_id)


def _where(key: Key) -> dict[str, Any]:
    return {
        "community": key.community_id,
        "number": key.case_number,
        "of_stage": key.stage,
        "unique": key.unique,
    }


async def find(uow: UnitOfWork, key: Key) -> Picture | None:
    """Return the file as it stands in this transaction."""
    row = await uow.first(_ONE, _where(key))
    return None if row is None else _picture(row)


async def look_up(connection: AsyncConnection, key: Key) -> Picture | None:
    """Return the file as it was committed last."""
    row = (await connection.execute(_ONE, _where(key))).first()
    return None if row is None else _picture(row)


async def fallen_due(connection: AsyncConnection, now: datetime, most: int) -> list[Picture]:
    """Return what is to be looked into at `now` (UTC), the earliest first."""
    rows = await connection.execute(_DUE, {"now": now, "most": most})
    return [_picture(row) for row in rows]


async def next_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return when the next file after `now` (UTC) is to be looked into (UTC)."""
    found: datetime | None = (await connection.execute(_NEXT, {"now": now})).scalar_one_or_none()
    return found


def name_of(row: Row[Any]) -> str:
    """Return the name of the clean picture of a row of the table."""
    return _key(row).file_name


async def names(connection: AsyncConnection) -> frozenset[str]:
    """Return the names of all clean files that there are, or may be at any moment."""
    kept: Select[Any] = _KEPT
    return frozenset(_key(row).file_name for row in await connection.execute(kept))


def settle(uow: UnitOfWork, key: Key, found: Verdict) -> None:
    """Write what was found; it is not looked into again."""
    what = {"found": found.state, "why": found.reason, "sum": found.sha256}
    uow.write(_SETTLE, _where(key) | what)
    _forget(uow, key)


def postpone(uow: UnitOfWork, key: Key, to: datetime, failed: int) -> None:
    """Let it be looked into at `to` (UTC), after `failed` attempts."""
    uow.write(_POSTPONE, _where(key) | {"to": to, "failed": failed})


def want(uow: UnitOfWork, key: Key, people: Sequence[int]) -> None:
    """Note who is shown it as soon as it is clean."""
    uow.write(_WANT, _where(key) | {"people": list(people)})
    _forget(uow, key)


def _forget(uow: UnitOfWork, key: Key) -> None:
    """Let the files of the case be read again, as they are now."""
    uow.cache.pop(("attached", key.community_id, key.case_number), None)


def remember(uow: UnitOfWork, key: Key, clean_id: str | None) -> None:
    """Note under which id Telegram has the clean picture, None when it no longer has it."""
    uow.write(_REMEMBER, _where(key) | {"id": clean_id})


def check_anew(uow: UnitOfWork, key: Key) -> None:
    """Let a clean picture whose file is lost be fetched and made once more."""
    uow.write(_ANEW, _where(key) | {"to": uow.now})
    uow.pictures_planned = True
