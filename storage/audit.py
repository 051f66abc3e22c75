"""What was refused, and who looked at what is guarded; rows are added and never changed."""

from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select

from storage.counter import next_number
from storage.tables import audit
from storage.unit_of_work import UnitOfWork

_ADD = insert(audit)
_OF = (
    select(audit).where(audit.c.community_id == bindparam("community")).order_by(audit.c.id.desc())
)


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One row: who, what (a verb), about what (noun and number), and further facts as JSON."""

    id: int
    person_id: int | None
    what: str
    subject: str
    facts: dict[str, Any]
    at: datetime
    update_id: int | None


async def add(
    uow: UnitOfWork, community_id: int, person_id: int | None, what: str, subject: str, **facts: Any
) -> None:
    """Add a row about what happens now."""
    row = {
        "community_id": community_id,
        "id": await next_number(uow, community_id, "audit"),
        "person_id": person_id,
        "what": what,
        "subject": subject,
        "facts": facts,
        "at": uow.now,
        "update_id": uow.cause,
    }
    uow.write(_ADD, row)


async def of(uow: UnitOfWork, community_id: int) -> list[AuditEntry]:
    """Return all rows of the community, the newest first."""
    names = [field.name for field in fields(AuditEntry)]
    found = await uow.read(_OF, {"community": community_id})
    return [AuditEntry(**{name: getattr(row, name) for name in names}) for row in found]
