"""Meetings: their series, who was invited and came, what was decided and who does it."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
)

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

series = Table(  # what organizers have made or changed; it wins over the organisation file
    "series",
    metadata,
    tenant(),
    Column("code", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("document", JSON, nullable=False),
    Column("changed_by", Integer, nullable=False),
    Column("changed_at", Instant, nullable=False),
    belongs("people", "changed_by"),
)

meetings = Table(
    "meetings",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("series", Text, nullable=False),
    Column("occurrence", Text, nullable=False),  # the planned local date
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("secretary", BigInteger),  # a Telegram id
    Column("note", Text),  # why it was moved or cancelled
    Column("held_on", Text),
    Column("drafted_at", Instant),
    Column("published_at", Instant),
    UniqueConstraint("community_id", "series", "occurrence"),
)
Index("ix_meetings_starts", meetings.c.community_id, meetings.c.starts_at)

invitations = Table(  # one person at one meeting, invited or not
    "invitations",
    metadata,
    tenant(),
    Column("meeting_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("invited", Boolean, nullable=False),
    Column("answer", Text),  # yes, maybe, no
    Column("words", Text),  # from somebody who cannot come
    Column("came_at", Instant),
    Column("came_by", Text),  # code, secretary
    Column("reviewed_at", Instant),
    Column("objection", Text),
    belongs("meetings", "meeting_id"),
    belongs("people", "person_id"),
)

action_items = Table(
    "action_items",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("meeting_id", Integer, nullable=False),
    Column("item_id", Integer, nullable=False),
    Column("case_number", Integer),
    Column("what", Text, nullable=False),
    Column("owner_id", Integer, nullable=False),
    Column("until", Text, nullable=False),  # a local date
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("half", Boolean, nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("reason", Text),  # of the last extension
    Column("done_at", Instant),
    Column("done_words", Text),
    Column("done_photo", Text),
    belongs("meetings", "meeting_id"),
    belongs("agenda_items", "item_id"),
    belongs("cases", "case_number", to="number"),
    belongs("people", "owner_id"),
)
Index("ix_action_items_meeting", action_items.c.community_id, action_items.c.meeting_id)
index_of_some(
    "ix_action_items_open",
    action_items.c.community_id,
    action_items.c.owner_id,
    where="status = 'open'",
)

followers = Table(  # who wants to hear what becomes of an action item
    "followers",
    metadata,
    tenant(),
    Column("action_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("said", Text),  # of what was done: good, bad
    belongs("action_items", "action_id"),
    belongs("people", "person_id"),
)

proposals = Table(  # what needs money or a decision of all; the procedure comes to it
    "proposals",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("item_id", Integer, nullable=False),
    Column("case_number", Integer),
    Column("words", Text, nullable=False),
    Column("at", Instant, nullable=False),
    UniqueConstraint("community_id", "item_id"),
    belongs("agenda_items", "item_id"),
    belongs("cases", "case_number", to="number"),
)
