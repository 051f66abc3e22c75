"""A report left in the middle: what comes hours later is kept aside until the person has chosen."""

from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any

from bot.domain.draft import KEPT, Draft
from bot.domain.person import Person
from bot.services import draft as drafts
from bot.services import draft_due, which
from bot.services.community import Community, community_of
from bot.services.letter import show_card
from bot.services.sent import Sent
from bot.services.unit_of_work import UnitOfWork

LEFT_AFTER = timedelta(hours=2)
_GREETING = 4  # words no longer than this, about nothing that is known, are no report


def is_left(draft: Draft, now: datetime) -> bool:
    """Say whether the draft was left so long ago that the person has to be asked."""
    if drafts.step_of(draft) == "empty":  # nothing has been said that could be gone on with
        return False
    return bool(draft.facts.get("later")) or now - draft.changed_at >= LEFT_AFTER


async def ask(uow: UnitOfWork, who: Person, draft: Draft, sent: Sent) -> Draft:
    """Keep what was just sent aside and ask what is to become of the draft."""
    community = await community_of(uow, who.community_id)
    left_at = draft.facts.get("left_at") or draft.changed_at.isoformat()
    later = [*(draft.facts.get("later") or []), _kept(sent)]
    draft = drafts.note(uow, draft, later=later, left_at=left_at)
    facts = {**drafts.card_facts(community, who, draft), "left_at": left_at, "zone": community.zone}
    facts["complete"] = drafts.step_of(draft) == "check"
    await show_card(uow, who, ("draft", draft.id), "draft.resume", anew=True, **facts)
    return draft


async def take_up(uow: UnitOfWork, draft: Draft) -> tuple[Draft, list[Sent]]:
    """Return the draft as it was left, and what was sent since and is worth a report."""
    later = [Sent(*one) for one in (draft.facts.get("later") or [])]
    community = await community_of(uow, draft.community_id)
    draft = drafts.forget(uow, draft, "later", "left_at")
    return draft, [one for one in later if _is_report(community, one)]


async def set_aside(uow: UnitOfWork, who: Person, left: Draft) -> tuple[Draft, list[Sent]]:
    """Keep what was left behind a new, empty report; return that and what was sent for it."""
    draft, later = await take_up(uow, left)
    behind = [*which.reports_behind(draft), draft.id]
    kept = drafts.note(uow, draft_due.cancel(uow, draft).ended(KEPT), **{which.BEHIND: None})
    await drafts.show(uow, who, kept)
    facts = {"words": "", "photos": [], which.BEHIND: behind}
    return await drafts.begin(uow, who, facts), later


def _is_report(community: Community, sent: Sent) -> bool:
    """Say whether it is more than a greeting; few words may name a matter as well."""
    if sent.file_id or len(sent.words) > _GREETING:
        return True
    names = (name for one in community.kind_tiles() for name in one["name"].values())
    return community.guess_category(sent.words) is not None or sent.words in names


def _kept(sent: Sent) -> list[Any]:
    return list(astuple(sent))
