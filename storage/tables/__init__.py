"""Every table of Linli, as SQLAlchemy Core; portable between SQLite and PostgreSQL.

Foreign keys are deferred to the commit, so that the rows of one update can be gathered and
written together in any order. Tables of a tenant carry `community_id` in their key.
"""

from storage.tables.base import Instant, metadata
from storage.tables.case import attachments, case_history, cases, drafts
from storage.tables.community import communities, counters, people, roles
from storage.tables.spine import cards, conversations, due, inbox, meta, outbox, polling

__all__ = [
    "Instant",
    "attachments",
    "cards",
    "case_history",
    "cases",
    "communities",
    "conversations",
    "counters",
    "drafts",
    "due",
    "inbox",
    "meta",
    "metadata",
    "outbox",
    "people",
    "polling",
    "roles",
]
