"""Whatever becomes of the clock and the process: each shift is made once, each person asked once.

The clock jumps forward and back, the bot is started anew, two of them tick, and ticks fail halfway.
"""

import asyncio
import shutil
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.recurrence import OnHoliday, Rule, occurrences
from bot.domain.roster import Member, Roster
from bot.domain.shift import ShiftStatus
from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import roster_week
from bot.services.community import community_of
from bot.services.organisation_file import read_organisation
from storage import community, person
from storage import roster as rosters
from storage import shift as shifts
from storage.due import Due
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, a_person, make_database, opened, rows
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})
RULE = Rule("FREQ=WEEKLY;BYDAY=MO,WE,SA", time(19), timedelta(hours=1), OnHoliday.AFTER)
NEEDED = 2
PEOPLE = range(1, 9)
HOURS = st.tuples(st.just("pass"), st.integers(1, 21 * 24))
BACK = st.tuples(st.just("back"), st.integers(1, 30))
OTHERS = st.tuples(st.sampled_from(["restart", "twice", "fail", "start"]), st.just(0))


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which a roster has just been made."""
    file = tmp_path_factory.mktemp("weeks") / "linli.db"

    async def begin() -> None:
        await make_database(file, "east")
        async with opened(file, HandClock()) as database, database.begin() as uow:
            await community.keep(uow, "east", DOCUMENT)
            for n in PEOPLE:
                person.add(uow, a_person(n))
            roster = rosters.add(uow, Roster(1, 1, "night", "gate", RULE, NEEDED, 1))
            for n in PEOPLE:
                rosters.join(uow, 1, 1, Member(n))
            await roster_week.make_ahead(uow, roster)
            await roster_week.plan(uow, roster)

    asyncio.run(begin())
    return file


async def _fails(uow: UnitOfWork, row: Due) -> None:
    """Do the whole thing, and fail before it is committed."""
    await JOBS[row.kind](uow, row)
    raise RuntimeError("the power is gone")


FAILING = dict.fromkeys(JOBS, _fails)


class Bot:
    """One process after another over the same file."""

    def __init__(self, file: Path) -> None:
        self.file, self.clock = file, HandClock()
        self.latest = START

    async def live(self, events: list[tuple[str, int]]) -> None:
        for what, hours in [*events, ("pass", 1), ("pass", 24 * 8)]:
            async with opened(self.file, self.clock) as database:
                await self.happen(database, what, hours)

    async def happen(self, database: Database, what: str, hours: int) -> None:
        self.clock.instant += timedelta(hours=-hours if what == "back" else hours)
        self.latest = max(self.latest, self.clock.instant)
        one, other = (Runner(database, self.clock, JOBS) for _ in range(2))  # type: ignore[arg-type]
        if what == "fail":
            await Runner(database, self.clock, FAILING).tick()  # type: ignore[arg-type]
            self.clock.instant += timedelta(minutes=2)
        if what == "start":  # an organizer looks at a week, which makes what is missing
            async with database.begin() as uow:
                roster = await rosters.find(uow, 1, 1)
                assert roster is not None
                await roster_week.make_ahead(uow, roster)
                await roster_week.plan(uow, roster)
        if what == "twice":
            await asyncio.gather(one.tick(), other.tick())
        await one.tick()


async def holds(bot: Bot) -> None:
    async with opened(bot.file, bot.clock) as database, database.begin() as uow:
        calendar = (await community_of(uow, 1)).calendar
        first = calendar.local(START).date()
        last = calendar.local(bot.clock.instant).date()
        planned = occurrences(RULE, calendar, first, last)
        found = await shifts.between(uow, 1, 1, first, last)
        duties = await shifts.on_all(uow, 1, [one.id for one in found])
        letters = await rows(database, "SELECT kind, facts FROM outbox ORDER BY id")
    assert [one.planned for one in found] == [one.planned for one in planned]
    assert [one.starts for one in found] == [one.starts for one in planned]
    by_shift: dict[int, list[int]] = {}
    for duty in duties:
        by_shift.setdefault(duty.shift_id, []).append(duty.person_id)
    assert all(len(set(by_shift[one.id])) == NEEDED == len(by_shift[one.id]) for one in found)
    _asked_once(found, letters)


def _asked_once(found: list[Any], letters: Any) -> None:
    told = [(kind, facts) for kind, facts in letters]
    asked = [one for one in told if one[0] == "patrol.week"]
    assert len(set(asked)) == len(asked)
    known = [one for one in found if one.status is not ShiftStatus.DRAFT]
    assert len(asked) >= NEEDED * len(known), "who is on a published shift was asked"
    for kind in ("patrol.today", "patrol.thanks", "roster.missed"):
        once = [facts for each, facts in told if each == kind]
        assert len(set(once)) == len(once), kind


@settings(
    max_examples=20,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.one_of(HOURS, BACK, OTHERS), min_size=1, max_size=9))
def test_no_shift_is_lost_or_made_twice_and_nobody_asked_twice(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, int]]
) -> None:
    file = tmp_path_factory.mktemp("life") / "linli.db"
    shutil.copy(begun, file)
    bot = Bot(file)
    asyncio.run(bot.live(events))
    asyncio.run(holds(bot))


async def test_after_weeks_of_absence_what_is_over_is_asked_of_nobody(
    begun: Path, tmp_path: Path
) -> None:
    file = tmp_path / "linli.db"
    shutil.copy(begun, file)
    bot = Bot(file)
    async with opened(file, bot.clock) as database:
        await bot.happen(database, "pass", 24 * 19)  # a Sunday of December, in the morning
        asked = await rows(database, "SELECT facts FROM outbox WHERE kind = 'patrol.week'")
        assert asked == [], "that of the week ahead comes in the evening"
        await bot.happen(database, "pass", 12)
        asked = await rows(database, "SELECT facts FROM outbox WHERE kind = 'patrol.week'")
        assert len(asked) == 3 * NEEDED
