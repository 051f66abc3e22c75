"""Without the extra `reports` pictures are words: nothing is promised that cannot be made."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.paper import charts
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import press_label
from tests.unit.test_broadcast_series import seen
from tests.unit.test_survey_when import LI, QIAN, compose


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def test_pictures_are_words(bot: Offline, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(charts, "can_draw", lambda: False)
    await compose(bot)
    for label in ("✅ 不记名", "📤 发出去"):
        await press_label(bot, QIAN, label)
    await bot.pass_(timedelta(days=1))
    for label in ("开始", "👍 是"):
        await press_label(bot, LI, label)
    for label in ("🗳 楼道", "📊 图"):
        await press_label(bot, QIAN, label)
    assert "1 人 👍 是" in seen(bot, QIAN)
