"""Every table of Linli, as SQLAlchemy Core; portable between SQLite and PostgreSQL.

Foreign keys are deferred to the commit, so that the rows of one update can be gathered and
written together in any order. Tables of a tenant carry `community_id` in their key.
"""

from storage.tables.agenda import agenda_items, ledger_entries
from storage.tables.base import Instant, metadata
from storage.tables.broadcast import broadcast_people, broadcasts
from storage.tables.case import (
    attachments,
    callbacks,
    case_history,
    case_pieces,
    cases,
    cases_to_index,
    co_signers,
    drafts,
    remarks,
)
from storage.tables.community import (
    codes,
    communities,
    counters,
    grants,
    groups,
    home_words,
    homes,
    keys,
    kin,
    people,
    residences,
    roles,
    wrong_words,
)
from storage.tables.figures import case_figures, figure_hours, figures
from storage.tables.meeting import (
    action_items,
    followers,
    invitations,
    meetings,
    proposals,
    series,
)
from storage.tables.roster import (
    absences,
    duties,
    roster_members,
    rosters,
    shifts,
    swap_asks,
    swaps,
)
from storage.tables.signal import outage_answers, outages, signals
from storage.tables.spine import (
    audit,
    audit_heads,
    cards,
    conversations,
    due,
    inbox,
    meta,
    outbox,
    polling,
)
from storage.tables.standing import blocks, seats, wishes
from storage.tables.survey import survey_guests, survey_lines, survey_papers, surveys

__all__ = [
    "Instant",
    "absences",
    "action_items",
    "agenda_items",
    "attachments",
    "audit",
    "audit_heads",
    "blocks",
    "broadcast_people",
    "broadcasts",
    "callbacks",
    "cards",
    "case_figures",
    "case_history",
    "case_pieces",
    "cases",
    "cases_to_index",
    "co_signers",
    "codes",
    "communities",
    "conversations",
    "counters",
    "drafts",
    "due",
    "duties",
    "figure_hours",
    "figures",
    "followers",
    "grants",
    "groups",
    "home_words",
    "homes",
    "inbox",
    "invitations",
    "keys",
    "kin",
    "ledger_entries",
    "meetings",
    "meta",
    "metadata",
    "outage_answers",
    "outages",
    "outbox",
    "people",
    "polling",
    "proposals",
    "remarks",
    "residences",
    "roles",
    "roster_members",
    "rosters",
    "seats",
    "series",
    "shifts",
    "signals",
    "survey_guests",
    "survey_lines",
    "survey_papers",
    "surveys",
    "swap_asks",
    "swaps",
    "wishes",
    "wrong_words",
]
