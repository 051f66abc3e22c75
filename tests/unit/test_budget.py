"""When something may ring: over midnight, across zones and month ends, and how often."""

from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.budget import (
    MOST_ALERTS,
    PICTURES,
    PROGRESS,
    Hours,
    Notices,
    always_passes,
    digest_after,
    is_told_at_once,
    may_ring,
    quiet_until,
)
from handlers.cards import KINDS

SHANGHAI, BERLIN = ZoneInfo("Asia/Shanghai"), ZoneInfo("Europe/Berlin")
NIGHT, NOON = Hours(time(21, 30), time(8)), Hours(time(12, 30), time(14))
USUAL = (NIGHT, NOON)
START = datetime(2026, 1, 1)  # noqa: DTZ001 - Hypothesis gives it its zone


def local(text: str, zone: ZoneInfo = SHANGHAI) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=zone)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-24 21:29:59", None),
        ("2026-11-24 21:30", "2026-11-25 08:00"),
        ("2026-11-24 23:59:59", "2026-11-25 08:00"),
        ("2026-11-25 00:00", "2026-11-25 08:00"),
        ("2026-11-25 07:59:59", "2026-11-25 08:00"),
        ("2026-11-25 08:00", None),
        ("2026-11-25 12:29:59", None),
        ("2026-11-25 12:30", "2026-11-25 14:00"),
        ("2026-11-25 14:00", None),
        ("2026-11-30 22:00", "2026-12-01 08:00"),  # the end of a month
        ("2026-12-31 22:00", "2027-01-01 08:00"),  # and of a year
        ("2028-02-28 22:00", "2028-02-29 08:00"),
    ],
)
def test_quiet_hours_by_the_clocks_of_the_neighbourhood(now: str, until: str | None) -> None:
    found = quiet_until(local(now).astimezone(UTC), SHANGHAI, USUAL)
    assert found == (local(until) if until else None)
    assert found is None or found.tzinfo is UTC


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-03-28 23:00", "2026-03-29 08:00"),  # the night has an hour less
        ("2026-10-24 23:00", "2026-10-25 08:00"),  # and one more
    ],
)
def test_a_night_in_which_the_clocks_are_changed_ends_by_the_clock(now: str, until: str) -> None:
    assert quiet_until(local(now, BERLIN), BERLIN, USUAL) == local(until, BERLIN)


def test_spans_that_follow_each_other_are_one() -> None:
    spans = (Hours(time(22), time(7)), Hours(time(7), time(9)), Hours(time(8, 30), time(10)))
    assert quiet_until(local("2026-11-24 23:00"), SHANGHAI, spans) == local("2026-11-25 10:00")


def test_no_hours_and_an_empty_span_are_never_quiet() -> None:
    now = local("2026-11-24 23:00")
    assert quiet_until(now, SHANGHAI, ()) is None
    assert quiet_until(now, SHANGHAI, (Hours(time(23), time(23)),)) is None


@given(st.datetimes(START, START.replace(year=2028), timezones=st.just(UTC)))
def test_the_end_of_the_quiet_hours_is_not_quiet(now: datetime) -> None:
    end = quiet_until(now, SHANGHAI, USUAL)
    if end is not None:
        assert now < end
        assert quiet_until(end, SHANGHAI, USUAL) is None
        assert end.astimezone(SHANGHAI).time() in {time(8), time(14)}


@pytest.mark.parametrize(
    ("kind", "urgent", "passes"),
    [
        ("case.taken", False, False),
        ("case.taken", True, True),
        ("case.card", False, False),
        ("case.urgent", False, True),
        ("admin.alarm", False, True),
        ("common.sorry", False, True),
        ("refusal.not_now", False, True),
        ("survey.result", False, False),
    ],
)
def test_emergencies_and_late_answers_pass(kind: str, urgent: bool, passes: bool) -> None:
    assert always_passes(kind, urgent=urgent) is passes


def test_progress_rings_three_times_and_only_for_those_who_want_it() -> None:
    assert [may_ring("case.taken", alerts=True, rung=n) for n in (0, MOST_ALERTS - 1)] == [True] * 2
    assert not may_ring("case.taken", alerts=True, rung=MOST_ALERTS)
    assert not may_ring("case.taken", alerts=False, rung=0)


def test_questions_results_and_decisions_always_ring() -> None:
    for kind in ("case.need_info", "survey.result", "case.not_ours", "case.reopened"):
        assert may_ring(kind, alerts=False, rung=99)


def test_pictures_and_what_counts_as_progress_are_kinds() -> None:
    assert set(KINDS) >= PICTURES
    assert set(KINDS) >= PROGRESS
    assert not PROGRESS & PICTURES


@pytest.mark.parametrize(
    ("told", "at_once"),
    [
        ([], True),
        (["2026-11-23 09:00"], True),
        (["2026-11-24 09:00"], False),  # one a day
        (["2026-11-20 09:00", "2026-11-22 09:00"], False),  # two a week
        (["2026-11-16 09:00", "2026-11-17 09:59"], True),  # a week ago
        (["2026-11-17 10:01", "2026-11-22 09:00"], False),
        (["2026-11-25 08:00", "2026-11-22 09:00"], False),  # one waits for the morning
    ],
)
def test_a_resident_is_told_twice_a_week_and_once_a_day(told: list[str], at_once: bool) -> None:
    at, known = local("2026-11-24 10:00"), [local(one) for one in told]
    assert is_told_at_once(Notices.EACH, known, at, SHANGHAI, serves=False) is at_once
    assert is_told_at_once(Notices.EACH, known, at, SHANGHAI, serves=True)
    assert not is_told_at_once(Notices.DAILY, known, at, SHANGHAI, serves=True)
    assert not is_told_at_once(Notices.LESS, known, at, SHANGHAI, serves=False)


@pytest.mark.parametrize(
    ("wish", "at", "due"),
    [
        ("daily", "2026-11-24 17:59", "2026-11-24 18:00"),
        ("each", "2026-11-24 18:00", "2026-11-25 18:00"),
        ("daily", "2026-11-30 23:59", "2026-12-01 18:00"),  # over the end of a month
        ("less", "2026-11-24 10:00", "2026-11-27 18:00"),  # a Friday
        ("less", "2026-11-27 18:00", "2026-12-04 18:00"),
    ],
)
def test_a_digest_comes_at_six_or_on_friday(wish: str, at: str, due: str) -> None:
    assert digest_after(Notices(wish), local(at), SHANGHAI) == local(due)
