"""Every column that points at a person, and what becomes of it when they are erased.

A test holds that none is missing.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

# Rows that are about nobody else.
DELETED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "absences": ("person_id",),
        "blocks": ("person_id",),
        "co_signers": ("person_id",),
        "drafts": ("person_id",),
        "followers": ("person_id",),
        "grants": ("person_id",),
        "keys": ("person_id",),
        "kin": ("helper_id", "elder_id"),
        "name_pieces": ("person_id",),
        "outage_answers": ("person_id",),
        "residences": ("person_id",),
        "roles": ("person_id",),
        "roster_members": ("person_id",),
        "seats": ("person_id",),
        "survey_letters": ("person_id",),
        "survey_papers": ("person_id",),
        "swap_asks": ("person_id",),
        "wishes": ("person_id",),
        "wrong_words": ("person_id",),
    }
)
# Rows that stay for others, without what the person said.
CHANGED: Mapping[str, Mapping[str, Any]] = MappingProxyType(
    {
        "action_items.owner_id": {"done_words": None, "done_photo": None, "reason": None},
        "broadcast_people.person_id": {"chat_id": None},  # None: the number of nobody
        "broadcast_polls.author_id": {"chat_id": None},
        "duties.person_id": {"hazards": []},
        "invitations.person_id": {"words": None, "objection": None},
        "roster_members.partner_id": {"partner_id": None},
    }
)
KEPT: Mapping[str, str] = MappingProxyType(
    {
        "agenda_items.person_id": "emptied by `_topics`: the item stays on its agenda",
        "attachments.person_id": "deleted by `_words_to_others` and `empty_cases`",
        "audit.person_id": "a number alone: the audit is never changed",
        "blocks.asked_by": "who decided about somebody else, a number alone",
        "blocks.decided_by": "as above",
        "blocks.judged_by": "as above",
        "broadcast_series.author_id": "who speaks for the community, a number alone",
        "broadcasts.author_id": "who spoke for the community, a number alone",
        "broadcasts.decided_by": "as above",
        "callbacks.person_id": "the answers count in the rates; words go: `_words_to_others`",
        "callbacks.answered_by": "a number alone",
        "callbacks.checked_by": "a number alone",
        "case_history.person_id": "a number alone; reasons go with the words of the case",
        "cases.reporter_id": "a number alone, for the figures; words go: `empty_cases`",
        "cases.handler_id": "who did the work, a number alone",
        "cases.former_handler_id": "as above",
        "cases.lead_id": "as above",
        "duties.stands_in_for": "who served, a number alone",
        "grants.asked_by": "who gave a role, a number alone",
        "grants.decided_by": "as above",
        "groups.bound_by": "a number alone",
        "home_words.made_by": "whose word somebody else's home rests on, a number alone",
        "outages.started_by": "a number alone",
        "remarks.person_id": "deleted by `_words_to_others` and `empty_cases`",
        "residences.ended_by": "who ended somebody else's, a number alone",
        "residences.word_of": "whose word somebody else's home rests on, a number alone",
        "rosters.leader_id": "of a roster that ended, a number alone",
        "series.changed_by": "a number alone",
        "signals.closed_by": "a number alone",
        "survey_guests.person_id": "that somebody was asked, for the turnout; never what they said",
        "surveys.asked_by": "who asked for the community, a number alone",
        "wishes.decided_by": "who decided about somebody else, a number alone",
        "wishes.written_by": "as above",
    }
)
