"""Presses about the figures that were forged, or are of somebody who may not read them."""

from pathlib import Path

import pytest

from tests.support.busy_town import DESK, LI
from tests.support.offline import Offline, offline

FORGED = ("99999999-00000000", "2026", "20261130-20261101", "20000101-20261130", "x" * 20)


def shown(bot: Offline, who: int) -> list[str]:
    """Return what stands in the chat; the menu that is set at first says nothing."""
    return [one.text for one in bot.phones.chats.get(who, {}).values() if one.text]


async def pressed(bot: Offline, who: int, data: str) -> list[str]:
    """Return what flashes over the chat after a press."""
    before = len(bot.phones.toasts)
    await bot.take_in(bot.press(who, 1, data))
    await bot.settle()
    return [one.text for one in bot.phones.toasts[before:]]


@pytest.mark.parametrize("choice", FORGED)
async def test_a_period_that_was_never_offered_is_refused(tmp_path: Path, choice: str) -> None:
    async with offline(tmp_path) as bot:
        for verb in ("show", "dates", "scopes", "charts", "sheet"):
            (toast,) = await pressed(bot, DESK, f"v1:figures:{verb}:0:0:{choice}")
            assert toast
        assert shown(bot, DESK) == []
        assert bot.defects == []


async def test_an_estate_that_is_not_there_shows_the_whole(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        await pressed(bot, DESK, "v1:figures:show:99:0:month")
        (card,) = shown(bot, DESK)
        assert "幸福里社区" in card


async def test_a_resident_is_denied_and_that_is_written_down(tmp_path: Path) -> None:
    async with offline(tmp_path) as bot:
        for verb in ("show", "dates", "scopes", "charts", "sheet"):
            (toast,) = await pressed(bot, LI, f"v1:figures:{verb}:0:0:month")
            assert "督办" in toast
        denied = await bot.rows("SELECT * FROM audit WHERE what = 'denied'")
        assert len(denied) == 5
        assert shown(bot, LI) == []
