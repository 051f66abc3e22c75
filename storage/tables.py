"""Every table of Linli, as SQLAlchemy Core; portable between SQLite and PostgreSQL.

Foreign keys are deferred to the commit, so that the rows of one update can be gathered and
written together in any order. Tables of a tenant carry `community_id` in their key.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    text,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole microseconds since 1970: exact, ordered, portable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the microseconds; a naive time is a defect and raises TypeError."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _tenant() -> Column[int]:
    return Column(
        "community_id",
        ForeignKey("communities.id", deferrable=True, initially="DEFERRED", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )


def _belongs(table: str, *columns: str, to: str = "id") -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["community_id", *columns],
        [f"{table}.community_id", f"{table}.{to}"],
        deferrable=True,
        initially="DEFERRED",
        ondelete="RESTRICT",
    )


# --- the spine -----------------------------------------------------------------------------

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
    Column("status", Text, nullable=False),  # new, done, aside
    Column("attempts", Integer, nullable=False, default=0),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
    Column("error_code", Text),
)
Index("ix_inbox_new", inbox.c.update_id, sqlite_where=text("status = 'new'"))
Index("ix_inbox_done_at", inbox.c.done_at)

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
    Column("kind", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("letter_class", Text, nullable=False),
    Column("silent", Boolean, nullable=False),
    Column("card_id", Integer),
    Column("message_id", BigInteger),
    Column("reply_to", BigInteger),
    Column("status", Text, nullable=False),  # queued sending sent dead unknown superseded
    Column("due_at", Instant, nullable=False),
    Column("attempts", Integer, nullable=False, default=0),
    Column("copies", Integer, nullable=False, default=0),  # that may have arrived
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
    Column("error", Text),
)
Index("ix_outbox_queued", outbox.c.due_at, outbox.c.id, sqlite_where=text("status = 'queued'"))
Index("ix_outbox_sending", outbox.c.id, sqlite_where=text("status = 'sending'"))
Index("ix_outbox_card", outbox.c.card_id, sqlite_where=text("status = 'queued'"))

cards = Table(  # which message of a chat shows the live card of a thing
    "cards",
    metadata,
    Column("community_id", Integer, primary_key=True),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("chat_id", BigInteger, nullable=False),
    Column("noun", Text, nullable=False),
    Column("subject_id", Integer, nullable=False),
    Column("message_id", BigInteger),
    UniqueConstraint("community_id", "noun", "subject_id", "chat_id"),
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

due = Table(  # what the clock has to do; a row is done once and for ever
    "due",
    metadata,
    _tenant(),
    Column("kind", Text, primary_key=True),
    Column("subject", Text, primary_key=True),
    Column("occurrence", Text, primary_key=True),
    Column("due_at", Instant, nullable=False),
    Column("done_at", Instant),
)
Index("ix_due_open", due.c.due_at, sqlite_where=text("done_at IS NULL"))

# --- the neighbourhood -----------------------------------------------------------------------

communities = Table(
    "communities",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("organisation", JSON, nullable=False),  # the organisation file as it was checked
)

counters = Table(
    "counters",
    metadata,
    _tenant(),
    Column("name", Text, primary_key=True),
    Column("value", Integer, nullable=False),
)

people = Table(
    "people",
    metadata,
    _tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("telegram_id", BigInteger, nullable=False),
    Column("name", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("home", Text),
    Column("joined_at", Instant, nullable=False),
    Column("blocked_at", Instant),  # the person has blocked the bot
    UniqueConstraint("community_id", "telegram_id"),
)
Index("ix_people_telegram_id", people.c.telegram_id)

roles = Table(
    "roles",
    metadata,
    _tenant(),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("role", Text, primary_key=True),
    Column("scope", Text, primary_key=True),  # "" is the whole community
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant),
    _belongs("people", "person_id"),
)

drafts = Table(
    "drafts",
    metadata,
    _tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, nullable=False),
    Column("noun", Text, nullable=False),  # what is being written: a report, a result, a reason
    Column("facts", JSON, nullable=False),
    Column("status", Text, nullable=False),  # open, filed, dropped
    Column("started_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    _belongs("people", "person_id"),
)
Index("ix_drafts_open", drafts.c.community_id, drafts.c.person_id, drafts.c.noun, drafts.c.status)

cases = Table(
    "cases",
    metadata,
    _tenant(),
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
    _belongs("people", "reporter_id"),
    _belongs("people", "handler_id"),
)
Index("ix_cases_reporter", cases.c.community_id, cases.c.reporter_id, cases.c.number)
Index("ix_cases_status", cases.c.community_id, cases.c.status, cases.c.number)
Index("ix_cases_handler", cases.c.community_id, cases.c.handler_id, cases.c.number)

case_history = Table(
    "case_history",
    metadata,
    _tenant(),
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
    _belongs("cases", "case_number", to="number"),
)

attachments = Table(
    "attachments",
    metadata,
    _tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("file_unique_id", Text, primary_key=True),
    Column("stage", Text, primary_key=True),  # before, after
    Column("kind", Text, nullable=False),
    Column("file_id", Text, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    _belongs("cases", "case_number", to="number"),
)
