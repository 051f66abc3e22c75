"""Whoever may no longer ask is let go: what they write is heard as from anybody else."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import delete

from storage.tables import roles
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import press_label, send
from tests.unit.test_broadcast_series import seen
from tests.unit.test_survey_when import QIAN, compose


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def loses_the_role(bot: Offline) -> None:
    """Take every role from the organizer."""
    (who,) = await bot.rows(f"SELECT id FROM people WHERE telegram_id = {QIAN}")
    async with bot.house.database.begin() as uow:
        await uow.write_now(delete(roles).where(roles.c.person_id == who["id"]))


@pytest.mark.parametrize("label", ["🏷 改名字", "✏️ 改题目"])
async def test_words_are_a_report_again(bot: Offline, label: str) -> None:
    await compose(bot)
    await press_label(bot, QIAN, label)
    if label == "✏️ 改题目":
        await press_label(bot, QIAN, "✏️ 换个问法")
    await loses_the_role(bot)
    await send(bot, QIAN, "楼道灯不亮了")
    await bot.pass_(timedelta(minutes=1))
    await send(bot, QIAN, "3号楼2单元楼道灯不亮了")
    assert "楼道灯不亮了”" in seen(bot, QIAN), seen(bot, QIAN)[-300:]


async def test_presses_are_refused_and_what_runs_goes_on(bot: Offline) -> None:
    await compose(bot)
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=1))
    await loses_the_role(bot)
    await press_label(bot, QIAN, "🗳 楼道")
    assert "这一步要由组织者" in bot.phones.toasts[-1].text
    assert (await bot.rows("SELECT status FROM surveys"))[0]["status"] == "running"
    await bot.pass_(timedelta(days=8))
    assert (await bot.rows("SELECT status FROM surveys"))[0]["status"] == "ended"
