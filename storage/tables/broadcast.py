"""What is said to many at once, and to whom it went in which way."""

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Index,
    Integer,
    Table,
    Text,
)

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

broadcasts = Table(
    "broadcasts",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("author_id", Integer, nullable=False),
    Column("status", Text, nullable=False),  # named in bot/domain/broadcast.py alone
    Column("body", JSON, nullable=False),
    Column("whom", JSON, nullable=False),
    Column("shown", JSON, nullable=False),  # what a letter is drawn from, kept once for all
    Column("urgent", Boolean, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("receipts", Boolean, nullable=False),
    Column("send_at", Instant, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("decided_by", Integer),
    Column("started_at", Instant),
    Column("ended_at", Instant),
    Column("corrected_at", Instant),
    Column("reached", Integer, nullable=False),
    Column("whole", Boolean, nullable=False),
    Column("steps", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
    Column("total", Integer, nullable=False),
    Column("series_id", Integer),  # of what comes again and again
    belongs("people", "author_id"),
    belongs("people", "decided_by"),
)
Index("ix_broadcasts_send_at", broadcasts.c.community_id, broadcasts.c.send_at)

broadcast_series = Table(
    "broadcast_series",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("author_id", Integer, nullable=False),
    Column("body", JSON, nullable=False),
    Column("whom", JSON, nullable=False),
    Column("rule", JSON, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("receipts", Boolean, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    belongs("people", "author_id"),
)

broadcast_people = Table(  # one row for everybody who gets it, written with their letter
    "broadcast_people",
    metadata,
    tenant(),
    Column("broadcast_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("way", Text, nullable=False),  # letter, digest
    Column("due_at", Instant, nullable=False),
    Column("fate", Text),  # None: not settled yet
    Column("received_at", Instant),  # when they said that they have read it
    belongs("broadcasts", "broadcast_id"),
    belongs("people", "person_id"),
)
Index(
    "ix_broadcast_people_person",
    *(broadcast_people.c[one] for one in ("community_id", "person_id", "due_at")),
)
index_of_some(
    "ix_broadcast_people_digest",
    *(broadcast_people.c[one] for one in ("community_id", "person_id")),
    where="way = 'digest' AND fate IS NULL",
)

broadcast_polls = Table(  # the one poll of a broadcast, of which everybody gets the same
    "broadcast_polls",
    metadata,
    tenant(),
    Column("broadcast_id", Integer, primary_key=True, autoincrement=False),
    Column("author_id", Integer, nullable=False),  # in whose chat it stands
    Column("chat_id", BigInteger, nullable=False),
    Column("message_id", BigInteger, nullable=False),
    Column("poll_id", Text, nullable=False),  # Telegram's
    Column("counts", JSON, nullable=False),  # how many chose each option; nobody knows who
    Column("voters", Integer, nullable=False),
    Column("closed_at", Instant),
    belongs("broadcasts", "broadcast_id"),
    belongs("people", "author_id"),
)
Index("ix_broadcast_polls_poll", broadcast_polls.c.poll_id)
