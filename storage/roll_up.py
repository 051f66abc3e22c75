"""The roll-up: what the cases add to the figures, summed by day and by month as they move.

Kept by building, and for all of them together, which is what is asked most; so with the hours
and their categories. Whatever changes a case or an answer touches it; at the end of the
transaction the difference to what it added before is written, once for all cases of a batch.
Nothing is scanned to answer.
"""

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import fields
from functools import cache
from typing import Any

from sqlalchemy import BindParameter, Row, Table, and_, bindparam, delete, insert, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.sql.dml import UpdateBase

from bot.domain.callback import Callback
from bot.domain.case_record import Case
from bot.domain.figures import EVERY, NAMES, Cell, Contribution, Counts, contribution
from bot.domain.period import keys_of
from storage.case_row import SEALED, case_of
from storage.tables import callbacks, case_figures, cases, figure_hours, figures
from storage.unit_of_work import UnitOfWork

Key = tuple[int, int]  # a community, and the number of a case in it
PAGE = 500  # cases that are counted anew at once
_STEP = "figures"
_PARTS = ("estate", "company", "category", "building")
_NUMBERS: BindParameter[Any] = bindparam("numbers", expanding=True)
_KNOWN = select(case_figures).where(
    case_figures.c.community_id == bindparam("community"), case_figures.c.case_number.in_(_NUMBERS)
)
_CASES = SEALED.where(cases.c.community_id == bindparam("community"), cases.c.number.in_(_NUMBERS))
_ANSWERS = (
    select(callbacks)
    .join(
        cases,
        and_(
            cases.c.community_id == callbacks.c.community_id,
            cases.c.number == callbacks.c.case_number,
            cases.c.round == callbacks.c.round,
        ),
    )
    .where(
        callbacks.c.community_id == bindparam("community"), callbacks.c.case_number.in_(_NUMBERS)
    )
    .order_by(callbacks.c.case_number, callbacks.c.person_id)
)
_ADD = insert(case_figures)
_CHANGING = ("day", *_PARTS, "hours", *NAMES)
_SAVE = (
    case_figures.update()
    .where(
        case_figures.c.community_id == bindparam("community"),
        case_figures.c.case_number == bindparam("number"),
    )
    .values({name: bindparam(f"new_{name}") for name in _CHANGING})
)
_CLEAR = [delete(one).where(one.c.community_id == bindparam("community"))
          for one in (case_figures, figures, figure_hours)]  # fmt: skip
_NEXT = (
    select(cases.c.number)
    .where(cases.c.community_id == bindparam("community"), cases.c.number > bindparam("after"))
    .order_by(cases.c.number)
    .limit(bindparam("most"))
)


def touch(uow: UnitOfWork, community_id: int, number: int, *, new: bool = False) -> None:
    """Count the case anew before the transaction ends; `new` when it was made in it."""
    touched: dict[Key, bool] = uow.cache.setdefault(_STEP, {})
    touched.setdefault((community_id, number), new)
    uow.before_commit.setdefault(_STEP, _settle)


async def _settle(uow: UnitOfWork) -> None:
    touched: dict[Key, bool] = uow.cache.pop(_STEP, {})
    by_community: dict[int, dict[int, bool]] = defaultdict(dict)
    for (community_id, number), new in touched.items():
        by_community[community_id][number] = new
    for community_id, numbers in by_community.items():
        await _count(uow, community_id, numbers)


async def _count(uow: UnitOfWork, community_id: int, numbers: Mapping[int, bool]) -> None:
    """Write what the cases (by number, and whether each is new) add more than before."""
    known = await _known(uow, community_id, [one for one, new in numbers.items() if not new])
    found = await _found(uow, community_id, list(numbers))
    done = [one.number for one in found if one.done_at is not None]
    said = await _answers(uow, community_id, done)
    sums = _Sums()
    for case in found:
        before, now = known.get(case.number), contribution(case, said[case.number])
        if now is None or now == before:
            continue
        _keep(uow, case, now, new=before is None)
        sums.add(before, -1)
        sums.add(now, 1)
    sums.write(uow, community_id)


