"""Reports about what is known to be off join its case by themselves, and can be taken out again.

Nothing of them is lost: words and pictures are kept with the case. Urgent words never join, nor
what was said to be another thing, nor what staff writes down for somebody else.
"""

from typing import Any

from bot.domain import outage as rules
from bot.domain.case import Phase
from bot.domain.case_record import Case
from bot.domain.draft import FILED, JOINED, Draft
from bot.domain.outage import Outage
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import draft as drafts
from bot.services import draft_due, flood, kin, neighbour, onbehalf, outage_shown, tell_case
from bot.services.community import community_of
from bot.services.letter import show_card
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import co_signer, remark
from storage import draft as stored_drafts
from storage import outage as outages

KIND = "outage.joined"
_APART = ("another", onbehalf.KEY)  # facts of a draft that is never taken in


async def absorb(uow: UnitOfWork, who: Person, draft: Draft) -> Case | None:
    """Let the complete draft join the outage that it means, and say so; None when it means none."""
    one = await meant(uow, who, draft)
    case = None if one is None else await outage_shown.master_of(uow, one)
    if one is None or case is None or who.id == case.handler_id:
        return None
    if case.status.phase is Phase.CLOSED:
        return None
    whose = await kin.reporter_of(uow, who, draft)
    name, given = ("supplement", ["content"]) if who.id == case.reporter_id else ("join", [])
    await cases.check(uow, who, case, name, given)
    came = [
        person.id
        for person in dict.fromkeys((whose, who))
        if await neighbour.let_in(uow, case, person.id, kin=person.id != whose.id)
    ]
    said = await neighbour.keep_what_was_said(uow, who, case, draft)
    facts: dict[str, Any] = {
        "number": case.number,
        "outage": one.id,
        "remark": said.id,
        "came": came,
    }
    facts["kind"] = draft.facts.get("kind") or case.category
    joined = draft_due.cancel(uow, draft).with_facts(**facts).ended(JOINED)
    stored_drafts.change(uow, joined)
    case = await cases.move(uow, who, case.number, name, given=given)
    community = await community_of(uow, who.community_id)
    shown = {"draft": draft.id, "master": case.number, **outage_shown.facts_of(community, one)}
    await show_card(uow, who, ("draft", draft.id), KIND, **shown)
    return case


async def meant(uow: UnitOfWork, who: Person, draft: Draft) -> Outage | None:
    """Return the outage that the draft means; without any, nothing more is read."""
    held = draft.facts
    if drafts.step_of(draft) not in drafts.ENOUGH or any(held.get(one) for one in _APART):
        return None
    standing = await outages.standing(uow, who.community_id)
    if not any(one.lasts(uow.now) for one in standing):
        return None
    community = await community_of(uow, who.community_id)
    if community.urgent_words.heard_in(held["words"]):
        return None
    area = community.area(held.get("building"), held["place"], who.home)
    heard = rules.heard_in(held["words"], uow.given["outage_words"])
    return rules.meant(standing, held.get("kind"), area, heard, uow.now)


async def take_out(uow: UnitOfWork, who: Person, draft_id: int) -> Case:
    """File as a case of its own what has joined an outage and is another thing.

    Raises Refusal when it is not theirs, was filed before, or they have reported too much.
    """
    draft = await stored_drafts.find(uow, who.community_id, draft_id)
    if draft is None or draft.person_id != who.id or "outage" not in draft.facts:
        raise Refusal("toast.stale")
    if draft.status == FILED:
        raise Refusal("toast.already_filed", number=draft.facts["number"])
    await flood.check_may_report(uow, who)
    await kin.reporter_of(uow, who, draft)
    held = draft.facts
    master = await cases.find(uow, who, held["number"])
    said = await remark.of(uow, who.community_id, master.number)
    await remark.take_back(uow, next(one for one in said if one.id == held["remark"]))
    await stored.detach(uow, master, held["remark"])
    for person_id in held["came"]:
        await co_signer.remove(uow, who.community_id, master.number, person_id)
    community = await community_of(uow, who.community_id)
    await tell_case.redraw_all(uow, community, master)
    return await cases.report(uow, who, draft.with_facts(another=True))
