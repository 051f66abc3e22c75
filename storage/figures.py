"""The figures as they are asked for: sums of the rows that are kept up to date, never a scan.

The cases themselves are read for a workbook and for what is open now alone.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, bindparam, func, select

from bot.domain.case_record import Case
from bot.domain.figures import NAMES, Counts
from storage.case_row import case_from
from storage.tables import case_figures, cases, figure_hours, figures
from storage.unit_of_work import UnitOfWork

MOST = 50_000  # rows of a workbook


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
    sums = [func.sum(figures.c[name]).label(name) for name in NAMES]
    return select(*columns, *sums).where(*_within(figures)).group_by(*columns).order_by(*columns)


_BY: dict[tuple[str, ...], Select[Any]] = {
    names: _sums_by(*names)
    for names in (("category",), ("building",), ("period",), ("building", "category"))
}
_HOURS = (
    select(figure_hours.c.category, figure_hours.c.hours, func.sum(figure_hours.c.cases).label("n"))
    .where(*_within(figure_hours))
    .group_by(figure_hours.c.category, figure_hours.c.hours)
    .order_by(figure_hours.c.category, figure_hours.c.hours)
)
_DETAILS = (
    select(cases, *(case_figures.c[name].label(f"is_{name}") for name in NAMES))
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
_OPEN = (
    select(cases.c.reported_at, cases.c.solution_due, cases.c.status)
    .where(
        cases.c.community_id == bindparam("community"),
        cases.c.status.in_(bindparam("statuses", expanding=True)),
        (bindparam("estate") == "") | (cases.c.estate == bindparam("estate")),
        (bindparam("company") == "") | (cases.c.company == bindparam("company")),
    )
    .order_by(cases.c.number)
)


async def sums(
    uow: UnitOfWork,
    community_id: int,
    periods: Collection[str],
    *by: str,
    estate: str = "",
    company: str = "",
) -> dict[tuple[str, ...], Counts]:
    """Return the sums of the rows `periods`, by category, building, period, or the first two."""
    values = {"community": community_id, "periods": list(periods)}
    rows = await uow.read(_BY[by], {**values, "estate": estate, "company": company})
    return {tuple(row[: len(by)]): _counts(row) for row in rows}


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
    return map(_detail, rows)


def _counts(row: Row[Any]) -> Counts:
    return Counts(*(getattr(row, name) or 0 for name in NAMES))


def _detail(row: Row[Any]) -> tuple[Case, Counts]:
    held = row._asdict()
    added = Counts(*(held.pop(f"is_{name}") for name in NAMES))
    return case_from(held), added


async def open_cases(
    uow: UnitOfWork,
    community_id: int,
    statuses: Iterable[str],
    *,
    estate: str = "",
    company: str = "",
) -> list[Row[Any]]:
    """Return `reported_at`, `solution_due` (UTC) and `status` of the cases in `statuses`."""
    values = {"community": community_id, "statuses": list(statuses)}
    return list(await uow.read(_OPEN, {**values, "estate": estate, "company": company}))
