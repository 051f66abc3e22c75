"""What the desk is shown about many cases together: signals, outages."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text, UniqueConstraint

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

signals = Table(
    "signals",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("subject", Text, nullable=False),  # a case, or a building and a category
    Column("occurrence", Text, nullable=False),
    Column("case_number", Integer, nullable=False),  # the case that raised it
    Column("n", Integer, nullable=False),  # how many there were then
    Column("raised_at", Instant, nullable=False),
    Column("closed_at", Instant),
    Column("closed_by", Integer),
    Column("answer", Text),  # agenda, known
    UniqueConstraint("community_id", "kind", "subject", "occurrence"),
    belongs("cases", "case_number", to="number"),
    belongs("people", "closed_by"),
)
index_of_some("ix_signals_open", signals.c.community_id, signals.c.id, where="closed_at IS NULL")

outages = Table(
    "outages",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("case_number", Integer),  # which everybody joins; none until somebody reports
    Column("broadcast_id", Integer),  # the notice that has announced it
    Column("category", Text),  # none until there is a case
    Column("what", Text, nullable=False),  # is off: water, power, lift, ...
    Column("scopes", JSON, nullable=False),  # where
    Column("until", Instant, nullable=False),
    Column("started_at", Instant, nullable=False),
    Column("started_by", Integer, nullable=False),
    Column("ended_at", Instant),
    belongs("broadcasts", "broadcast_id"),
    belongs("cases", "case_number", to="number"),
    belongs("people", "started_by"),
)
index_of_some("ix_outages_open", outages.c.community_id, outages.c.id, where="ended_at IS NULL")
Index("ix_outages_ended", outages.c.community_id, outages.c.ended_at)

outage_answers = Table(  # who was asked whether it is over, once, and what they said
    "outage_answers",
    metadata,
    tenant(),
    Column("outage_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("said", Text),  # back, not_yet
    Column("said_at", Instant),
    belongs("outages", "outage_id"),
    belongs("people", "person_id"),
)
