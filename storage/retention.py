"""Deletes what was kept long enough, a few rows at a time, and counts what was deleted."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, and_, bindparam, delete, insert, select, tuple_, update

from bot.domain.audit import Head
from storage.outbox import OLD
from storage.picture import name_of
from storage.tables import attachments, audit, audit_heads, cases, deletions, drafts, outbox
from storage.unit_of_work import UnitOfWork

_ADD = insert(deletions)
_THIS = (
    (deletions.c.community_id == bindparam("community"))
    & (deletions.c.month == bindparam("in_month"))
    & (deletions.c.kind == bindparam("of_kind"))
)
_MORE = update(deletions).where(_THIS).values(n=deletions.c.n + bindparam("more"))
_OF_MONTH = (
    select(deletions.c.kind, deletions.c.n)
    .where(
        deletions.c.community_id == bindparam("community"),
        deletions.c.month == bindparam("in_month"),
    )
    .order_by(deletions.c.kind)
)


async def count(uow: UnitOfWork, community_id: int, month: str, kind: str, n: int) -> None:
    """Add to what was deleted of a kind in the month, such as 2026-11."""
    values = {"community": community_id, "in_month": month, "of_kind": kind, "more": n}
    if n and not await uow.write_now(_MORE, values):
        row = {"community_id": community_id, "month": month, "kind": kind, "n": n}
        await uow.write_now(_ADD, row)


async def deleted_in(uow: UnitOfWork, community_id: int, month: str) -> Mapping[str, int]:
    """Return how much was deleted in the month, by kind."""
    rows = await uow.read(_OF_MONTH, {"community": community_id, "in_month": month})
    return {row.kind: row.n for row in rows}


async def _delete_some(
    uow: UnitOfWork, table: Table, wanted: ColumnElement[bool], most: int, **values: Any
) -> int:
    key = tuple_(*table.primary_key.columns)
    some = select(*table.primary_key.columns).where(wanted).order_by(*table.primary_key.columns)
    return await uow.write_now(delete(table).where(key.in_(some.limit(most))), values or None)


async def letters(uow: UnitOfWork, community_id: int, before: datetime, most: int) -> int:
    """Delete letters that ended and were written before; see `outbox.OLD`."""
    wanted = and_(outbox.c.community_id == community_id, OLD)
    return await _delete_some(uow, outbox, wanted, most, before=before)


async def old_drafts(uow: UnitOfWork, community_id: int, before: datetime, most: int) -> int:
    """Delete what was being written and was left alone since before."""
    wanted = and_(drafts.c.community_id == community_id, drafts.c.changed_at < before)
    return await _delete_some(uow, drafts, wanted, most)


async def doors(uow: UnitOfWork, community_id: int, before: datetime, most: int) -> int:
    """Take the door out of cases that were closed before."""
    some = (
        select(cases.c.number)
        .where(
            cases.c.community_id == community_id,
            cases.c.closed_at < before,
            cases.c.door.is_not(None),
        )
        .order_by(cases.c.number)
        .limit(most)
    )
    here = cases.c.community_id == community_id, cases.c.number.in_(some)
    return await uow.write_now(update(cases).where(*here).values(door=None))


async def pictures(uow: UnitOfWork, community_id: int, before: datetime, most: int) -> int:
    """Delete what was sent along with cases that were closed before, and their files."""
    query = (
        select(attachments)
        .join(
            cases,
            (cases.c.community_id == attachments.c.community_id)
            & (cases.c.number == attachments.c.case_number),
        )
        .where(attachments.c.community_id == community_id, cases.c.closed_at < before)
        .order_by(attachments.c.case_number, attachments.c.file_unique_id)
        .limit(most)
    )
    rows = await uow.read(query)
    for row in rows:
        this = [column == getattr(row, column.name) for column in attachments.primary_key.columns]
        await uow.write_now(delete(attachments).where(*this))
    uow.pictures_dropped += [name_of(row) for row in rows if row.sha256]
    return len(rows)


async def cut_audit(uow: UnitOfWork, community_id: int, before: datetime, most: int) -> int:
    """Delete the oldest rows of the audit; its chain begins behind them from now on."""
    query = (
        select(audit.c.id, audit.c.seal)
        .where(audit.c.community_id == community_id, audit.c.at < before)
        .order_by(audit.c.id)
        .limit(most)
    )
    rows = await uow.read(query)
    if rows:
        last = Head(rows[-1].id, rows[-1].seal)
        here = audit.c.community_id == community_id
        await uow.write_now(delete(audit).where(here, audit.c.id <= last.last))
        of = audit_heads.c.community_id == community_id
        moved = update(audit_heads).where(of).values(first=last.last, first_seal=last.seal)
        await uow.write_now(moved)
    return len(rows)
