"""A live card in each topic of a group; what was done of a kind is found at once."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_ONE = "uq_cards_community_id_noun_subject_id_chat_id"
_CHAT = ["community_id", "noun", "subject_id", "chat_id"]


def upgrade() -> None:
    op.execute("UPDATE cards SET topic = 0 WHERE topic IS NULL")
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.alter_column(
            "topic", existing_type=sa.Integer(), nullable=False, server_default=sa.text("0")
        )
        batch_op.drop_constraint(op.f(_ONE), type_="unique")
        batch_op.create_unique_constraint(op.f(_ONE + "_topic"), [*_CHAT, "topic"])
    with op.batch_alter_table("cases", schema=None) as batch_op:
        batch_op.create_index(
            "ix_cases_done",
            ["community_id", "category", "number"],
            unique=False,
            sqlite_where=sa.text("resolved_at IS NOT NULL"),
            postgresql_where=sa.text("resolved_at IS NOT NULL"),
        )
