"""When the letter of the morning goes, and what is counted in it."""

from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from bot.domain import morning_letter as rules
from bot.domain.calendar import Calendar
from bot.domain.case import Status
from bot.domain.person import Person
from bot.domain.role import Role
from tests.support.database import START, a_case, a_person

ZONE = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(ZONE, time(8), time(20))
TUESDAY = date(2026, 11, 17)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def at(day: date, clock: str) -> datetime:
    return datetime.combine(day, time.fromisoformat(clock), ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("clock", "ahead"), [("00:00", 0), ("08:59", 0), ("09:00", 1), ("23:59", 1)]
)
def test_the_first_letter_is_that_of_the_next_morning(clock: str, ahead: int) -> None:
    assert rules.first_day(ZONE, at(TUESDAY, clock)) == TUESDAY + ahead * DAY


@pytest.mark.parametrize(
    ("days", "clock", "ahead"),
    [(0, "09:00", 1), (0, "15:00", 1), (3, "11:59", 3), (3, "12:00", 4), (3, "08:00", 3)],
)
def test_after_days_away_the_next_one_can_still_be_sent(days: int, clock: str, ahead: int) -> None:
    now = at(TUESDAY + days * DAY, clock)
    assert rules.day_after(ZONE, TUESDAY, now) == TUESDAY + ahead * DAY


def test_it_goes_until_noon() -> None:
    assert rules.sent_at(ZONE, TUESDAY) == at(TUESDAY, "09:00")
    assert rules.is_in_time(ZONE, TUESDAY, at(TUESDAY, "11:59"))
    assert not rules.is_in_time(ZONE, TUESDAY, at(TUESDAY, "12:00"))
    assert rules.day_after(ZONE, date(2026, 12, 31), at(date(2026, 12, 31), "09:00")) == date(
        2027, 1, 1
    )


def counted(reader: Person, *cases: Any) -> dict[str, int]:
    return rules.counted(reader, cases, CALENDAR, START)


def test_the_desk_counts_everything_but_its_own_reports() -> None:
    late = a_case(1, dispatch_due=START - HOUR)
    urgent = a_case(2, urgent=True, dispatch_due=START + HOUR)
    own = a_case(3, reporter_id=9, dispatch_due=START - HOUR)
    asked = a_case(4, status=Status.REOPEN_REQUESTED, dispatch_due=START + 3 * DAY)
    held = (late, urgent, own, asked)
    desk = counted(a_person(9, Role.DISPATCHER), *held)
    assert desk == {"late": 1, "today": 2, "urgent": 1, "dispatch": 2}
    supervisor = counted(a_person(8, Role.SUPERVISOR), *held)
    assert supervisor == {"late": 2, "today": 3, "urgent": 1, "supervise": 1}


def test_whoever_works_counts_their_own() -> None:
    mine: dict[str, Any] = {"status": Status.IN_PROGRESS, "handler_id": 5}
    held = (
        a_case(1, solution_due=START - HOUR, **mine),
        a_case(2, solution_due=START + 3 * DAY, promise_at=START + HOUR, **mine),
        a_case(3, solution_due=START + 3 * DAY, **mine),
        a_case(4, solution_due=START - HOUR, status=Status.IN_PROGRESS, handler_id=6),
    )
    expected = {"mine": 3, "own_late": 1, "own_today": 1, "own_promised": 1}
    assert counted(a_person(5), *held) == expected
    assert counted(a_person(7), *held) == {}


def test_who_serves_in_a_part_counts_what_lies_there() -> None:
    west = a_case(1, dispatch_due=START - HOUR, estate="west", building="11")
    east = a_case(2, dispatch_due=START - HOUR, urgent=True, estate="east", building="3")
    somewhere = a_case(3, dispatch_due=START + 3 * DAY)
    desk = a_person(9, parts=frozenset({(Role.DISPATCHER, "estate:west")}))
    assert counted(desk, west, east, somewhere) == {"late": 1, "today": 1, "dispatch": 2}
    both = a_person(8, Role.SUPERVISOR, parts=frozenset({(Role.DISPATCHER, "building:3")}))
    found = counted(both, west, east)
    assert found == {"late": 2, "today": 2, "urgent": 1, "dispatch": 1}
