"""Whatever becomes of the clock and the process: each shift is made once, each person asked once.

The clock jumps forward and back, the bot is started anew, two of them tick, and ticks fail halfway.
"""

import asyncio
from datetime import time, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.recurrence import OnHoliday, Rule, occurrences
from bot.domain.roster import Member, Roster
from bot.domain.shift import ShiftStatus
from bot.services import roster_week
from bot.services.community import community_of
from bot.services.organisation_file import read_organisation
from storage import community, person
from storage import roster as rosters
from storage import shift as shifts
from storage.unit_of_work import UnitOfWork
from tests.support.database import START, HandClock, a_person, make_database, opened, rows
from tests.support.lives import EVENTS, Event, Lives
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})
RULE = Rule("FREQ=WEEKLY;BYDAY=MO,WE,SA", time(19), timedelta(hours=1), OnHoliday.AFTER)
NEEDED = 2
PEOPLE = range(1, 9)


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
            rosters.add(uow, Roster(1, 1, "night", "gate", RULE, NEEDED, 1))
            for n in PEOPLE:
                rosters.join(uow, 1, 1, Member(n))
            await look_ahead(uow)

    asyncio.run(begin())
    return file


async def look_ahead(uow: UnitOfWork) -> None:
    """Do what an organizer does who looks at a week: make what is missing."""
    roster = await rosters.find(uow, 1, 1)
    assert roster is not None
    await roster_week.make_ahead(uow, roster)
    await roster_week.plan(uow, roster)


async def holds(bot: Lives) -> None:
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
@given(EVENTS)
def test_no_shift_is_lost_or_made_twice_and_nobody_asked_twice(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    bot = Lives(begun, tmp_path_factory.mktemp("life"), look_ahead)
    asyncio.run(bot.live(events))
    asyncio.run(holds(bot))


async def test_after_weeks_of_absence_what_is_over_is_asked_of_nobody(
    begun: Path, tmp_path: Path
) -> None:
    bot = Lives(begun, tmp_path, look_ahead)
    async with opened(bot.file, bot.clock) as database:
        await bot.happen(database, "pass", 24 * 19)  # a Sunday of December, in the morning
        asked = await rows(database, "SELECT facts FROM outbox WHERE kind = 'patrol.week'")
        assert asked == [], "that of the week ahead comes in the evening"
        await bot.happen(database, "pass", 12)
        asked = await rows(database, "SELECT facts FROM outbox WHERE kind = 'patrol.week'")
        assert len(asked) == 3 * NEEDED
