"""How many messages may show a live card that is not known to have arrived."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    with op.batch_alter_table("cards", schema=None) as batch_op:
        batch_op.add_column(sa.Column("copies", sa.Integer(), server_default="0", nullable=False))
