"""Finding cases by their words: an ordinary table of pieces, the same on every database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from sqlalchemy import Integer, Row, Select, bindparam, delete, func, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.area import EVERYWHERE
from bot.domain.case_record import Case
from storage.part import IN_PARTS, parts
from storage.tables import case_pieces, cases, cases_to_index
from storage.unit_of_work import UnitOfWork

_MARK = insert(cases_to_index)
_NOT_MARK = delete(cases_to_index).where(
    cases_to_index.c.community_id == bindparam("community"),
    cases_to_index.c.case_number == bindparam("wanted"),
)
_MARKED = (
    select(
        cases.c.community_id,
        cases.c.number,
        cases.c.words,
        cases.c.place,
        cases.c.door,
        cases.c.category,
        cases.c.outcome,
    )
    .join_from(
        cases_to_index,
        cases,
        (cases.c.community_id == cases_to_index.c.community_id)
        & (cases.c.number == cases_to_index.c.case_number),
    )
    .order_by(cases_to_index.c.community_id, cases_to_index.c.case_number)
    .limit(bindparam("most"))
)
_ANY = select(cases_to_index.c.case_number).limit(1)
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
_OF_CASES = _ALL.join_from(
    case_pieces,
    cases,
    (cases.c.community_id == case_pieces.c.community_id)
    & (cases.c.number == case_pieces.c.case_number),
)
_IS_OWN = or_(cases.c.reporter_id == bindparam("person"), cases.c.handler_id == bindparam("person"))


class Sought(Enum):
    """Which cases are looked through."""

    ALL = "all"
    PARTS = "parts"  # those of some parts, and one's own
    OWN = "own"


_FOUND = {
    Sought.ALL: _ALL,
    Sought.PARTS: _OF_CASES.where(or_(_IS_OWN, IN_PARTS)),
    Sought.OWN: _OF_CASES.where(_IS_OWN),
}


def _a_page(found: Select[Any]) -> Select[Any]:
    return (
        found.order_by(case_pieces.c.case_number.desc())
        .limit(bindparam("most", type_=Integer))
        .offset(bindparam("passed", type_=Integer))
    )


_PAGE = {sought: _a_page(found) for sought, found in _FOUND.items()}
_COUNT = {
    sought: select(func.count()).select_from(found.subquery()) for sought, found in _FOUND.items()
}


@dataclass(frozen=True, slots=True)
class Eyes:
    """Whose eyes look: somebody's, who may see all that lies in `scopes`, and else their own."""

    person_id: int
    scopes: frozenset[str] = frozenset()

    @property
    def sought(self) -> Sought:
        """Return which cases are looked through."""
        if EVERYWHERE in self.scopes:
            return Sought.ALL
        return Sought.PARTS if self.scopes else Sought.OWN


def mark(uow: UnitOfWork, case: Case, *, new: bool) -> None:
    """Let it be known that the case is to be found by what it says now."""
    if not new:  # it may be wanted already
        uow.write(_NOT_MARK, {"community": case.community_id, "wanted": case.number})
    uow.write(_MARK, {"community_id": case.community_id, "case_number": case.number})


async def any_marked(connection: AsyncConnection) -> bool:
    """Say whether some case is not yet found by what it says."""
    return (await connection.execute(_ANY)).first() is not None


async def marked(uow: UnitOfWork, most: int) -> Sequence[Row[Any]]:
    """Return what `most` of the cases say that are to be found by it: the columns of `_MARKED`."""
    return await uow.read(_MARKED, {"most": most})


def put(uow: UnitOfWork, found_by: Mapping[tuple[int, int], Collection[str]]) -> None:
    """Let each case, a community and a number, be found by its pieces and by nothing else."""
    keys = [{"community": community, "wanted": number} for community, number in found_by]
    for key in keys:
        uow.write(_FORGET, key)
        uow.write(_NOT_MARK, key)
    for (community, number), pieces in found_by.items():
        for piece in sorted(pieces):
            uow.write(_ADD, {"community_id": community, "case_number": number, "piece": piece})


async def page(
    uow: UnitOfWork,
    community_id: int,
    pieces: Collection[str],
    *,
    eyes: Eyes,
    passed: int,
    most: int,
) -> list[int]:
    """Return the numbers of the cases that have all of `pieces`, newest first.

    Looked through is what `eyes` may see; `passed` are left out.
    """
    values = {**_values(community_id, pieces, eyes), "passed": passed, "most": most}
    return [row.case_number for row in await uow.read(_PAGE[eyes.sought], values)]


async def count(uow: UnitOfWork, community_id: int, pieces: Collection[str], *, eyes: Eyes) -> int:
    """Return how many of the cases that `eyes` may see have all of `pieces`."""
    row = await uow.first(_COUNT[eyes.sought], _values(community_id, pieces, eyes))
    return 0 if row is None else int(row[0])


def _values(community_id: int, pieces: Collection[str], eyes: Eyes) -> dict[str, Any]:
    values = {"community": community_id, "pieces": sorted(pieces), "n": len(pieces)}
    if eyes.sought is Sought.ALL:
        return values
    where = parts(eyes.scopes) if eyes.sought is Sought.PARTS else {}
    return {**values, **where, "person": eyes.person_id}
