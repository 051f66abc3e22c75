"""When people are asked about the work, what answers decide, and whom chance draws."""

import random
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import callback as rules
from bot.domain.budget import Hours
from bot.domain.calendar import Calendar
from bot.domain.callback import Callback, Verdict, step_of, verdict
from bot.domain.level import goes_up, next_level

SHANGHAI = Calendar(ZoneInfo("Asia/Shanghai"), time(8), time(20))
QUIET = (Hours(time(21, 30), time(8)), Hours(time(12, 30), time(14)))
NOW = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)
REPORTER = 1


def local(text: str) -> datetime:
    return datetime.fromisoformat(f"{text}+08:00").astimezone(UTC)


def one(person: int = REPORTER, solved: str | None = None, **more: object) -> Callback:
    status = rules.ANSWERED if solved else rules.ASKED
    usual = Callback(1, 1001, 0, person, status, NOW, solved=solved)
    return replace(usual, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("resolved", "asked"),
    [
        ("2026-11-17T15:40", "2026-11-18T10:00"),
        ("2026-11-17T00:00", "2026-11-18T10:00"),
        ("2026-11-17T09:59", "2026-11-18T10:00"),
        ("2026-11-17T23:59:59", "2026-11-18T10:00"),
        ("2026-11-30T18:00", "2026-12-01T10:00"),
        ("2026-12-31T23:00", "2027-01-01T10:00"),
        ("2028-02-28T12:00", "2028-02-29T10:00"),
    ],
)
def test_it_is_asked_the_next_local_day_at_ten(resolved: str, asked: str) -> None:
    assert rules.first_asked(SHANGHAI, local(resolved)) == local(asked)


def test_ten_o_clock_is_that_of_the_clocks_on_the_wall() -> None:
    berlin = Calendar(ZoneInfo("Europe/Berlin"), time(8), time(20))
    before_the_change = datetime(2026, 10, 24, 12, tzinfo=UTC)  # the clocks go back that night
    asked = rules.first_asked(berlin, before_the_change)
    assert asked == datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_four_weeks_later_is_at_ten_as_well() -> None:
    assert rules.later_asked(SHANGHAI, local("2026-11-30T23:30")) == local("2026-12-28T10:00")


@pytest.mark.parametrize(
    ("now", "may"),
    [
        ("2026-11-18T10:00", None),
        ("2026-11-18T19:59", None),
        ("2026-11-18T20:00", "2026-11-19T10:00"),
        ("2026-11-18T23:00", "2026-11-19T10:00"),
        ("2026-11-19T03:00", "2026-11-19T10:00"),
        ("2026-11-19T12:45", "2026-11-20T10:00"),
        ("2026-11-30T21:00", "2026-12-01T10:00"),
    ],
)
def test_outside_the_hours_it_waits_for_ten(now: str, may: str | None) -> None:
    found = rules.may_ask_from(SHANGHAI, local(now), None, QUIET)
    assert found == local(may or now)


@pytest.mark.parametrize(
    ("last", "may"),
    [
        ("2026-11-17T10:00:40", None),  # ten o'clock is a day after ten o'clock
        ("2026-11-16T18:00", None),
        ("2026-11-17T15:30", "2026-11-19T10:00"),
        ("2026-11-18T08:00", "2026-11-19T10:00"),
    ],
)
def test_nobody_is_asked_twice_within_a_day(last: str, may: str | None) -> None:
    now = local("2026-11-18T10:00:02")
    found = rules.may_ask_from(SHANGHAI, now, local(last), QUIET)
    assert found == (local(may) if may else now)


def test_somebody_without_quiet_hours_may_be_asked_at_noon_but_not_at_night() -> None:
    assert rules.is_polite(SHANGHAI, local("2026-11-18T13:00"), ())
    assert not rules.is_polite(SHANGHAI, local("2026-11-18T20:30"), ())


def test_where_ten_o_clock_never_suits_it_is_asked_all_the_same() -> None:
    late = Calendar(ZoneInfo("Asia/Shanghai"), time(10, 30), time(20))
    assert rules.first_asked(late, local("2026-11-17T15:00")) == local("2026-11-18T10:30")
    assert rules.next_morning(late, local("2026-11-18T10:00")) == local("2026-11-18T10:30")
    sleeps_in = (Hours(time(23), time(11)),)
    found = rules.may_ask_from(SHANGHAI, local("2026-11-18T10:00"), None, sleeps_in)
    assert found == local("2026-11-19T11:00")
    assert rules.may_ask_from(SHANGHAI, found, None, sleeps_in) == found


def answers(reporter: str | None, *others: str | None) -> list[Callback]:
    given = [one(REPORTER, reporter)]
    return given + [one(2 + at, said) for at, said in enumerate(others)]


