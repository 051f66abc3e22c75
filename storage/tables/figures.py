"""The figures: what each case adds, and the sums of it by day and by month."""

from sqlalchemy import Column, Index, Integer, Table, Text

from bot.domain.figures import EVERY, NAMES
from storage.tables.base import belongs, index_of_some, metadata, tenant


def _counts() -> list[Column[int]]:
    return [Column(name, Integer, nullable=False) for name in NAMES]


def _parts(*names: str) -> list[Column[str]]:
    return [Column(name, Text, primary_key=True) for name in names]


case_figures = Table(  # what a case has added to the sums, so that the next difference is exact
    "case_figures",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("day", Text, nullable=False),  # the local date of its original deadline
    Column("estate", Text, nullable=False),  # codes; "" where that is not known
    Column("company", Text, nullable=False),
    Column("category", Text, nullable=False),
    Column("building", Text, nullable=False),
    Column("hours", Integer),  # from the report to the last resolution
    *_counts(),
    belongs("cases", "case_number", to="number"),
)
Index("ix_case_figures_day", case_figures.c.community_id, case_figures.c.day)

figures = Table(
    "figures",
    metadata,
    tenant(),
    *_parts("period", "estate", "company", "category", "building"),  # a day, or a month: 2026-11
    *_counts(),
)
index_of_some(  # the sums of all buildings
    "ix_figures_every",
    figures.c.community_id,
    figures.c.period,
    where=f"building = '{EVERY}'",
)

figure_hours = Table(  # how many took so many hours
    "figure_hours",
    metadata,
    tenant(),
    *_parts("period", "estate", "company", "category"),
    Column("hours", Integer, primary_key=True, autoincrement=False),
    Column("cases", Integer, nullable=False),
)
index_of_some(  # those of all categories
    "ix_figure_hours_every",
    figure_hours.c.community_id,
    figure_hours.c.period,
    where=f"category = '{EVERY}'",
)
