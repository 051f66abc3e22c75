"""Recurrence against a slow reference that looks at every single day of three years."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar
from bot.domain.recurrence import (
    FIVE,
    Occurrence,
    OnHoliday,
    Rule,
    check,
    next_five,
    occurrences,
)

DAY = timedelta(days=1)
BEGINS = date(2027, 1, 4)
FIRST, LAST = date(2027, 1, 4), date(2029, 12, 31)  # three years, with the leap day of 2028
ZONES = [
    ZoneInfo(name)
    for name in ("Asia/Shanghai", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe")
]
TIMES = [time(19), time(2, 30), time(0), time(23, 59), time(1, 15)]
DAYS = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"]
HOLIDAYS = frozenset(
    day
    for year in (2027, 2028, 2029)
    for first, length in (((1, 1), 1), ((2, 10), 8), ((5, 1), 3), ((10, 1), 7), ((12, 31), 1))
    for day in (date(year, *first) + n * DAY for n in range(length))
)
Fits = Callable[[date], bool]


@dataclass(frozen=True)
class Sample:
    text: str
    fits: Fits


def calendar_in(zone: ZoneInfo) -> Calendar:
    return Calendar(zone, time(8), time(20), HOLIDAYS)


def nth(day: date) -> int:
    return (day.day - 1) // 7 + 1


def is_last(day: date) -> bool:
    return (day + 7 * DAY).month != day.month


def daily(chance: Random) -> Sample:
    every = chance.randint(1, 9)
    return Sample(f"FREQ=DAILY;INTERVAL={every}", lambda day: (day - BEGINS).days % every == 0)


def weekly(chance: Random) -> Sample:
    every = chance.randint(1, 3)
    on = sorted(chance.sample(range(7), chance.randint(1, 3)))
    text = ",".join(DAYS[one] for one in on)
    return Sample(
        f"FREQ=WEEKLY;INTERVAL={every};BYDAY={text}",
        lambda day: day.weekday() in on and (day - BEGINS).days // 7 % every == 0,
    )


def monthly_weekday(chance: Random) -> Sample:
    wanted, on = chance.choice([-1, 1, 2, 3, 4, 5]), chance.randrange(7)

    def fits(day: date) -> bool:
        return day.weekday() == on and (is_last(day) if wanted == -1 else nth(day) == wanted)

    return Sample(f"FREQ=MONTHLY;BYDAY={wanted}{DAYS[on]}", fits)


def monthly_day(chance: Random) -> Sample:
    on = chance.choice([1, 15, 28, 29, 30, 31, -1])

    def fits(day: date) -> bool:
        return (day + DAY).day == 1 if on == -1 else day.day == on

    return Sample(f"FREQ=MONTHLY;BYMONTHDAY={on}", fits)


def quarterly(chance: Random) -> Sample:
    wanted, on = chance.choice([-1, 1, 2]), chance.randrange(7)
    months = chance.choice([(3, 6, 9, 12), (1, 4, 7, 10)])

    def fits(day: date) -> bool:
        right = is_last(day) if wanted == -1 else nth(day) == wanted
        return day.month in months and day.weekday() == on and right

    listed = ",".join(map(str, months))
    return Sample(f"FREQ=MONTHLY;BYMONTH={listed};BYDAY={wanted}{DAYS[on]}", fits)


def yearly(chance: Random) -> Sample:
    month, on = chance.choice([(2, 29), (12, 31), (1, 1), (5, 3)])
    return Sample(
        f"FREQ=YEARLY;BYMONTH={month};BYMONTHDAY={on}",
        lambda day: (day.month, day.day) == (month, on),
    )


KINDS = [daily, weekly, monthly_weekday, monthly_day, quarterly, yearly]
CHANCE = Random(6)
SAMPLES = [CHANCE.choice(KINDS)(CHANCE) for _ in range(200)]


def instant(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Search among all minutes of the day for the first at which local clocks show `at`."""
    wanted, noon = datetime.combine(day, at), datetime.combine(day, time(12))
    middle = datetime.combine(day, time(12), zone).astimezone(UTC) + (wanted - noon)
    for shift in (*range(-60, 61, 30), 90):  # changes of the clocks are of 30 or 60 minutes
        found = middle + timedelta(minutes=shift)
        if found.astimezone(zone).replace(tzinfo=None) == wanted:
            return found
    before = (middle - timedelta(hours=3)).astimezone(zone).utcoffset()
    return datetime.combine(day, at, UTC) - (before or timedelta(0))  # left out by summer time


def reference(rule: Rule, fits: Fits, zone: ZoneInfo) -> list[Occurrence]:
    days = [BEGINS + n * DAY for n in range((LAST - BEGINS).days + 40)]
    planned = {day for day in days if fits(day)}
    found = []
    for day in sorted(planned):
        if day > LAST:
            continue
        held = day
        if day in HOLIDAYS and rule.on_holiday is not OnHoliday.KEEP:
            if rule.on_holiday is OnHoliday.SKIP:
                continue
            step = 1 if rule.on_holiday is OnHoliday.AFTER else -1
            way = [day + step * n * DAY for n in range(1, 20)]
            free = next(n for n, one in enumerate(way) if one not in HOLIDAYS)
            if planned & set(way[: free + 1]):
                continue
            held = way[free]
        found.append(Occurrence(day, instant(held, rule.at, zone)))
    return found


