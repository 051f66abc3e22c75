"""Meetings: series, invitations, an agenda of cases and topics, action items, proposals."""

import sqlalchemy as sa
from alembic import op

revision = "0025"
down_revision = "0023"

_PERSON, _CASE = ("people", "id"), ("cases", "number")
_MEETING, _ITEM = ("meetings", "id"), ("agenda_items", "id")
_NEW = ("meeting_id", "words", "voice", "person_id", "with_id", "answer", "conclusion", "said")
_WHOLE = {"meeting_id", "person_id", "with_id"}
_LINKS = {"meeting_id": _MEETING, "person_id": _PERSON, "with_id": _ITEM}


def upgrade() -> None:
    _create(
        "series",
        _key("code", whole=False),
        _number("version"),
        sa.Column("document", sa.JSON(), nullable=False),
        _number("changed_by"),
        _instant("changed_at", needed=True),
        key=("code",),
        links={"changed_by": _PERSON},
    )
    _create(
        "meetings",
        _key("id"),
        *(_text(name, needed=True) for name in ("series", "occurrence", "status")),
        _number("version"),
        *(_text(name, needed=True) for name in ("name", "place")),
        _instant("starts_at", needed=True),
        _number("minutes"),
        sa.Column("secretary", sa.BigInteger(), nullable=True),
        *(_text(name) for name in ("note", "held_on")),
        *(_instant(name) for name in ("drafted_at", "published_at")),
        _unique("meetings", "series", "occurrence"),
        key=("id",),
    )
    op.create_index("ix_meetings_starts", "meetings", ["community_id", "starts_at"])
    _create(
        "invitations",
        _key("meeting_id"),
        _key("person_id"),
        sa.Column("invited", sa.Boolean(), nullable=False),
        *(_text(name) for name in ("answer", "words")),
        _instant("came_at"),
        _text("came_by"),
        _instant("reviewed_at"),
        _text("objection"),
        key=("meeting_id", "person_id"),
        links={"meeting_id": _MEETING, "person_id": _PERSON},
    )
    _widen_agenda()
    _action_items()


def _widen_agenda() -> None:
    op.drop_index("ix_agenda_items_series", "agenda_items")
    with op.batch_alter_table("agenda_items", schema=None) as batch:
        batch.alter_column("case_number", existing_type=sa.Integer(), nullable=True)
        batch.add_column(sa.Column("status", sa.Text(), server_default="waiting", nullable=False))
        batch.add_column(sa.Column("version", sa.Integer(), server_default="1", nullable=False))
        for name in _NEW:
            kind = sa.Integer() if name in _WHOLE else sa.Text()
            batch.add_column(sa.Column(name, kind, nullable=True))
        for name, (table, to) in _LINKS.items():
            batch.create_foreign_key(
                batch.f(f"fk_agenda_items_community_id_{name}_{table}"),
                table,
                ["community_id", name],
                ["community_id", to],
                ondelete="RESTRICT",
                initially="DEFERRED",
                deferrable=True,
            )
    for name, column in (("series", ("series", "status")), ("meeting", ("meeting_id",)),
                         ("case", ("case_number",))):  # fmt: skip
        op.create_index(f"ix_agenda_items_{name}", "agenda_items", ["community_id", *column])


def _action_items() -> None:
    _create(
        "action_items",
        _key("id"),
        *(_number(name) for name in ("meeting_id", "item_id")),
        _number("case_number", needed=False),
        _text("what", needed=True),
        _number("owner_id"),
        *(_text(name, needed=True) for name in ("until", "status")),
        _number("version"),
        sa.Column("half", sa.Boolean(), nullable=False),
        _number("extensions"),
        _text("reason"),
        _instant("done_at"),
        *(_text(name) for name in ("done_words", "done_photo")),
        key=("id",),
        links={
            "meeting_id": _MEETING,
            "item_id": _ITEM,
            "case_number": _CASE,
            "owner_id": _PERSON,
        },
    )
    op.create_index("ix_action_items_meeting", "action_items", ["community_id", "meeting_id"])
    some = sa.text("status = 'open'")
    op.create_index(
        "ix_action_items_open",
        "action_items",
        ["community_id", "owner_id"],
        sqlite_where=some,
        postgresql_where=some,
    )
    _create(
        "followers",
        _key("action_id"),
        _key("person_id"),
        _text("said"),
        key=("action_id", "person_id"),
        links={"action_id": ("action_items", "id"), "person_id": _PERSON},
    )
    _create(
        "proposals",
        _key("id"),
        _number("item_id"),
        _number("case_number", needed=False),
        _text("words", needed=True),
        _instant("at", needed=True),
        _unique("proposals", "item_id"),
        key=("id",),
        links={"item_id": _ITEM, "case_number": _CASE},
    )


def _create(
    name: str,
    *columns: "sa.schema.SchemaItem",
    key: tuple[str, ...],
    links: dict[str, tuple[str, str]] | None = None,
) -> None:
    op.create_table(
        name,
        _key("community_id"),
        *columns,
        _refers(name, ["community_id"], "communities", ["id"]),
        *(
            _refers(name, ["community_id", column], table, ["community_id", to])
            for column, (table, to) in (links or {}).items()
        ),
        sa.PrimaryKeyConstraint("community_id", *key, name=op.f(f"pk_{name}")),
    )


def _refers(of: str, columns: list[str], table: str, to: list[str]) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        columns,
        [f"{table}.{one}" for one in to],
        name=op.f(f"fk_{of}_{'_'.join(columns)}_{table}"),
        ondelete="RESTRICT",
        initially="DEFERRED",
        deferrable=True,
    )


def _unique(of: str, *columns: str) -> sa.UniqueConstraint:
    name = op.f(f"uq_{of}_community_id_{'_'.join(columns)}")
    return sa.UniqueConstraint("community_id", *columns, name=name)


def _key(name: str, *, whole: bool = True) -> sa.Column[object]:
    if whole:
        return sa.Column(name, sa.Integer(), autoincrement=False, nullable=False)
    return sa.Column(name, sa.Text(), nullable=False)


def _text(name: str, *, needed: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=not needed)


def _number(name: str, *, needed: bool = True) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=not needed)


def _instant(name: str, *, needed: bool = False) -> sa.Column[int]:
    return sa.Column(name, sa.BigInteger(), nullable=not needed)


def downgrade() -> None:
    op.execute(sa.text("DELETE FROM due WHERE kind IN ('meeting', 'meetings', 'action_item')"))
    for name in ("proposals", "followers", "action_items"):
        op.drop_table(name)
    for name in ("case", "meeting", "series"):
        op.drop_index(f"ix_agenda_items_{name}", "agenda_items")
    op.execute(sa.text("DELETE FROM agenda_items WHERE case_number IS NULL"))
    with op.batch_alter_table("agenda_items", schema=None) as batch:
        for name, (table, _) in _LINKS.items():
            batch.drop_constraint(batch.f(f"fk_agenda_items_community_id_{name}_{table}"))
        for name in ("status", "version", *_NEW):
            batch.drop_column(name)
        batch.alter_column("case_number", existing_type=sa.Integer(), nullable=False)
    op.create_index("ix_agenda_items_series", "agenda_items", ["community_id", "series"])
    for name in ("invitations", "meetings", "series"):
        op.drop_table(name)
