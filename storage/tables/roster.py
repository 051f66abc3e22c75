"""Rosters: who is on patrol when, who stands in, and when people cannot come."""

from sqlalchemy import JSON, Boolean, Column, Index, Integer, Table, Text, false

from storage.tables.base import Instant, belongs, index_of_some, metadata, tenant

rosters = Table(  # what is done again and again; the rows stay as history
    "rosters",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("name", Text, nullable=False),
    Column("place", Text, nullable=False),  # the code of a spot, or "3-2"
    Column("rule", Text, nullable=False),  # RFC 5545, whole days
    Column("at", Text, nullable=False),  # local, "19:00"
    Column("minutes", Integer, nullable=False),
    Column("on_holiday", Text, nullable=False),
    Column("begins", Text, nullable=False),  # the local date from which the rule counts
    Column("needed", Integer, nullable=False),
    Column("leader_id", Integer, nullable=False),
    Column("skills", JSON, nullable=False),  # one of them is wanted; none: anybody can
    Column("ended_at", Instant),
    belongs("people", "leader_id"),
)

roster_members = Table(  # who goes, and what they have wished for
    "roster_members",
    metadata,
    tenant(),
    Column("roster_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("most", Integer, nullable=False),  # duties in four weeks; 0: no limit
    Column("not_on", JSON, nullable=False),  # local weekdays, Monday is 0
    Column("partner_id", Integer),
    belongs("rosters", "roster_id"),
    belongs("people", "person_id"),
    belongs("people", "partner_id"),
)
Index("ix_roster_members_person", roster_members.c.community_id, roster_members.c.person_id)

absences = Table(  # local days, both included
    "absences",
    metadata,
    tenant(),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("first", Text, primary_key=True),
    Column("only_cover", Boolean, primary_key=True),  # not to be asked to stand in
    Column("last", Text, nullable=False),
    belongs("people", "person_id"),
)

shifts = Table(  # one time of a roster; its planned local date is its key within it
    "shifts",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("roster_id", Integer, nullable=False),
    Column("planned", Text, nullable=False),
    Column("starts", Instant, nullable=False),
    Column("ends", Instant, nullable=False),
    Column("needed", Integer, nullable=False),
    Column("status", Text, nullable=False),  # draft, published, cancelled, over
    Column("moved", Boolean, nullable=False, server_default=false()),  # to another time, by hand
    belongs("rosters", "roster_id"),
)
Index(
    "ix_shifts_once", *(shifts.c[one] for one in ("community_id", "roster_id", "planned")),
    unique=True,
)  # fmt: skip
Index("ix_shifts_starts", shifts.c.community_id, shifts.c.starts)

duties = Table(  # somebody on a shift; what they served is kept
    "duties",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("version", Integer, nullable=False),
    Column("shift_id", Integer, nullable=False),
    Column("person_id", Integer, nullable=False),
    Column("status", Text, nullable=False),
    Column("stands_in_for", Integer),
    Column("came_at", Instant),
    Column("minutes", Integer, nullable=False),
    Column("hazards", JSON, nullable=False),
    Column("reported", JSON, nullable=False, server_default="{}"),  # which hazard became which case
    belongs("shifts", "shift_id"),
    belongs("people", "person_id"),
    belongs("people", "stands_in_for"),
)
Index(
    "ix_duties_once", *(duties.c[one] for one in ("community_id", "shift_id", "person_id")),
    unique=True,
)  # fmt: skip
Index("ix_duties_person", duties.c.community_id, duties.c.person_id)

swaps = Table(  # the search for somebody who goes instead
    "swaps",
    metadata,
    tenant(),
    Column("id", Integer, primary_key=True, autoincrement=False),
    Column("duty_id", Integer, nullable=False),
    Column("why", Text, nullable=False),
    Column("begun_at", Instant, nullable=False),
    Column("status", Text, nullable=False),  # open, found, nobody, over
    belongs("duties", "duty_id"),
)
index_of_some("ix_swaps_open", swaps.c.community_id, swaps.c.duty_id, where="status = 'open'")

swap_asks = Table(  # who was asked to stand in, and what they said
    "swap_asks",
    metadata,
    tenant(),
    Column("swap_id", Integer, primary_key=True, autoincrement=False),
    Column("person_id", Integer, primary_key=True, autoincrement=False),
    Column("asked_at", Instant, nullable=False),
    Column("answer", Text),  # yes, no, not_this_month, silent
    belongs("swaps", "swap_id"),
    belongs("people", "person_id"),
)
Index(
    "ix_swap_asks_person", *(swap_asks.c[one] for one in ("community_id", "person_id", "asked_at"))
)
