"""Words bound to a case, in the order in which they were said."""

from dataclasses import fields, replace
from typing import Any

from sqlalchemy import bindparam, insert, select, update

from bot.domain.case_record import Case
from bot.domain.remark import Remark, RemarkKind
from storage.tables import remarks
from storage.unit_of_work import UnitOfWork

_OF = (
    select(remarks)
    .where(
        remarks.c.community_id == bindparam("community"),
        remarks.c.case_number == bindparam("wanted"),
    )
    .order_by(remarks.c.id)
)
_ADD = insert(remarks)
_TAKE_BACK = (
    update(remarks)
    .where(
        remarks.c.community_id == bindparam("community"),
        remarks.c.case_number == bindparam("wanted"),
        remarks.c.id == bindparam("remark"),
    )
    .values(taken_back_at=bindparam("taken_back"))
)
_NAMES = tuple(field.name for field in fields(Remark))


async def of(uow: UnitOfWork, community_id: int, number: int) -> tuple[Remark, ...]:
    """Return all remarks of a case, those taken back too, in the order of their making."""
    key = ("remarks", community_id, number)
    if key not in uow.cache:
        rows = await uow.read(_OF, {"community": community_id, "wanted": number})
        uow.cache[key] = tuple(
            Remark(**{**row._asdict(), "kind": RemarkKind(row.kind)}) for row in rows
        )
    found: tuple[Remark, ...] = uow.cache[key]
    return found


def begin(uow: UnitOfWork, community_id: int, number: int) -> None:
    """Note that the case is new and nothing was said about it, which saves asking."""
    uow.cache["remarks", community_id, number] = ()


async def add(
    uow: UnitOfWork, case: Case, kind: RemarkKind, person_id: int | None, words: str, **facts: Any
) -> Remark:
    """Bind words to the case; `facts` are JSON."""
    said = await of(uow, case.community_id, case.number)
    one = Remark(
        community_id=case.community_id,
        case_number=case.number,
        id=len(said) + 1,
        kind=kind,
        person_id=person_id,
        words=words,
        at=uow.now,
        facts=facts,
    )
    uow.write(_ADD, {**{name: getattr(one, name) for name in _NAMES}, "kind": kind.value})
    uow.cache["remarks", case.community_id, case.number] = (*said, one)
    return one


async def take_back(uow: UnitOfWork, one: Remark) -> None:
    """Note that the remark was taken back; it stays in the record."""
    key = ("remarks", one.community_id, one.case_number)
    said = await of(uow, one.community_id, one.case_number)
    values = {"community": one.community_id, "wanted": one.case_number, "remark": one.id}
    uow.write(_TAKE_BACK, {**values, "taken_back": uow.now})
    gone = replace(one, taken_back_at=uow.now)
    uow.cache[key] = tuple(gone if said_one.id == one.id else said_one for said_one in said)
