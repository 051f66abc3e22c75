"""Surveys: what is asked, who was asked, and what was answered, each apart from the others.

Papers and lines have no row numbers that would grow with time: they lie in the order of ids
drawn by chance, on pages that are written anew. Nothing joins them to who took part.
"""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

surveys = Table(
    "surveys",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("title", Text, nullable=False),
    Column("questions", JSON, nullable=False),
    Column("whom", JSON, nullable=False),
    Column("anonymous", Boolean, nullable=False),
    Column("status", Text, nullable=False),
    Column("asked_by", Integer, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    belongs("people", "asked_by"),
)

survey_guests = Table(  # who was asked, and whether they took part; never when, never what
    "survey_guests",
    metadata,
    tenant(),
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("building", Text, nullable=False),
    Column("status", Text, nullable=False),  # waits, silent, left_out, answered
    Column("asked_at", Instant),  # the last time that they were asked
    Column("asked_times", Integer, nullable=False),
    Column("case_number", Integer),  # of the case that they are asked about
    belongs("surveys", "survey_id"),
    belongs("people", "person_id"),
    sqlite_with_rowid=False,
)
Index("ix_survey_guests_asked", survey_guests.c.community_id, survey_guests.c.person_id)

survey_letters = Table(  # what was said of it to whom; it counts as one of their two a week
    "survey_letters",
    metadata,
    tenant(),
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("occasion", Integer, primary_key=True, autoincrement=False),  # which time; the results
    Column("way", Text, nullable=False),  # letter, digest
    Column("due_at", Instant, nullable=False),
    Column("fate", Text),  # None: waits for the digest
    belongs("surveys", "survey_id"),
    belongs("people", "person_id"),
    sqlite_with_rowid=False,
)
Index(
    "ix_survey_letters_person",
    *(survey_letters.c[one] for one in ("community_id", "person_id", "due_at")),
)
index_of_some(
    "ix_survey_letters_digest",
    *(survey_letters.c[one] for one in ("community_id", "person_id")),
    where="way = 'digest' AND fate IS NULL",
)

survey_papers = Table(
    "survey_papers",
    metadata,
    tenant(),
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, primary_key=True),  # by chance; stands in the person's own buttons
    Column("answers", JSON, nullable=False),
    Column("done", Boolean, nullable=False),
    Column("person_id", Integer),  # of a survey with names alone
    belongs("surveys", "survey_id"),
    belongs("people", "person_id"),
    sqlite_with_rowid=False,
)

survey_lines = Table(  # what was written to a question by nobody knows whom
    "survey_lines",
    metadata,
    tenant(),
    Column("survey_id", Integer, primary_key=True, autoincrement=False),
    Column("id", Text, primary_key=True),  # by chance
    Column("question", Integer, nullable=False),
    Column("words", Text, nullable=False),
    belongs("surveys", "survey_id"),
    sqlite_with_rowid=False,
)
