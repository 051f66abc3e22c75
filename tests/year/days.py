"""Service hours, working days and limits, told once more from the rules of the neighbourhood.

Nothing of the bot's own calendar is used here, so that a mistake in it is found. All instants are
aware; what comes back is local.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache
from zoneinfo import ZoneInfo

import holidays

ZONE = ZoneInfo("Asia/Shanghai")
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
_OPENS, _CLOSES = 8, 20
NIGHT, NOON = (time(21, 30), time(8)), (time(12, 30), time(14))  # when nothing rings


@cache
def _known(year: int) -> tuple[frozenset[date], frozenset[date]]:
    found = holidays.country_holidays("CN", years=year)
    return frozenset(found), frozenset(getattr(found, "weekend_workdays", ()))


def is_working(day: date) -> bool:
    """Say whether the local date is a working day."""
    free, shifted = _known(day.year)
    return day in shifted or (day.weekday() < 5 and day not in free)


def at(day: date, hour: int) -> datetime:
    """Return an hour of a local date."""
    return datetime.combine(day, time(hour), ZONE)


def working_day(day: date, n: int) -> date:
    """Return the n-th working day after the local date."""
    while n:
        day += DAY
        n -= is_working(day)
    return day


def same_time(start: datetime, n: int) -> datetime:
    """Return the same time, within service, on the n-th working day after."""
    local = start.astimezone(ZONE)
    day = working_day(local.date(), n)
    moved = datetime.combine(day, local.time(), ZONE)
    return min(max(moved, at(day, _OPENS)), at(day, _CLOSES))


def served(begin: datetime, end: datetime, *, working: bool) -> timedelta:
    """Return how much service lies between two instants."""
    day, found = begin.astimezone(ZONE).date(), timedelta()
    while at(day, _OPENS) < end:
        if not working or is_working(day):
            hours = min(at(day, _CLOSES), end) - max(at(day, _OPENS), begin)
            found += max(hours, timedelta())
        day += DAY
    return found


def after_service(begin: datetime, span: timedelta, *, working: bool) -> datetime:
    """Return when so much service has passed."""
    day = begin.astimezone(ZONE).date()
    while True:
        opens = max(at(day, _OPENS), begin.astimezone(ZONE))
        here = at(day, _CLOSES) - opens
        if (not working or is_working(day)) and here > timedelta():
            if span <= here:
                return opens + span
            span -= here
        day += DAY


def rings_at(instant: datetime, *, noon: bool) -> datetime:
    """Return when something may ring that is said at an instant; `noon` is quiet for residents."""
    spans = (NIGHT, NOON) if noon else (NIGHT,)
    local = instant.astimezone(ZONE)
    for begins, ends in spans:
        clock = local.time()
        overnight = begins > ends
        inside = clock >= begins or clock < ends if overnight else begins <= clock < ends
        if inside:
            day = local.date() + (DAY if overnight and clock >= begins else timedelta())
            return datetime.combine(day, ends, ZONE)
    return local


def _served(instant: datetime) -> datetime:
    """Return the instant, or when service begins after it."""
    later = instant.astimezone(ZONE)
    opens = at(later.date(), _OPENS)
    if later < opens:
        return opens
    return later if later < at(later.date(), _CLOSES) else opens + DAY


@dataclass(frozen=True, slots=True)
class Terms:
    """How long a kind of case may take: whole working days, or a span; what is claimed, asked."""

    days: int  # working days
    span: timedelta
    update: int  # working days without news
    dispatch: timedelta
    claim: timedelta
    contact: timedelta
    urgent: bool = False

    def due(self, start: datetime) -> datetime:
        """Return by when it has to be solved."""
        if self.days:
            return at(working_day(start.astimezone(ZONE).date(), self.days), _CLOSES)
        return self.step(self.span, start)

    def step(self, span: timedelta, start: datetime) -> datetime:
        """Return by when a step has to be done that may take so long."""
        if self.urgent:
            return start + span
        if span < DAY:
            return after_service(start, span, working=False)
        return _served(start + span)

    def left(self, span: timedelta, due: datetime, stood: datetime, now: datetime) -> datetime:
        """Return by when a step has to be done that stood meanwhile; what was late stays so."""
        if due <= stood:
            return due
        if self.urgent:
            return now + (due - stood)
        if span < DAY:
            return after_service(now, served(stood, due, working=False), working=False)
        return _served(now + (due - stood))

    def part(self, begin: datetime, end: datetime, share: float) -> datetime:
        """Return when a share of the time for the solution is over."""
        if not self.days or not (whole := served(begin, end, working=True)):
            return begin + (end - begin) * share
        return after_service(begin, whole * share, working=True)

    def part_of_step(self, span: timedelta, begin: datetime, end: datetime) -> datetime:
        """Return when half of the time for a step is over."""
        whole = served(begin, end, working=False)
        if span >= DAY or not whole:
            return begin + (end - begin) / 2
        return after_service(begin, whole / 2, working=False)

    def late(self, due: datetime, days: int) -> datetime:
        """Return when it has been late for so many working days."""
        return due + days * DAY if self.urgent else same_time(due, days)


_MINUTE = HOUR / 60
TERMS = {  # the table "Clocks", and after how many working days a resident hears something
    "emergency": Terms(0, 2 * HOUR, 1, 5 * _MINUTE, 5 * _MINUTE, timedelta(), urgent=True),
    "utility": Terms(0, DAY, 1, 2 * HOUR, 30 * _MINUTE, 4 * HOUR),
    "order": Terms(3, timedelta(), 2, 2 * HOUR, DAY, DAY),
    "question": Terms(5, timedelta(), 3, DAY, DAY, DAY),
    "repair": Terms(0, 7 * DAY, 3, 2 * HOUR, DAY, DAY),
    "complaint": Terms(0, 15 * DAY, 5, DAY, DAY, DAY),
}
