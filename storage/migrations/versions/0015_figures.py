"""The figures: what each case adds, the sums by day and month, and what a case keeps for them."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_COUNTS = (
    *("cohort", "responded", "valid", "solved", "half", "unsolved", "rated", "satisfied"),
    *("asked", "on_time", "dispatched", "given_back", "finished", "reopened"),
)
_TEXTS = ("company", "due_on")
_INSTANTS = ("dispatched_at", "responded_at", "done_at")
_COMMUNITIES = sa.table("communities", sa.column("id"), sa.column("organisation", sa.JSON()))
_CASES = sa.table(
    "cases",
    *(sa.column(name) for name in ("community_id", "number", "estate", "original_due")),
    *(sa.column(name) for name in (*_TEXTS, *_INSTANTS)),
)
_HISTORY = sa.table(
    "case_history",
    *(sa.column(name) for name in ("community_id", "case_number", "move", "to_status", "at")),
)
_DISPATCHED = _HISTORY.c.to_status.in_(["offered", "in_progress"])
_RESPONDED = _HISTORY.c.move.in_(["contact", "arrive", "promise", "answer_now"])
_DONE = _HISTORY.c.to_status.in_(["resolved", "closed_solved", "closed_unsolved"])


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in _TEXTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
        for name in _INSTANTS:
            batch_op.add_column(sa.Column(name, sa.BigInteger(), nullable=True))
    _make_tables()
    connection = op.get_bind()
    firsts = zip(_INSTANTS, (_DISPATCHED, _RESPONDED, _DONE), strict=True)
    connection.execute(sa.update(_CASES).values({name: _first(when) for name, when in firsts}))
    for row in connection.execute(sa.select(_COMMUNITIES)).all():
        held = row.organisation
        _fill(connection, row.id, json.loads(held) if isinstance(held, str) else held)


def _first(when: sa.ColumnElement[bool]) -> Any:
    """Return when something first happened to a case, as its history says."""
    return (
        sa.select(sa.func.min(_HISTORY.c.at))
        .where(
            _HISTORY.c.community_id == _CASES.c.community_id,
            _HISTORY.c.case_number == _CASES.c.number,
            when,
        )
        .scalar_subquery()
    )


def _fill(connection: sa.Connection, community: int, document: Mapping[str, Any]) -> None:
    """Set the company of each case by its estate, and the local date of its first deadline."""
    here = _CASES.c.community_id == community
    for company in reversed(document.get("companies") or ()):
        estates = company.get("estates") or ()
        there = _CASES.c.estate.in_(estates) if estates else sa.true()
        code = company.get("code", "property")
        connection.execute(sa.update(_CASES).where(here, there).values(company=code))
    if "community" not in document:
        return
    zone = ZoneInfo(document["community"]["time_zone"])
    dated = sa.select(_CASES.c.number, _CASES.c.original_due).where(
        here, _CASES.c.original_due.is_not(None)
    )
    for number, due in connection.execute(dated).all():
        local = (datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=due)).astimezone(zone)
        this = (here, _CASES.c.number == number)
        connection.execute(sa.update(_CASES).where(*this).values(due_on=local.date().isoformat()))


def _make_tables() -> None:
    op.create_table(
        "case_figures",
        _tenant(),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        *_texts("day", "estate", "company", "category", "building"),
        sa.Column("hours", sa.Integer(), nullable=True),
        *_counts(),
        _community("case_figures"),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_case_figures_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "case_number", name=op.f("pk_case_figures")),
    )
    op.create_index("ix_case_figures_day", "case_figures", ["community_id", "day"])
    parts = ("period", "estate", "company", "category")
    op.create_table(
        "figures",
        _tenant(),
        *_texts(*parts, "building"),
        *_counts(),
        _community("figures"),
        sa.PrimaryKeyConstraint("community_id", *parts, "building", name=op.f("pk_figures")),
    )
    op.create_table(
        "figure_hours",
        _tenant(),
        *_texts(*parts),
        sa.Column("hours", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        _community("figure_hours"),
        sa.PrimaryKeyConstraint("community_id", *parts, "hours", name=op.f("pk_figure_hours")),
    )


def _tenant() -> sa.Column[int]:
    return sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False)


def _texts(*names: str) -> list[sa.Column[str]]:
    return [sa.Column(name, sa.Text(), nullable=False) for name in names]


def _counts() -> list[sa.Column[int]]:
    return [sa.Column(name, sa.Integer(), nullable=False) for name in _COUNTS]


def _community(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["community_id"],
        ["communities.id"],
        name=op.f(f"fk_{table}_community_id_communities"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def downgrade() -> None:
    for table in ("figure_hours", "figures", "case_figures"):
        op.drop_table(table)
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in (*_TEXTS, *_INSTANTS):
            batch_op.drop_column(name)
