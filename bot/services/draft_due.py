"""When a report that needs no more answers is filed although nobody pressed the button.

Source: dialogues, "Limits on every text": left alone for ten minutes it is filed by itself.
"""

from datetime import timedelta

from bot.domain.draft import Draft
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage.due import Due

AUTOFILE = "autofile"
ALONE = timedelta(minutes=10)
_ROUND = "alone"  # the fact of a draft: which row is planned; a dropped one begins a new row


def plan(uow: UnitOfWork, draft: Draft) -> Draft:
    """Plan the filing ten minutes from now, or move it there; return the draft that knows."""
    held = draft.facts.get(_ROUND)
    if held is not None:
        if draft.started_at != uow.now:  # else it was planned just now
            due.move(uow, _row(uow, draft, held))
        return draft
    first = draft.facts.get("alone_next", 0)
    due.plan_new(uow, _row(uow, draft, first))
    return draft.with_facts(**{_ROUND: first, "alone_next": first + 1})


def cancel(uow: UnitOfWork, draft: Draft) -> Draft:
    """Let the draft wait for its person; return the draft that knows."""
    if draft.facts.get(_ROUND) is None:
        return draft
    due.cancel(uow, draft.community_id, AUTOFILE, str(draft.id))
    return draft.with_facts(**{_ROUND: None})


def _row(uow: UnitOfWork, draft: Draft, occurrence: int) -> Due:
    at = uow.now + ALONE
    return Due(draft.community_id, AUTOFILE, str(draft.id), str(occurrence), at)
