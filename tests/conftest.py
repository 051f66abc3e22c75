"""A migrated database with two communities, opened for each test."""

import asyncio
import sqlite3
from collections.abc import AsyncIterator
from contextlib import closing
from pathlib import Path

import pytest

from storage.unit_of_work import Database
from tests.support.database import HandClock, make_database, opened


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("template") / "linli.db"
    asyncio.run(make_database(made, "east", "west"))
    return made


@pytest.fixture
def file(template: Path, tmp_path: Path) -> Path:
    """A fresh file: migrated once for all, then copied, which is faster."""
    copy = tmp_path / "linli.db"
    with closing(sqlite3.connect(template)) as source, closing(sqlite3.connect(copy)) as made:
        source.backup(made)
    return copy


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def database(file: Path, clock: HandClock) -> AsyncIterator[Database]:
    async with opened(file, clock) as made:
        yield made