@pytest.mark.parametrize(
    ("reporter", "others", "decided"),
    [
        ("yes", (), Verdict.SOLVED),
        ("no", (), Verdict.OPEN),
        ("half", (), Verdict.OPEN),
        (None, (), Verdict.WAIT),
        ("yes", ("yes", "no"), Verdict.SOLVED),  # exactly two thirds
        ("yes", ("no",), Verdict.OPEN),  # a tie is a no
        ("yes", ("no", "no"), Verdict.OPEN),
        ("yes", ("yes", None), Verdict.SOLVED),  # what is still out cannot change it
        ("yes", (None,), Verdict.WAIT),
        ("yes", ("no", None), Verdict.WAIT),
        ("yes", ("no", "no", None), Verdict.OPEN),
        ("no", ("yes", "yes", "yes", "yes"), Verdict.OPEN),  # never against the reporter
        (None, ("yes", "yes", "yes"), Verdict.WAIT),
        ("yes", ("half", "yes"), Verdict.SOLVED),
        ("yes", ("half",), Verdict.OPEN),
    ],
)
def test_two_thirds_of_those_who_answered(
    reporter: str | None, others: tuple[str | None, ...], decided: Verdict
) -> None:
    assert verdict(REPORTER, answers(reporter, *others)) is decided


def test_who_has_to_be_telephoned_keeps_nobody_waiting() -> None:
    silent = one(REPORTER, status=rules.PHONE)
    assert verdict(REPORTER, [silent]) is Verdict.WAIT
    assert verdict(REPORTER, [silent, one(2, "yes")]) is Verdict.SOLVED
    assert verdict(REPORTER, [silent, one(2, "yes"), one(3, "no")]) is Verdict.OPEN
    assert verdict(REPORTER, [silent, one(2, "yes"), one(3)]) is Verdict.WAIT


said = st.sampled_from([*rules.SOLVED, None])


@given(said, st.lists(said, max_size=8))
def test_what_is_decided_stays_so_whatever_the_others_say(
    reporter: str | None, others: list[str | None]
) -> None:
    before = verdict(REPORTER, answers(reporter, *others))
    if before is Verdict.WAIT:
        return
    for late in (rules.YES, rules.NO):
        filled = [late if other is None else other for other in others]
        assert verdict(REPORTER, answers(reporter or late, *filled)) is before


@given(said, st.lists(said, max_size=8))
def test_it_closes_only_with_two_thirds_and_the_reporter(
    reporter: str | None, others: list[str | None]
) -> None:
    if verdict(REPORTER, answers(reporter, *others)) is not Verdict.SOLVED:
        return
    assert reporter == rules.YES
    told = [reporter, *(other for other in others if other)]
    assert 3 * told.count(rules.YES) >= 2 * len(told)


def test_the_questions_follow_each_other() -> None:
    asked = one(asked_at=NOW)
    assert step_of(asked) == "q1"
    good = replace(asked, solved="yes")
    assert step_of(good) == "q2"
    assert step_of(replace(good, satisfied="so_so")) == "q3"
    assert step_of(replace(good, satisfied="yes", words="thanks")) == "thanks"
    assert step_of(replace(good, satisfied="no")) == "reopen"
    bad = replace(asked, solved="no")
    assert step_of(bad) == "q2"
    assert step_of(replace(bad, satisfied="yes")) == "reopen"
    assert step_of(replace(bad, satisfied="yes", wish="leave")) == "thanks"


def test_a_no_to_the_result_itself_is_answered_at_once() -> None:
    assert step_of(one(solved="no")) == "reopen"
    assert step_of(one(solved="yes")) == "q2"


def test_a_personal_call_may_hear_something_else() -> None:
    told = one(solved="yes", satisfied="yes", check_status=rules.WANTED)
    assert not told.differs
    heard = replace(told, check_status=rules.DONE, check_solved="yes", check_satisfied="yes")
    assert not heard.differs
    assert replace(heard, check_satisfied="no").differs


def test_chance_draws_a_tenth() -> None:
    chance = random.Random(20261117)
    drawn = sum(rules.is_drawn(chance.random(), rules.CHECK_RATE) for _ in range(10_000))
    assert 900 <= drawn <= 1100
    assert not rules.is_drawn(0.0, 0)
    assert rules.is_drawn(0.999_999, 1)


def test_the_levels_end_with_the_street() -> None:
    assert next_level(None) == "community"
    assert next_level("grid") == "property"
    assert next_level("community") == "street"
    assert next_level("street") == "street"
    assert [goes_up(round_) for round_ in range(4)] == [False, False, True, True]


def test_the_day_apart_is_a_day() -> None:
    assert timedelta(hours=24) == rules.APART
    assert timedelta(hours=48) == rules.REMIND_AFTER
