"""Service of working days, escalations and pauses, against a reference that walks by the minute."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import hold
from bot.domain.calendar import Calendar
from bot.domain.limits import DEFAULTS, Clock
from tests.support.database import a_case

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
MINUTE, DAY = timedelta(minutes=1), timedelta(days=1)
SHORTEST = timedelta.resolution  # half of an odd number of minutes ends between two of them
# Turns of a month and a year, a leap day, both changes of the hour in Berlin, a long holiday.
EDGES = ("2026-01-31", "2026-12-31", "2028-02-28", "2026-03-28", "2026-10-24", "2026-09-30")
HOLIDAYS = frozenset(date(2026, 10, day) for day in range(1, 8)) | {date(2027, 1, 1)}
WORKING = frozenset({date(2026, 10, 10), date(2026, 10, 25), date(2026, 3, 29)})
zones = st.sampled_from([SHANGHAI, BERLIN])
instants = st.builds(
    lambda day, minute: datetime.fromisoformat(day).replace(tzinfo=UTC) + minute * MINUTE,
    st.sampled_from(EDGES),
    st.integers(0, 2 * 24 * 60),
)


def calendar_in(zone: ZoneInfo) -> Calendar:
    return Calendar(zone, time(8), time(20), HOLIDAYS, WORKING)


def works(calendar: Calendar, instant: datetime) -> bool:
    local = instant.astimezone(calendar.zone)
    day = local.date()
    working = day in WORKING or (day.isoweekday() <= 5 and day not in HOLIDAYS)
    return working and time(8) <= local.time() < time(20)


def walked(calendar: Calendar, start: datetime, end: datetime) -> int:
    """Count the minutes of service on working days between two instants."""
    found, instant = 0, start
    while instant < end:
        found += works(calendar, instant)
        instant += MINUTE
    return found


@settings(max_examples=60, deadline=None)
@given(zones, instants, st.integers(0, 5 * 24 * 60))
def test_service_of_working_days_is_what_the_slow_way_counts(
    zone: ZoneInfo, start: datetime, span: int
) -> None:
    calendar = calendar_in(zone)
    end = start + span * MINUTE
    minutes = calendar.service_time(start, end, working=True) / MINUTE
    assert minutes == walked(calendar, start, end)


@settings(max_examples=60, deadline=None)
@given(zones, instants, st.integers(1, 20 * 60))
def test_what_is_added_has_passed_then(zone: ZoneInfo, start: datetime, wanted: int) -> None:
    calendar = calendar_in(zone)
    end = calendar.add_service_time(start, wanted * MINUTE, working=True)
    assert walked(calendar, start, end) == wanted
    assert works(calendar, end - MINUTE), "it does not end in the night"


@settings(max_examples=80, deadline=None)
@given(zones, instants, st.integers(0, 120))
def test_the_same_working_day_ends_where_the_slow_way_says(
    zone: ZoneInfo, start: datetime, least: int
) -> None:
    calendar = calendar_in(zone)
    found = calendar.end_of_working_day(start, least * MINUTE)
    instant = start
    while True:  # the first end of service on a working day that leaves enough of it
        local = instant.astimezone(zone)
        if local.time() == time(20) and works(calendar, instant - MINUTE):
            same_day = local.date() == start.astimezone(zone).date()
            if not same_day or start + least * MINUTE <= instant:
                break
        instant += MINUTE
    assert found == instant


@settings(max_examples=80, deadline=None)
@given(zones, instants, st.integers(1, 7))
def test_the_same_time_some_working_days_later(zone: ZoneInfo, start: datetime, days: int) -> None:
    calendar = calendar_in(zone)
    found = calendar.after_working_days(start, days)
    local, begun = found.astimezone(zone), start.astimezone(zone)
    passed = [begun.date() + n * DAY for n in range(1, (local.date() - begun.date()).days + 1)]
    assert sum(calendar.is_working_day(day) for day in passed) == days
    assert calendar.is_working_day(local.date())
    assert local.time() == min(max(begun.time(), time(8)), time(20))


@settings(max_examples=80, deadline=None)
@given(zones, st.sampled_from(sorted(DEFAULTS)), instants)
def test_half_of_the_time_is_as_much_before_as_after(
    zone: ZoneInfo, kind: str, begun: datetime
) -> None:
    calendar = calendar_in(zone)
    clock = Clock(kind, DEFAULTS[kind], calendar)
    due = clock.solution_due(begun)
    half, most = clock.part(begun, due, 0.5), clock.part(begun, due, 0.8)
    assert begun <= half <= most <= due
    if DEFAULTS[kind].working_days:
        before = calendar.service_time(begun, half, working=True)
        assert before == calendar.service_time(half, due, working=True)
        assert not before or works(calendar, half - SHORTEST)
    else:
        assert half - begun == due - half


@settings(max_examples=80, deadline=None)
@given(instants, st.lists(st.integers(1, 3 * 24 * 60), min_size=1, max_size=4))
def test_pauses_leave_what_was_left(begun: datetime, pauses: list[int]) -> None:
    case = a_case(1, clock_from=begun, solution_due=begun + 3 * DAY, contact_due=begun + DAY)
    now = begun
    for minutes in pauses:
        now += 7 * MINUTE
        held = hold.resumed(replace(case, held_at=now), now + minutes * MINUTE)
        now += minutes * MINUTE
        assert held.solution_due is not None
        assert case.solution_due is not None
        assert held.solution_due - case.solution_due == minutes * MINUTE
        case = held
    assert case.solution_due == begun + 3 * DAY + sum(pauses) * MINUTE
    assert case.clock_from == begun + sum(pauses) * MINUTE
    assert case.original_due is None, "the first date never moves"
