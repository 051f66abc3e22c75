"""The calendar against a reference that walks minute by minute, and examples counted by hand."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.calendar import Calendar

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
DAYTIME = Calendar(SHANGHAI, time(8), time(20))
MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


def at(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def serves(calendar: Calendar, instant: datetime) -> bool:
    """Say what the clock on the wall says."""
    return calendar.opens <= instant.astimezone(calendar.zone).time() < calendar.closes


def walked(calendar: Calendar, start: datetime, minutes: int) -> datetime:
    """Walk minute by minute until `minutes` of service have passed."""
    instant = start.astimezone(UTC)
    while True:
        if serves(calendar, instant):
            if minutes == 0:
                return instant
            minutes -= 1
            if minutes == 0:
                return instant + MINUTE
        instant += MINUTE


openings = st.builds(time, st.sampled_from([0, 1, 4, 7, 8, 11]), st.sampled_from([0, 30, 59]))
closings = st.builds(time, st.sampled_from([13, 18, 20, 23]), st.sampled_from([0, 1, 59]))
# Around the turns of a month and of a year, a leap day, and both changes of the hour in Berlin.
edges = st.sampled_from(
    ["2026-01-31", "2026-12-31", "2028-02-28", "2026-03-28", "2026-10-24", "2026-11-17"]
)


@settings(max_examples=150, deadline=None)
@given(
    st.sampled_from([SHANGHAI, BERLIN, ZoneInfo("Asia/Kolkata")]),
    openings,
    closings,
    edges,
    st.integers(0, 2 * 24 * 60),
    st.integers(0, 12 * 60),
)
def test_service_time_is_what_the_slow_way_finds(
    zone: ZoneInfo, opens: time, closes: time, day: str, begin: int, wanted: int
) -> None:
    calendar = Calendar(zone, opens, closes)
    start = at(f"{day}T00:00", zone).astimezone(UTC) + begin * MINUTE
    found = calendar.add_service_time(start, wanted * MINUTE)
    assert found == walked(calendar, start, wanted)
    assert found.utcoffset() == timedelta(0)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from([SHANGHAI, BERLIN]), edges, st.integers(0, 2 * 24 * 60))
def test_service_hours_are_what_the_clock_on_the_wall_says(
    zone: ZoneInfo, day: str, begin: int
) -> None:
    calendar = Calendar(zone, time(8), time(20))
    instant = at(f"{day}T00:00", zone).astimezone(UTC) + begin * MINUTE
    assert calendar.is_service_time(instant) is serves(calendar, instant)


@settings(max_examples=100, deadline=None)
@given(
    st.dates(date(2026, 1, 1), date(2028, 12, 31)),
    st.integers(1, 15),
    st.frozensets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=30),
    st.frozensets(st.dates(date(2026, 1, 1), date(2028, 12, 31)), max_size=30),
)
def test_working_days_are_what_the_slow_way_finds(
    day: date, wanted: int, holidays: frozenset[date], working: frozenset[date]
) -> None:
    calendar = Calendar(SHANGHAI, time(8), time(20), holidays, working)
    found = calendar.add_working_days(datetime.combine(day, time(12), SHANGHAI), wanted)
    passed = [day + n * DAY for n in range(1, (found.astimezone(SHANGHAI).date() - day).days + 1)]
    counted = [
        one for one in passed if one in working or (one.isoweekday() <= 5 and one not in holidays)
    ]
    assert len(counted) == wanted
    assert counted[-1] == passed[-1]
    assert found.astimezone(SHANGHAI).time() == time(20)


@pytest.mark.parametrize(
    ("start", "wanted", "end"),
    [
        ("2026-11-17T09:10", 2 * HOUR, "2026-11-17T11:10"),
        ("2026-11-17T19:30", 2 * HOUR, "2026-11-18T09:30"),
        ("2026-11-17T18:00", 2 * HOUR, "2026-11-17T20:00"),  # to the last minute
        ("2026-11-17T20:00", 2 * HOUR, "2026-11-18T10:00"),
        ("2026-11-17T03:00", 2 * HOUR, "2026-11-17T10:00"),
        ("2026-11-30T19:00", 2 * HOUR, "2026-12-01T09:00"),
        ("2026-12-31T23:59", 12 * HOUR, "2027-01-01T20:00"),
        ("2026-11-17T20:00", timedelta(0), "2026-11-18T08:00"),
        ("2026-11-17T08:00", timedelta(0), "2026-11-17T08:00"),
        ("2026-11-21T19:00", 2 * HOUR, "2026-11-22T09:00"),  # at weekends somebody serves, too
        ("2026-11-17T08:00", 30 * HOUR, "2026-11-19T14:00"),
    ],
)
def test_examples_counted_by_hand(start: str, wanted: timedelta, end: str) -> None:
    assert DAYTIME.add_service_time(at(start), wanted) == at(end)


def test_hours_that_are_lost_or_doubled_by_summer_time_are_counted_as_they_pass() -> None:
    night = Calendar(BERLIN, time(0), time(23))
    lost = night.add_service_time(at("2026-03-29T00:30", BERLIN), 3 * HOUR)
    assert lost == at("2026-03-29T04:30", BERLIN)
    doubled = night.add_service_time(at("2026-10-25T00:30", BERLIN), 3 * HOUR)
    assert doubled == datetime(2026, 10, 25, 1, 30, tzinfo=UTC)  # half past two, again


@pytest.mark.parametrize(
    ("start", "days", "end"),
    [
        ("2026-11-17T09:10", 3, "2026-11-20T20:00"),
        ("2026-11-20T09:10", 1, "2026-11-23T20:00"),  # Friday -> Monday
        ("2026-11-21T09:10", 1, "2026-11-23T20:00"),  # Saturday -> Monday
        ("2026-09-30T23:30", 1, "2026-10-10T20:00"),  # over the holidays to the shifted Saturday
        ("2026-11-30T12:00", 5, "2026-12-07T20:00"),
    ],
)
def test_working_days_counted_by_hand(start: str, days: int, end: str) -> None:
    holidays = frozenset(date(2026, 10, day) for day in range(1, 10))
    calendar = Calendar(SHANGHAI, time(8), time(20), holidays, frozenset({date(2026, 10, 10)}))
    assert calendar.add_working_days(at(start), days) == at(end)


def test_the_day_is_that_of_the_neighbourhood() -> None:
    late = datetime(2026, 11, 17, 16, 30, tzinfo=UTC)  # half past midnight on Wednesday there
    assert DAYTIME.local(late).isoformat() == "2026-11-18T00:30:00+08:00"
    assert DAYTIME.add_working_days(late, 1) == at("2026-11-19T20:00")


def test_a_working_day_wins_over_a_holiday_and_a_weekend() -> None:
    saturday, monday = date(2026, 11, 21), date(2026, 11, 23)
    calendar = Calendar(
        SHANGHAI, time(8), time(20), frozenset({saturday, monday}), frozenset({saturday})
    )
    assert calendar.is_working_day(saturday)
    assert not calendar.is_working_day(monday)
    assert not calendar.is_working_day(date(2026, 11, 22))


@pytest.mark.parametrize(
    ("start", "end"),
    [
        ("2026-11-17T09:10", "2026-11-17T20:00"),  # a Tuesday
        ("2026-11-17T14:05", "2026-11-17T20:00"),
        ("2026-11-17T07:30", "2026-11-17T20:00"),  # before service begins
        ("2026-11-17T19:00", "2026-11-17T20:00"),
        ("2026-11-17T19:01", "2026-11-18T20:00"),  # too little of the day is left
        ("2026-11-17T22:00", "2026-11-18T20:00"),
        ("2026-11-20T21:00", "2026-11-23T20:00"),  # a Friday evening
        ("2026-11-21T10:00", "2026-11-23T20:00"),  # a Saturday, though somebody serves
        ("2026-11-22T10:00", "2026-11-23T20:00"),
    ],
)
def test_the_same_working_day_ends_with_its_service(start: str, end: str) -> None:
    assert DAYTIME.end_of_working_day(at(start), least=HOUR) == at(end)


def test_shifted_working_days_and_holidays_count_as_they_are() -> None:
    shifted = Calendar(
        SHANGHAI,
        time(8),
        time(20),
        holidays=frozenset({date(2026, 11, 18)}),
        working=frozenset({date(2026, 11, 21)}),
    )
    assert shifted.end_of_working_day(at("2026-11-18T10:00"), HOUR) == at("2026-11-19T20:00")
    assert shifted.end_of_working_day(at("2026-11-21T10:00"), HOUR) == at("2026-11-21T20:00")
