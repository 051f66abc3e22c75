"""Whatever becomes of the clock and the process: each meeting comes once, with one invitation.

The clock jumps forward and back, the bot is started anew, two of them tick, and ticks fail halfway.
"""

import asyncio
import json
import shutil
from collections import Counter
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.meeting import MeetingStatus, Series
from bot.domain.recurrence import occurrences
from bot.domain.role import Role
from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import series
from bot.services.community import community_of
from bot.services.organisation_file import read_organisation
from bot.services.organisation_series import rule_of
from bot.services.unit_of_work import UnitOfWork
from storage import community, person
from storage import meeting as meetings
from storage.due import Due
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, a_person, make_database, opened, rows
from tests.support.sandbox import EXAMPLE

DOCUMENT = read_organisation(EXAMPLE).model_dump(mode="json", exclude={"homes", "people"})
PEOPLE = {1: Role.ORGANIZER, 2: Role.SUPERVISOR, 3: Role.DISPATCHER, 4: Role.GRID_WORKER}
DAY = 24
HOURS = st.tuples(st.just("pass"), st.integers(1, 21 * DAY))
BACK = st.tuples(st.just("back"), st.integers(1, 30))
OTHERS = st.tuples(st.sampled_from(["pass", "twice", "fail", "look"]), st.integers(0, 8))
ONCE = ("meeting.invite", "meeting.reminder", "meeting.pack", "minutes.draft")


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database in which the series have just begun."""
    file = tmp_path_factory.mktemp("series") / "linli.db"

    async def begin() -> None:
        await make_database(file, "east")
        async with opened(file, HandClock()) as database, database.begin() as uow:
            await community.keep(uow, "east", DOCUMENT)
            for n, role in PEOPLE.items():
                person.add(uow, a_person(n, role))
        async with opened(file, HandClock()) as database, database.begin() as uow:
            await series.plan_all(uow)

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

    async def live(self, events: list[tuple[str, int]]) -> None:
        for what, hours in [*events, ("pass", 8 * DAY)]:
            async with opened(self.file, self.clock) as database:
                await self.happen(database, what, hours)

    async def happen(self, database: Database, what: str, hours: int) -> None:
        self.clock.instant += timedelta(hours=-hours if what == "back" else hours)
        one, other = (Runner(database, self.clock, JOBS) for _ in range(2))  # type: ignore[arg-type]
        if what == "fail":
            await Runner(database, self.clock, FAILING).tick()  # type: ignore[arg-type]
            self.clock.instant += timedelta(minutes=2)
        if what == "look":  # the bot starts, which looks ahead at once
            async with database.begin() as uow:
                await series.plan_all(uow)
        if what == "twice":
            await asyncio.gather(one.tick(), other.tick())
        await one.tick()


async def _wanted(uow: UnitOfWork, until: datetime) -> dict[str, list[str]]:
    """Return the planned days of each series from the start to an instant, told from its rule."""
    east = await community_of(uow, 1)
    held: dict[str, Series] = await series.all_of(uow, east, 1)
    first, last = (east.calendar.local(at).date() for at in (START, until))
    return {
        code: [
            each.planned.isoformat()
            for each in occurrences(rule_of(one), east.calendar, first, last)
            if START < each.starts <= until
        ]
        for code, one in held.items()
    }


async def holds(bot: Bot) -> None:
    async with opened(bot.file, bot.clock) as database, database.begin() as uow:
        wanted = await _wanted(uow, bot.clock.instant)
        made = await rows(database, "SELECT series, occurrence, starts_at FROM meetings")
        letters = await rows(database, "SELECT chat_id, kind, facts FROM outbox ORDER BY id")
    found = Counter((code, day) for code, day, _ in made)
    assert set(found.values()) == {1}
    assert {(code, day) for code, days in wanted.items() for day in days} <= set(found)
    told = Counter(
        (chat, kind, json.loads(facts)["id"]) for chat, kind, facts in letters if kind in ONCE
    )
    assert all(times == 1 for times in told.values()), told


@settings(
    max_examples=12,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(st.lists(st.one_of(HOURS, BACK, OTHERS), min_size=1, max_size=8))
def test_no_meeting_is_lost_or_made_twice_and_nobody_invited_twice(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, events: list[tuple[str, int]]
) -> None:
    file = tmp_path_factory.mktemp("life") / "linli.db"
    shutil.copy(begun, file)
    bot = Bot(file)
    asyncio.run(bot.live(events))
    asyncio.run(holds(bot))


async def test_after_weeks_of_absence_nobody_is_invited_to_what_is_over(
    begun: Path, tmp_path: Path
) -> None:
    file = tmp_path / "linli.db"
    shutil.copy(begun, file)
    bot = Bot(file)
    async with opened(file, bot.clock) as database:
        await bot.happen(database, "pass", 20 * DAY)
        now = bot.clock.instant
        async with database.begin() as uow:
            made = await meetings.in_status(uow, 1, list(MeetingStatus))
        letters = await rows(
            database, "SELECT facts FROM outbox WHERE kind IN ('meeting.invite', 'meeting.pack')"
        )
    invited = {json.loads(facts)["id"] for (facts,) in letters}
    over = {one.id for one in made if one.starts_at <= now}
    assert over, "meetings were held while the bot was away"
    assert not invited & over
