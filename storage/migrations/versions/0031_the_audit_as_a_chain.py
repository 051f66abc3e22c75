"""The audit becomes a chain: every row is sealed, and each community has a head.

How a row is sealed stands here once more, as it was when this revision was made.
"""

import json
from datetime import UTC, datetime, timedelta
from hashlib import sha256

import sqlalchemy as sa
from alembic import op

revision = "0031"
down_revision = "0029"

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_AUDIT = sa.table(
    "audit",
    *(sa.column(name, sa.Integer()) for name in ("community_id", "id", "person_id")),
    *(sa.column(name, sa.Text()) for name in ("what", "subject", "seal")),
    sa.column("facts", sa.JSON()),
    *(sa.column(name, sa.BigInteger()) for name in ("at", "update_id")),
)


def upgrade() -> None:
    op.add_column("audit", sa.Column("seal", sa.Text(), nullable=True))
    op.create_table(
        "audit_heads",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_audit_heads_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", name=op.f("pk_audit_heads")),
    )
    _seal_all()
    with op.batch_alter_table("audit") as batch:
        batch.alter_column("seal", existing_type=sa.Text(), nullable=False)


def _seal_all() -> None:
    connection = op.get_bind()
    rows = connection.execute(sa.select(_AUDIT).order_by(_AUDIT.c.community_id, _AUDIT.c.id)).all()
    heads: dict[int, tuple[int, str]] = {}
    for row in rows:
        last, before = heads.get(row.community_id, (0, ""))
        number = last + 1
        at = (_EPOCH + timedelta(microseconds=row.at)).isoformat(timespec="microseconds")
        said = [before, row.community_id, number, row.person_id, row.what, row.subject, row.facts,
                at, row.update_id]  # fmt: skip
        text = json.dumps(said, sort_keys=True, separators=(",", ":"))
        seal = sha256(text.encode()).hexdigest()
        this = (_AUDIT.c.community_id == row.community_id) & (_AUDIT.c.id == row.id)
        connection.execute(sa.update(_AUDIT).where(this).values(id=number, seal=seal))
        heads[row.community_id] = (number, seal)
    table = sa.table("audit_heads", *(sa.column(one) for one in ("community_id", "last", "seal")))
    for community, (last, seal) in heads.items():
        values = {"community_id": community, "last": last, "seal": seal}
        connection.execute(sa.insert(table).values(values))


def downgrade() -> None:
    op.drop_table("audit_heads")
    with op.batch_alter_table("audit") as batch:
        batch.drop_column("seal")
