"""Homes with their floor area, codes of places, several property companies."""

import json

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_COMMUNITIES = sa.table("communities", sa.column("id"), sa.column("organisation", sa.JSON()))


def upgrade() -> None:
    op.create_table(
        "homes",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("building", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("area", sa.Integer(), nullable=True),
        sa.Column("closed_at", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_homes_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint(
            "community_id", "building", "unit", "number", name=op.f("pk_homes")
        ),
    )
    op.create_table(
        "codes",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("made_at", sa.BigInteger(), nullable=False),
        sa.Column("ended_at", sa.BigInteger(), nullable=True),
        sa.Column("scans", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_codes_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "code", name=op.f("pk_codes")),
    )
    op.create_index("ix_codes_code", "codes", ["code"], unique=True)
    op.create_table(
        "grants",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("ends_at", sa.BigInteger(), nullable=True),
        sa.Column("asked_by", sa.Integer(), nullable=False),
        sa.Column("asked_at", sa.BigInteger(), nullable=False),
        sa.Column("status", sa.Text(), nullable=False),
        sa.Column("code_hash", sa.Text(), nullable=True),
        sa.Column("decided_by", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.BigInteger(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                ["community_id", column],
                ["people.community_id", "people.id"],
                name=op.f(f"fk_grants_community_id_{column}_people"),
                ondelete="RESTRICT",
                initially="DEFERRED",
                deferrable=True,
            )
            for column in ("person_id", "asked_by", "decided_by")
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_grants_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "id", name=op.f("pk_grants")),
    )
    op.create_index("ix_grants_code", "grants", ["code_hash"], unique=True)
    op.create_index("ix_grants_status", "grants", ["community_id", "status"], unique=False)
    _rewrite(_with_companies)


def downgrade() -> None:
    op.drop_table("grants")
    op.drop_table("codes")
    op.drop_table("homes")
    _rewrite(_with_one_company)


def _rewrite(change) -> None:  # type: ignore[no-untyped-def] # noqa: ANN001
    connection = op.get_bind()
    for row in connection.execute(sa.select(_COMMUNITIES)).all():
        held = row.organisation
        document = json.loads(held) if isinstance(held, str) else held
        connection.execute(
            sa.update(_COMMUNITIES)
            .where(_COMMUNITIES.c.id == row.id)
            .values(organisation=change(dict(document)))
        )


def _with_companies(document: dict[str, object]) -> dict[str, object]:
    company = document.pop("company", None)
    if isinstance(company, dict):
        document["companies"] = [{"code": "property", **company}]
    return document


def _with_one_company(document: dict[str, object]) -> dict[str, object]:
    companies = document.pop("companies", None)
    for new in ("grids", "homes", "committees", "groups", "routes"):
        document.pop(new, None)
    if isinstance(companies, list) and companies:
        first = companies[0]
        document["company"] = {"name": first["name"], "branch": first["branch"]}
    for rows in document.values():
        for row in rows if isinstance(rows, list) else ():
            if isinstance(row, dict):
                row.pop("closed", None)
    return document
