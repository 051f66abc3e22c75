"""Finding cases by their words: an ordinary table of pieces, the same on every database."""

from collections.abc import Collection
from typing import Any

from sqlalchemy import Integer, Select, bindparam, delete, exists, func, insert, or_, select

from bot.domain.case_record import Case
from storage.tables import case_pieces, cases
from storage.unit_of_work import UnitOfWork

_ADD = insert(case_pieces)
_FORGET = delete(case_pieces).where(
    case_pieces.c.community_id == bindparam("community"),
    case_pieces.c.case_number == bindparam("wanted"),
)
_ALL = (
    select(case_pieces.c.case_number)
    .where(
        case_pieces.c.community_id == bindparam("community"),
        case_pieces.c.piece.in_(bindparam("pieces", expanding=True)),
    )
    .group_by(case_pieces.c.case_number)
    .having(func.count() == bindparam("n", type_=Integer))
)
_OWN = _ALL.join_from(
    case_pieces,
    cases,
    (cases.c.community_id == case_pieces.c.community_id)
    & (cases.c.number == case_pieces.c.case_number),
).where(or_(cases.c.reporter_id == bindparam("person"), cases.c.handler_id == bindparam("person")))

_UNKEPT = (
    select(cases.c.community_id, cases.c.number)
    .where(
        ~exists().where(
            case_pieces.c.community_id == cases.c.community_id,
            case_pieces.c.case_number == cases.c.number,
        )
    )
    .order_by(cases.c.community_id, cases.c.number)
)


def _a_page(found: Select[Any]) -> Select[Any]:
    return (
        found.order_by(case_pieces.c.case_number.desc())
        .limit(bindparam("most", type_=Integer))
        .offset(bindparam("passed", type_=Integer))
    )


_PAGE = {False: _a_page(_ALL), True: _a_page(_OWN)}
_COUNT = {
    own: select(func.count()).select_from(found.subquery())
    for own, found in ((False, _ALL), (True, _OWN))
}


def put(uow: UnitOfWork, case: Case, pieces: Collection[str], *, new: bool) -> None:
    """Let the case be found by `pieces` and by nothing else."""
    if not new:
        uow.write(_FORGET, {"community": case.community_id, "wanted": case.number})
    key = {"community_id": case.community_id, "case_number": case.number}
    for piece in sorted(pieces):
        uow.write(_ADD, {**key, "piece": piece})


async def unkept(uow: UnitOfWork) -> list[tuple[int, int]]:
    """Return community and number of each case that nothing finds: those of older versions."""
    return [(row.community_id, row.number) for row in await uow.read(_UNKEPT)]


async def page(
    uow: UnitOfWork,
    community_id: int,
    pieces: Collection[str],
    *,
    own: int | None,
    passed: int,
    most: int,
) -> list[int]:
    """Return the numbers of the cases that have all of `pieces`, newest first.

    `own` is the person whose cases alone are looked through, None for all; `passed` are left out.
    """
    values = {**_values(community_id, pieces, own), "passed": passed, "most": most}
    return [row.case_number for row in await uow.read(_PAGE[own is not None], values)]


async def count(
    uow: UnitOfWork, community_id: int, pieces: Collection[str], *, own: int | None
) -> int:
    """Return how many cases have all of `pieces`."""
    row = await uow.first(_COUNT[own is not None], _values(community_id, pieces, own))
    return 0 if row is None else int(row[0])


def _values(community_id: int, pieces: Collection[str], own: int | None) -> dict[str, Any]:
    values = {"community": community_id, "pieces": sorted(pieces), "n": len(pieces)}
    return values if own is None else {**values, "person": own}