class _Sums:
    """Differences of the sums, by their rows."""

    def __init__(self) -> None:
        self.counts: dict[tuple[str, ...], Counts] = defaultdict(Counts)
        self.hours: Counter[tuple[str | int, ...]] = Counter()

    def add(self, one: Contribution | None, sign: int) -> None:
        """Add what a case adds, or (`sign` -1) take off what it added."""
        if one is None:
            return
        cell = one.cell
        for period in keys_of(cell.day):
            within = (period, cell.estate, cell.company, cell.category)
            for row in ((*within, cell.building), (*within, EVERY)):
                held = self.counts[row]
                self.counts[row] = held + one.counts if sign > 0 else held - one.counts
            if one.hours is not None:
                self.hours[*within, one.hours] += sign
                self.hours[*within[:-1], EVERY, one.hours] += sign

    def write(self, uow: UnitOfWork, community_id: int) -> None:
        """Write the differences, in an order that is the same every time."""
        names = ("period", *_PARTS)
        for row, counts in sorted(self.counts.items(), key=lambda one: one[0]):
            if counts:
                values = dict(zip(names, row, strict=True)) | _numbers(counts)
                uow.write(_more(uow.dialect), {"community_id": community_id, **values})
        for hours, cases_ in sorted(self.hours.items(), key=lambda one: one[0]):
            if cases_:
                values = dict(zip((*names[:-1], "hours", "cases"), (*hours, cases_), strict=True))
                uow.write(_more_hours(uow.dialect), {"community_id": community_id, **values})


def _numbers(counts: Counts) -> dict[str, int]:
    return {name: int(getattr(counts, name)) for name in NAMES}


def _insert(dialect: str, into: Table) -> sqlite.Insert | postgresql.Insert:
    return postgresql.insert(into) if dialect == "postgresql" else sqlite.insert(into)


@cache
def _more(dialect: str) -> UpdateBase:
    """Return the statement that adds to a row of the sums, or begins it."""
    made = _insert(dialect, figures)
    adding = {name: figures.c[name] + made.excluded[name] for name in NAMES}
    return made.on_conflict_do_update(
        index_elements=["community_id", "period", *_PARTS], set_=adding
    )


@cache
def _more_hours(dialect: str) -> UpdateBase:
    made = _insert(dialect, figure_hours)
    return made.on_conflict_do_update(
        index_elements=["community_id", "period", *_PARTS[:-1], "hours"],
        set_={"cases": figure_hours.c.cases + made.excluded.cases},
    )


def _keep(uow: UnitOfWork, case: Case, now: Contribution, *, new: bool) -> None:
    cell = {name: getattr(now.cell, name) for name in ("day", *_PARTS)}
    values = {**cell, "hours": now.hours, **_numbers(now.counts)}
    if new:
        key = {"community_id": case.community_id, "case_number": case.number}
        uow.write(_ADD, {**key, **values})
    else:
        changed = {f"new_{name}": value for name, value in values.items()}
        uow.write(_SAVE, {"community": case.community_id, "number": case.number, **changed})


async def _known(
    uow: UnitOfWork, community_id: int, numbers: Sequence[int]
) -> dict[int, Contribution]:
    if not numbers:
        return {}
    rows = await uow.read(_KNOWN, {"community": community_id, "numbers": numbers})
    return {row.case_number: _contribution(row) for row in rows}


def _contribution(row: Row[Any]) -> Contribution:
    cell = Cell(*(getattr(row, one.name) for one in fields(Cell)))
    return Contribution(cell, Counts(*(getattr(row, name) for name in NAMES)), row.hours)


async def _found(uow: UnitOfWork, community_id: int, numbers: Collection[int]) -> list[Case]:
    """Return the cases: those that this transaction knows are not read again."""
    held = {one: uow.cache.get(("case", community_id, one)) for one in numbers}
    wanted = [one for one, case in held.items() if case is None]
    if wanted:
        rows = await uow.read(_CASES, {"community": community_id, "numbers": wanted})
        held |= {row.number: case_of(uow, row) for row in rows}
    return [case for case in held.values() if case is not None]


async def _answers(
    uow: UnitOfWork, community_id: int, numbers: Sequence[int]
) -> Mapping[int, list[Callback]]:
    """Return what was asked about the latest round of each case."""
    said: dict[int, list[Callback]] = defaultdict(list)
    if numbers:
        for row in await uow.read(_ANSWERS, {"community": community_id, "numbers": numbers}):
            said[row.case_number].append(Callback(**row._asdict()))
    return said


async def rebuild(uow: UnitOfWork, community_id: int) -> None:
    """Count all cases of the community anew: the sums are then what the cases say."""
    for statement in _CLEAR:
        await uow.write_now(statement, {"community": community_id})
    after = 0
    while True:
        values = {"community": community_id, "after": after, "most": PAGE}
        numbers = [row.number for row in await uow.read(_NEXT, values)]
        if not numbers:
            return
        await _count(uow, community_id, dict.fromkeys(numbers, True))
        after = numbers[-1]
