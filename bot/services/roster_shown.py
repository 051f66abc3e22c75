"""What cards show of rosters, shifts and duties: facts alone, in one place."""

from collections.abc import Iterable
from typing import Any

from bot.domain.person import Person
from bot.domain.roster import Roster
from bot.domain.shift import ON, Duty, Shift
from bot.services import recurrence
from bot.services.community import Community, community_of
from bot.services.meeting_staff import in_charge
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import roster as rosters
from storage import shift as shifts


def place_of(community: Community, roster: Roster) -> str:
    """Return the place as people say it, "" while none was chosen."""
    found = community.place_of_code(roster.place) if roster.place else None
    return (found.text if found else None) or roster.place


def roster_facts(community: Community, roster: Roster) -> dict[str, Any]:
    """Return the template."""
    planned = bool(roster.rule.text)
    return {
        "id": roster.id,
        "version": roster.version,
        "roster": roster.name,
        "place": place_of(community, roster),
        "needed": roster.needed,
        "rule": recurrence.rule_facts(roster.rule) if planned else None,
        "zone": community.zone,
    }


def shift_facts(community: Community, roster: Roster, shift: Shift) -> dict[str, Any]:
    """Return when and where it is."""
    return {
        "shift": shift.id,
        "version": shift.version,
        "roster": roster.name,
        "place": place_of(community, roster),
        "starts": shift.starts.isoformat(),
        "ends": f"{community.calendar.local(shift.ends):%H:%M}",
        "until": shift.ends.isoformat(),
        "needed": shift.needed,
        "stands": shift.status.value,
        "zone": community.zone,
    }


async def names(uow: UnitOfWork, community_id: int, ids: Iterable[int]) -> dict[int, str]:
    """Return the names of people by their ids."""
    found = await people.find(uow, community_id, list(ids))
    return {one.id: one.name for one in found.values()}


async def duty_facts(uow: UnitOfWork, roster: Roster, shift: Shift, duty: Duty) -> dict[str, Any]:
    """Return somebody's duty, and who goes along."""
    community = await community_of(uow, shift.community_id)
    held = await shifts.on(uow, shift.community_id, shift.id)
    others = [one.person_id for one in held if one.status in ON and one.id != duty.id]
    known = await names(uow, shift.community_id, others)
    return {
        **shift_facts(community, roster, shift),
        "duty": duty.id,
        "version": duty.version,
        "said": duty.status.value,
        "mates": [known[one] for one in others],
        "hazards": list(duty.hazards),
        "reported": dict(duty.reported),
    }


async def crew(uow: UnitOfWork, shift: Shift, duties: Iterable[Duty]) -> list[dict[str, Any]]:
    """Return everybody who is on the shift, with how they stand to it."""
    held = [one for one in duties if one.shift_id == shift.id and one.status in ON]
    known = await names(uow, shift.community_id, [one.person_id for one in held])
    return [
        {
            "duty": one.id,
            "name": known[one.person_id],
            "said": one.status.value,
            "sure": one.status.value in {"coming", "came"},
        }
        for one in held
    ]


async def person_of(uow: UnitOfWork, community_id: int, id_: int) -> Person:
    """Return somebody who is known to be there."""
    return (await people.find(uow, community_id, [id_]))[id_]


async def leaders(uow: UnitOfWork, roster: Roster) -> list[Person]:
    """Return who hears how the roster stands: its leader; organizers where none is reached."""
    leader = await person_of(uow, roster.community_id, roster.leader_id)
    return await in_charge(uow, roster.community_id, leader.telegram_id)


async def where(uow: UnitOfWork, duty: Duty) -> tuple[Roster, Shift] | None:
    """Return the roster and the shift of a duty."""
    shift = await shifts.find(uow, duty.community_id, duty.shift_id)
    if shift is None:
        return None
    roster = await rosters.find(uow, duty.community_id, shift.roster_id)
    return None if roster is None else (roster, shift)
