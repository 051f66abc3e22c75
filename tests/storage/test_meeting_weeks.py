"""Whatever becomes of the clock and the process: each meeting comes once, with one invitation.

The clock jumps forward and back, the bot is started anew, two of them tick, and ticks fail halfway.
"""

import asyncio
import json
from collections import Counter
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings

from bot.domain.meeting import MeetingStatus, Series
from bot.domain.recurrence import occurrences
from bot.domain.role import Role
from bot.services import series
from bot.services.community import community_of
from bot.services.organisation_file import read_organisation
from bot.services.organisation_series import rule_of
from bot.services.unit_of_work import UnitOfWork
from storage import community, person
from storage import meeting as meetings
from tests.support.database import START, HandClock, a_person, make_database, opened, rows
from tests.support.lives import EVENTS, Event, Lives
from tests.support.sandbox import EXAMPLE

DOCUMENT = read_organisation(EXAMPLE).model_dump(mode="json", exclude={"homes", "people"})
PEOPLE = {1: Role.ORGANIZER, 2: Role.SUPERVISOR, 3: Role.DISPATCHER, 4: Role.GRID_WORKER}
DAY = 24
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


async def holds(bot: Lives) -> None:
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
@given(EVENTS)
def test_no_meeting_is_lost_or_made_twice_and_nobody_invited_twice(
    begun: Path, tmp_path_factory: pytest.TempPathFactory, events: list[Event]
) -> None:
    bot = Lives(begun, tmp_path_factory.mktemp("life"), series.plan_all)
    asyncio.run(bot.live(events))
    asyncio.run(holds(bot))


async def test_after_weeks_of_absence_nobody_is_invited_to_what_is_over(
    begun: Path, tmp_path: Path
) -> None:
    bot = Lives(begun, tmp_path, series.plan_all)
    async with opened(bot.file, bot.clock) as database:
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
