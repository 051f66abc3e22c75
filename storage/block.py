"""Who is shut out, until when and why; rows stay as history."""

from dataclasses import asdict
from typing import Any

from sqlalchemy import Row, bindparam, insert, select, update

from bot.domain.block import Block, BlockStatus
from storage import person
from storage.tables import blocks
from storage.unit_of_work import UnitOfWork

_HERE = blocks.c.community_id == bindparam("community")
_ADD = insert(blocks)
_ONE = select(blocks).where(_HERE, blocks.c.id == bindparam("wanted"))
_OF = select(blocks).where(_HERE, blocks.c.person_id == bindparam("person")).order_by(blocks.c.id)
_CHANGE = (
    update(blocks)
    .where(_HERE, blocks.c.id == bindparam("wanted"))
    .values(
        status=bindparam("to"),
        ends_at=bindparam("until"),
        decided_by=bindparam("second"),
        appeal=bindparam("said"),
        judged_by=bindparam("judge"),
        judged_at=bindparam("at"),
        answer=bindparam("sentence"),
        answered_at=bindparam("told_at"),
    )
)


def _block(row: Row[Any]) -> Block:
    return Block(**{**row._asdict(), "status": BlockStatus(row.status)})


def add(uow: UnitOfWork, one: Block) -> None:
    """Add one."""
    uow.write(_ADD, {**asdict(one), "status": one.status.value})
    person.forget(uow, one.community_id, one.person_id)


def change(uow: UnitOfWork, one: Block) -> Block:
    """Write how it stands, and what was said about it; return it."""
    uow.write(
        _CHANGE,
        {
            "community": one.community_id,
            "wanted": one.id,
            "to": one.status.value,
            "until": one.ends_at,
            "second": one.decided_by,
            "said": one.appeal,
            "judge": one.judged_by,
            "at": one.judged_at,
            "sentence": one.answer,
            "told_at": one.answered_at,
        },
    )
    person.forget(uow, one.community_id, one.person_id)
    return one


async def find(uow: UnitOfWork, community_id: int, id_: int) -> Block | None:
    """Return the one with this id."""
    row = await uow.first(_ONE, {"community": community_id, "wanted": id_})
    return None if row is None else _block(row)


async def of(uow: UnitOfWork, community_id: int, person_id: int) -> list[Block]:
    """Return every time that the person was shut out, or was to be; the oldest first."""
    values = {"community": community_id, "person": person_id}
    return [_block(row) for row in await uow.read(_OF, values)]
