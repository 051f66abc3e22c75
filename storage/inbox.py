"""Updates that were taken in and are still to be handled; and how far they were taken in."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import bindparam, delete, func, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.retention import UPDATES_KEPT
from storage.tables import inbox, polling
from storage.unit_of_work import UnitOfWork

NEW, DONE, ASIDE = "new", "done", "aside"
KEPT = "kept"  # until its person has said where they belong
_KEPT_NOW, _TAKEN_UP = "kept updates", "lanes taken up"  # in this transaction
_BLANKED = "blanked updates"
_NOTHING, _NOBODY = "{}", ""  # what stands in the place of an update, and of its lane
_PAPERS = '"v1:survey:'  # buttons of a survey: pressed, or quoted with the message they are below


@dataclass(frozen=True, slots=True)
class Taken:
    """One update as it was taken in: raw JSON and the lane in which its order counts."""

    bot_id: int
    update_id: int
    lane: str
    raw: str
    attempts: int = 0


_KNOWN = select(inbox.c.update_id).where(
    inbox.c.bot_id == bindparam("bot"), inbox.c.update_id.in_(bindparam("ids", expanding=True))
)
_TAKE = insert(inbox)
_OFFSET = select(polling.c.next_offset).where(polling.c.bot_id == bindparam("bot"))
_UNHANDLED = (
    select(inbox)
    .where(inbox.c.bot_id == bindparam("bot"), inbox.c.status == NEW)
    .order_by(inbox.c.update_id)
)
_BEFORE = (
    select(inbox.c.lane, func.count().label("sent"))
    .where(
        inbox.c.lane.in_(bindparam("lanes", expanding=True)),
        inbox.c.received_at > bindparam("since"),
        inbox.c.update_id < bindparam("first"),
    )
    .group_by(inbox.c.lane)
)
_DONE = (
    update(inbox)
    .where(inbox.c.bot_id == bindparam("bot"), inbox.c.update_id == bindparam("id"))
    .values(status=bindparam("now_status"), done_at=bindparam("at"))
)
_BLANK = (
    update(inbox)
    .where(inbox.c.bot_id == bindparam("bot"), inbox.c.update_id == bindparam("id"))
    .values(raw=bindparam("nothing"))
)
_FORGET_WHO = (
    update(inbox)
    .where(
        inbox.c.done_at >= bindparam("since"),
        inbox.c.status == DONE,
        inbox.c.raw == bindparam("nothing"),
    )
    .values(lane=bindparam("nobody"))
)
_KEPT_IN = (
    select(inbox)
    .where(inbox.c.lane == bindparam("in_lane"), inbox.c.status == KEPT)
    .order_by(inbox.c.update_id)
)
_TAKE_UP = (
    update(inbox)
    .where(inbox.c.lane == bindparam("in_lane"), inbox.c.status == KEPT)
    .values(status=NEW, done_at=None, due_at=bindparam("at"))
)
_FAILED = (
    update(inbox)
    .where(inbox.c.bot_id == bindparam("bot"), inbox.c.update_id == bindparam("id"))
    .values(
        attempts=bindparam("tried"),
        due_at=bindparam("again_at"),
        status=bindparam("now_status"),
        error_code=bindparam("code"),
        done_at=bindparam("at"),
    )
)
_FORGET = delete(inbox).where(inbox.c.done_at < bindparam("before"))


async def take_in(
    uow: UnitOfWork, bot_id: int, updates: Sequence[Taken], offset: int | None = None
) -> list[Taken]:
    """Keep the `updates` that are not known yet, with the offset behind them; return those.

    Known means in the table, not "a smaller number": numbers may jump. What was not fetched has
    no offset: others with smaller numbers may still be on their way.
    """
    ids = [one.update_id for one in updates]
    known = {row.update_id for row in await uow.read(_KNOWN, {"bot": bot_id, "ids": ids})}
    fresh = [one for one in updates if one.update_id not in known]
    for one in fresh:
        uow.write(
            _TAKE,
            {
                "bot_id": bot_id,
                "update_id": one.update_id,
                "lane": one.lane,
                "raw": one.raw,
                "received_at": uow.now,
                "status": NEW,
                "attempts": 0,
                "due_at": uow.now,
            },
        )
    if offset is not None:
        await _move_offset(uow, bot_id, offset)
    return fresh


async def _move_offset(uow: UnitOfWork, bot_id: int, offset: int) -> None:
    database = postgresql if uow.dialect == "postgresql" else sqlite
    statement = database.insert(polling).values(bot_id=bot_id, next_offset=offset)
    await uow.write_now(
        statement.on_conflict_do_update(
            index_elements=["bot_id"], set_={"next_offset": statement.excluded.next_offset}
        )
    )


async def next_offset(connection: AsyncConnection, bot_id: int) -> int | None:
    """Return the offset to ask Telegram for, None before the first update."""
    row = (await connection.execute(_OFFSET, {"bot": bot_id})).first()
    return None if row is None else int(row.next_offset)


async def unhandled(connection: AsyncConnection, bot_id: int) -> list[Taken]:
    """Return what was taken in before this start and is still to be handled, oldest first."""
    rows = await connection.execute(_UNHANDLED, {"bot": bot_id})
    return [Taken(row.bot_id, row.update_id, row.lane, row.raw, row.attempts) for row in rows]


async def count_before(
    uow: UnitOfWork, lanes: Collection[str], first: int, since: datetime
) -> dict[str, int]:
    """Return how many updates of each lane were taken in since then, before the `first`."""
    values = {"lanes": list(lanes), "first": first, "since": since}
    return {row.lane: row.sent for row in await uow.read(_BEFORE, values)}


def mark_done(uow: UnitOfWork, one: Taken) -> None:
    """Mark the update handled, or kept back, in the transaction of everything it changed."""
    status = KEPT if one.update_id in uow.cache.get(_KEPT_NOW, ()) else DONE
    values = {"bot": one.bot_id, "id": one.update_id, "at": uow.now, "now_status": status}
    uow.write(_DONE, values)
    if one.update_id in uow.cache.get(_BLANKED, ()) or _PAPERS in one.raw:
        uow.write(_BLANK, {"bot": one.bot_id, "id": one.update_id, "nothing": _NOTHING})
        uow.leaves_no_trace = True


def blank(uow: UnitOfWork) -> None:
    """Keep nothing of the update at hand but that it was handled: it holds a nameless answer."""
    uow.cache.setdefault(_BLANKED, set()).add(uow.cause)


async def forget_who(uow: UnitOfWork, since: datetime) -> None:
    """Forget of whom the updates were that are blank, of those handled since then (UTC).

    How many somebody needed tells which way they went through the questions.
    """
    values = {"since": since, "nothing": _NOTHING, "nobody": _NOBODY}
    await uow.write_now(_FORGET_WHO, values)


def keep_back(uow: UnitOfWork, lane: str) -> None:
    """Keep the update at hand, of `lane`, to be handled again after `take_up`."""
    uow.cache.setdefault(_KEPT_NOW, {})[uow.cause] = lane


async def last_kept(uow: UnitOfWork, lane: str) -> datetime | None:
    """Return when (UTC) the latest update that is kept back in the lane came; None without any."""
    if lane in uow.cache.get(_KEPT_NOW, {}).values():
        return uow.now
    rows = await uow.read(_KEPT_IN, {"in_lane": lane})
    return rows[-1].received_at if rows else None


def take_up(uow: UnitOfWork, lane: str) -> None:
    """Let what is kept back in the lane be handled again, before anything later of it."""
    uow.cache.setdefault(_TAKEN_UP, []).append(lane)


def is_taking_up(uow: UnitOfWork) -> bool:
    """Say whether something comes again before what was taken in later."""
    return _TAKEN_UP in uow.cache


async def taken_up(uow: UnitOfWork) -> list[Taken]:
    """Return what is to be handled again after this transaction, in its order."""
    found: list[Taken] = []
    for lane in uow.cache.get(_TAKEN_UP, ()):
        rows = await uow.read(_KEPT_IN, {"in_lane": lane})
        found += [Taken(row.bot_id, row.update_id, row.lane, row.raw, row.attempts) for row in rows]
        uow.write(_TAKE_UP, {"in_lane": lane, "at": uow.now})
    return found


def mark_failed(uow: UnitOfWork, one: Taken, again_at: datetime | None, code: str) -> None:
    """Plan the next attempt at `again_at`, or set the update aside when that is None."""
    uow.write(
        _FAILED,
        {
            "bot": one.bot_id,
            "id": one.update_id,
            "tried": one.attempts + 1,
            "again_at": again_at or uow.now,
            "now_status": ASIDE if again_at is None else NEW,
            "code": code,
            "at": uow.now if again_at is None else None,
        },
    )


async def forget_old(uow: UnitOfWork, keep: timedelta = UPDATES_KEPT) -> int:
    """Delete handled updates older than `keep`; return how many."""
    return await uow.write_now(_FORGET, {"before": uow.now - keep})
