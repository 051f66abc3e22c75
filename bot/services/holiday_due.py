"""Looks in December and when a year begins whether its shifted days are there; says so once."""

from datetime import UTC, date, datetime

from bot.services import alarm
from bot.services.community import Community, community_of
from bot.services.holiday import is_known
from bot.services.person import FIRST_ADMINS
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import due
from storage.due import Due

CHECK = "holidays"
MISSING = "holidays_missing"
_DECEMBER = 12


async def plan_all(uow: UnitOfWork) -> None:
    """Plan in every community that somebody looks whether the days of the year are there."""
    for community_id in await communities.codes(uow):
        row = _look_at(await community_of(uow, community_id), community_id, uow.now)
        if not await due.is_known(uow, row):
            due.plan_new(uow, row)


async def look(uow: UnitOfWork, row: Due) -> None:
    """Tell the admins, once, which year has no shifted days yet; plan the next look."""
    community = await community_of(uow, row.community_id)
    year, month = map(int, row.occurrence.split("-"))
    wanted = year + (month == _DECEMBER)
    if not is_known(community.country, wanted, community.own_days):
        admins = uow.given.get(FIRST_ADMINS, ())
        await alarm.tell_admins(uow, row.community_id, admins, MISSING, year=wanted)
    following = _planned(community, row.community_id, *_next(year, month))
    if not await due.is_known(uow, following):
        due.plan_new(uow, following)


def _next(year: int, month: int) -> tuple[int, int]:
    return (year + 1, 1) if month == _DECEMBER else (year, _DECEMBER)


def _look_at(community: Community, community_id: int, now: datetime) -> Due:
    """Return the look that belongs to now: that of December, or that of the beginning year."""
    today = community.calendar.local(now).date()
    month = _DECEMBER if today.month == _DECEMBER else 1
    return _planned(community, community_id, today.year, month)


def _planned(community: Community, community_id: int, year: int, month: int) -> Due:
    """Return the look on the first of the month, when service begins."""
    calendar = community.calendar
    at = datetime.combine(date(year, month, 1), calendar.opens, calendar.zone).astimezone(UTC)
    return Due(community_id, CHECK, "", f"{year}-{month:02}", at)
