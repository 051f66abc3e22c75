"""Cases, and everything that belongs to one."""

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

from storage.tables.base import Instant, belongs, metadata, tenant

drafts = Table(
    "drafts",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("noun", Text, nullable=False),  # what is being written: a report, a result, a reason
    Column("facts", JSON, nullable=False),
    Column("status", Text, nullable=False),  # open, filed, dropped
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    belongs("people", "person_id"),
)
Index("ix_drafts_open", drafts.c.community_id, drafts.c.person_id, drafts.c.noun, drafts.c.status)

cases = Table(
    "cases",
    metadata,
    tenant(),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("status", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("category", Text, nullable=False),
    Column("place", Text, nullable=False),
    Column("words", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("urgent", Boolean, nullable=False),
    Column("reporter_id", Integer, nullable=False),
    Column("handler_id", Integer),
    Column("former_handler_id", Integer),
    Column("audience", Text),
    Column("came_from", Text),
    Column("round", Integer, nullable=False),
    Column("returns", Integer, nullable=False),
    Column("appeals", Integer, nullable=False),
    Column("reported_at", Instant, nullable=False),
    Column("claimed_at", Instant),
    Column("first_contact_at", Instant),
    Column("resolved_at", Instant),
    Column("closed_at", Instant),
    Column("dispatch_due", Instant),
    Column("claim_due", Instant),
    Column("contact_due", Instant),
    Column("solution_due", Instant),
    Column("promise_at", Instant),
    Column("reason", Text),
    Column("outcome", Text),
    Column("no_photo", Text),
    Column("door", Text),
    belongs("people", "reporter_id"),
    belongs("people", "handler_id"),
)
Index("ix_cases_reporter", cases.c.community_id, cases.c.reporter_id, cases.c.number)
Index("ix_cases_status", cases.c.community_id, cases.c.status, cases.c.number)
Index("ix_cases_handler", cases.c.community_id, cases.c.handler_id, cases.c.number)

case_history = Table(
    "case_history",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("move", Text, nullable=False),
    Column("from_status", Text),
    Column("to_status", Text, nullable=False),
    Column("person_id", Integer),
    Column("role", Text, nullable=False),
    Column("reason", Text),
    Column("at", Instant, nullable=False),
    Column("update_id", BigInteger),
    belongs("cases", "case_number", to="number"),
)

attachments = Table(
    "attachments",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("file_unique_id", Text, primary_key=True),
    Column("stage", Text, primary_key=True),  # before, after
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    belongs("cases", "case_number", to="number"),
)
