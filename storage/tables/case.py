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
    false,
)

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

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
    Column("door", Text),  # sealed with the key of who reported it
    Column("place_key", Text),  # the same for all who mean this place; without floor and door
    Column("level", Text),  # who has it in hand: grid, property, community, street
    Column("lead_id", Integer),  # the first who had it; stays when it is passed on
    Column("master", Integer),  # the case that this one was merged into
    Column("hold_until", Instant),
    Column("held_at", Instant),  # since when its clock stands
    Column("arrived_at", Instant),  # when the handler came
    Column("asked", JSON),  # what the handler asks the dispatchers for
    Column("tier", Integer, nullable=False, server_default="0"),  # who is being asked to take it
    Column("original_due", Instant),  # the first date for the solution; never moved
    Column("estate", Text),  # the parts of the community that the place lies in, as codes
    Column("grid", Text),
    Column("building", Text),
    Column("clock_from", Instant),  # since when the time for the solution runs, without pauses
    Column("nudged", Integer, nullable=False, server_default="0"),  # stages reached, overdue.py
    Column("company", Text),  # who maintained the estate when it was reported, as a code
    Column("due_on", Text),  # the local date of original_due
    Column("dispatched_at", Instant),  # for the first time, as the next two
    Column("responded_at", Instant),
    Column("done_at", Instant),
    Column("due_at", Instant),  # of what is open: its date in this status, or one after all others
    belongs("people", "reporter_id"),
    belongs("people", "handler_id"),
)
Index("ix_cases_reporter", cases.c.community_id, cases.c.reporter_id, cases.c.number)
_OPEN = "closed_at IS NULL"
index_of_some(  # what is open, what is due first, with all that a list asks about it
    "ix_cases_open",
    *(cases.c[one] for one in ("community_id", "due_at", "number", "status", "closed_at")),
    *(cases.c[one] for one in ("reporter_id", "handler_id", "former_handler_id", "lead_id")),
    *(cases.c[one] for one in ("audience", "level", "urgent", "category", "round")),
    *(cases.c[one] for one in ("estate", "grid", "building", "company", "solution_due")),
    where=_OPEN,
)
index_of_some(  # what somebody has in hand
    "ix_cases_handler",
    *(cases.c[one] for one in ("community_id", "handler_id", "status", "number")),
    where=f"handler_id IS NOT NULL AND {_OPEN}",
)
index_of_some(  # what somebody ever had in hand
    "ix_cases_handled",
    *(cases.c[one] for one in ("community_id", "handler_id", "number")),
    where="handler_id IS NOT NULL",
)
Index("ix_cases_reported", cases.c.community_id, cases.c.reported_at)
index_of_some(  # how many were closed lately, and how
    "ix_cases_closed",
    cases.c.community_id,
    cases.c.status,
    cases.c.closed_at,
    where="closed_at IS NOT NULL",
)
Index("ix_cases_place", cases.c.community_id, cases.c.place_key, cases.c.reported_at)
index_of_some(  # who has done work of a kind
    "ix_cases_done",
    cases.c.community_id,
    cases.c.category,
    cases.c.number,
    where="resolved_at IS NOT NULL",
)
index_of_some(  # what was finished lately
    "ix_cases_resolved",
    cases.c.community_id,
    cases.c.resolved_at,
    where="resolved_at IS NOT NULL",
)
Index("ix_cases_master", cases.c.community_id, cases.c.master)
Index(  # what is alike in a building
    "ix_cases_alike", cases.c.community_id, cases.c.building, cases.c.category, cases.c.reported_at
)

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
    Column("kind", Text, nullable=False),  # photo, voice, video, document, location
    Column("file_id", Text, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("remark_id", Integer),  # the supplement that it came with
    Column("message_id", BigInteger),  # in the private chat of who sent it
    Column("seconds", Integer),  # how long a voice message is
    Column("state", Text),  # of a file that is checked first: waiting, clean, paper, refused
    Column("reason", Text),  # why it is refused
    Column("check_at", Instant),  # when it is looked into next
    Column("checks", Integer, nullable=False, server_default="0"),  # that failed
    Column("sha256", Text),  # of the clean picture
    Column("clean_id", Text),  # under which Telegram has the clean picture
    Column(
        "wanted", JSON(none_as_null=True)
    ),  # ids of the people who are shown it as soon as it is clean
    belongs("cases", "case_number", to="number"),
)
index_of_some("ix_attachments_check", attachments.c.check_at, where="check_at IS NOT NULL")
Index("ix_attachments_unique", attachments.c.community_id, attachments.c.file_unique_id)

co_signers = Table(  # neighbours who have the same problem
    "co_signers",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("joined_at", Instant, nullable=False),
    Column("muted", Boolean, nullable=False),  # wants to hear nothing on the way
    Column("merged_from", Integer),  # their own case, when it was merged into this one
    Column("kin", Boolean, nullable=False, server_default=false()),  # of the reporter's family
    belongs("cases", "case_number", to="number"),
    belongs("people", "person_id"),
)
Index(
    "ix_co_signers_person",
    *(co_signers.c[one] for one in ("community_id", "person_id", "case_number")),
)

remarks = Table(  # words bound to a case: notes, questions, answers, supplements
    "remarks",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("kind", Text, nullable=False),
    Column("person_id", Integer),
    Column("words", Text, nullable=False),
    Column("facts", JSON, nullable=False),
    Column("at", Instant, nullable=False),
    Column("taken_back_at", Instant),
    belongs("cases", "case_number", to="number"),
    belongs("people", "person_id"),
)

callbacks = Table(  # what one person was asked after the work, and what they said
    "callbacks",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    Column("round", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("status", Text, nullable=False),  # planned, asked, phone, answered, void
    Column("asked_at", Instant),
    Column("asked_times", Integer, nullable=False),
    Column("solved", Text),  # yes, half, no
    Column("satisfied", Text),  # yes, so_so, no
    Column("words", Text),
    Column("answered_at", Instant),
    Column("answered_by", Integer),  # who wrote it down; the person themself, or by phone
    Column("channel", Text),  # chat, phone
    Column("wish", Text),  # after a "no": again, leave, call
    Column("shown_at", Instant, nullable=False),  # when they were last shown a question of it
    Column("later", Text),  # weeks after: good, broken, never
    Column("later_at", Instant),  # when that was asked
    Column("check_status", Text),  # personal call by the supervisor: wanted, done
    Column("check_solved", Text),
    Column("check_satisfied", Text),
    Column("checked_at", Instant),
    Column("checked_by", Integer),
    belongs("cases", "case_number", to="number"),
    belongs("people", "person_id"),
)
Index(
    "ix_callbacks_status",
    *(callbacks.c[one] for one in ("community_id", "status", "case_number", "person_id")),
)
index_of_some(
    "ix_callbacks_check",
    *(callbacks.c[one] for one in ("community_id", "check_status", "case_number", "person_id")),
    where="check_status IS NOT NULL",
)
Index("ix_callbacks_person", callbacks.c.community_id, callbacks.c.person_id)

case_pieces = Table(  # two-character pieces of what can be searched
    "case_pieces",
    metadata,
    tenant(),
    Column("piece", Text, primary_key=True),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    belongs("cases", "case_number", to="number"),
)
Index("ix_case_pieces_case", case_pieces.c.community_id, case_pieces.c.case_number)

cases_to_index = Table(  # whose pieces are not, or no longer, what the case says
    "cases_to_index",
    metadata,
    tenant(),
    Column("case_number", Integer, primary_key=True, autoincrement=False),
    belongs("cases", "case_number", to="number"),
)
