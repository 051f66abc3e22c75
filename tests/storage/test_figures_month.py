"""The letter of the month: to the organizers and to the street, once, on the first working day."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import figures_month
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from tests.support.database import HandClock, opened, rows

EXAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "organisation.toml"
STREET, QIAN, WU = 4242, 7000012, 7000014  # one at the street; the organizers
SQL = "SELECT chat_id FROM outbox WHERE kind = 'figures.month' ORDER BY chat_id"


async def test_the_street_gets_it_too_and_nobody_twice(empty_url: str, tmp_path: Path) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert "street_contacts = []" in text
    file = tmp_path / "organisation.toml"
    file.write_text(text.replace("street_contacts = []", f"street_contacts = [{STREET}, {QIAN}]"))
    clock = HandClock()
    async with opened(empty_url, clock) as database:
        async with database.begin() as uow:
            await import_organisation(uow, read_organisation(file))
            await figures_month.plan_all(uow)
        runner = Runner(database, clock, JOBS)  # type: ignore[arg-type]
        nine = datetime(2026, 12, 1, 1, tzinfo=UTC)  # a Tuesday, nine in Shanghai
        for at, found in (
            (nine - timedelta(minutes=1), []),
            (nine, [STREET, QIAN, WU]),
            (nine + timedelta(days=20), [STREET, QIAN, WU]),
        ):
            clock.instant = at
            await runner.tick()
            assert [chat for (chat,) in await rows(database, SQL)] == found
