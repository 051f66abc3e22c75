"""One sandbox for all stories; each begins from the seed."""

import os
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.support.meeting_town import meeting_town
from tests.support.page import CHROMIUM, Opened, open_page
from tests.support.sandbox import Sandbox, files_with_token, lines_about_people, running
from tests.support.town import Town

TUESDAY = "2026-11-17T09:10+08:00"  # an ordinary morning; stories name its hours
DATABASE = "linli.db*"  # its log too


@pytest.fixture(scope="session")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with everything that the sandbox of the stories writes."""
    return tmp_path_factory.mktemp("town")


@pytest.fixture(scope="session")
def sandbox(output: Path) -> Iterator[Sandbox]:
    def look_at_database() -> None:
        """Each story's own, before the next one empties it."""
        assert files_with_token(output, DATABASE) == []

    with running(output, LOG_LEVEL="DEBUG", SANDBOX_NOW=TUESDAY) as serving:
        serving.before_reset = look_at_database
        yield serving
    assert files_with_token(output) == []
    logged = (output / "output.txt").read_text("utf-8", "replace").splitlines()
    assert lines_about_people(logged) == []


@pytest.fixture
def town(sandbox: Sandbox) -> Town:
    found = Town(sandbox)
    found.begin()
    return found


@pytest.fixture(scope="session")
def meeting_house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    """The town with meetings, once for all stories that hold some; each lets it begin anew."""
    with meeting_town(tmp_path_factory.mktemp("meetings"), TUESDAY) as found:
        yield found


@pytest.fixture
def chromium() -> str:
    if CHROMIUM is None:
        if "chromium" in os.environ.get("LINLI_REQUIRE", ""):
            pytest.fail("LINLI_REQUIRE names chromium, and there is none on this machine")
        pytest.skip("there is no Chromium on this machine")
    return CHROMIUM


@pytest.fixture
async def opened(chromium: str, town: Town, tmp_path: Path) -> AsyncIterator[Opened]:
    async with open_page(chromium, town.sandbox.address, tmp_path / "profile") as page:
        yield page
