"""The fair rule, over half a year of forty volunteers with wishes, absences and swaps."""

from collections import Counter, defaultdict
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from random import Random
from statistics import mean
from zoneinfo import ZoneInfo

import pytest

from bot.domain.calendar import Calendar
from bot.domain.recurrence import OnHoliday, Rule, occurrences
from bot.domain.roster import (
    MONTH,
    REST,
    Absence,
    Book,
    Candidate,
    Member,
    Overlap,
    Served,
    cover,
    fill,
    overlap,
    rest_of_month,
)
from bot.domain.shift import Shift

CALENDAR = Calendar(
    ZoneInfo("Asia/Shanghai"),
    time(8),
    time(20),
    frozenset({date(2026, 10, n) for n in range(1, 8)}),
)
HOUR, DAY, WEEK = timedelta(hours=1), timedelta(days=1), timedelta(weeks=1)
FIRST = date(2026, 6, 1)  # a Monday
WEEKS = 26
NEEDED = 3


def shift(starts: datetime, needed: int = NEEDED, id_: int = 1, hours: int = 1) -> Shift:
    planned = CALENDAR.local(starts).date()
    return Shift(1, id_, 1, planned, starts, starts + hours * HOUR, needed)


def at(day: int, hour: int = 19) -> datetime:
    """Return the local hour of a day counted from the first Monday."""
    local = datetime.combine(FIRST + day * DAY, time(hour), CALENDAR.zone)
    return local.astimezone(UTC)


# --- half a year --------------------------------------------------------------------------


def neighbours() -> list[Member]:
    """Forty: sixteen with no wish, eight not on Fridays, eight twice a month, four couples."""
    fridays = frozenset({4})
    plain = [Member(n) for n in range(1, 17)]
    no_fridays = [Member(n, not_on=fridays) for n in range(17, 25)]
    seldom = [Member(n, most=1) for n in range(25, 33)]
    couples = [Member(n, partner_id=n + 1 if n % 2 else n - 1) for n in range(33, 41)]
    return [*plain, *no_fridays, *seldom, *couples]


def kind_of(one: Member) -> tuple[object, ...]:
    return (one.most, one.not_on, one.partner_id is not None)


class HalfYear:
    """What the bot does week by week: four weeks are filled ahead, some ask for cover."""

    def __init__(self, seed: int) -> None:
        self.chance = Random(seed)
        self.members = neighbours()
        self.absences: list[Absence] = []
        for one in self.members:  # everybody is away for two weeks of the half year
            begins = FIRST + self.chance.randrange(WEEKS - 2) * WEEK
            away = [one.person_id, one.partner_id] if one.partner_id else [one.person_id]
            if one.partner_id is None or one.person_id < one.partner_id:
                self.absences += [Absence(n, begins, begins + 13 * DAY) for n in away if n]
        self.book = Book(CALENDAR, self.members, self.absences)
        self.shifts: list[Shift] = []
        self.on: dict[int, list[int]] = {}
        self.asked_at: dict[int, datetime] = {}
        self.asked = self.swapped = self.open = 0

    def run(self) -> None:
        rule = Rule("FREQ=WEEKLY;BYDAY=MO,WE,FR,SA", time(19), HOUR, OnHoliday.SKIP, FIRST)
        for week in range(WEEKS):
            monday = FIRST + week * WEEK
            for one in occurrences(rule, CALENDAR, monday, monday + 6 * DAY):
                held = shift(one.starts, id_=len(self.shifts) + 1)
                self.shifts.append(held)
                self.on[held.id] = fill(self.book, held, ())
                self.open += NEEDED - len(self.on[held.id])
                # A swap is evened out within weeks: not one of the last two weeks.
                if week < WEEKS - 2 and self.chance.random() < 0.25:
                    self.swap(held)

    def swap(self, held: Shift) -> None:
        """Let somebody who is on find cover; every second one who is asked says no."""
        singles = [n for n in self.on[held.id] if n < 33]
        if not singles:
            return
        leaves = self.chance.choice(singles)
        known = {one.person_id: one for one in self.members}
        asking = [
            Candidate(known[n], self.asked_at.get(n), n % 3)
            for n in known
            if n not in self.on[held.id] and n < 33
        ]
        for person in cover(self.book, held, asking):
            self.asked += 1
            self.asked_at[person] = held.starts - 2 * DAY + self.asked * timedelta(seconds=1)
            if self.chance.random() < 0.5:
                continue
            self.on[held.id] = [person if n == leaves else n for n in self.on[held.id]]
            self.book.served.remove(Served(leaves, held.starts, held.ends))
            self.book.served.append(Served(person, held.starts, held.ends))
            self.swapped += 1
            return


@pytest.mark.parametrize("seed", range(8))
def test_half_a_year_is_fair_and_every_wish_is_kept(
    seed: int, capsys: pytest.CaptureFixture[str]
) -> None:
    year = HalfYear(seed)
    year.run()
    loads: Counter[int] = Counter(n for held in year.on.values() for n in held)
    by_kind = defaultdict(list)
    for one in year.members:
        by_kind[kind_of(one)].append(loads[one.person_id])
    with capsys.disabled():
        figures = "; ".join(
            f"{len(held)} people {min(held)}..{max(held)} (mean {mean(held):.2f})"
            for held in by_kind.values()
        )
        print(f"\n  seed {seed}: {len(year.shifts)} shifts, {year.swapped} of {year.asked} asked"
              f" stood in, {year.open} places open; {figures}")  # fmt: skip
    for held in by_kind.values():
        assert all(abs(load - mean(held)) <= 1 for load in held), held
    keeps_all_wishes(year)


