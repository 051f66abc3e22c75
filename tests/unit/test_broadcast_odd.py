"""What can go wrong while a notice is made: old buttons, odd content, and minds that change."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.letter import Button
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import got, press, press_label, send, write

QIAN, ADMIN, LI, ZHOU = 7000012, 7000013, 7000001, 7000002


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


def seen(bot: Offline, person: int) -> str:
    """Return all that stands in a chat now."""
    return "\n".join(drawn.text for drawn in bot.phones.chats.get(person, {}).values())


def button(bot: Offline, person: int, label: str) -> tuple[int, Button]:
    """Return the newest button with that label, and its message."""
    return [one for one in bot.phones.buttons(person) if one[1].label.startswith(label)][-1]


async def press_old(bot: Offline, person: int, old: tuple[int, Button]) -> None:
    await press(bot, person, old[1].data, old[0])


async def test_what_nobody_has_seen_is_not_sent_by_an_older_button(bot: Offline) -> None:
    await write(bot, "停水到五点")
    await press_label(bot, QIAN, "👥")
    old = [button(bot, QIAN, label) for label in ("✅ 现在发", "🌆", "🕐", "📬")]
    await send(bot, QIAN, "停电也到五点")
    for one in old:
        await press_old(bot, QIAN, one)
        assert bot.phones.toasts[-1].text.startswith("这条更新过了")
    await bot.pass_(timedelta(hours=12))
    assert await bot.rows("SELECT id FROM broadcasts") == []
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "📬 要“收到”⬜")
    await press_label(bot, QIAN, "🌅 早上08:00")
    await bot.pass_(timedelta(hours=12))
    assert "停水到五点\n停电也到五点" in got(bot, LI)[0]


async def test_a_card_that_names_others_does_not_send_to_everybody(bot: Offline) -> None:
    await write(bot)
    await press_label(bot, QIAN, "🏢")
    await press_label(bot, QIAN, "⬜ 3号楼")
    await press_label(bot, QIAN, "✅ 选好了")
    of_building = button(bot, QIAN, "✅ 现在发")
    await press_label(bot, QIAN, "🕐 选时间、定期")
    await send(bot, QIAN, "再看看")
    everybody = (1, Button("", of_building[1].data.replace(":now:", ":all:")))
    await press_old(bot, QIAN, everybody)
    assert "全体:" in seen(bot, QIAN)
    await press_old(bot, QIAN, of_building)
    assert await bot.rows("SELECT id FROM broadcasts") == []


async def test_a_rule_of_former_words_is_not_kept(bot: Offline) -> None:
    await write(bot, "消防演练")
    for label in ("👥", "🕐 选时间、定期", "🔁 定期发", "📅 每周", "周四", "19:00", "照常"):
        await press_label(bot, QIAN, label)
    keep = button(bot, QIAN, "✅ 就这样")
    await send(bot, QIAN, None, photo=[picture(1)])
    await press_old(bot, QIAN, keep)
    assert await bot.rows("SELECT id FROM broadcast_series") == []


def picture(number: int) -> dict[str, object]:
    """Return one size of a picture."""
    return {"file_id": f"p{number}", "file_unique_id": f"u{number}", "width": 9, "height": 9}
