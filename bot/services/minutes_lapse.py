"""Minutes that nobody has written: ten days after the meeting nothing of it waits any longer.

What was to be spoken of goes back to the list of its series. What has come back so twice climbs
to the series above, where there is one: the usual meeting cannot settle it.
"""

from dataclasses import replace

from bot.domain.agenda import CLIMBED, Conclusion, Item, ItemStatus
from bot.domain.meeting import CLIMBS, Meeting, after
from bot.domain.role import Role
from bot.services import meeting_agenda, meeting_clock, minutes_public
from bot.services.callback_due import concerned
from bot.services.community import Community
from bot.services.letter import tell
from bot.services.meeting_shown import brief, case_of, spoken_of
from bot.services.meeting_staff import secretaries
from bot.services.unit_of_work import UnitOfWork
from storage import agenda, audit
from storage import meeting as meetings
from storage import person as people

TIMES = "lapsed"  # among the facts of an item: how often it has come back so
_CLIMBS_AFTER = 1


async def lapse(uow: UnitOfWork, community: Community, one: Meeting) -> None:
    """Let go of the meeting; who waits for it, and who should have written, hear of it."""
    items = await spoken_of(uow, one)
    climbing = {item.id for item in items if _climbs(one, item)}
    for item in items:
        if item.id in climbing:
            await _let_climb(uow, one, item)
        else:
            agenda.change(uow, replace(item, facts={**item.facts, TIMES: 1}))
    await meeting_agenda.give_back(uow, one)
    off = meetings.change(uow, after(one, "lapse"))
    meeting_clock.stop(uow, off)
    await audit.add(uow, one.community_id, None, "meeting_lapsed", f"meeting:{one.id}")
    if items:
        await _tell_staff(uow, community, off, len(items), len(climbing))
    for item in items:
        await _tell_concerned(uow, community, off, item, climbs=item.id in climbing)


def _climbs(one: Meeting, item: Item) -> bool:
    return one.series in CLIMBS and item.facts.get(TIMES, 0) >= _CLIMBS_AFTER


async def _let_climb(uow: UnitOfWork, one: Meeting, item: Item) -> None:
    done = replace(
        item, status=ItemStatus.DONE, conclusion=Conclusion.CLIMB, version=item.version + 1
    )
    await minutes_public.pass_on(uow, agenda.change(uow, done), CLIMBS[one.series], CLIMBED)


async def _tell_staff(uow: UnitOfWork, community: Community, one: Meeting, n: int, up: int) -> None:
    """Tell who should have written them, and the organizers."""
    found = {who.id: who for who in await secretaries(uow, one)}
    found |= {who.id: who for who in await people.acting(uow, one.community_id, Role.ORGANIZER)}
    for id_ in sorted(found):
        if found[id_].blocked_at is None:
            tell(uow, found[id_], "minutes.lapsed", **brief(community, one), n=n, up=up)


async def _tell_concerned(
    uow: UnitOfWork, community: Community, one: Meeting, item: Item, *, climbs: bool
) -> None:
    case = await case_of(uow, item)
    about = {**brief(community, one), "of_case": item.case_number, "climbs": climbs}
    for who in await concerned(uow, case) if case is not None else []:
        if who.blocked_at is None:
            tell(uow, who, "agenda.lapsed", **about)
