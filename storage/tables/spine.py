"""The spine: what came in, what goes out, what falls due, and where everybody stands."""

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
    false,
    text,
)

from storage.tables.base import Instant, index_of_some, metadata, tenant

meta = Table(  # single facts about the database itself
    "meta",
    metadata,
    Column("key", Text, primary_key=True),
    Column("value", JSON, nullable=False),
)

inbox = Table(
    "inbox",
    metadata,
    Column("bot_id", BigInteger, primary_key=True),
    Column("update_id", BigInteger, primary_key=True, autoincrement=False),
    Column("lane", Text, nullable=False),  # order is kept within a person or a chat
    Column("raw", Text, nullable=False),
    Column("received_at", Instant, nullable=False),
    Column("status", Text, nullable=False),  # new, done, aside, kept
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("error_code", Text),
)
index_of_some("ix_inbox_new", inbox.c.update_id, where="status = 'new'")
Index("ix_inbox_done_at", inbox.c.done_at)
Index("ix_inbox_lane", inbox.c.lane, inbox.c.received_at)

polling = Table(  # how far the updates of a bot have been taken in
    "polling",
    metadata,
    Column("bot_id", BigInteger, primary_key=True, autoincrement=False),
    Column("next_offset", BigInteger, nullable=False),
)

outbox = Table(
    "outbox",
    metadata,
    Column("id", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("community_id", Integer, nullable=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("language", Text, nullable=False),
    Column("large", Boolean, nullable=False, server_default=false()),
    Column("kind", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("subject", Integer),  # the number of the case that it is about
    Column("reason", Text, nullable=False, server_default="news"),  # why it is due when it is
    Column("letter_class", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("card_id", Integer),
    Column("message_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("topic", Integer),  # of a group with topics
    Column("status", Text, nullable=False),  # see outbox.py
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("copies", Integer, nullable=False, default=0),  # that may have arrived
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("error", Text),
    Column("broadcast_id", Integer),  # whose words it carries
    Column("bulk", Boolean, nullable=False, server_default=false()),  # gives way to answers
)
index_of_some("ix_outbox_queued", outbox.c.due_at, outbox.c.id, where="status = 'queued'")
index_of_some("ix_outbox_sending", outbox.c.id, where="status = 'sending'")
index_of_some("ix_outbox_card", outbox.c.card_id, where="status = 'queued'")
Index("ix_outbox_chat", outbox.c.chat_id, outbox.c.id)
Index(  # nobody gets a broadcast twice
    "ix_outbox_broadcast",
    *(outbox.c[one] for one in ("community_id", "broadcast_id", "chat_id")),
    unique=True,
    sqlite_where=text("kind = 'broadcast.letter'"),
    postgresql_where=text("kind = 'broadcast.letter'"),
)
index_of_some("ix_outbox_held", outbox.c.subject, where="status = 'queued' AND reason = 'quiet'")

cards = Table(  # which message of a chat shows the live card of a thing
    "cards",
    metadata,
    Column("community_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("noun", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("message_id", BigInteger),
    Column("topic", Integer, nullable=False, server_default=text("0")),  # 0: no topic
    Column("copies", Integer, nullable=False, server_default="0"),  # sent, fate unknown
    UniqueConstraint("community_id", "noun", "subject_id", "chat_id", "topic"),
)

conversations = Table(
    "conversations",
    metadata,
    Column("name", Text, primary_key=True),
    Column("chat_id", BigInteger, primary_key=True, autoincrement=False),
    Column("user_id", BigInteger, primary_key=True, autoincrement=False),
    Column("state", Text, nullable=False),
    Column("changed_at", Instant, nullable=False),
)
Index("ix_conversations_user", conversations.c.user_id)

due = Table(  # what the clock has to do; a row is done once and for ever
    "due",
    metadata,
    tenant(),
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("occurrence", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
)
index_of_some("ix_due_open", due.c.due_at, where="done_at IS NULL")

audit = Table(  # what was refused, and who looked at what is guarded
    "audit",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer),
    Column("what", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("update_id", BigInteger),
    Column("seal", Text, nullable=False),  # over the row and the seal before it
)
Index("ix_audit_at", audit.c.community_id, audit.c.at)

audit_heads = Table(  # where each chain ends
    "audit_heads",
    metadata,
    tenant(),
    Column("last", Integer, nullable=False),
    Column("seal", Text, nullable=False),
    Column("first", Integer, nullable=False, server_default=text("0")),  # what is before was cut
    Column("first_seal", Text, nullable=False, server_default=""),
)

deletions = Table(  # how much was deleted because it was kept long enough
    "deletions",
    metadata,
    tenant(),
    Column("month", Text, primary_key=True),  # local, 2026-11
    Column("kind", Text, primary_key=True),
    Column("n", Integer, nullable=False),
)
