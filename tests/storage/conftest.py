"""What is told to a database is told to both, to SQLite and to PostgreSQL."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from storage.unit_of_work import Database
from tests.support import postgres
from tests.support.database import HandClock, opened, url_of

SQLITE, POSTGRES = "sqlite", "postgres"


@pytest.fixture(scope="session")
def on_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Return the address of a migrated database; whoever uses it empties it first."""
    with postgres.new_database() as made:
        asyncio.run(migrate(made, tmp_path_factory.mktemp("none")))
        yield made


@pytest.fixture(params=[SQLITE, POSTGRES])
def url(request: pytest.FixtureRequest) -> str:
    """Return the address of a migrated database with two communities."""
    if request.param == SQLITE:
        return url_of(request.getfixturevalue("file"))
    found: str = request.getfixturevalue("on_server")
    postgres.empty(found, "east", "west")
    return found


@pytest.fixture(params=[SQLITE, POSTGRES])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Return the address of a migrated database without any community."""
    if request.param == SQLITE:
        made = url_of(tmp_path / "empty.db")
        asyncio.run(migrate(made, tmp_path / "backups"))
        return made
    found: str = request.getfixturevalue("on_server")
    postgres.empty(found)
    return found


@pytest.fixture
async def database(url: str, clock: HandClock) -> AsyncIterator[Database]:
    async with opened(url, clock) as made:
        yield made


@pytest.fixture
async def empty(empty_url: str, clock: HandClock) -> AsyncIterator[Database]:
    """Return an open database without any community."""
    async with opened(empty_url, clock) as made:
        yield made
