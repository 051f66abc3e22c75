"""When whoever has a case says that it will be done: what can be chosen, and what may be said.

Source: the rules of the neighbourhood, "Moves" (promise) and "Clocks": a promise is a time; it is
no deadline, and an extension has to be asked for before the deadline.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.domain.calendar import Calendar
from bot.domain.case_record import Case
from bot.domain.refusal import Refusal

DAYS_AHEAD = 14  # how far the grid of days reaches
_NOON, _EVENING = time(12), time(18)
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
_TODAY = (2, 5)  # hours from now, rounded down, that are offered for today
_CODE, _DAY_CODE = "%y%m%d%H%M", "%y%m%d"


@dataclass(frozen=True, slots=True)
class Choice:
    """One time (UTC) that can be chosen; `name` says which text stands on its button."""

    name: str
    at: datetime


def chips(calendar: Calendar, now: datetime) -> Iterator[Choice]:
    """Yield the times that are offered first: today while there is service, and the next days."""
    local = calendar.local(now)
    full = local.replace(minute=0, second=0, microsecond=0)
    for hours in _TODAY:
        at = full + hours * _HOUR
        if at.date() == local.date() and at.time() <= calendar.closes:
            yield Choice("today", at.astimezone(UTC))
    for name, days, clock in (
        ("tomorrow_morning", 1, _NOON),
        ("tomorrow_afternoon", 1, _EVENING),
        ("day_after", 2, _EVENING),
    ):
        yield Choice(name, at_clock(calendar, local.date() + days * _DAY, clock))


def days(calendar: Calendar, now: datetime, first: int = 0) -> list[date]:
    """Return the local dates of the grid, the first of them `first` days from today."""
    today = calendar.local(now).date()
    return [today + (first + ahead) * _DAY for ahead in range(DAYS_AHEAD)]


def parts(calendar: Calendar, day: date, now: datetime) -> list[Choice]:
    """Return the parts of a local day that lie ahead."""
    named = (("noon", _NOON), ("evening", _EVENING), ("night", calendar.closes))
    offered = [Choice(name, at_clock(calendar, day, clock)) for name, clock in named]
    return [one for one in offered if one.at > now]


def at_clock(calendar: Calendar, day: date, clock: time) -> datetime:
    """Return the instant (UTC) at which local clocks show `clock` on the local date."""
    return datetime.combine(day, clock, calendar.zone).astimezone(UTC)


def code(calendar: Calendar, at: datetime) -> str:
    """Return the instant as a button carries it: local, to the minute."""
    return calendar.local(at).strftime(_CODE)


def day_code(day: date) -> str:
    """Return the local date as a button carries it."""
    return day.strftime(_DAY_CODE)


def decoded(calendar: Calendar, said: str) -> datetime | None:
    """Return the instant (UTC) that a button carries, None for what no button carries."""
    try:
        local = datetime.strptime(said, _CODE).replace(tzinfo=calendar.zone)
    except ValueError:
        return None
    return local.astimezone(UTC)


def decoded_day(calendar: Calendar, said: str) -> date | None:
    """Return the local date that a button carries, None for what no button carries."""
    try:
        return datetime.strptime(said, _DAY_CODE).replace(tzinfo=calendar.zone).date()
    except ValueError:
        return None


def check(case: Case, at: datetime, now: datetime) -> None:
    """Raise Refusal for a time that is over, or beyond the deadline.

    Once the deadline has passed an extension can no longer be asked for; then any time that lies
    ahead is better for the resident than none.
    """
    if at <= now:
        raise Refusal("refusal.past_time")
    due = case.solution_due
    if due is not None and now <= due < at:
        raise Refusal("refusal.past_deadline")
