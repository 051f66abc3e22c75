"""Presses about somebody else's wish, of an older version, or of another community."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from handlers import volunteer
from handlers.turn import Presses
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import (
    LI,
    QIAN,
    STRANGER,
    THEIRS,
    XIAOLI,
    begin,
    found_another_community,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
WISH = 1
CHOICES = ("", "plumbing:on", "nonsense:on", "all", "enough")
OWN = {"home", "list", "change", "edit", "stop", "end"}  # are about who presses


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("volunteers")
    async with offline(folder) as made:
        await begin(made)
        await found_another_community(made)
        await presses(made, LI, "v1:volunteer:home:0:0", "v1:volunteer:tick:1:0:lift:on")
        yield made


async def presses(bot: Offline, who: int, *data: str) -> list[str]:
    """Press one after the other; return what flashed."""
    before = len(bot.phones.toasts)
    for one in data:
        await bot.take_in(bot.press(who, 1, one))
        await bot.settle()
        bot.clock.instant += timedelta(seconds=5)  # else it would be a flood
    return [toast.text for toast in bot.phones.toasts[before:]]


async def wishes(bot: Offline) -> list[Any]:
    return await bot.rows(f"SELECT * FROM wishes WHERE community_id = 1 AND id = {WISH}")


async def stands(bot: Offline, status: str) -> None:
    async with bot.house.database.begin() as uow:
        await uow.write_now(text(f"UPDATE wishes SET status = '{status}' WHERE id = {WISH}"))


def verbs() -> list[str]:
    (handler, _) = volunteer.handlers()
    assert isinstance(handler, Presses)
    pattern = str(getattr(handler.pattern, "pattern", handler.pattern))
    return pattern.partition("(?:")[2].partition(")")[0].split("|")


@pytest.mark.parametrize("who", [XIAOLI, THEIRS, STRANGER])
@pytest.mark.parametrize("status", ["draft", "waiting", "agreed"])
async def test_whose_it_is_not_changes_nothing(bot: Offline, who: int, status: str) -> None:
    await stands(bot, status)
    before = await wishes(bot)
    data = [
        f"v1:volunteer:{verb}:{WISH}:{version}{':' + choice if choice else ''}"
        for verb in verbs()
        if verb not in OWN
        for version in (0, before[0]["version"])
        for choice in CHOICES
    ]
    flashed = await presses(bot, who, *data)
    assert len(flashed) == len(data), "every press is answered"
    assert await wishes(bot) == before
    assert bot.defects == []


async def test_what_was_drawn_for_an_older_version_decides_nothing(bot: Offline) -> None:
    await stands(bot, "waiting")
    before = await wishes(bot)
    for version in (0, 99_999):
        for verb in ("agree", "refuse", "why", "keep", "send"):
            await presses(bot, QIAN, f"v1:volunteer:{verb}:{WISH}:{version}:enough")
    assert await wishes(bot) == before
    for nothing in (0, 77, 10**17):
        for verb in verbs():
            await presses(bot, QIAN, f"v1:volunteer:{verb}:{nothing}:1:enough")
    assert await wishes(bot) == before
    assert bot.defects == []


async def test_choosing_for_oneself_as_somebody_elses_volunteer(bot: Offline) -> None:
    """A resident who presses the organizers' buttons is told whose they are."""
    flashed = await presses(bot, XIAOLI, "v1:volunteer:list:0:0", "v1:volunteer:change:1:0")
    assert all("组织者" in one for one in flashed)
    assert await presses(bot, XIAOLI, "v1:volunteer:stop:0:0", "v1:volunteer:end:0:0")
    rows = await bot.rows("SELECT role FROM roles WHERE role = 'volunteer'")
    assert len(rows) == 3 + 1  # the three of the file, and the one of the other community
