"""A key for each person, wrapped with the key file."""

import sqlalchemy as sa
from alembic import context, op

revision = "0033"
down_revision = "0032"


def upgrade() -> None:
    op.create_table(
        "keys",
        sa.Column("community_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("person_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("wrapped", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["community_id", "person_id"],
            ["people.community_id", "people.id"],
            name=op.f("fk_keys_community_id_people"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.ForeignKeyConstraint(
            ["community_id"],
            ["communities.id"],
            name=op.f("fk_keys_community_id_communities"),
            ondelete="RESTRICT",
            initially="DEFERRED",
            deferrable=True,
        ),
        sa.PrimaryKeyConstraint("community_id", "person_id", name=op.f("pk_keys")),
    )
    _make_keys()


def _make_keys() -> None:
    connection = op.get_bind()
    people = sa.table("people", sa.column("community_id"), sa.column("id"))
    found = connection.execute(sa.select(people.c.community_id, people.c.id)).all()
    if not found:
        return
    vault = context.config.attributes["vault"]
    keys = sa.table("keys", sa.column("community_id"), sa.column("person_id"), sa.column("wrapped"))
    made = [(community, person, vault.new_key(community, person)) for community, person in found]
    names = ("community_id", "person_id", "wrapped")
    connection.execute(sa.insert(keys), [dict(zip(names, one, strict=True)) for one in made])


def downgrade() -> None:
    op.drop_table("keys")
