"""How people stand: who is shut out, who would like to be a volunteer, who sits in a body."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text

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

wishes = Table(  # what people would do as volunteers; the rows stay as history
    "wishes",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("written_by", Integer, nullable=False),  # who wrote it: the person, or an organizer
    Column("skills", JSON, nullable=False),  # a list of codes
    Column("area", Text, nullable=False),  # "": anywhere; estate:<code>; buildings:<code>,<code>
    Column("status", Text, nullable=False),  # draft, waiting, agreed, refused, taken_back
    Column("begun_at", Instant, nullable=False),
    Column("version", Integer, nullable=False),
    Column("told", Boolean, nullable=False),  # the organizers have heard of it
    Column("reason", Text),  # why not: a code or words
    Column("decided_by", Integer),
    Column("decided_at", Instant),
    belongs("people", "person_id"),
    belongs("people", "written_by"),
    belongs("people", "decided_by"),
)
Index("ix_wishes_person", wishes.c.community_id, wishes.c.person_id)
Index("ix_wishes_status", wishes.c.community_id, wishes.c.status)

seats = Table(  # who sits in which body of the community; the rows stay as history
    "seats",
    metadata,
    tenant(),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("body", Text, primary_key=True),  # party, residents, branch, owners, group
    Column("code", Text, primary_key=True),  # of the company, committee or group; "" for none
    Column("starts_at", Instant, primary_key=True, autoincrement=False),
    Column("ends_at", Instant),
    Column("title", Text, nullable=False),
    Column("lead", Boolean, nullable=False),  # its secretary or chair
    belongs("people", "person_id"),
)
Index("ix_seats_body", seats.c.community_id, seats.c.body, seats.c.code)
