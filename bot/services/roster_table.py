"""The table of a week in the group: one message a roster, edited in place; no list of absences."""

from datetime import date, timedelta

from bot.domain.roster import Roster
from bot.domain.shift import ShiftStatus
from bot.services import case_group
from bot.services.community import community_of
from bot.services.letter import show_card
from bot.services.roster_shown import crew, shift_facts
from bot.services.unit_of_work import UnitOfWork
from storage import roster as rosters
from storage import shift as shifts

_SHOWN = {ShiftStatus.PUBLISHED, ShiftStatus.OVER}
_DAY = timedelta(days=1)


def monday_of(day: date) -> date:
    """Return the Monday of the week in which the local date lies."""
    return day - day.weekday() * _DAY


async def show(uow: UnitOfWork, roster: Roster, monday: date, *, anew: bool = False) -> None:
    """Draw the table of the week that begins on the local date, where a group is bound for it."""
    group = await case_group.for_purpose(uow, roster.community_id, case_group.PATROL)
    if group is None:
        return
    community = await community_of(uow, roster.community_id)
    week = await shifts.between(uow, roster.community_id, roster.id, monday, monday + 6 * _DAY)
    held = [one for one in week if one.status in _SHOWN]
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
        await show(uow, roster, monday_of(planned))
