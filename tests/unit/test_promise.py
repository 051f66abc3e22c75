"""What times can be chosen, which may be promised, and what a pause does to the deadline."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import hold
from bot.domain import promise as rules
from bot.domain.calendar import Calendar
from bot.domain.refusal import Refusal
from tests.unit.move_rules import NOW, a_case

CALENDAR = Calendar(ZoneInfo("Asia/Shanghai"), time(8), time(20))


def chips(now: datetime) -> list[str]:
    return [f"{one.name} {CALENDAR.local(one.at):%d %H:%M}" for one in rules.chips(CALENDAR, now)]


def at(day: int, hour: int, minute: int = 0, month: int = 11) -> datetime:
    local = datetime(2026, month, day, hour, minute, tzinfo=CALENDAR.zone)
    return local.astimezone(UTC)


def test_times_near_by_are_offered_in_service_hours_of_today() -> None:
    later = ["tomorrow_morning 18 12:00", "tomorrow_afternoon 18 18:00", "day_after 19 18:00"]
    assert chips(at(17, 9, 10)) == ["today 17 11:00", "today 17 14:00", *later]
    assert chips(at(17, 17)) == ["today 17 19:00", *later]
    assert chips(at(17, 23, 59)) == later


def test_after_midnight_tomorrow_is_another_day_and_months_end() -> None:
    assert chips(at(30, 23, 59))[0] == "tomorrow_morning 01 12:00"
    assert chips(at(1, 0, 1, month=12))[-3] == "tomorrow_morning 02 12:00"


def test_two_weeks_of_days_pass_the_end_of_the_month() -> None:
    days = rules.days(CALENDAR, at(20, 9), 1)
    assert (len(days), days[0], days[-1]) == (14, date(2026, 11, 21), date(2026, 12, 4))


def test_only_what_lies_ahead_of_a_day_is_offered() -> None:
    def of(hour: int) -> list[str]:
        return [one.name for one in rules.parts(CALENDAR, date(2026, 11, 17), at(17, hour))]

    assert of(9) == ["noon", "evening", "night"]
    assert of(12) == ["evening", "night"]
    assert of(20) == []


def test_a_button_carries_the_minute_and_nothing_else_is_read() -> None:
    code = rules.code(CALENDAR, at(17, 14, 30))
    assert code == "2611171430"
    assert rules.decoded(CALENDAR, code) == at(17, 14, 30)
    assert rules.decoded_day(CALENDAR, rules.day_code(date(2026, 12, 1))) == date(2026, 12, 1)
    for said in ("", "x", "2613401430", "26111714301"):
        assert rules.decoded(CALENDAR, said) is None
        assert rules.decoded_day(CALENDAR, said) is None


def test_a_promise_lies_ahead_and_before_the_deadline() -> None:
    case = a_case("in_progress", solution_due=NOW + timedelta(hours=5))
    rules.check(case, NOW + timedelta(hours=5), NOW)
    for beyond, key in ((timedelta(0), "past_time"), (timedelta(hours=6), "past_deadline")):
        with pytest.raises(Refusal) as refused:
            rules.check(case, NOW + beyond, NOW)
        assert refused.value.key == f"refusal.{key}"


def test_when_the_deadline_is_over_a_late_promise_is_better_than_none() -> None:
    late = a_case("in_progress", solution_due=NOW - timedelta(hours=1))
    rules.check(late, NOW + timedelta(hours=1), NOW)


@pytest.mark.parametrize(
    ("reason", "days", "asked"),
    [
        ("parts", 3, False),
        ("access", 1, False),
        ("parts", 4, True),
        ("weather", 1, True),
        ("whatever was written", 1, True),
    ],
)
def test_a_short_pause_for_parts_or_access_needs_nobody(
    reason: str, days: int, asked: bool
) -> None:
    today = date(2026, 11, 29)
    assert hold.needs_approval(reason, today, today + timedelta(days=days)) is asked


@pytest.mark.parametrize("status", ["on_hold", "needs_info"])
def test_what_was_left_before_a_pause_is_left_after_it(status: str) -> None:
    due = NOW + timedelta(hours=5)
    first = NOW + timedelta(hours=1)
    held = a_case(status, solution_due=due, original_due=due, contact_due=first, held_at=NOW)
    after = hold.resumed(held, NOW + timedelta(days=3))
    assert after.solution_due == due + timedelta(days=3)
    assert after.contact_due == first + timedelta(days=3)
    assert after.original_due == due
    assert (after.held_at, after.hold_until) == (None, None)
    assert hold.resumed(after, NOW + timedelta(days=9)) == after


@pytest.mark.parametrize(
    ("hours", "kept"), [(-1, True), (1, False), (72, False), (73, True)], ids=str
)
def test_a_promise_lapses_when_its_time_came_during_the_pause(hours: int, kept: bool) -> None:
    promised = NOW + timedelta(hours=hours)
    held = a_case("needs_info", promise_at=promised, held_at=NOW)
    after = hold.resumed(held, NOW + timedelta(days=3))
    assert after.promise_at == (promised if kept else None)
