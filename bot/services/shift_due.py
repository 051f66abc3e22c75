"""What the clock does about a shift: who is not sure yet, the reminder, and how it ended.

At T-12 h and T-2 h the leader hears who is not sure; on the day people are reminded; at its end
what each one served is kept, and who did not come is told to the leader alone.
"""

from datetime import UTC, datetime, time, timedelta
from typing import Any

from bot.domain.budget import quiet_until
from bot.domain.roster import Roster
from bot.domain.shift import EXPECTED, ON, UNSURE, Duty, DutyStatus, Shift, ShiftStatus, SwapStatus
from bot.services import hazard, roster_table
from bot.services.community import Community, community_of
from bot.services.letter import tell
from bot.services.roster_shown import crew, duty_facts, leaders, names, person_of, shift_facts
from bot.services.unit_of_work import UnitOfWork
from storage import due
from storage import roster as rosters
from storage import shift as shifts
from storage import swap as swaps
from storage.due import Due

UNSURE_AT, TODAY, ENDS = "shift_unsure", "shift_today", "shift_ends"
TWELVE, TWO = timedelta(hours=12), timedelta(hours=2)
_LATE = timedelta(hours=1)
_EVENING = time(17)  # local: the reminder of the day
_MINUTE, _DAY = timedelta(minutes=1), timedelta(days=1)


async def plan(uow: UnitOfWork, shift: Shift) -> None:
    """Plan all that follows for a shift; what is over by now is left out."""
    community = await community_of(uow, shift.community_id)
    for kind, occurrence, at in (
        (UNSURE_AT, "12h", shift.starts - TWELVE),
        (UNSURE_AT, "2h", shift.starts - TWO),
        (TODAY, "day", _reminded_at(community, shift)),
        (ENDS, "end", shift.ends),
    ):
        if at > uow.now:
            once = f"{occurrence}/{shift.version}" if shift.moved else occurrence
            await due.plan(uow, Due(shift.community_id, kind, str(shift.id), once, at))


def _reminded_at(community: Community, shift: Shift) -> datetime:
    """Return when (UTC) people are reminded: that day, or before the night that comes first."""
    zone = community.calendar.zone
    day = community.calendar.local(shift.starts).date()
    late = shift.starts - TWO
    if (
        quiet_until(late, zone, community.quiet[:1]) is not None
        and late.astimezone(zone).time() < _EVENING
    ):
        day -= _DAY
    return min(datetime.combine(day, _EVENING, zone).astimezone(UTC), late)


def cancel(uow: UnitOfWork, shift: Shift) -> None:
    """Plan nothing more for a shift."""
    for kind in (UNSURE_AT, TODAY, ENDS):
        due.cancel(uow, shift.community_id, kind, str(shift.id))


async def _standing(uow: UnitOfWork, row: Due) -> tuple[Roster, Shift, list[Duty]] | None:
    """Return the shift with its roster and who is on it; None when it was cancelled."""
    shift = await shifts.find(uow, row.community_id, int(row.subject))
    if shift is None or shift.status is not ShiftStatus.PUBLISHED:
        return None
    roster = await rosters.find(uow, row.community_id, shift.roster_id)
    held = await shifts.on(uow, row.community_id, shift.id)
    return None if roster is None else (roster, shift, [one for one in held if one.status in ON])


async def look(uow: UnitOfWork, row: Due) -> None:
    """Tell the leader who is not sure yet, and how many are missing; nothing when all is well."""
    found = await _standing(uow, row)
    if found is None:
        return
    roster, shift, held = found
    if any(one.status in UNSURE for one in held) or len(held) < shift.needed:
        await tell_leader(uow, roster, shift, held)


async def tell_leader(uow: UnitOfWork, roster: Roster, shift: Shift, held: list[Duty]) -> None:
    """Tell the leader of a shift on which not everything is sure."""
    community = await community_of(uow, shift.community_id)
    unsure = [one for one in await crew(uow, shift, held) if not one["sure"]]
    facts = shift_facts(community, roster, shift)
    missing = max(0, shift.needed - len(held))
    for who in await leaders(uow, roster):
        tell(uow, who, "roster.unsure", **facts, crew=unsure, missing=missing)


async def remind(uow: UnitOfWork, row: Due) -> None:
    """Remind everybody who is expected that it is today."""
    found = await _standing(uow, row)
    if found is None:
        return
    roster, shift, held = found
    calendar = (await community_of(uow, shift.community_id)).calendar
    ahead = calendar.local(uow.now).date() < calendar.local(shift.starts).date()
    for duty in (one for one in held if one.status in EXPECTED):
        who = await person_of(uow, shift.community_id, duty.person_id)
        facts = await duty_facts(uow, roster, shift, duty)
        tell(uow, who, "patrol.today", **facts, ahead=ahead)


async def end(uow: UnitOfWork, row: Due) -> None:
    """Keep what each one served; tell the leader who did not come."""
    found = await _standing(uow, row)
    if found is None:
        return
    roster, shift, held = found
    community = await community_of(uow, shift.community_id)
    shifts.change(uow, shift.changed(status=ShiftStatus.OVER))
    for one in await swaps.open_for(uow, shift.community_id, [duty.id for duty in held]):
        swaps.close(uow, one, SwapStatus.OVER)
    for duty in held:
        await _settle(uow, community, roster, shift, duty)
    missed = [one.person_id for one in held if one.status in EXPECTED]
    if missed and uow.now - shift.ends < _LATE:  # else nobody could say that they were there
        known = await names(uow, shift.community_id, missed)
        facts: dict[str, Any] = shift_facts(community, roster, shift)
        for who in await leaders(uow, roster):
            tell(uow, who, "roster.missed", **facts, names=[known[one] for one in missed])
    await roster_table.redraw(uow, shift.roster_id, shift.community_id, shift.planned)


async def _settle(
    uow: UnitOfWork, community: Community, roster: Roster, shift: Shift, duty: Duty
) -> None:
    if duty.came_at is None:
        shifts.change_duty(uow, duty.changed(status=DutyStatus.MISSED))
        return
    minutes = (shift.ends - max(duty.came_at, shift.starts)) // _MINUTE
    who = await person_of(uow, shift.community_id, duty.person_id)
    served = shifts.change_duty(uow, duty.changed(minutes=minutes))
    await hazard.report(uow, who, roster, served)
    facts = shift_facts(community, roster, shift)
    tell(uow, who, "patrol.thanks", **facts, minutes=minutes)
