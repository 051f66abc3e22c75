"""How people stand: who is shut out for a time."""

from sqlalchemy import Column, Index, Integer, Table, Text

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

blocks = Table(  # somebody is shut out for a time; the rows stay as history
    "blocks",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("reason", Text, nullable=False),  # a code; "other" goes with words
    Column("words", Text),
    Column("status", Text, nullable=False),  # asked, stands, refused, lifted, over
    Column("term", Text, nullable=False),
    Column("ends_at", Instant),  # None: until somebody lifts it
    Column("asked_by", Integer, nullable=False),
    Column("asked_at", Instant, nullable=False),
    Column("decided_by", Integer),  # the second person
    Column("appeal", Text),  # the person's words
    Column("judged_by", Integer),  # who lifted it, or kept it after the appeal
    Column("judged_at", Instant),
    Column("answer", Text),  # their sentence
    Column("answered_at", Instant),  # when the person was last told that they are shut out
    belongs("people", "person_id"),
    belongs("people", "asked_by"),
    belongs("people", "decided_by"),
    belongs("people", "judged_by"),
)
index_of_some(
    "ix_blocks_standing", blocks.c.community_id, blocks.c.person_id, where="status = 'stands'"
)
Index("ix_blocks_status", blocks.c.community_id, blocks.c.status)
