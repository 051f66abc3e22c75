"""The figures as they are asked for: sums of the rows that are kept up to date, never a scan.

The cases themselves are read for a workbook and for what is open now alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Integer,
    Row,
    Select,
    and_,
    bindparam,
    case,
    cast,
    func,
    literal_column,
    select,
)

from bot.domain.case_record import Case
from bot.domain.figures import EVERY, NAMES, Counts
from storage.case_row import SEALED, case_from
from storage.tables import case_figures, cases, figure_hours, figures
from storage.unit_of_work import UnitOfWork

MOST = 50_000  # rows of a workbook
_EVERY: ColumnElement[str] = literal_column(f"'{EVERY}'")  # as the partial indexes say it


def _sum(column: Any) -> ColumnElement[int]:
    """Return the sum as a whole number: PostgreSQL's of large ones is a decimal."""
    return cast(func.sum(column), BigInteger)


def _within(table: Any) -> list[ColumnElement[bool]]:
    """Return what chooses the rows of the periods, and of one estate or company."""
    return [
        table.c.community_id == bindparam("community"),
        table.c.period.in_(bindparam("periods", expanding=True)),
        (bindparam("estate") == "") | (table.c.estate == bindparam("estate")),
        (bindparam("company") == "") | (table.c.company == bindparam("company")),
    ]


def _sums_by(*names: str) -> Select[Any]:
    columns = [figures.c[name] for name in names]
    sums = [_sum(figures.c[name]).label(name) for name in NAMES]
    of_each = "building" in names
    rows = (figures.c.building != _EVERY) if of_each else (figures.c.building == _EVERY)
    found = select(*columns, *sums).where(*_within(figures), rows)
    return found.group_by(*columns).order_by(*columns)


_BY: dict[tuple[str, ...], Select[Any]] = {
    names: _sums_by(*names)
    for names in ((), ("category",), ("building",), ("period",), ("building", "category"))
}
_N = _sum(figures.c.cohort)
_MOST = (
    select(figures.c.category, _N.label("n"))
    .where(*_within(figures), figures.c.building == _EVERY)
    .group_by(figures.c.category)
    .having(_N > 0)
    .order_by(_N.desc(), figures.c.category)
    .limit(bindparam("most", type_=Integer))
)
_HOURS = (
    select(figure_hours.c.category, figure_hours.c.hours, _sum(figure_hours.c.cases).label("n"))
    .where(*_within(figure_hours), figure_hours.c.category != _EVERY)
    .group_by(figure_hours.c.category, figure_hours.c.hours)
    .order_by(figure_hours.c.category, figure_hours.c.hours)
)
_HOURS_OF_ALL = (
    select(figure_hours.c.hours, _sum(figure_hours.c.cases).label("n"))
    .where(*_within(figure_hours), figure_hours.c.category == _EVERY)
    .group_by(figure_hours.c.hours)
    .order_by(figure_hours.c.hours)
)
_DETAILS = (
    SEALED.add_columns(*(case_figures.c[name].label(f"is_{name}") for name in NAMES))
    .join(
        case_figures,
        and_(
            case_figures.c.community_id == cases.c.community_id,
            case_figures.c.case_number == cases.c.number,
        ),
    )
    .where(
        case_figures.c.community_id == bindparam("community"),
        case_figures.c.day >= bindparam("first"),
        case_figures.c.day <= bindparam("last"),
        case_figures.c.cohort == bindparam("counted"),
        (bindparam("estate") == "") | (case_figures.c.estate == bindparam("estate")),
        (bindparam("company") == "") | (case_figures.c.company == bindparam("company")),
    )
    .order_by(cases.c.number)
    .limit(bindparam("most"))
)
_IS_OPEN = (
    cases.c.community_id == bindparam("community"),
    cases.c.closed_at.is_(None),
    (bindparam("estate") == "") | (cases.c.estate == bindparam("estate")),
    (bindparam("company") == "") | (cases.c.company == bindparam("company")),
)
_IS_LATE = and_(
    cases.c.status.in_(bindparam("running", expanding=True)),
    cases.c.solution_due < bindparam("now"),
)
_COUNTS: list[ColumnElement[Any]] = [
    func.count().label("open"),
    func.coalesce(_sum(case((_IS_LATE, 1), else_=0)), 0).label("late"),
]
_OPEN = select(*_COUNTS).where(*_IS_OPEN)
_REPORTED = select(cases.c.reported_at).where(*_IS_OPEN).order_by(cases.c.number)