@pytest.mark.parametrize("policy", OnHoliday)
@pytest.mark.parametrize("zone", ZONES, ids=str)
def test_three_years_of_two_hundred_rules(zone: ZoneInfo, policy: OnHoliday) -> None:
    calendar = calendar_in(zone)
    for number, sample in enumerate(SAMPLES):
        at = TIMES[number % len(TIMES)]
        rule = Rule(sample.text, at, timedelta(hours=1), policy, BEGINS)
        found = occurrences(rule, calendar, FIRST, LAST)
        assert found == reference(rule, sample.fits, zone), sample.text


def test_the_policies_differ_on_a_long_holiday() -> None:
    calendar = calendar_in(ZONES[0])
    rule = Rule("FREQ=MONTHLY;BYDAY=1SU", time(19), timedelta(hours=1), begins=BEGINS)
    october = (date(2027, 10, 1), date(2027, 10, 31))  # the first Sunday is the 3rd
    held = {
        policy: [
            calendar.local(one.starts).date()
            for one in occurrences(replace(rule, on_holiday=policy), calendar, *october)
        ]
        for policy in OnHoliday
    }
    assert held == {
        OnHoliday.KEEP: [date(2027, 10, 3)],
        OnHoliday.SKIP: [],
        OnHoliday.BEFORE: [date(2027, 9, 30)],
        OnHoliday.AFTER: [date(2027, 10, 8)],
    }


def test_a_time_that_summer_time_leaves_out_is_later_and_of_two_the_first_counts() -> None:
    calendar = calendar_in(ZONES[1])
    rule = Rule("FREQ=DAILY", time(2, 30), timedelta(hours=1), begins=BEGINS)
    (spring,) = occurrences(rule, calendar, date(2027, 3, 28), date(2027, 3, 28))
    (autumn,) = occurrences(rule, calendar, date(2027, 10, 31), date(2027, 10, 31))
    assert calendar.local(spring.starts).time() == time(3, 30)
    assert autumn.starts == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_neighbouring_ranges_lose_and_repeat_nothing() -> None:
    calendar, chance = calendar_in(ZONES[1]), Random(7)
    for sample in SAMPLES[:60]:
        rule = Rule(sample.text, time(2, 30), timedelta(hours=1), OnHoliday.AFTER, BEGINS)
        cut = FIRST + chance.randrange(900) * DAY
        both = [
            *occurrences(rule, calendar, FIRST, cut),
            *occurrences(rule, calendar, cut + DAY, LAST),
        ]
        assert both == occurrences(rule, calendar, FIRST, LAST)


def test_people_move_and_cancel_a_single_one_above_the_policy() -> None:
    calendar = calendar_in(ZONES[0])
    rule = Rule("FREQ=WEEKLY;BYDAY=SU", time(19), timedelta(hours=1), OnHoliday.SKIP, BEGINS)
    moved = datetime(2027, 10, 5, 11, tzinfo=UTC)
    changes = {date(2027, 10, 3): moved, date(2027, 10, 10): None}
    found = occurrences(rule, calendar, date(2027, 10, 1), date(2027, 10, 31), changes)
    assert [one.planned.day for one in found] == [3, 17, 24, 31]
    assert found[0].starts == moved


def test_the_next_five_begin_after_now_and_in_order() -> None:
    calendar = calendar_in(ZONES[0])
    rule = Rule("FREQ=WEEKLY;BYDAY=TH", time(19), timedelta(hours=2), begins=BEGINS)
    now = datetime(2027, 3, 4, 11, tzinfo=UTC)  # Thursday 19:00, the one of today has begun
    last_week = date(2027, 2, 25)
    changes: dict[date, datetime | None] = {last_week: now + 3 * DAY}
    found = next_five(rule, calendar, now, changes)
    assert [one.planned for one in found] == [
        last_week, *(date(2027, 3, 11) + 7 * n * DAY for n in range(4))
    ]  # fmt: skip
    assert len(found) == FIVE


def test_a_rule_that_ends_has_fewer() -> None:
    rule = Rule("FREQ=WEEKLY;BYDAY=TH;COUNT=2", time(19), timedelta(hours=2), begins=BEGINS)
    now = datetime(2027, 1, 1, tzinfo=UTC)
    assert len(next_five(rule, calendar_in(ZONES[0]), now)) == 2
    assert next_five(rule, calendar_in(ZONES[0]), now + 30 * DAY) == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "every Thursday",
        "FREQ=HOURLY",
        "FREQ=WEEKLY;BYHOUR=3",
        "FREQ=WEEKLY;BYDAY=XX",
        "FREQ=MONTHLY;INTERVAL=2;BYMONTH=3;BYDAY=1MO",
        "FREQ=DAILY;INTERVAL=7;BYDAY=MO",
        "FREQ=DAILY\nRRULE:FREQ=WEEKLY",
        "FREQ=WEEKLY;" * 900,
    ],
)
def test_what_is_no_rule_is_said_at_once(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011
        check(Rule(text, time(19), timedelta(hours=1)))
