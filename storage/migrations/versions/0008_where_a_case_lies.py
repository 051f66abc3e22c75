"""Where a case lies: its estate, its grid and its building, as codes."""

import json
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"

_COMMUNITIES = sa.table("communities", sa.column("id"), sa.column("organisation", sa.JSON()))
_CASES = sa.table(
    "cases",
    *(sa.column(name) for name in ("community_id", "place_key", "estate", "grid", "building")),
)
_PARTS = ("estate", "grid", "building")


def upgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in _PARTS:
            batch_op.add_column(sa.Column(name, sa.Text(), nullable=True))
    connection = op.get_bind()
    for row in connection.execute(sa.select(_COMMUNITIES)).all():
        held = row.organisation
        document = json.loads(held) if isinstance(held, str) else held
        for building in document.get("buildings", ()):
            connection.execute(_lies(row.id, document, building))


def _lies(community: int, document: Mapping[str, Any], building: Mapping[str, Any]) -> sa.Update:
    code, estate = building["code"], building["estate"]
    grids = [one for one in document.get("grids") or () if code in one.get("buildings", ())]
    grids += [one for one in document.get("grids") or () if estate in one.get("estates", ())]
    return (
        sa.update(_CASES)
        .where(
            _CASES.c.community_id == community,
            _CASES.c.place_key.startswith(f"{code}/", autoescape=True),
        )
        .values(building=code, estate=estate, grid=grids[0]["code"] if grids else None)
    )


def downgrade() -> None:
    with op.batch_alter_table("cases", schema=None) as batch_op:
        for name in _PARTS:
            batch_op.drop_column(name)
