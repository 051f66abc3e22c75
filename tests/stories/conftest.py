"""One sandbox for all stories; each begins from the seed."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.sandbox import Sandbox, running
from tests.support.town import Town


@pytest.fixture(scope="session")
def sandbox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sandbox]:
    folder: Path = tmp_path_factory.mktemp("town")
    with running(folder, LOG_LEVEL="DEBUG") as serving:
        yield serving


@pytest.fixture
def town(sandbox: Sandbox) -> Town:
    found = Town(sandbox)
    found.begin()
    return found
