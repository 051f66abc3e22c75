"""The letters that carry a broadcast: written a page at a time, paused, stopped, counted, edited.

The words stand in the row of the broadcast; the letters only name it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    Integer,
    Row,
    and_,
    bindparam,
    case,
    func,
    insert,
    literal_column,
    select,
    update,
)

from bot.domain.broadcast import Broadcast, Fate, Way
from bot.domain.letter import class_of
from storage.letter import COPY
from storage.outbox import DEAD, PAUSED, QUEUED, SENDING, SENT, STOPPED, UNKNOWN
from storage.tables import broadcast_people, outbox
from storage.unit_of_work import UnitOfWork

_MOST_COPIES = 2000
LETTER, CORRECTED, RECALLED = "broadcast.letter", "broadcast.corrected", "broadcast.recalled"
_OF_IT = (broadcast_people.c.community_id == bindparam("community")) & (
    broadcast_people.c.broadcast_id == bindparam("wanted")
)
_SHARE = insert(broadcast_people)
_QUEUE = insert(outbox)
_LETTERS = (
    (outbox.c.community_id == bindparam("community"))
    & (outbox.c.broadcast_id == bindparam("wanted"))
    & (outbox.c.kind == literal_column(f"'{LETTER}'"))  # as the partial index names it
)
_FATE = case(
    (outbox.c.status == SENT, Fate.DELIVERED.value),
    (outbox.c.status == UNKNOWN, Fate.UNKNOWN.value),
    (outbox.c.status == STOPPED, Fate.STOPPED.value),
    (and_(outbox.c.status == DEAD, outbox.c.error.like("blocked%")), Fate.BLOCKED.value),
    (and_(outbox.c.status == DEAD, outbox.c.error.like("deleted%")), Fate.DELETED.value),
    (outbox.c.status == DEAD, Fate.FAILED.value),
    else_=Fate.WAITING.value,
)
_COUNT_LETTERS = (
    select(_FATE.label("fate"), func.count().label("n"))
    .where(_LETTERS)
    .group_by(_FATE)
    .order_by(_FATE)
)
_COUNT_SETTLED = (
    select(broadcast_people.c.way, broadcast_people.c.fate, func.count().label("n"))
    .where(_OF_IT)
    .group_by(broadcast_people.c.way, broadcast_people.c.fate)
    .order_by(broadcast_people.c.way, broadcast_people.c.fate)
)
_WAITING = select(
    func.count().label("n"),
    func.coalesce(func.sum(case((outbox.c.status == SENDING, 1), else_=0)), 0).label("going"),
    func.min(outbox.c.due_at).label("first"),
).where(_LETTERS, outbox.c.status.in_([QUEUED, SENDING]))
_PAUSE = update(outbox).where(_LETTERS, outbox.c.status == QUEUED).values(status=PAUSED)
_RESUME = update(outbox).where(_LETTERS, outbox.c.status == PAUSED).values(status=QUEUED)
_STOP = update(outbox).where(_LETTERS, outbox.c.status.in_([QUEUED, PAUSED])).values(status=STOPPED)
_SETTLE = (
    update(broadcast_people)
    .where(_OF_IT, broadcast_people.c.way == Way.LETTER.value)
    .values(
        fate=select(_FATE)
        .where(
            outbox.c.community_id == broadcast_people.c.community_id,
            outbox.c.broadcast_id == broadcast_people.c.broadcast_id,
            outbox.c.chat_id == broadcast_people.c.chat_id,
            outbox.c.kind == literal_column(f"'{LETTER}'"),
        )
        .scalar_subquery()
    )
)
_SENT_PAGE = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.language, outbox.c.large, outbox.c.message_id,
           outbox.c.sent_at)
    .where(
        _LETTERS,
        outbox.c.message_id.is_not(None),
        outbox.c.status == SENT,
        outbox.c.id > bindparam("after"),
    )
    .order_by(outbox.c.id)
    .limit(bindparam("most", type_=Integer))
)  # fmt: skip

_COPIES = (
    select(outbox.c.id, outbox.c.chat_id, outbox.c.language, outbox.c.large, outbox.c.message_id)
    .where(
        outbox.c.community_id == bindparam("community"),
        outbox.c.broadcast_id == bindparam("wanted"),
        outbox.c.kind == COPY,
        outbox.c.message_id.is_not(None),
        outbox.c.status == SENT,
    )
    .order_by(outbox.c.id)
    .limit(_MOST_COPIES)
)


@dataclass(frozen=True, slots=True)
class Share:
    """One person who gets it: in which way, and when it is due (UTC)."""

    person_id: int
    chat_id: int
    language: str
    large: bool
    way: Way
    due_at: datetime
    reason: str


@dataclass(frozen=True, slots=True)
class Waiting:
    """Letters that are still to be sent: how many, of those in flight, and the first (UTC)."""

    n: int
    going: int
    first: datetime | None


def _key(one: Broadcast) -> dict[str, Any]:
    return {"community": one.community_id, "wanted": one.id}


def hand_on(uow: UnitOfWork, one: Broadcast, shares: Sequence[Share]) -> None:
    """Write a page of letters, and of rows for the digest."""
    for each in shares:
        uow.write(
            _SHARE,
            {
                "community_id": one.community_id,
                "broadcast_id": one.id,
                "person_id": each.person_id,
                "chat_id": each.chat_id,
                "way": each.way.value,
                "due_at": each.due_at,
                "fate": None,
                "received_at": None,
            },
        )
        if each.way is Way.LETTER:
            facts = {"broadcast": one.id, "urgent": one.urgent}
            values = _letter(one, LETTER, facts, each.chat_id, each.language, large=each.large)
            held = {"due_at": each.due_at, "reason": each.reason, "silent": one.silent}
            _queue(uow, values | held)


def redraw(uow: UnitOfWork, one: Broadcast, kind: str, sent: Sequence[Row[Any]]) -> None:
    """Let the messages of some letters say what is so now, silently."""
    for each in sent:
        facts = {"broadcast": one.id, "urgent": True}  # silent edits pass at any hour
        values = _letter(one, kind, facts, each.chat_id, each.language, large=each.large)
        held = {"due_at": uow.now, "reason": "edit", "silent": True}
        _queue(uow, values | held | {"message_id": each.message_id})


def _letter(
    one: Broadcast, kind: str, facts: dict[str, Any], chat_id: int, language: str, *, large: bool
) -> dict[str, Any]:
    return {
        "community_id": one.community_id,
        "chat_id": chat_id,
        "language": language,
        "large": large,
        "topic": None,
        "subject": None,
        "kind": kind,
        "facts": facts,
        "letter_class": class_of(kind, edits=kind != LETTER).value,
        "card_id": None,
        "message_id": None,
        "reply_to": None,
        "broadcast_id": one.id,
        "bulk": True,
    }


def _queue(uow: UnitOfWork, values: dict[str, Any]) -> None:
    uow.letters_queued = uow.bulk_queued = True
    fresh = {"status": QUEUED, "attempts": 0, "copies": 0, "created_at": uow.now}
    uow.write(_QUEUE, values | fresh)


async def waiting(uow: UnitOfWork, one: Broadcast) -> Waiting:
    """Return what of it is written and not yet sent."""
    row = await uow.first(_WAITING, _key(one))
    assert row is not None
    return Waiting(int(row.n), int(row.going), row.first)


async def fates(uow: UnitOfWork, one: Broadcast) -> dict[Fate, int]:
    """Return what became of it so far: how many of each."""
    found: dict[Fate, int] = {}
    open_ = 0
    for row in await uow.read(_COUNT_SETTLED, _key(one)):
        if row.way == Way.DIGEST.value:
            found[Fate.DIGEST] = found.get(Fate.DIGEST, 0) + int(row.n)
        elif row.fate is None:
            open_ += int(row.n)
        else:
            found[Fate(row.fate)] = int(row.n)
    if open_:
        letters = await uow.read(_COUNT_LETTERS, _key(one))
        found |= {Fate(row.fate): int(row.n) for row in letters}
    return found


async def pause(uow: UnitOfWork, one: Broadcast) -> None:
    """Let what waits to be sent wait longer."""
    await uow.write_now(_PAUSE, _key(one))


async def resume(uow: UnitOfWork, one: Broadcast) -> None:
    """Let what was paused go on."""
    await uow.write_now(_RESUME, _key(one))
    uow.letters_queued = uow.bulk_queued = True


async def stop(uow: UnitOfWork, one: Broadcast) -> None:
    """Let what was not sent yet never go."""
    await uow.write_now(_STOP, _key(one))


async def settle(uow: UnitOfWork, one: Broadcast) -> None:
    """Keep with each person what became of their letter, which itself is forgotten one day."""
    await uow.write_now(_SETTLE, _key(one))


async def sent(uow: UnitOfWork, one: Broadcast, after: int, most: int) -> Sequence[Row[Any]]:
    """Return a page of the letters that arrived, behind the id `after`, with their messages."""
    return await uow.read(_SENT_PAGE, {**_key(one), "after": after, "most": most})


async def copies(uow: UnitOfWork, one: Broadcast) -> Sequence[Row[Any]]:
    """Return the messages in which somebody has opened it, from their digest or the news."""
    return await uow.read(_COPIES, _key(one))
