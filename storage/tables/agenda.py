"""What meetings speak of, and what is held against a company."""

from sqlalchemy import JSON, Column, Index, Integer, Table, Text

from storage.tables.base import Instant, belongs, metadata, tenant

agenda_items = Table(  # what meetings speak of: from rules, and from residents
    "agenda_items",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("series", Text, nullable=False),  # weekly, coordination, ...
    Column("kind", Text, nullable=False),  # overdue, reopened, refused, topic, ...
    Column("case_number", Integer),
    Column("company", Text),  # the code of the property company
    Column("at", Instant, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("status", Text, nullable=False, server_default="waiting"),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("meeting_id", Integer),
    Column("words", Text),  # of a topic
    Column("voice", Text),  # the file of a topic that was spoken
    Column("person_id", Integer),  # who proposed it
    Column("with_id", Integer),  # the item with which it goes along
    Column("answer", Text),  # to who proposed it
    Column("conclusion", Text),
    Column("said", Text),  # the conclusion in words
    belongs("cases", "case_number", to="number"),
    belongs("meetings", "meeting_id"),
    belongs("people", "person_id"),
    belongs("agenda_items", "with_id"),
)
Index(
    "ix_agenda_items_series",
    agenda_items.c.community_id,
    agenda_items.c.series,
    agenda_items.c.status,
)
Index("ix_agenda_items_meeting", agenda_items.c.community_id, agenda_items.c.meeting_id)
Index("ix_agenda_items_case", agenda_items.c.community_id, agenda_items.c.case_number)

ledger_entries = Table(  # what is held against a property company; never changed
    "ledger_entries",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("company", Text, nullable=False),
    Column("kind", Text, nullable=False),  # overdue
    Column("case_number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("facts", JSON, nullable=False),
    belongs("cases", "case_number", to="number"),
)
Index("ix_ledger_entries_company", ledger_entries.c.community_id, ledger_entries.c.company)
