"""The integrity ledger of a property company: what is held against it, with its evidence."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from bot.domain.case_record import Case
from storage.counter import next_number
from storage.tables import ledger_entries
from storage.unit_of_work import UnitOfWork

_COUNTER = "ledger"
_ADD = insert(ledger_entries)
_OF = (
    select(ledger_entries)
    .where(
        ledger_entries.c.community_id == bindparam("community"),
        ledger_entries.c.company == bindparam("of_company"),
    )
    .order_by(ledger_entries.c.id)
)


@dataclass(frozen=True, slots=True)
class LedgerEntry:
    """One entry: of which company, what, about which case, when (UTC)."""

    community_id: int
    id: int
    company: str
    kind: str
    case_number: int
    at: datetime
    facts: Mapping[str, Any]


_NAMES = tuple(field.name for field in fields(LedgerEntry))


async def add(
    uow: UnitOfWork, case: Case, kind: str, company: str, facts: Mapping[str, Any]
) -> None:
    """Enter something about a case; `facts` are JSON. Entries are never changed."""
    number = await next_number(uow, case.community_id, _COUNTER)
    key = (case.community_id, number, company, kind, case.number, uow.now, dict(facts))
    uow.write(_ADD, dict(zip(_NAMES, key, strict=True)))


async def of_company(uow: UnitOfWork, community_id: int, company: str) -> list[LedgerEntry]:
    """Return what is held against a company, the oldest first."""
    rows = await uow.read(_OF, {"community": community_id, "of_company": company})
    return [LedgerEntry(**row._asdict()) for row in rows]
