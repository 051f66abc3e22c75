"""A date and a time by two taps: a day of the next two weeks, then a time of that day.

What was chosen travels in the buttons: nothing, a day ("261128"), a day and a time.
"""

from datetime import date, datetime, time

from bot.domain import promise
from bot.domain.calendar import Calendar

TIMES = (time(9), time(10), time(14), time(15), time(16), time(19), time(20))

_DAY, _WHOLE = 6, 10  # digits


def days(calendar: Calendar, now: datetime) -> list[date]:
    """Return the local dates of the grid: today and the thirteen after it."""
    return promise.days(calendar, now)


def times(calendar: Calendar, day: date, now: datetime) -> list[datetime]:
    """Return the instants (UTC) of the day that can be tapped and lie ahead."""
    found = [promise.at_clock(calendar, day, clock) for clock in TIMES]
    return [one for one in found if one > now]


def chosen(calendar: Calendar, said: str) -> date | datetime | None:
    """Return the day, or the instant (UTC), that a button carries; None for neither."""
    if len(said) == _WHOLE:
        return promise.decoded(calendar, said)
    return promise.decoded_day(calendar, said) if len(said) == _DAY else None
