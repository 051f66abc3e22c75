"""Pictures that are checked, relatives who help, and a search that is written by and by."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

_PARTIAL = {  # those of which SQLite has always had a part only
    "ix_inbox_new": ("inbox", ["update_id"], "status = 'new'"),
    "ix_outbox_queued": ("outbox", ["due_at", "id"], "status = 'queued'"),
    "ix_outbox_sending": ("outbox", ["id"], "status = 'sending'"),
    "ix_outbox_card": ("outbox", ["card_id"], "status = 'queued'"),
    "ix_outbox_held": ("outbox", ["subject"], "status = 'queued' AND reason = 'quiet'"),
    "ix_due_open": ("due", ["due_at"], "done_at IS NULL"),
}


def upgrade() -> None:
    op.create_table(
        "cases_to_index",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_cases_to_index_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_cases_to_index_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "case_number", name=op.f("pk_cases_to_index")),
    )
    # All of them: numbers are found together with what they count from now on.
    op.execute(
        "INSERT INTO cases_to_index (community_id, case_number)"
        " SELECT community_id, number FROM cases"
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("state", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("check_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("checks", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("sha256", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("clean_id", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("wanted", sa.JSON(), nullable=True))
        batch_op.create_index(
            "ix_attachments_check",
            ["check_at"],
            unique=False,
            sqlite_where=sa.text("check_at IS NOT NULL"),
            postgresql_where=sa.text("check_at IS NOT NULL"),
        )
    # What was sent as a file before is looked into like everything that comes.
    op.execute("UPDATE attachments SET state = 'waiting', check_at = at WHERE kind = 'document'")
    op.create_table(
        "kin",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("helper_id", sa.Integer(), nullable=False),
        sa.Column("elder_id", sa.Integer(), nullable=True),
        sa.Column("code_hash", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("changed_at", sa.BigInteger(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["community_id", column],
                ["people.community_id", "people.id"],
                name=op.f(f"fk_kin_community_id_{column}_people"),
                ondelete="RESTRICT",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("helper_id", "elder_id")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_kin_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_kin")),
    )
    with op.batch_alter_table("kin", schema=None) as batch_op:
        batch_op.create_index("ix_kin_code", ["community_id", "code_hash"], unique=True)
        batch_op.create_index("ix_kin_helper", ["community_id", "helper_id"], unique=False)
        batch_op.create_index("ix_kin_elder", ["community_id", "elder_id"], unique=False)
    with op.batch_alter_table("co_signers", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("kin", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    if op.get_bind().dialect.name == "postgresql":
        for name, (table, columns, condition) in _PARTIAL.items():
            op.drop_index(name, table)
            op.create_index(name, table, columns, postgresql_where=sa.text(condition))
