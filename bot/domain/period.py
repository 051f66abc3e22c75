"""Periods of local days: a week, a month, a quarter, or from one day to another."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

_DAY = timedelta(days=1)
_MONTHS = 12
WEEK, MONTH, QUARTER = "week", "month", "quarter"
NAMED = (WEEK, MONTH, QUARTER)
LONGEST = 366  # days


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
