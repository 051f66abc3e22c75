"""The letter of the month: its figures with their picture, to organizers and to the street.

On the first working day of the next month at nine, once for each month, in their order.
"""

from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import Calendar
from bot.domain.letter import Recipient
from bot.domain.period import MONTH, Period
from bot.domain.role import Role
from bot.services import figures
from bot.services.community import community_of
from bot.services.figures import WHOLE
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import due
from storage import person as people
from storage.due import Due

KIND = "figures.month"
_AT, _DAY = time(9), timedelta(days=1)  # local
_LANGUAGE = "zh_CN"  # of the street


async def plan_all(uow: UnitOfWork) -> None:
    """Plan the letter about this month in every community that has none planned yet."""
    for community_id in await communities.codes(uow):
        calendar = (await community_of(uow, community_id)).calendar
        month = Period.around(MONTH, calendar.local(uow.now).date())
        if not await due.is_known(uow, _row(community_id, calendar, month)):
            due.plan_new(uow, _row(community_id, calendar, month))


def _row(community_id: int, calendar: Calendar, month: Period) -> Due:
    return Due(community_id, KIND, "", month.keys[0], written_at(calendar, month))


def written_at(calendar: Calendar, month: Period) -> datetime:
    """Return when (UTC) the letter about the month is due."""
    day = month.last + _DAY
    while not calendar.is_working_day(day):
        day += _DAY
    return datetime.combine(day, _AT, calendar.zone).astimezone(UTC)


async def write(uow: UnitOfWork, planned: Due) -> None:
    """Write the letter about the month, and plan that about the next one."""
    community = await community_of(uow, planned.community_id)
    month = Period.around(MONTH, date.fromisoformat(f"{planned.occurrence}-01"))
    facts = await figures.card(uow, planned.community_id, month)
    organizers = await people.holders(uow, planned.community_id, [Role.ORGANIZER])
    for one in organizers:
        for scope in figures.widest(community, one):
            own = facts
            if scope != WHOLE:
                own = await figures.card(uow, planned.community_id, month, scope)
            tell(uow, one, KIND, **own)
    known = {one.telegram_id for one in organizers}
    for contact in community.street_contacts:
        if contact not in known:
            tell(uow, Recipient(planned.community_id, contact, _LANGUAGE), KIND, **facts)
    following = Period.around(MONTH, month.last + _DAY)
    await due.plan(uow, _row(planned.community_id, community.calendar, following))
