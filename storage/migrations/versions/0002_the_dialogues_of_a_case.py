"""The dialogues of a case."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table(
        "audit",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("update_id", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_audit_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_audit")),
    )
    with op.batch_alter_table("audit", schema=None) as batch_op:
        batch_op.create_index("ix_audit_at", ["community_id", "at"], unique=False)

    op.create_table(
        "groups",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("chat_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.Column("topic", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("bound_by", sa.Integer(), nullable=False),
        sa.Column("bound_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "bound_by"],
            ["people.community_id", "people.id"],
            name=op.f("fk_groups_community_id_bound_by_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_groups_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "chat_id", "topic", "purpose", name=op.f("pk_groups")
        ),
    )
    op.create_table(
        "callbacks",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("round", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_times", sa.Integer(), nullable=False),
        sa.Column("solved", sa.Text(), nullable=True),
        sa.Column("satisfied", sa.Text(), nullable=True),
        sa.Column("words", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.BigInteger(), nullable=True),
        sa.Column("answered_by", sa.Integer(), nullable=True),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("wish", sa.Text(), nullable=True),
        sa.Column("shown_at", sa.BigInteger(), nullable=False),
        sa.Column("later", sa.Text(), nullable=True),
        sa.Column("later_at", sa.BigInteger(), nullable=True),
        sa.Column("check_status", sa.Text(), nullable=True),
        sa.Column("check_solved", sa.Text(), nullable=True),
        sa.Column("check_satisfied", sa.Text(), nullable=True),
        sa.Column("checked_at", sa.BigInteger(), nullable=True),
        sa.Column("checked_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_callbacks_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["people.community_id", "people.id"],
            name=op.f("fk_callbacks_community_id_person_id_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_callbacks_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "case_number", "round", "person_id", name=op.f("pk_callbacks")
        ),
    )
    with op.batch_alter_table("callbacks", schema=None) as batch_op:
        batch_op.create_index("ix_callbacks_check", ["community_id", "check_status"], unique=False)
        batch_op.create_index("ix_callbacks_person", ["community_id", "person_id"], unique=False)
        batch_op.create_index("ix_callbacks_status", ["community_id", "status"], unique=False)

    op.create_table(
        "case_pieces",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("piece", sa.Text(), nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_case_pieces_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_case_pieces_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "piece", "case_number", name=op.f("pk_case_pieces")
        ),
    )
    with op.batch_alter_table("case_pieces", schema=None) as batch_op:
        batch_op.create_index("ix_case_pieces_case", ["community_id", "case_number"], unique=False)

    op.create_table(
        "co_signers",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("joined_at", sa.BigInteger(), nullable=False),
        sa.Column("muted", sa.Boolean(), nullable=False),
        sa.Column("merged_from", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_co_signers_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["people.community_id", "people.id"],
            name=op.f("fk_co_signers_community_id_person_id_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_co_signers_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "case_number", "person_id", name=op.f("pk_co_signers")
        ),
    )
    with op.batch_alter_table("co_signers", schema=None) as batch_op:
        batch_op.create_index("ix_co_signers_person", ["community_id", "person_id"], unique=False)

    op.create_table(
        "remarks",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("at", sa.BigInteger(), nullable=False),
        sa.Column("taken_back_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id", "case_number"],
            ["cases.community_id", "cases.number"],
            name=op.f("fk_remarks_community_id_case_number_cases"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["people.community_id", "people.id"],
            name=op.f("fk_remarks_community_id_person_id_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_remarks_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "case_number", "id", name=op.f("pk_remarks")),
    )
    with op.batch_alter_table("attachments", schema=None) as batch_op:
        batch_op.add_column(sa.Column("remark_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("message_id", sa.BigInteger(), nullable=True))
        batch_op.create_index(
            "ix_attachments_unique", ["community_id", "file_unique_id"], unique=False
        )

    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.Integer(), nullable=True))

    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.add_column(sa.Column("place_key", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("level", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("lead_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("master", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("hold_until", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("held_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("arrived_at", sa.BigInteger(), nullable=True))
        batch_op.add_column(sa.Column("asked", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("tier", sa.Integer(), server_default="0", nullable=False))
        batch_op.add_column(sa.Column("original_due", sa.BigInteger(), nullable=True))
        batch_op.create_index("ix_cases_master", ["community_id", "master"], unique=False)
        batch_op.create_index(
            "ix_cases_place", ["community_id", "place_key", "reported_at"], unique=False
        )

    with op.batch_alter_table("outbox", schema=None) as batch_op:
        batch_op.add_column(sa.Column("topic", sa.Integer(), nullable=True))
        batch_op.add_column(
            sa.Column("large", sa.Boolean(), server_default=sa.text("0"), nullable=False)
        )
        batch_op.add_column(sa.Column("subject", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("reason", sa.Text(), server_default="news", nullable=False))
        batch_op.create_index("ix_outbox_chat", ["chat_id", "id"], unique=False)
        batch_op.create_index(
            "ix_outbox_held",
            ["subject"],
            unique=False,
            sqlite_where=sa.text("status = 'queued' AND reason = 'quiet'"),
        )

    with op.batch_alter_table("inbox", schema=None) as batch_op:
        batch_op.create_index("ix_inbox_lane", ["lane", "received_at"], unique=False)

    with op.batch_alter_table("people", schema=None) as batch_op:
        batch_op.add_column(sa.Column("settings", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("away_on", sa.Text(), nullable=True))
