"""Rules of meetings: the table of moves, when the clock acts, topics that are alike, chips."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain import action_item
from bot.domain.action_item import ActionItem, ActionStatus, Stage
from bot.domain.agenda import Conclusion, alike, choices_in
from bot.domain.calendar import Calendar
from bot.domain.meeting import (
    CLIMBS,
    COORDINATION,
    FIRST,
    MOVES,
    REVIEW,
    WEEKLY,
    Meeting,
    MeetingStatus,
    Party,
    Step,
    after,
    allowed,
    diagram,
    lapses,
    nags,
    steps_ahead,
    topics_until,
)
from bot.domain.recurrence import occurrences
from bot.services.organisation_series import SeriesRow, rule_of

SHANGHAI = ZoneInfo("Asia/Shanghai")
AT = datetime(2026, 11, 26, 19, tzinfo=SHANGHAI).astimezone(UTC)
PLANNED = Meeting(1, 1, WEEKLY, "2026-11-26", FIRST, 1, "", "", AT, 60, None)


def local(at: datetime) -> str:
    return f"{at.astimezone(SHANGHAI):%m-%d %H:%M}"


def test_a_meeting_goes_through_all_its_statuses() -> None:
    one = PLANNED
    for move in ("invite", "begin", "draft", "conclude", "submit", "object", "publish"):
        one = after(one, move)
    assert (one.status.value, one.version) == ("published", 8)
    assert not any(allowed(one, move) for move in MOVES)


@pytest.mark.parametrize("move", ["draft", "submit", "publish", "fall_through", "object"])
def test_a_move_from_elsewhere_is_refused(move: str) -> None:
    with pytest.raises(ValueError, match=move):
        after(PLANNED, move)


def test_every_status_but_the_last_leads_on_and_every_one_is_reached() -> None:
    reached = {FIRST} | {move.to for move in MOVES.values() if move.to}
    assert reached == set(MeetingStatus)
    left = {start for move in MOVES.values() for start in move.from_}
    assert set(MeetingStatus) - left == {
        MeetingStatus.PUBLISHED,
        MeetingStatus.CANCELLED,
        MeetingStatus.FELL_THROUGH,
    }
    assert all(move.needs <= set(Party) and move.needs for move in MOVES.values())
    assert "planned --> invited: invite" in diagram()


def test_when_the_clock_acts() -> None:
    ahead = steps_ahead(PLANNED, SHANGHAI)
    assert {step: local(at) for step, at in ahead.items()} == {
        Step.INVITE: "11-23 10:00",
        Step.BEGIN: "11-26 19:00",
    }
    invited = after(PLANNED, "invite")
    assert {step: local(at) for step, at in steps_ahead(invited, SHANGHAI).items()} == {
        Step.DECIDE: "11-25 12:00",
        Step.REMIND: "11-26 17:00",
        Step.BEGIN: "11-26 19:00",
    }
    held = after(invited, "begin")
    assert [local(at) for at in steps_ahead(held, SHANGHAI).values()] == ["11-26 21:00"]
    assert [local(at) for at in nags(held, SHANGHAI)] == ["11-29 09:00", "12-03 09:00"]
    assert local(lapses(held, SHANGHAI)) == "12-06 09:00"
    assert local(topics_until(PLANNED, SHANGHAI)) == "11-25 12:00"


def test_a_meeting_in_the_morning_is_reminded_of_before_it_begins() -> None:
    morning = Meeting(1, 1, REVIEW, "x", FIRST, 1, "", "", AT - timedelta(hours=10), 90, None)
    ahead = steps_ahead(after(morning, "invite"), SHANGHAI)
    assert local(ahead[Step.REMIND]) == "11-26 07:00"


@pytest.mark.parametrize(
    ("code", "planned", "held"),
    [
        ("weekly", "2026-10-01", None),  # the next Thursday is one of its own
        ("coordination", "2026-09-25", "09-24 19:00"),  # a holiday: the day before
        ("review", "2026-12-12", "12-12 09:30"),
        ("conference", "2026-12-18", "12-18 14:30"),
    ],
)
def test_the_four_series_and_public_holidays(code: str, planned: str, held: str | None) -> None:
    free = {date(2026, 9, 25), *(date(2026, 10, day) for day in range(1, 8))}
    calendar = Calendar(SHANGHAI, time(8), time(20), frozenset(free))
    day = date.fromisoformat(planned)
    found = occurrences(rule_of(SeriesRow(code=code).meant()), calendar, day, day)
    assert [local(one.starts) for one in found] == ([held] if held else [])


def test_a_series_of_ones_own_needs_a_name_and_a_rule_that_can_come_true() -> None:
    with pytest.raises(ValueError, match="name"):
        SeriesRow(code="mine")
    with pytest.raises(ValueError, match="rule"):
        SeriesRow(code="weekly", rule="FREQ=HOURLY")


def test_what_may_be_concluded() -> None:
    weekly = choices_in(CLIMBS.get(WEEKLY), proposals=True)
    monthly = choices_in(CLIMBS.get(COORDINATION), proposals=True)
    assert Conclusion.CLIMB in weekly
    assert Conclusion.PROPOSAL not in weekly
    assert Conclusion.PROPOSAL in monthly
    assert Conclusion.CLIMB not in monthly


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("3号楼前缺长椅,老人没处坐", "3号楼前面缺一张长椅", True),
        ("电动车充电桩", "想要充电桩", True),
        ("小广场的灯太暗", "3号楼前缺长椅", False),
        ("", "3号楼前缺长椅", False),
        ("灯", "灯", False),
        ("字" * 5000, "3号楼前缺长椅", False),
    ],
)
def test_topics_that_are_alike(one: str, other: str, same: bool) -> None:
    assert alike(one, {7: other}) == (7 if same else None)


def test_an_action_item_is_asked_about_in_four_stages() -> None:
    one = ActionItem(1, 1, 1, 1, None, "x", 1, "2027-03-01", ActionStatus.OPEN)
    found = {stage: local(at) for stage, at in action_item.falls_due(one, SHANGHAI).items()}
    assert found == {
        Stage.SOON: "02-27 09:00",
        Stage.TODAY: "03-01 09:00",
        Stage.LATE: "03-02 09:00",
        Stage.VERY_LATE: "03-06 09:00",
    }


def test_days_that_are_offered_are_worked_and_each_once() -> None:
    friday = date(2026, 12, 25)
    found = action_item.chips(friday, lambda day: day.weekday() < 5)
    assert [day.isoformat() for day in found] == [
        "2026-12-28",
        "2027-01-01",
        "2027-01-08",
        "2027-01-25",
    ]
    assert not action_item.may_be_until(friday - timedelta(days=1), friday)
    assert not action_item.may_be_until(friday + timedelta(days=400), friday)
