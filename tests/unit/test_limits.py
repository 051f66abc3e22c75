"""The limits as the rules of the neighbourhood list them, and what falls due when."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar
from bot.domain.limits import DEFAULTS, Clock

SHANGHAI = ZoneInfo("Asia/Shanghai")
CALENDAR = Calendar(SHANGHAI, time(8), time(20))
# minutes to dispatch, to be taken, to first contact, to the solution; working days
RULES = {
    "emergency": (5, 5, 0, 120, False),
    "utility": (120, 30, 240, 24 * 60, False),
    "order": (120, 24 * 60, 24 * 60, 3 * 24 * 60, True),
    "question": (24 * 60, 24 * 60, 24 * 60, 5 * 24 * 60, True),
    "repair": (120, 24 * 60, 24 * 60, 7 * 24 * 60, False),
    "complaint": (24 * 60, 24 * 60, 24 * 60, 15 * 24 * 60, False),
}


def at(text: str) -> datetime:
    return datetime.fromisoformat(f"2026-{text}").replace(tzinfo=SHANGHAI)


def clock(kind: str, calendar: Calendar = CALENDAR) -> Clock:
    return Clock(kind, DEFAULTS[kind], calendar)


def test_the_defaults_are_those_of_the_rules() -> None:
    written = {
        kind: (
            limits.dispatch / timedelta(minutes=1),
            limits.claim / timedelta(minutes=1),
            limits.contact / timedelta(minutes=1),
            limits.solution / timedelta(minutes=1),
            limits.working_days,
        )
        for kind, limits in DEFAULTS.items()
    }
    assert written == RULES


@pytest.mark.parametrize(
    ("kind", "now", "dispatch", "claim", "contact", "solution"),
    [
        # in the middle of a Tuesday
        ("utility", "11-17T09:10", "11-17T11:10", "11-17T09:40", "11-17T13:10", "11-18T09:10"),
        ("order", "11-17T09:10", "11-17T11:10", "11-18T09:10", "11-18T09:10", "11-20T20:00"),
        ("question", "11-17T09:10", "11-18T09:10", "11-18T09:10", "11-18T09:10", "11-24T20:00"),
        ("repair", "11-17T09:10", "11-17T11:10", "11-18T09:10", "11-18T09:10", "11-24T09:10"),
        ("complaint", "11-17T09:10", "11-18T09:10", "11-18T09:10", "11-18T09:10", "12-02T09:10"),
        # shortly before the evening: hours go on next morning
        ("utility", "11-17T19:45", "11-18T09:45", "11-18T08:15", "11-18T11:45", "11-18T19:45"),
        # at night: whole days fall into service hours, too
        ("utility", "11-17T23:00", "11-18T10:00", "11-18T08:30", "11-18T12:00", "11-19T08:00"),
        ("order", "11-17T03:00", "11-17T10:00", "11-18T08:00", "11-18T08:00", "11-20T20:00"),
        # over a weekend and the end of a month
        ("order", "11-27T12:00", "11-27T14:00", "11-28T12:00", "11-28T12:00", "12-02T20:00"),
        # an emergency knows neither night nor service hours
        ("emergency", "11-17T23:58", "11-18T00:03", "11-18T00:03", "11-17T23:58", "11-18T01:58"),
    ],
)
def test_what_falls_due_when(
    kind: str, now: str, dispatch: str, claim: str, contact: str, solution: str
) -> None:
    made = clock(kind)
    assert made.dispatch_due(at(now)) == at(dispatch)
    assert made.claim_due(at(now)) == at(claim)
    assert made.contact_due(at(now)) == at(contact)
    assert made.solution_due(at(now)) == at(solution)


@pytest.mark.parametrize(
    ("kind", "due", "held", "now", "left"),
    [
        # half an hour was left, and is left whatever the resident took
        ("order", "11-17T11:10", "11-17T10:40", "11-17T15:00", "11-17T15:30"),
        # ten minutes before the evening, one hour of the next morning; answered at night
        ("order", "11-18T09:00", "11-17T19:50", "11-17T22:00", "11-18T09:10"),
        # whole days run through the night, and end within service
        ("question", "11-18T09:00", "11-17T19:00", "11-18T03:00", "11-18T17:00"),
        ("question", "11-18T09:00", "11-17T19:00", "11-18T09:00", "11-19T08:00"),
        # what was late stays as late
        ("order", "11-17T11:10", "11-17T12:00", "11-17T15:00", "11-17T11:10"),
        ("emergency", "11-17T23:05", "11-17T23:02", "11-17T23:30", "11-17T23:33"),
    ],
)
def test_a_clock_that_stood_goes_on_with_what_was_left(
    kind: str, due: str, held: str, now: str, left: str
) -> None:
    assert clock(kind).resumed("dispatch", at(due), at(held), at(now)) == at(left)
    assert clock(kind).resumed("dispatch", None, at(held), at(now)) is None


def test_working_days_leave_out_holidays() -> None:
    holidays = frozenset({date(2026, 11, 18), date(2026, 11, 19)})
    made = clock("order", Calendar(SHANGHAI, time(8), time(20), holidays))
    assert made.solution_due(at("11-17T09:10")) == at("11-24T20:00")


@pytest.mark.parametrize("kind", RULES)
def test_nothing_falls_due_in_the_past_or_at_night(kind: str) -> None:
    for hour in range(0, 24, 3):
        now = at(f"11-17T{hour:02}:30")
        made = clock(kind)
        dues = [made.dispatch_due(now), made.claim_due(now), made.contact_due(now),
                made.solution_due(now)]  # fmt: skip
        assert all(one >= now for one in dues)
        if kind != "emergency":
            assert all(8 <= one.astimezone(SHANGHAI).hour <= 20 for one in dues)
