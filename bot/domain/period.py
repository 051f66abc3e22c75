"""Periods of local days: a week, a month, a quarter, or from one day to another."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_MONTHS = 12
WEEK, MONTH, QUARTER = "week", "month", "quarter"
NAMED = (WEEK, MONTH, QUARTER)
LONGEST = 366  # days
_WITH_YEARS, _WITHOUT = 6, 4  # numbers in what was typed


@dataclass(frozen=True, slots=True)
class Period:
    """From the `first` day to the `last`, both included."""

    first: date
    last: date

    @classmethod
    def around(cls, name: str, day: date) -> "Period":
        """Return the week (from Monday), month or quarter in which the day lies."""
        if name == WEEK:
            monday = day - day.weekday() * _DAY
            return cls(monday, monday + 6 * _DAY)
        if name == MONTH:
            return cls(day.replace(day=1), _end_of_month(day))
        first = (day.month - 1) // 3 * 3 + 1
        return cls(date(day.year, first, 1), _end_of_month(date(day.year, first + 2, 1)))

    @classmethod
    def of(cls, first: str, last: str) -> "Period":
        """Return the period between two dates such as 2026-11-30; raises ValueError."""
        return cls(date.fromisoformat(first), date.fromisoformat(last))

    @property
    def name(self) -> str:
        """Return whether it is a week, a month or a quarter; "" for anything else."""
        found = (one for one in NAMED if Period.around(one, self.first) == self)
        return next(found, "")

    @property
    def keys(self) -> list[str]:
        """Return the rows that hold it: whole months as "2026-11", what is left as days."""
        found, day = [], self.first
        while day <= self.last:
            end = _end_of_month(day)
            whole = day.day == 1 and end <= self.last
            found.append(day.isoformat()[:7] if whole else day.isoformat())
            day = (end if whole else day) + _DAY
        return found

    def before(self, most: int) -> Iterator["Period"]:
        """Yield up to `most` periods of this kind, the oldest first and this one last."""
        found = [self]
        for _ in range(most - 1):
            found.append(found[-1].previous())
        yield from reversed(found)

    def previous(self) -> "Period":
        """Return the period of this kind, or as long as this one, that ends before it."""
        eve = self.first - _DAY
        if self.name:
            return Period.around(self.name, eve)
        return Period(eve - (self.last - self.first), eve)


def keys_of(day: str) -> tuple[str, str]:
    """Return the rows in which a case of the day counts: the day's and the month's."""
    return day, day[:7]


def _end_of_month(day: date) -> date:
    year, month = divmod(day.year * _MONTHS + day.month, _MONTHS)
    return date(year, month + 1, 1) - _DAY


def typed(words: str, today: date) -> Period | None:
    """Return the period between two days in the words: 9.1 9.30, or with their years.

    Only the numbers count, so any language will do. A day without a year is the latest one that
    has come, the second the next one after the first. None when the words are something else.
    """
    said = [int(one) for one in re.findall(r"\d{1,4}", words)]
    try:
        if len(said) == _WITH_YEARS:
            found = Period(date(*said[:3]), date(*said[3:]))
        elif len(said) == _WITHOUT:
            first = _latest(today, *said[:2])
            last = date(first.year, *said[2:])
            found = Period(first, last if last >= first else last.replace(year=last.year + 1))
        else:
            return None
    except ValueError:
        return None
    return found


def _latest(today: date, month: int, day: int) -> date:
    found = date(today.year, month, day)
    return found if found <= today else found.replace(year=today.year - 1)
