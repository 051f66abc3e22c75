"""The table of a week in the group: one message a roster, edited in place; no list of absences."""

from datetime import date, timedelta

from bot.domain.roster import Roster
from bot.domain.shift import Shift, ShiftStatus
from bot.services import case_group
from bot.services.community import Community, community_of
from bot.services.letter import show_card
from bot.services.roster_shown import crew, shift_facts
from bot.services.unit_of_work import UnitOfWork
from storage import roster as rosters
from storage import shift as shifts

_SHOWN = {ShiftStatus.PUBLISHED, ShiftStatus.OVER}
_DAY = timedelta(days=1)
_AROUND = timedelta(weeks=9)


def monday_of(day: date) -> date:
    """Return the Monday of the week in which the local date lies."""
    return day - day.weekday() * _DAY


async def show(uow: UnitOfWork, roster: Roster, monday: date, *, anew: bool = False) -> None:
    """Draw the table of the week that begins on the local date, where a group is bound for it.

    It holds what is planned in the week, wherever it was moved, and what was moved into it.
    """
    group = await case_group.for_purpose(uow, roster.community_id, case_group.PATROL)
    if group is None:
        return
    community = await community_of(uow, roster.community_id)
    near = await _near(uow, roster, monday)
    held = [one for one in near if _is_of(monday, one.planned) or _is_in(community, monday, one)]
    duties = await shifts.on_all(uow, roster.community_id, [one.id for one in held])
    rows = [
        {**shift_facts(community, roster, one), "crew": await crew(uow, one, duties)}
        for one in sorted(held, key=lambda one: one.starts)
    ]
    await show_card(
        uow,
        case_group.viewer(uow, [group]),
        ("roster", roster.id),
        "patrol.table",
        anew=anew,
        topic=group.topic,
        roster=roster.name,
        rows=rows,
        zone=community.zone,
    )


async def redraw(uow: UnitOfWork, roster_id: int, community_id: int, planned: date) -> None:
    """Draw the table anew in which the shift planned for the local date stands."""
    roster = await rosters.find(uow, community_id, roster_id)
    if roster is not None:
        await show(uow, roster, await _current(uow, roster, monday_of(planned)))


async def _current(uow: UnitOfWork, roster: Roster, monday: date) -> date:
    """Return the Monday of the week to draw: once a week is over, the next that is given out.

    So what comes late does not push the week that people look at out of the group.
    """
    community = await community_of(uow, roster.community_id)
    near = await _near(uow, roster, monday)
    while True:
        after = monday + 7 * _DAY
        goes_on = any(_is_in(community, monday, one) and one.ends > uow.now for one in near)
        if goes_on or not any(_is_of(after, one.planned) for one in near):
            return monday
        monday = after


async def _near(uow: UnitOfWork, roster: Roster, monday: date) -> list[Shift]:
    """Return what people know of the weeks around, from where shifts may have been moved."""
    first, last = monday - _AROUND, monday + _AROUND
    found = await shifts.between(uow, roster.community_id, roster.id, first, last)
    return [one for one in found if one.status in _SHOWN]


def _is_of(monday: date, day: date) -> bool:
    return monday_of(day) == monday


def _is_in(community: Community, monday: date, one: Shift) -> bool:
    return _is_of(monday, community.calendar.local(one.starts).date())
