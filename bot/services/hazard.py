"""What somebody on patrol has ticked as wrong becomes a case, its place filled in.

One for each hazard, when the list is handed in; what is still ticked at the end of the shift is
handed in by the clock. A hazard that somebody on patrol has seen at the same place lately, and
that is not settled, joins its case instead.
"""

from typing import Any

from bot.domain.case import UNFINISHED
from bot.domain.case_record import Case
from bot.domain.duplicate import AGE, place_key
from bot.domain.person import Person
from bot.domain.roster import Roster
from bot.domain.shift import Duty
from bot.services import draft as drafts
from bot.services import neighbour, outage_announced, outage_join
from bot.services.community import OTHER, Community, community_of
from bot.services.finding import PATROL
from bot.services.unit_of_work import UnitOfWork
from storage import case as stored
from storage import duplicate
from storage import shift as shifts

WORDS = "hazard_words"  # what every unit of work is handed
_MOST = 20  # cases of one place and category that are looked at
_KINDS = {
    "passage": "fire_safety",
    "fire_gear": "fire_safety",
    "charging": "fire_safety",
    "lights": "lighting",
    "doors": "access",
    "height": "building",
}


async def report(uow: UnitOfWork, who: Person, roster: Roster, duty: Duty) -> Duty:
    """Hand in what is ticked and was not handed in yet; return the duty as it is then."""
    left = [one for one in duty.hazards if one not in duty.reported]
    if not left:
        return duty
    community = await community_of(uow, who.community_id)
    became = dict(duty.reported)
    for hazard in left:
        became[hazard] = (await _report(uow, community, who, roster, hazard)).number
    return shifts.change_duty(uow, duty.changed(reported=became))


async def _report(
    uow: UnitOfWork, community: Community, who: Person, roster: Roster, hazard: str
) -> Case:
    facts = _facts(uow, community, roster, hazard)
    known = await _known(uow, who, facts)
    if known is not None and who.id in {known.reporter_id, known.handler_id}:
        return known
    draft = await drafts.begin(uow, who, facts)
    if known is not None:
        return await neighbour.join(uow, who, draft, known.number)
    absorbed = await outage_join.absorb(uow, who, draft)
    return absorbed or await outage_announced.report(uow, who, draft)


def _facts(uow: UnitOfWork, community: Community, roster: Roster, hazard: str) -> dict[str, Any]:
    place = community.place_of_code(roster.place)
    kind = community.category(_KINDS[hazard]) or community.category_or_other(OTHER)
    where = place.facts() if place else {"place": roster.place}
    words = uow.given[WORDS][hazard]
    return {"words": words, "photos": [], "kind": kind.code, PATROL: True, **where}


async def _known(uow: UnitOfWork, who: Person, facts: dict[str, Any]) -> Case | None:
    """Return the unfinished case of a patrol that says the same of the same place."""
    place = place_key(facts)
    numbers = await duplicate.alike(
        uow,
        who.community_id,
        duplicate.NOBODY,
        place=place or "",
        kind=facts["kind"],
        statuses=sorted(UNFINISHED),
        since=uow.now - AGE,
        most=_MOST,
    )
    for number in numbers:
        case = await stored.find(uow, who.community_id, number)
        if case is not None and (case.words, case.channel) == (facts["words"], PATROL):
            return case
    return None
