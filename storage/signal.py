"""Signals: raised once per occurrence, open until somebody has answered them."""

from collections.abc import Collection
from dataclasses import fields, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, tuple_, update

from bot.domain.signal import Answer, Signal, SignalKind
from storage.tables import cases, signals
from storage.unit_of_work import UnitOfWork

_HERE = signals.c.community_id == bindparam("community")
_OPEN = select(signals).where(_HERE, signals.c.closed_at.is_(None)).order_by(signals.c.id.desc())
_OF = (
    _HERE
    & (signals.c.kind == bindparam("of_kind"))
    & (signals.c.subject == bindparam("of_subject"))
)
_KNOWN = select(signals.c.id).where(_OF, signals.c.occurrence == bindparam("of_occurrence"))
_LAST = select(signals).where(_OF).order_by(signals.c.id.desc()).limit(1)
_ONE = select(signals).where(_HERE, signals.c.id == bindparam("wanted"))
_ADD = insert(signals)
_CLOSE = (
    update(signals)
    .where(_HERE, signals.c.id == bindparam("wanted"), signals.c.closed_at.is_(None))
    .values(closed_at=bindparam("at"), closed_by=bindparam("by"), answer=bindparam("said"))
)
_ALIKE = (
    select(cases.c.building, cases.c.category, cases.c.number, cases.c.reported_at)
    .where(
        cases.c.community_id == bindparam("community"),
        tuple_(cases.c.building, cases.c.category).in_(bindparam("spots", expanding=True)),
        cases.c.reported_at >= bindparam("since"),
        cases.c.status.not_in(bindparam("but", expanding=True)),
    )
    .order_by(cases.c.number.desc())
    .limit(bindparam("most"))
)
_NAMES = tuple(field.name for field in fields(Signal))
_MOST = 500  # cases that are looked at together
Spot = tuple[str, str]  # building and category


def _signal(row: Row[Any]) -> Signal:
    held = row._asdict()
    answer = Answer(held["answer"]) if held["answer"] else None
    return Signal(**{**held, "kind": SignalKind(held["kind"]), "answer": answer})


async def open_in(uow: UnitOfWork, community_id: int) -> tuple[Signal, ...]:
    """Return the signals that nobody has answered, newest first; read once a transaction."""
    key = ("signals", community_id)
    if key not in uow.cache:
        rows = await uow.read(_OPEN, {"community": community_id})
        uow.cache[key] = tuple(map(_signal, rows))
    found: tuple[Signal, ...] = uow.cache[key]
    return found


async def find(uow: UnitOfWork, community_id: int, signal_id: int) -> Signal | None:
    """Return the signal with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": signal_id})
    return None if row is None else _signal(row)


async def last(uow: UnitOfWork, community_id: int, kind: SignalKind, subject: str) -> Signal | None:
    """Return the signal about the subject that was raised last."""
    values = {"community": community_id, "of_kind": kind.value, "of_subject": subject}
    row = await uow.first(_LAST, values)
    return None if row is None else _signal(row)


async def is_known(uow: UnitOfWork, one: Signal) -> bool:
    """Say whether this occurrence was raised before, answered or not."""
    values = {"community": one.community_id, "of_kind": one.kind.value}
    values |= {"of_subject": one.subject, "of_occurrence": one.occurrence}
    return await uow.first(_KNOWN, values) is not None


async def add(uow: UnitOfWork, one: Signal) -> None:
    """Keep a signal, known to be new."""
    others = await open_in(uow, one.community_id)
    values = {name: getattr(one, name) for name in _NAMES}
    uow.write(_ADD, {**values, "kind": one.kind.value})
    uow.cache["signals", one.community_id] = (one, *others)


async def close(uow: UnitOfWork, one: Signal, by: int, answer: Answer) -> Signal | None:
    """Note what somebody did about it; None when another was first."""
    values = {"community": one.community_id, "wanted": one.id, "at": uow.now, "by": by}
    if await uow.write_now(_CLOSE, {**values, "said": answer.value}) != 1:
        return None
    left = [held for held in await open_in(uow, one.community_id) if held.id != one.id]
    uow.cache["signals", one.community_id] = tuple(left)
    return replace(one, closed_at=uow.now, closed_by=by, answer=answer)


async def alike(
    uow: UnitOfWork,
    community_id: int,
    spots: Collection[Spot],
    since: datetime,
    but: Collection[str],
) -> dict[Spot, list[tuple[int, datetime]]]:
    """Return number and instant (UTC) of the cases of each spot since then, newest first.

    Cases whose status is one of `but` are left out.
    """
    values = {"community": community_id, "spots": sorted(spots), "since": since}
    found: dict[Spot, list[tuple[int, datetime]]] = {}
    for row in await uow.read(_ALIKE, {**values, "but": sorted(but), "most": _MOST}):
        found.setdefault((row.building, row.category), []).append((row.number, row.reported_at))
    return found
