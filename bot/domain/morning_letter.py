"""The letter of the morning for those who serve: when it goes, and what is counted in it.

On days off only those on duty get one, and only about what is urgent or late.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.calendar import Calendar
from bot.domain.case import AT_WORK, TO_DISPATCH, TO_SUPERVISE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.role import Role

AT, LATEST = time(9), time(12)  # local; what could not be sent by noon is left out for the day
ON_DAYS_OFF = ("late", "urgent", "own_late", "own_urgent", "mine")
NO_REASON = frozenset({"mine"})  # what alone is no reason to write: nothing of it is for today
_DAY = timedelta(days=1)


def first_day(zone: ZoneInfo, now: datetime) -> date:
    """Return the local date of the first letter from now on."""
    local = now.astimezone(zone)
    return local.date() if local.time() < AT else local.date() + _DAY


def day_after(zone: ZoneInfo, day: date, now: datetime) -> date:
    """Return the local date of the letter after that of `day`: one that can still be sent."""
    local = now.astimezone(zone)
    today = local.date() if local.time() < LATEST else local.date() + _DAY
    return max(day + _DAY, today)


def sent_at(zone: ZoneInfo, day: date) -> datetime:
    """Return when (UTC) the letter of the local date goes."""
    return datetime.combine(day, AT, zone).astimezone(UTC)


def is_in_time(zone: ZoneInfo, day: date, now: datetime) -> bool:
    """Say whether the letter of the local date may still go now."""
    return now < datetime.combine(day, LATEST, zone)


def counted(
    reader: Person, cases: Iterable[Case], calendar: Calendar, now: datetime
) -> dict[str, int]:
    """Return how many of the unfinished cases wait for the reader, by what they wait for.

    The names are those of the filters of the list; `own_` is what the reader has to do. Whoever
    serves in a part counts what lies there. Nobody works on or supervises what they reported.
    """
    today = calendar.local(now).date()

    def is_today(instant: datetime | None) -> bool:
        return instant is not None and calendar.local(instant).date() == today

    found: Counter[str] = Counter()
    for case in cases:
        dispatches = reader.holds_in(case.area, Role.DISPATCHER)
        supervises = reader.holds_in(case.area, Role.SUPERVISOR)
        own = case.handler_id == reader.id and case.status in AT_WORK
        wide = dispatches or supervises
        if case.reporter_id == reader.id or not (own or wide):
            continue
        late = case.due is not None and case.due < now
        found["dispatch"] += dispatches and case.status in TO_DISPATCH
        found["late"] += wide and late
        found["today"] += wide and is_today(case.due)
        found["urgent"] += wide and case.urgent
        found["supervise"] += supervises and case.status in TO_SUPERVISE
        found["mine"] += case.handler_id == reader.id
        found["own_urgent"] += own and case.urgent
        found["own_late"] += own and late
        found["own_today"] += own and is_today(case.due)
        found["own_promised"] += own and is_today(case.promise_at)
    return {name: n for name, n in found.items() if n}
