"""Finding cases by their words: an ordinary table of pieces, the same on every database."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Row,
    Select,
    bindparam,
    delete,
    exists,
    insert,
    literal,
    or_,
    select,
    union,
    union_all,
)
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.selectable import FromClause

from bot.domain.area import EVERYWHERE
from bot.domain.case_record import Case
from storage.case_row import KEY_OF_REPORTER, door_of
from storage.part import IN_PARTS, parts
from storage.tables import case_pieces, cases, cases_to_index, keys
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
        cases.c.reporter_id,
        keys.c.wrapped,
    )
    .join_from(
        cases_to_index,
        cases,
        (cases.c.community_id == cases_to_index.c.community_id)
        & (cases.c.number == cases_to_index.c.case_number),
        isouter=True,  # each has a case; so it is looked up, and not every case is asked
    )
    .outerjoin(keys, KEY_OF_REPORTER)
    .order_by(cases_to_index.c.community_id, cases_to_index.c.case_number)
    .limit(bindparam("most"))
)
_ANY = select(cases_to_index.c.case_number).limit(1)
_ADD = insert(case_pieces)
_FORGET = delete(case_pieces).where(
    case_pieces.c.community_id == bindparam("community"),
    case_pieces.c.case_number == bindparam("wanted"),
)
LOOKED = 1000  # cases at most are looked at, at once
NEWEST = 2**31 - 1  # above every number
_MOST, _BELOW, _END, _LOOKED = (
    bindparam(one, type_=Integer) for one in ("most", "below", "end", "looked")
)
_ME = bindparam("person", type_=Integer)
_IS_OWN = or_(cases.c.reporter_id == _ME, cases.c.handler_id == _ME)


class Sought(Enum):
    """Which cases are looked through."""

    ALL = "all"
    PARTS = "parts"  # those of some parts, and one's own
    OWN = "own"


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


@dataclass(frozen=True, slots=True)
class Said:
    """What a case says, by which it is to be found; its door is known, to be left out."""

    community_id: int
    number: int
    words: str
    place: str
    door: str | None
    category: str
    outcome: str | None


async def marked(uow: UnitOfWork, most: int) -> list[Said]:
    """Return what `most` of the cases say that are to be found by it."""
    return [_said(uow, row) for row in await uow.read(_MARKED, {"most": most})]


def _said(uow: UnitOfWork, row: Row[Any]) -> Said:
    held = {name: getattr(row, name) for name in Said.__slots__}
    whose = row.community_id, row.reporter_id
    return Said(**held | {"door": door_of(uow, whose, row.number, row.door, row.wrapped)})


def put(uow: UnitOfWork, found_by: Mapping[tuple[int, int], Collection[str]]) -> None:
    """Let each case, a community and a number, be found by its pieces and by nothing else."""
    keys = [{"community": community, "wanted": number} for community, number in found_by]
    for key in keys:
        uow.write(_FORGET, key)
        uow.write(_NOT_MARK, key)
    for (community, number), pieces in found_by.items():
        for piece in sorted(pieces):
            uow.write(_ADD, {"community_id": community, "case_number": number, "piece": piece})


@dataclass(frozen=True, slots=True)
class Found:
    """Numbers of cases, newest first; below `older` more may lie, which was not looked at."""

    numbers: list[int]
    older: int | None


def _end_of(of: Select[Any], number: ColumnElement[int], at: int) -> Select[Any]:
    behind = of.where(number < _BELOW).order_by(number.desc()).limit(1).offset(_LOOKED)
    return select(literal(at).label("at"), behind.scalar_subquery().label("ends"))


def _has(number: ColumnElement[int], at: int) -> ColumnElement[bool]:
    return exists().where(*_named_so(case_pieces, at), case_pieces.c.case_number == number)


def _named_so(table: FromClause, at: int) -> tuple[ColumnElement[bool], ...]:
    return table.c.community_id == bindparam("community"), table.c.piece == bindparam(f"piece{at}")


@lru_cache(maxsize=64)
def _ends(pieces: int) -> Select[Any]:
    """Return the statement for the first case of each piece behind its newest `LOOKED` ones."""
    number = case_pieces.c.case_number
    every = (select(number).where(*_named_so(case_pieces, at)) for at in range(pieces))
    found = union_all(*(_end_of(one, number, at) for at, one in enumerate(every))).subquery()
    return select(found.c.at, found.c.ends).order_by(found.c.at)


_OWN = tuple(
    select(cases.c.number).where(cases.c.community_id == bindparam("community"), one == _ME)
    for one in (cases.c.reporter_id, cases.c.handler_id)
)
_BOTH = union_all(*(_end_of(one, cases.c.number, at) for at, one in enumerate(_OWN))).subquery()
_ENDS_OF_OWN = select(_BOTH.c.at, _BOTH.c.ends).order_by(_BOTH.c.at)


@lru_cache(maxsize=64)
def _cases(sought: Sought, pieces: int) -> Select[Any]:
    """Return the statement that walks from the newest case down to where the look ends."""
    if sought is Sought.OWN:
        within = (cases.c.number < _BELOW, cases.c.number > _END)
        number = union(*(one.where(*within) for one in _OWN)).subquery().c.number
        query, others = select(number.label("number")), range(pieces)
    else:
        walked = case_pieces.alias()
        number, others = walked.c.case_number, range(1, pieces)
        within = (number < _BELOW, number > _END)
        query = select(number.label("number")).where(*_named_so(walked, 0), *within)
    query = query.where(*(_has(number, at) for at in others))
    if sought is Sought.PARTS:
        here = cases.c.community_id == bindparam("community")
        query = query.where(exists().where(here, cases.c.number == number, or_(_IS_OWN, IN_PARTS)))
    return query.order_by(number.desc()).limit(_MOST)


async def look(
    uow: UnitOfWork,
    community_id: int,
    pieces: Collection[str],
    *,
    eyes: Eyes,
    most: int,
    below: int = NEWEST,
) -> Found:
    """Return the first `most` of the cases that have all of `pieces` and that `eyes` may see.

    Only numbers below `below` count. Looked through are the `LOOKED` newest cases that have the
    rarest of the pieces, or that are one's own; where that ends, another look may begin.
    """
    values = {"community": community_id, "person": eyes.person_id, "most": most}
    values |= {"below": below, "looked": LOOKED}
    order = sorted(pieces, key=lambda one: (-len(one), one))
    if eyes.sought is Sought.OWN:
        end = max(row.ends or 0 for row in await uow.read(_ENDS_OF_OWN, values))
    else:
        rows = await uow.read(_ends(len(order)), values | _named(order))
        ends = {order[row.at]: row.ends or 0 for row in rows}
        order.sort(key=lambda one: ends[one])
        end = ends[order[0]]
    where = parts(eyes.scopes) if eyes.sought is Sought.PARTS else {}
    rows = await uow.read(
        _cases(eyes.sought, len(order)), values | where | {"end": end} | _named(order)
    )
    numbers = [row.number for row in rows]
    return Found(numbers, end + 1 if end and len(numbers) < most else None)


def _named(pieces: Sequence[str]) -> dict[str, Any]:
    return {f"piece{at}": one for at, one in enumerate(pieces)}
