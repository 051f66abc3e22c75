"""The neighbourhood's own calendar: its time zone, service hours and working days.

Service time is what passes within the service hours of any day; working days leave out
weekends and public holidays and include shifted working days.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from itertools import count
from zoneinfo import ZoneInfo

_SATURDAY = 5
_DAY = timedelta(days=1)


def whole_days(
    first: date | None, last: date | None, zone: ZoneInfo
) -> tuple[datetime | None, datetime | None]:
    """Return when the first of some local days begins and the last is over, UTC; None for none."""
    begins = None if first is None else datetime.combine(first, time(), zone).astimezone(UTC)
    over = None if last is None else datetime.combine(last + _DAY, time(), zone).astimezone(UTC)
    return begins, over


@dataclass(frozen=True, slots=True)
class Calendar:
    """Service hours from `opens` to `closes`, local; holidays and shifted working days by date."""

    zone: ZoneInfo
    opens: time
    closes: time
    holidays: frozenset[date] = field(default_factory=frozenset)
    working: frozenset[date] = field(default_factory=frozenset)

    def local(self, instant: datetime) -> datetime:
        """Return the (aware) instant as the clocks of the neighbourhood show it."""
        return instant.astimezone(self.zone)

    def is_service_time(self, instant: datetime) -> bool:
        """Say whether somebody serves at the instant."""
        begin, end = self._hours(self.local(instant).date())
        return begin <= instant < end

    def is_working_day(self, day: date) -> bool:
        """Say whether the local date is a working day."""
        if day in self.working:
            return True
        return day.weekday() < _SATURDAY and day not in self.holidays

    def add_service_time(
        self, start: datetime, wanted: timedelta, *, working: bool = False
    ) -> datetime:
        """Return the instant (UTC) at which `wanted` service time has passed since `start`.

        `working` counts the service of working days only.
        """
        left = wanted
        for begin, end in self._days(start, working=working):
            here = max(begin, start.astimezone(UTC))
            if here >= end:
                continue
            if left <= end - here:
                return here + left
            left -= end - here
        raise AssertionError("days never end")

    def service_time(self, start: datetime, end: datetime, *, working: bool = False) -> timedelta:
        """Return how much service time lies between two instants; `working` as above."""
        passed = timedelta(0)
        for opens, closes in self._days(start, working=working):
            if opens >= end:
                return passed
            passed += max(timedelta(0), min(closes, end) - max(opens, start))
        raise AssertionError("days never end")

    def after_working_days(self, start: datetime, days: int) -> datetime:
        """Return the same local time (UTC), within service, on the `days`-th working day after."""
        begin, end = self._hours(self._working_day(self.local(start).date(), days))
        same = datetime.combine(self.local(begin).date(), self.local(start).time(), self.zone)
        return min(max(same.astimezone(UTC), begin), end)

    def add_working_days(self, start: datetime, days: int) -> datetime:
        """Return the end of service (UTC) on the `days`-th working day after that of `start`."""
        return self._hours(self._working_day(self.local(start).date(), days))[1]

    def end_of_working_day(self, start: datetime, least: timedelta) -> datetime:
        """Return the end of service (UTC) on the working day of `start`.

        On the next one when `start` lies on none, or less than `least` of its service is left.
        """
        day = self.local(start).date()
        end = self._hours(day)[1]
        if self.is_working_day(day) and start + least <= end:
            return end
        return self.add_working_days(start, 1)

    def _working_day(self, day: date, days: int) -> date:
        left = days
        while left > 0:
            day += _DAY
            left -= self.is_working_day(day)
        return day

    def _days(
        self, start: datetime, *, working: bool = False
    ) -> Iterator[tuple[datetime, datetime]]:
        first = self.local(start).date()
        for ahead in count():
            day = first + ahead * _DAY
            if not working or self.is_working_day(day):
                yield self._hours(day)

    def _hours(self, day: date) -> tuple[datetime, datetime]:
        begin = datetime.combine(day, self.opens, self.zone)
        end = datetime.combine(day, self.closes, self.zone)
        return begin.astimezone(UTC), end.astimezone(UTC)
