"""What a meeting has found to need money or a decision of all: rows for the procedure."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, insert, select

from storage.tables import proposals
from storage.unit_of_work import UnitOfWork

_ADD = insert(proposals)
_ALL = (
    select(proposals)
    .where(proposals.c.community_id == bindparam("community"))
    .order_by(proposals.c.id)
)


@dataclass(frozen=True, slots=True)
class Proposal:
    """One of them; `at` is UTC."""

    community_id: int
    id: int
    item_id: int
    case_number: int | None
    words: str
    at: datetime


def add(uow: UnitOfWork, one: Proposal) -> None:
    """Add one."""
    uow.write(_ADD, asdict(one))


async def all_of(uow: UnitOfWork, community_id: int) -> list[Proposal]:
    """Return all of a community, the oldest first."""
    rows = await uow.read(_ALL, {"community": community_id})
    return [Proposal(**row._asdict()) for row in rows]
