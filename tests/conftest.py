"""A migrated database with two communities, opened for each test."""

import asyncio
import logging
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
import structlog

from bot.parts import rest_the_collector
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
    assert not template.with_name("linli.db-wal").exists(), "all of it stands in the file"
    return Path(shutil.copyfile(template, tmp_path / "linli.db"))


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
async def database(file: Path, clock: HandClock) -> AsyncIterator[Database]:
    async with opened(file, clock) as made:
        yield made


@pytest.fixture
def logging_restored() -> Iterator[None]:
    """Let a test set up logging and put everything back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {
        name: one.level for name, one in root.manager.loggerDict.items() if hasattr(one, "level")
    }
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, one in root.manager.loggerDict.items():
        if isinstance(one, logging.Logger):
            one.setLevel(levels.get(name, logging.NOTSET))
    structlog.reset_defaults()


def pytest_collection_finish() -> None:
    """Let the collector pass over what stays: the modules, and some thousand tests.

    It took a third of the time of a run.
    """
    rest_the_collector()