async def sums(
    uow: UnitOfWork,
    community_id: int,
    periods: Collection[str],
    *by: str,
    estate: str = "",
    company: str = "",
) -> dict[tuple[str, ...], Counts]:
    """Return the sums of the rows `periods`: by category, building, period, the first two, or one.

    Of all in one the key is empty.
    """
    values = {"community": community_id, "periods": list(periods)}
    rows = await uow.read(_BY[by], {**values, "estate": estate, "company": company})
    return {tuple(row[: len(by)]): _counts(row) for row in rows}


async def largest(
    uow: UnitOfWork,
    community_id: int,
    periods: Collection[str],
    most: int,
    *,
    estate: str = "",
    company: str = "",
) -> list[tuple[str, int]]:
    """Return the `most` categories that have the most cases, and how many: the largest first."""
    values = {"community": community_id, "periods": list(periods), "most": most}
    rows = await uow.read(_MOST, {**values, "estate": estate, "company": company})
    return [(row.category, row.n) for row in rows]


async def hours(
    uow: UnitOfWork,
    community_id: int,
    periods: Collection[str],
    *,
    estate: str = "",
    company: str = "",
) -> dict[str, list[tuple[int, int]]]:
    """Return by category how many cases took how many hours: pairs of hours and cases."""
    values = {"community": community_id, "periods": list(periods)}
    found: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for row in await uow.read(_HOURS, {**values, "estate": estate, "company": company}):
        found[row.category].append((row.hours, row.n))
    return found


async def hours_of_all(
    uow: UnitOfWork,
    community_id: int,
    periods: Collection[str],
    *,
    estate: str = "",
    company: str = "",
) -> list[tuple[int, int]]:
    """Return how many cases of any category took how many hours: pairs of hours and cases."""
    values = {"community": community_id, "periods": list(periods)}
    rows = await uow.read(_HOURS_OF_ALL, {**values, "estate": estate, "company": company})
    return [(row.hours, row.n) for row in rows]


async def details(
    uow: UnitOfWork,
    community_id: int,
    first: str,
    last: str,
    *,
    estate: str = "",
    company: str = "",
) -> Iterator[tuple[Case, Counts]]:
    """Return each case that counts between two local dates, with what it adds."""
    values = {"community": community_id, "first": first, "last": last, "counted": 1, "most": MOST}
    rows = await uow.read(_DETAILS, {**values, "estate": estate, "company": company})
    return (_detail(uow, row) for row in rows)


def _counts(row: Row[Any]) -> Counts:
    return Counts(*(getattr(row, name) or 0 for name in NAMES))


def _detail(uow: UnitOfWork, row: Row[Any]) -> tuple[Case, Counts]:
    held = row._asdict()
    added = Counts(*(held.pop(f"is_{name}") for name in NAMES))
    return case_from(uow, held), added


async def open_now(
    uow: UnitOfWork,
    community_id: int,
    running: Iterable[str],
    *,
    estate: str = "",
    company: str = "",
) -> tuple[int, int]:
    """Return how many cases are open, and of those in a status of `running` how many are late."""
    values = {"community": community_id, "running": list(running), "now": uow.now}
    row = await uow.first(_OPEN, {**values, "estate": estate, "company": company})
    return (row.open, row.late) if row is not None else (0, 0)


async def open_since(
    uow: UnitOfWork, community_id: int, *, estate: str = "", company: str = ""
) -> list[datetime]:
    """Return when (UTC) each of the open cases was reported."""
    values = {"community": community_id, "estate": estate, "company": company}
    return [row.reported_at for row in await uow.read(_REPORTED, values)]
