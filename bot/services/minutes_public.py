"""The minutes are published: what was concluded is carried out, and everybody concerned hears."""

from dataclasses import replace
from typing import Any

from bot.domain.action_item import ActionItem, ActionStatus
from bot.domain.agenda import AGAIN, CLIMBED, Conclusion, Item, ItemStatus
from bot.domain.case_record import Case
from bot.domain.meeting import CLIMBS, Meeting
from bot.domain.person import Person
from bot.domain.remark import RemarkKind
from bot.services import action_item, invitation
from bot.services.callback_due import concerned
from bot.services.community import Community
from bot.services.letter import tell
from bot.services.meeting_shown import agenda_of, brief, case_of, decided, item, spoken_of
from bot.services.unit_of_work import UnitOfWork
from storage import action_item as actions
from storage import agenda, proposal
from storage import meeting as meetings
from storage import person as people
from storage import remark as remarks
from storage.counter import next_number
from storage.proposal import Proposal


async def who_came(uow: UnitOfWork, one: Meeting) -> list[Person]:
    """Return who was there."""
    held = await meetings.invited(uow, one.community_id, one.id)
    ids = [part.person_id for part in held if part.came_at is not None]
    found = await people.find(uow, one.community_id, ids)
    return [found[id_] for id_ in sorted(found)]


async def carry_out(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Do what was concluded, and tell: whose case it is, who has to do it, who was invited."""
    heard: set[int] = set()
    for held in await spoken_of(uow, one):
        done = agenda.change(uow, replace(held, status=ItemStatus.DONE, version=held.version + 1))
        await _become(uow, community, one, done)
        heard |= await _tell_concerned(uow, community, one, done)
    items = decided(await agenda_of(uow, community, one))
    has_actions = bool(await actions.of_meeting(uow, one.community_id, one.id))
    for who in await invitation.people_of(uow, one):
        if who.blocked_at is None and who.id not in heard:
            facts = {**brief(community, one), "items": items, "actions": has_actions}
            tell(uow, who, "minutes.public", **facts)


async def _become(uow: UnitOfWork, community: Community, one: Meeting, held: Item) -> None:
    """Let the conclusion of an item become what it asks for."""
    if held.conclusion is Conclusion.AGREED:
        await _act(uow, community, one, held)
    elif held.conclusion is Conclusion.AGAIN:
        await pass_on(uow, held, one.series, AGAIN)
    elif held.conclusion is Conclusion.CLIMB:
        await pass_on(uow, held, CLIMBS[one.series], CLIMBED)
    elif held.conclusion is Conclusion.PROPOSAL:
        id_ = await next_number(uow, one.community_id, "proposal")
        words = held.said or await _known_by(uow, community, held)
        proposal.add(
            uow, Proposal(one.community_id, id_, held.id, held.case_number, words, uow.now)
        )


async def _act(uow: UnitOfWork, community: Community, one: Meeting, held: Item) -> None:
    made = ActionItem(
        community_id=one.community_id,
        id=await next_number(uow, one.community_id, "action_item"),
        meeting_id=one.id,
        item_id=held.id,
        case_number=held.case_number,
        what=held.said or await _known_by(uow, community, held),
        owner_id=held.facts["owner"],
        until=held.facts["until"],
        status=ActionStatus.OPEN,
    )
    await action_item.begin(uow, community, actions.add(uow, made))


async def _known_by(uow: UnitOfWork, community: Community, held: Item) -> str:
    """Return words by which an item is known, where nobody has written any."""
    case = await case_of(uow, held)
    shown = await item(uow, community, held)
    name = community.category_or_other(case.category).name.zh_CN if case else ""
    return f"{shown['title']} {name}".strip() or "·"


async def pass_on(uow: UnitOfWork, held: Item, series: str, kind: str) -> None:
    """Let it wait for another meeting, with whence it came."""
    kept = {"from": held.id, **{n: held.facts[n] for n in ("round",) if n in held.facts}}
    again = replace(
        held,
        series=series,
        kind=kind,
        at=uow.now,
        facts=kept,
        status=ItemStatus.WAITING,
        version=1,
        meeting_id=None,
        conclusion=None,
        said=None,
        answer=None,
    )
    await agenda.keep(uow, again)


async def _tell_concerned(
    uow: UnitOfWork, community: Community, one: Meeting, held: Item
) -> set[int]:
    """Tell whose case, or whose topic, it was, what has come of it; return who heard."""
    case = await case_of(uow, held)
    facts = {**brief(community, one), "item": await item(uow, community, held)}
    found = [] if case is None else await concerned(uow, case)
    if case is None:
        topics = [held, *await agenda.together_with(uow, one.community_id, held.id)]
        ids = [each.person_id for each in topics if each.person_id]
        found = list((await people.find(uow, one.community_id, ids)).values())
    else:
        await _note(uow, case, one, held)
    for who in found:
        tell(uow, who, "agenda.outcome", **facts)
    return {who.id for who in found}


async def _note(uow: UnitOfWork, case: Case, one: Meeting, held: Item) -> None:
    """Write into the case which meeting spoke of it, and what it concluded."""
    about: dict[str, Any] = {"series": one.series, "meeting": one.id, "item": held.id}
    said = {"conclusion": held.conclusion.value if held.conclusion else ""}
    await remarks.add(uow, case, RemarkKind.AGENDA, None, held.said or "", **about, **said)
