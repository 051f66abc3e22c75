"""Outages that a notice announces: begun when it goes out, moved and ended with it.

There is no case until somebody reports what is announced; that report becomes the one which all
others join. Source: dialogues 6.12.
"""

from datetime import datetime
from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.area import ESTATE, EVERYWHERE, scope
from bot.domain.broadcast import Broadcast
from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.domain.outage import Outage
from bot.domain.outage_said import Announced
from bot.domain.person import Person
from bot.services import case as cases
from bot.services import outage_end, outage_join, outage_shown, tell_case
from bot.services.callback_due import concerned
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import outage as outages
from storage.counter import next_number


def places(community: Community, whom: Addressees) -> tuple[str, ...]:
    """Return where something is off of which these people are told; nowhere for no places."""
    if not whom.is_of_places:
        return ()
    if EVERYWHERE in whom.scopes:
        return tuple(one for one in community.scopes if one.startswith(scope(ESTATE, "")))
    return whom.scopes


def facts(
    community: Community, whom: Addressees, said: Announced, *, joins: bool
) -> dict[str, Any]:
    """Return what whoever writes the notice sees of what it announces."""
    where = [community.scope_name(part) or "" for part in places(community, whom)]
    return {**said.stored(), "where": where, "zone": community.zone, "joins": joins}


async def begin(uow: UnitOfWork, one: Broadcast) -> None:
    """Begin what the notice announces as it goes out, unless it is over or known already."""
    said = one.body.outage
    scopes = places(await community_of(uow, one.community_id), one.whom)
    if said is None or said.since is None or said.until is None or not scopes:
        return
    held = await outages.standing(uow, one.community_id)
    known = any(
        other.ended_at is None and other.what == said.what and set(scopes) <= set(other.scopes)
        for other in held
    )
    if known or said.until <= uow.now:
        return
    announced = Outage(
        community_id=one.community_id,
        id=await next_number(uow, one.community_id, "outage"),
        version=1,
        case_number=None,
        category=None,
        what=said.what,
        scopes=scopes,
        until=said.until,
        started_at=said.since,
        started_by=one.author_id,
        broadcast_id=one.id,
    )
    outages.add(uow, announced)
    outage_end.plan(uow, announced)


async def put_right(uow: UnitOfWork, one: Broadcast) -> None:
    """Move its end to what the corrected words say; those who joined are told."""
    said = one.body.outage
    announced = await outage_shown.of_broadcast(uow, one.community_id, one.id)
    if said is None or said.until is None or announced is None or said.until == announced.until:
        return
    if said.until > uow.now:
        await _move(uow, announced, said.until)


async def _move(uow: UnitOfWork, announced: Outage, until: datetime) -> None:
    moved = announced.changed(until=until)
    outages.change(uow, moved)
    outage_end.plan(uow, moved)
    case = await outage_shown.master_of(uow, moved)
    if case is None:
        return
    community = await community_of(uow, moved.community_id)
    for who in await concerned(uow, case):
        if who.blocked_at is None:
            tell(uow, who, "outage.moved", **outage_shown.facts_of(community, moved))
    await tell_case.redraw_all(uow, community, case)


async def take_back(uow: UnitOfWork, one: Broadcast) -> None:
    """End it without a word when the notice is taken back, unless somebody has reported it."""
    announced = await outage_shown.of_broadcast(uow, one.community_id, one.id)
    if announced is not None and announced.case_number is None:
        due.cancel(uow, one.community_id, outage_end.ENDS, str(announced.id))
        outages.change(uow, announced.changed(ended_at=uow.now))


async def report(uow: UnitOfWork, who: Person, draft: Draft) -> Case:
    """File the draft; the first report of what was announced becomes the case of the outage."""
    case = await cases.report(uow, who, draft)
    announced = await outage_join.meant(uow, who, draft)
    if announced is None or announced.case_number is not None:
        return case
    announced = announced.changed(case_number=case.number, category=case.category)
    outages.change(uow, announced)
    outage_end.plan(uow, announced)  # its end is that of this version
    community = await community_of(uow, who.community_id)
    for other in await concerned(uow, case):
        tell(uow, other, "outage.on", **outage_shown.facts_of(community, announced))
    await tell_case.redraw_all(uow, community, case)
    return case
