"""What the desk is shown about many cases together: signals, outages."""

from sqlalchemy import Column, Integer, Table, Text, UniqueConstraint

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
