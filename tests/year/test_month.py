"""A month of the simulated year; and that its account would find what is wrong."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
import uvloop

from tests.year.account import Auditor
from tests.year.expected import Letter
from tests.year.record import Row
from tests.year.year import Plan, Story, audit, live

MONTH = Plan(seed=5, months=1, residents=100, cases=60, kills=0.01)


@pytest.fixture(scope="module")
def month() -> Story:
    return uvloop.run(live(MONTH))


def test_every_letter_of_a_month_comes_once_and_in_its_hours(month: Story) -> None:
    month.tell()

    assert not month.broken
    assert month.count["kills"] >= 3
    assert month.account.expected > 300
    moves = {row["move"] for rows in month.record.cases.values() for row in rows}
    assert moves >= {"claim", "promise", "hold", "resume", "resolve", "confirm", "contest"}


@pytest.mark.parametrize(
    "kind",
    [
        *("late.half", "late.most", "late.over", "late.over_desk", "late.notice", "late.agenda"),
        *("late.update", "task.promise_missed", "late.dispatch_half", "late.claim_half"),
        *("late.contact", "late.contact_desk"),
        *("survey.q1", "desk.morning", "figures.month"),
    ],
)
def test_a_letter_that_did_not_come_or_came_twice_would_be_found(month: Story, kind: str) -> None:
    news = [one for one in month.arrived if one.kind == kind and one.rings]
    lost = news[len(news) // 2]

    assert audit(month.record, [one for one in month.arrived if one is not lost]).missing
    assert audit(month.record, [*month.arrived, lost]).doubled


def test_a_letter_at_another_hour_would_be_found(month: Story) -> None:
    nudge = next(one for one in month.arrived if one.kind == "late.over")
    by_day = nudge.at.replace(hour=2)

    at_night = replace(nudge, at=by_day + timedelta(hours=15), urgent=False, answers=False)
    account = audit(month.record, [at_night if one is nudge else one for one in month.arrived])

    assert account.at_night
    assert account.missing
    assert account.doubled


def test_who_changes_their_mind_has_answered_when_they_did_so_first(month: Story) -> None:
    def later(row: Row) -> Row:
        said = row["answered_at"]
        return row if said is None else row | {"answered_at": said + timedelta(days=1)}

    changed = replace(month.record, callbacks=[later(row) for row in month.record.callbacks])

    assert changed.callbacks != month.record.callbacks
    assert not audit(changed, month.arrived).missing


def test_what_waited_for_a_morning_on_which_the_bot_was_away_comes_on_the_next(
    month: Story,
) -> None:
    nudge = next(one for one in month.arrived if one.kind == "late.over" and not one.urgent)
    (number,) = nudge.numbers
    late = Letter(datetime(2027, 3, 1, 22, 13, tzinfo=UTC), nudge.chat, "late.over", number, False)
    morning = datetime(2027, 3, 2, tzinfo=UTC)  # eight o'clock in Shanghai
    away = morning - timedelta(hours=1), morning + timedelta(hours=23)

    auditor = Auditor(replace(month.record, away=away), [])

    assert auditor._goes(late) == morning + timedelta(days=1)
    assert Auditor(month.record, [])._goes(late) == morning
