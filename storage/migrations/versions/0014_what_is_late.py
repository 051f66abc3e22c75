"""What is late: since when a case's time runs, agenda and ledger; open cases are watched."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

_TENANT_KEY = ("community_id", "id")
_CASES = sa.table(
    "cases",
    *(sa.column(name) for name in ("community_id", "number", "status", "version", "round")),
    *(sa.column(name) for name in ("solution_due", "reported_at", "clock_from", "nudged")),
)
_DUE = sa.table(
    "due",
    *(sa.column(name) for name in ("community_id", "kind", "subject", "occurrence", "due_at")),
)
_WATCH, _OVER = "overdue", 2  # stages that lie behind: nobody is reminded of half of the time
_RUNS = ("submitted", "offered", "in_progress", "returned")


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("clock_from", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("nudged", sa.Integer(), server_default="0", nullable=False))
    _add("agenda_items", sa.Column("series", sa.Text(), nullable=False), company=True)
    _add("ledger_entries", sa.Column("company", sa.Text(), nullable=False), company=False)
    op.create_index("ix_agenda_items_series", "agenda_items", ["community_id", "series"])
    op.create_index("ix_ledger_entries_company", "ledger_entries", ["community_id", "company"])
    _watch()


def _add(name: str, first: sa.Column[str], *, company: bool) -> None:
    op.create_table(
        name,
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        first,
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer(), nullable=False),
        *([sa.Column("company", sa.Text(), nullable=True)] if company else []),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f(f"fk_{name}_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f(f"fk_{name}_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(*_TENANT_KEY, name=op.f(f"pk_{name}")),
    )


def _watch() -> None:
    """Let what is open be watched from the end of its time on."""
    op.execute(sa.update(_CASES).values(clock_from=_CASES.c.reported_at, nudged=_OVER))
    subject, version = (sa.cast(one, sa.Text()) for one in (_CASES.c.number, _CASES.c.version))
    occurrence = sa.cast(_CASES.c.round, sa.Text()) + "/" + version + "/over"
    watched = sa.select(
        _CASES.c.community_id, sa.literal(_WATCH), subject, occurrence, _CASES.c.solution_due
    ).where(_CASES.c.status.in_(_RUNS), _CASES.c.solution_due.is_not(None))
    names = ["community_id", "kind", "subject", "occurrence", "due_at"]
    op.execute(sa.insert(_DUE).from_select(names, watched))


def downgrade() -> None:
    op.execute(sa.delete(_DUE).where(_DUE.c.kind.in_((_WATCH, "waiting", "update", "holidays"))))
    op.drop_table("ledger_entries")
    op.drop_table("agenda_items")
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.drop_column("nudged")
        batch_op.drop_column("clock_from")
