"""The telephone number of somebody who was registered is no longer their name."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"

_NO_ACCOUNT = 1 << 60  # from here on no account of Telegram's
_PEOPLE = sa.table("people", sa.column("telegram_id", sa.BigInteger()), sa.column("name"))


def upgrade() -> None:
    registered = _PEOPLE.c.telegram_id >= _NO_ACCOUNT
    op.execute(sa.update(_PEOPLE).where(registered).values(name=""))


def downgrade() -> None:
    """Leave the names empty: the numbers stand in the settings, as before."""
