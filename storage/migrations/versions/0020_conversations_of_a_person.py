"""An index for what somebody is in the middle of: it is looked up at each of their updates."""

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    op.create_index("ix_conversations_user", "conversations", ["user_id"])


def downgrade() -> None:
    op.drop_index("ix_conversations_user", table_name="conversations")
