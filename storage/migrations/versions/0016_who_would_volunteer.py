"""Who would like to be a volunteer: skills and area."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"


def upgrade() -> None:
    op.create_table(
        "wishes",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("written_by", sa.Integer(), nullable=False),
        sa.Column("skills", sa.JSON(), nullable=False),
        sa.Column("area", sa.Text(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("begun_at", sa.BigInteger(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("told", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["community_id", column],
                ["people.community_id", "people.id"],
                name=op.f(f"fk_wishes_community_id_{column}_people"),
                ondelete="RESTRICT",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("person_id", "written_by", "decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_wishes_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_wishes")),
    )
    op.create_index("ix_wishes_person", "wishes", ["community_id", "person_id"])
    op.create_index("ix_wishes_status", "wishes", ["community_id", "status"])


def downgrade() -> None:
    op.drop_table("wishes")
