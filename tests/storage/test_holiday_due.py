"""Shifted days that nobody has announced: the admins are told once, and nothing stops."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import holiday, holiday_due
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from storage.unit_of_work import Database
from tests.support.database import HandClock, opened, rows

EXAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "organisation.toml"
SQL = "SELECT facts FROM outbox WHERE kind = 'admin.alarm' AND chat_id = :chat ORDER BY id"


async def told(database: Database) -> int:
    (first,) = await rows(
        database,
        "SELECT min(p.telegram_id) FROM people p JOIN roles r ON r.community_id = p.community_id"
        " AND r.person_id = p.id WHERE r.role = 'admin'",
    )
    return len(await rows(database, SQL, chat=first[0]))


async def test_a_missing_year_is_told_in_december_and_when_it_begins(empty_url: str) -> None:
    year = next(one for one in range(2026, 2099) if not holiday.is_known("CN", one))
    clock = HandClock()
    clock.instant = datetime(year - 1, 11, 20, 2, tzinfo=UTC)
    async with opened(empty_url, clock) as database:
        async with database.begin() as uow:
            await import_organisation(uow, read_organisation(EXAMPLE))
            await holiday_due.plan_all(uow)
        runner = Runner(database, clock, JOBS)  # type: ignore[arg-type]
        await runner.tick()
        assert await told(database) == 0, "this year is there"
        for days, expected in ((12, 1), (5, 1), (30, 2), (40, 2)):
            clock.instant += timedelta(days=days)
            async with database.begin() as uow:
                await holiday_due.plan_all(uow)  # as every start does
            await runner.tick()
            assert await told(database) == expected, clock.instant
