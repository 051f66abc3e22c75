"""What happens again and again: RFC 5545 rules in the neighbourhood's own time.

An occurrence is known by its series and the local date on which the rule plans it, whatever day
it is held on in the end. A holiday moves it by the stated policy, people move or cancel a single
one; the clock decides nothing. Ranges are of planned dates, so that neighbouring ranges neither
lose nor repeat an occurrence.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from enum import StrEnum
from itertools import islice
from types import MappingProxyType

from dateutil.rrule import rrule, rrulestr

from bot.domain.calendar import Calendar

AHEAD = timedelta(weeks=4)  # how far occurrences are made
FIVE = 5  # dates that are shown before a rule is kept
EPOCH = date(2024, 1, 1)  # a Monday: from here weeks and months are counted when nobody says
_DAY = timedelta(days=1)
_PARTS = {  # what may stand beside FREQ: what can always come true, so that a search ends
    "DAILY": {"INTERVAL"},
    "WEEKLY": {"INTERVAL", "BYDAY"},
    "MONTHLY": {"INTERVAL", "BYDAY", "BYMONTHDAY", "BYSETPOS", "BYMONTH"},
    "YEARLY": {"INTERVAL", "BYDAY", "BYMONTHDAY", "BYMONTH"},
}
_ENDS = {"COUNT", "UNTIL"}


class OnHoliday(StrEnum):
    """What becomes of an occurrence that is planned for a public holiday."""

    KEEP = "keep"
    SKIP = "skip"
    BEFORE = "before"  # the nearest day before that is no public holiday
    AFTER = "after"


@dataclass(frozen=True, slots=True)
class Rule:
    """An RRULE of whole days, the local time of each, how long it lasts, and the policy.

    The rule counts from `begins`, before which nothing is planned. A time that a change of the
    clocks leaves out is an hour later; of one that comes twice the first counts.
    """

    text: str  # "FREQ=MONTHLY;BYMONTH=3,6,9,12;BYDAY=2SA"
    at: time
    lasts: timedelta
    on_holiday: OnHoliday = OnHoliday.KEEP
    begins: date = EPOCH


@dataclass(frozen=True, slots=True)
class Occurrence:
    """One time of a series: the local date that is its key, and when it begins (UTC)."""

    planned: date
    starts: datetime


Changes = Mapping[date, datetime | None]
UNCHANGED: Changes = MappingProxyType({})


def occurrences(
    rule: Rule,
    calendar: Calendar,
    since: date,
    until: date,
    changes: Changes = UNCHANGED,
) -> list[Occurrence]:
    """Return what is planned from `since` to `until`, both included, by its planned date.

    `changes` says of a planned date when it is held instead (UTC), None when it is cancelled;
    what people have said stands above the policy. Raises ValueError when the rule is none.
    """
    found = []
    for one in _from(rule, calendar, since, changes):
        if one.planned > until:
            break
        found.append(one)
    return found


def next_five(
    rule: Rule, calendar: Calendar, now: datetime, changes: Changes = UNCHANGED
) -> list[Occurrence]:
    """Return the next five to begin after `now` (UTC), fewer when the rule ends.

    Raises ValueError when the rule is none.
    """
    since = calendar.local(now).date() - AHEAD  # one that was moved may still be to come
    ahead = (one for one in _from(rule, calendar, since, changes) if one.starts > now)
    return sorted(islice(ahead, FIVE), key=lambda one: one.starts)


def check(rule: Rule) -> None:
    """Raise ValueError when the rule is none, or not one that we keep."""
    _dates(rule)


def _from(rule: Rule, calendar: Calendar, since: date, changes: Changes) -> Iterator[Occurrence]:
    dates = _dates(rule)
    for planned in _planned(dates, since):
        said = planned in changes
        starts = changes[planned] if said else _start(planned, dates, rule, calendar)
        if starts is not None:
            yield Occurrence(planned, starts)


def _start(planned: date, dates: rrule, rule: Rule, calendar: Calendar) -> datetime | None:
    day = _held_on(planned, dates, rule.on_holiday, calendar.holidays)
    return None if day is None else _at(day, rule.at, calendar)


def _held_on(
    planned: date, dates: rrule, policy: OnHoliday, holidays: frozenset[date]
) -> date | None:
    """Return the day on which it is held, None when it falls away.

    One that would be moved to, or past, another date of its series falls away: that one is held.
    """
    if planned not in holidays or policy is OnHoliday.KEEP:
        return planned
    if policy is OnHoliday.SKIP:
        return None
    step = _DAY if policy is OnHoliday.AFTER else -_DAY
    day = planned
    while day in holidays:
        day += step
        if dates.between(_midnight(day), _midnight(day), inc=True):
            return None
    return day


def _at(day: date, at: time, calendar: Calendar) -> datetime:
    return datetime.combine(day, at, calendar.zone).astimezone(UTC)


def _planned(dates: rrule, since: date) -> Iterator[date]:
    return (one.date() for one in dates.xafter(_midnight(since), inc=True))


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min)


def _dates(rule: Rule) -> rrule:
    """Return the dates of the rule as naive midnights; raises ValueError."""
    parts = dict(one.partition("=")[::2] for one in rule.text.split(";"))
    may = _PARTS.get(parts.pop("FREQ", ""))
    if may is None or not set(parts) <= may | _ENDS or {"INTERVAL", "BYMONTH"} <= set(parts):
        raise ValueError(f"no rule that we keep: {rule.text}")
    found = rrulestr(rule.text, dtstart=_midnight(rule.begins))
    if not isinstance(found, rrule):
        raise ValueError(f"no single rule: {rule.text}")  # noqa: TRY004
    return found
