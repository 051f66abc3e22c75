"""Whoever is in the middle of one dialogue presses the old button that would begin another."""

from typing import Any

import pytest
import pytest_asyncio

from bot.domain.case import Status
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import DESK, HANDLER, NUMBER, begin, put

pytestmark = pytest.mark.asyncio(loop_scope="module")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> Any:
    async with offline(tmp_path_factory.mktemp("others")) as made:
        await begin(made)
        yield made


@pytest.mark.parametrize(
    ("who", "status", "open_", "old"),
    [
        (HANDLER, Status.IN_PROGRESS, "return", "promise"),
        (HANDLER, Status.IN_PROGRESS, "promise", "return"),
        (DESK, Status.SUBMITTED, "decline", "outage"),
    ],
)
async def test_an_old_button_is_refused_and_the_dialogue_goes_on(
    bot: Offline, who: int, status: Status, open_: str, old: str
) -> None:
    case = await put(bot, status)
    await bot.take_in(bot.press(who, 1, f"v1:{open_}:start:{NUMBER}:{case.version}"))
    await bot.settle()
    asked = await bot.rows("SELECT name FROM conversations WHERE user_id = :who", who=who)
    assert open_ in {row["name"] for row in asked}
    bot.phones.toasts.clear()
    await bot.take_in(bot.press(who, 1, f"v1:{old}:start:{NUMBER}:{case.version - 1}"))
    await bot.settle()
    assert bot.defects == []
    assert "更新过了" in bot.phones.toasts[-1].text
    left = await bot.rows("SELECT name FROM conversations WHERE user_id = :who", who=who)
    assert open_ in {row["name"] for row in left}
    await bot.take_in(bot.press(who, 1, f"v1:{open_}:cancel:{NUMBER}:{case.version}"))
    await bot.settle()