def keeps_all_wishes(year: HalfYear) -> None:
    known = {one.person_id: one for one in year.members}
    duties = defaultdict(list)
    for held in year.shifts:
        day = CALENDAR.local(held.starts).date()
        on = year.on[held.id]
        assert len(set(on)) == len(on) <= NEEDED
        assert day not in HOLIDAYS
        for n in on:
            one = known[n]
            duties[n].append(held.starts)
            assert day.weekday() not in one.not_on
            assert not any(
                away.person_id == n and away.first <= day <= away.last for away in year.absences
            )
            assert one.partner_id is None or one.partner_id in on
    for n, begins in duties.items():
        assert all(later - before >= REST for before, later in pairwise(sorted(begins)))
        if known[n].most:
            assert all(
                sum(first <= one < first + MONTH for one in begins) <= known[n].most
                for first in begins
            )


HOLIDAYS = CALENDAR.holidays


# --- the parts of the rule ----------------------------------------------------------------


def test_two_weeks_of_rest_then_who_had_fewer_then_the_least_recent() -> None:
    book = Book(CALENDAR, [Member(n) for n in range(1, 7)], ())
    begun = [(1, 0), (1, -40), (2, 1), (3, -60), (4, 12), (5, -300), (5, -301), (5, 2)]
    book.served.extend(Served(n, at(day), at(day)) for n, day in begun)
    assert fill(book, shift(at(20), needed=6), ()) == [6, 3, 2, 5, 1, 4]


def test_who_is_on_already_counts_and_nobody_is_doubled() -> None:
    book = Book(CALENDAR, [Member(n) for n in (1, 2, 3)], ())
    assert fill(book, shift(at(0)), (1, 2)) == [3]
    assert fill(book, shift(at(0)), (1, 2, 3)) == []


def test_nobody_to_be_had_is_no_error() -> None:
    assert fill(Book(CALENDAR, [], ()), shift(at(0)), ()) == []
    away = [Absence(1, FIRST, FIRST)]
    assert fill(Book(CALENDAR, [Member(1)], away), shift(at(0)), ()) == []


def test_a_couple_waits_for_two_places_and_does_not_lose_its_turn() -> None:
    book = Book(CALENDAR, [Member(1, partner_id=2), Member(2, partner_id=1), Member(3)], ())
    assert fill(book, shift(at(0), needed=1), ()) == [3]
    assert fill(book, shift(at(1), needed=2), ()) == [1, 2]


def test_whose_other_half_is_away_stays_too_and_a_one_sided_couple_is_none() -> None:
    both = [Member(1, partner_id=2), Member(2, partner_id=1)]
    away = [Absence(2, FIRST, FIRST)]
    assert fill(Book(CALENDAR, both, away), shift(at(0)), ()) == []
    one_sided = [Member(1, partner_id=2), Member(2)]
    assert fill(Book(CALENDAR, one_sided, away), shift(at(0)), ()) == [1]


def test_exactly_a_day_later_is_rest_enough() -> None:
    book = Book(CALENDAR, [Member(1)], (), [Served(1, at(0), at(0) + HOUR)])
    assert not book.can(Member(1), at(1) - timedelta(minutes=1))
    assert book.can(Member(1), at(1))


def test_a_limit_counts_in_any_four_weeks_also_those_to_come() -> None:
    one = Member(1, most=1)
    book = Book(CALENDAR, [one], (), [Served(1, at(28), at(28))])
    assert book.can(one, at(0))
    assert not book.can(one, at(1))
    assert not book.can(one, at(55))
    assert book.can(one, at(56))


def test_one_of_the_skills_is_wanted() -> None:
    book = Book(CALENDAR, [Member(1), Member(2, skills=frozenset({"first_aid"}))], ())
    assert fill(book, shift(at(0)), (), skills=("first_aid", "fire")) == [2]


def test_whom_to_ask_first_and_whom_never() -> None:
    friday = at(4)
    asking = [
        Candidate(Member(1), at(-3), 0),
        Candidate(Member(2), None, 2),
        Candidate(Member(3), None, 0),
        Candidate(Member(4), None, 0),  # not this month
        Candidate(Member(5, not_on=frozenset({4})), None, 0),
        Candidate(Member(6), None, 0),  # on duty the evening before
        Candidate(Member(7), at(-9), 2),
    ]
    book = Book(CALENDAR, [one.member for one in asking], [rest_of_month(4, FIRST)])
    book.served.append(Served(6, at(3, 20), at(3, 21)))
    assert cover(book, shift(friday), asking) == [3, 2, 7, 1]


def test_not_this_month_ends_with_the_month_and_is_no_absence() -> None:
    said = rest_of_month(4, date(2026, 12, 31))
    assert (said.first, said.last) == (date(2026, 12, 31), date(2026, 12, 31))
    said = rest_of_month(4, date(2028, 2, 3))
    assert said.last == date(2028, 2, 29)
    book = Book(CALENDAR, [Member(4)], [said])
    assert not book.is_away(4, date(2028, 2, 10))
    assert book.is_away(4, date(2028, 2, 10), cover=True)


@pytest.mark.parametrize(
    ("minutes", "found"),
    [(-1, Overlap.NONE), (0, Overlap.NONE), (1, Overlap.SHORT), (30, Overlap.SHORT),
     (31, Overlap.HARD)],
)  # fmt: skip
def test_a_short_overlap_is_asked_and_a_long_one_refused(minutes: int, found: Overlap) -> None:
    other = Served(1, at(0, 19), at(0, 20) + timedelta(minutes=minutes))
    assert overlap(shift(at(0, 20)), [other]) is found
    assert overlap(shift(at(0, 20)), []) is Overlap.NONE
