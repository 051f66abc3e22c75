"""Files a report that was left alone although it needs no more answers."""

from bot.domain.draft import OPEN
from bot.services import draft as drafts
from bot.services import outage_announced, outage_join, which
from bot.services.case_facts import case_facts
from bot.services.community import OTHER, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import draft as stored
from storage import person as people
from storage.due import Due


async def file_left(uow: UnitOfWork, one: Due) -> None:
    """File the draft unless it is over, incomplete by now, or a complaint; say so quietly."""
    draft = await stored.find(uow, one.community_id, int(one.subject))
    if draft is None or draft.status != OPEN or drafts.step_of(draft) not in drafts.ENOUGH:
        return
    community = await community_of(uow, draft.community_id)
    kind = draft.facts.get("kind") or OTHER
    if community.category_or_other(kind).kind == drafts.COMPLAINT:
        return
    who = (await people.find(uow, draft.community_id, [draft.person_id]))[draft.person_id]
    if await outage_join.absorb(uow, who, drafts.note(uow, draft, kind=kind)) is not None:
        await which.begin_next(uow, who, draft.id)
        return
    case = await outage_announced.report(uow, who, drafts.note(uow, draft, kind=kind))
    facts = await case_facts(uow, community, case, who)
    tell(uow, who, "case.autofiled", silent=True, case=facts)
    await which.begin_next(uow, who, draft.id)
