"""The date of what is open, and the sums of all buildings: what is looked at most, at hand."""

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0020"

_OPEN, _HELD = "closed_at IS NULL", "handler_id IS NOT NULL"
_ASKED = (
    *("due_at", "number", "status", "closed_at", "reporter_id", "handler_id", "former_handler_id"),
    *("lead_id", "audience", "level", "urgent", "category", "round"),
    *("estate", "grid", "building", "company", "solution_due"),
)
_HANDLER = ("handler_id", "status", "number")
# By name: the table, the columns behind the community, and of which rows.
_NEW = {
    "ix_cases_open": ("cases", _ASKED, _OPEN),
    "ix_cases_handler": ("cases", _HANDLER, f"{_HELD} AND {_OPEN}"),
    "ix_cases_handled": ("cases", ("handler_id", "number"), _HELD),
    "ix_co_signers_person": ("co_signers", ("person_id", "case_number"), None),
    "ix_figures_every": ("figures", ("period",), "building = '*'"),
    "ix_figure_hours_every": ("figure_hours", ("period",), "category = '*'"),
}
_OLD = {
    "ix_cases_open": ("cases", ("number", "status"), _OPEN),
    "ix_cases_handler": ("cases", _HANDLER, _HELD),
    "ix_cases_lead": ("cases", ("lead_id", "number"), f"lead_id IS NOT NULL AND {_OPEN}"),
    "ix_co_signers_person": ("co_signers", ("person_id",), None),
}
# What promises nothing comes last: on the last day of the year 9999, in microseconds.
_FILL = """UPDATE cases SET due_at = coalesce(CASE status
    WHEN 'submitted' THEN dispatch_due WHEN 'offered' THEN claim_due
    WHEN 'returned' THEN dispatch_due WHEN 'in_progress' THEN solution_due
    WHEN 'on_hold' THEN hold_until WHEN 'reopen_requested' THEN dispatch_due
    END, 253402214400000000) WHERE closed_at IS NULL"""
_COUNTS = (
    *("cohort", "responded", "valid", "solved", "half", "unsolved", "rated", "satisfied"),
    *("asked", "on_time", "dispatched", "given_back", "finished", "reopened"),
)
_ADD_UP = """INSERT INTO figures (community_id, period, estate, company, category, building, NAMES)
    SELECT community_id, period, estate, company, category, '*', SUMS FROM figures
    GROUP BY community_id, period, estate, company, category"""

_ADD_UP_HOURS = """INSERT INTO figure_hours
        (community_id, period, estate, company, category, hours, cases)
    SELECT community_id, period, estate, company, '*', hours, sum(cases) FROM figure_hours
    GROUP BY community_id, period, estate, company, hours"""


def upgrade() -> None:
    op.add_column("cases", sa.Column("due_at", sa.BigInteger))
    op.execute(_FILL)
    sums = ", ".join(f"sum({one})" for one in _COUNTS)
    op.execute(_ADD_UP.replace("NAMES", ", ".join(_COUNTS)).replace("SUMS", sums))
    op.execute(_ADD_UP_HOURS)
    _exchange(_OLD, _NEW)


def downgrade() -> None:
    _exchange(_NEW, _OLD)
    op.execute("DELETE FROM figures WHERE building = '*'")
    op.execute("DELETE FROM figure_hours WHERE category = '*'")
    op.drop_column("cases", "due_at")


def _exchange(
    gone: dict[str, tuple[str, tuple[str, ...], str | None]],
    new: dict[str, tuple[str, tuple[str, ...], str | None]],
) -> None:
    for name, (table, _, _) in gone.items():
        op.drop_index(name, table_name=table)
    for name, (table, columns, where) in new.items():
        some = None if where is None else sa.text(where)
        op.create_index(
            name,
            table,
            ["community_id", *columns],
            sqlite_where=some,
            postgresql_where=some,
        )
