"""Notices that come again and again, by buttons and by words; and whom a notice can mean."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.meeting import INVITED, Invitation, Meeting
from storage import meeting as meetings
from storage import person as people
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import got, press, press_label, send, write

QIAN, ADMIN, LI, ZHOU = 7000012, 7000013, 7000001, 7000002
(INVITED_,) = INVITED


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


def seen(bot: Offline, person: int) -> str:
    """Return all that stands in a chat now."""
    return "\n".join(drawn.text for drawn in bot.phones.chats.get(person, {}).values())


async def every_thursday(bot: Offline, words: str = "消防演练") -> None:
    await write(bot, words)
    for label in ("👥", "🕐 选时间、定期", "🔁 定期发", "📅 每周", "周四", "19:00", "照常"):
        await press_label(bot, QIAN, label)
    assert "每周四 19:00 · 节假日照常" in seen(bot, QIAN)
    assert "分钟" not in seen(bot, QIAN), "a notice is a moment"
    await press_label(bot, QIAN, "✅ 就这样")


async def test_it_comes_every_week_and_is_shown_a_day_before(bot: Offline) -> None:
    await every_thursday(bot)
    assert "<b>消防演练</b> · 每周四 19:00" in seen(bot, QIAN)
    times = []
    for _ in range(15):
        before = len(got(bot, LI))
        await bot.pass_(timedelta(days=1))
        if len(got(bot, LI)) > before:
            times.append(bot.clock.instant)
    sent = await bot.rows("SELECT send_at, series_id, status FROM broadcasts ORDER BY id")
    assert [one["status"] for one in sent[:2]] == ["sent", "sent"]
    assert {one["series_id"] for one in sent} == {1}
    weeks = {sent[at + 1]["send_at"] - sent[at]["send_at"] for at in range(len(sent) - 1)}
    assert weeks == {7 * 86_400_000_000}
    assert len(times) == len(got(bot, LI)) >= 2


async def test_one_time_can_be_left_off_and_then_it_ends(bot: Offline) -> None:
    await every_thursday(bot)
    while not await bot.rows("SELECT id FROM broadcasts"):
        await bot.pass_(timedelta(hours=6))
    await press_label(bot, QIAN, "✖️ 不发了")
    await bot.pass_(timedelta(days=2))
    assert got(bot, LI) == []
    await send(bot, QIAN, "/notice", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    await press_label(bot, QIAN, "🔁 定期的 1 条")
    await press_label(bot, QIAN, "⏹ 消防演练 停")
    assert "没有定期通知了" in seen(bot, QIAN)
    await bot.pass_(timedelta(days=8))
    assert got(bot, LI) == []


async def test_in_words_in_quiet_hours_and_an_old_button(bot: Offline) -> None:
    await write(bot, "消防演练")
    await press_label(bot, QIAN, "👥")
    await press_label(bot, QIAN, "🕐 选时间、定期")
    await press_label(bot, QIAN, "🔁 定期发")
    await press_label(bot, QIAN, "✍️")
    await send(bot, QIAN, "好多好多次")
    assert "没看懂" in seen(bot, QIAN)
    await send(bot, QIAN, "每月15号晚上11点")
    await press_label(bot, QIAN, "照常")
    await press_label(bot, QIAN, "✅ 就这样")
    assert await bot.rows("SELECT id FROM broadcast_series") == []
    await press(bot, QIAN, "v1:broadcast:series_end:7:1")
    await press(bot, LI, "v1:broadcast:series:0:0")
    assert await bot.rows("SELECT id FROM broadcast_series") == []


async def meant(bot: Offline) -> int:
    """Say it now; return how many it was for."""
    await press_label(bot, QIAN, "✅ 现在发")
    await bot.pass_(timedelta(minutes=1))
    return int((await bot.rows("SELECT total FROM broadcasts ORDER BY id"))[-1]["total"])


async def test_those_of_a_case(bot: Offline) -> None:
    await send(bot, LI, "楼道灯不亮")
    await press_label(bot, LI, "✅ 对,提交")
    (case,) = await bot.rows("SELECT number FROM cases")
    await write(bot, "您报的灯周六换")
    await press_label(bot, QIAN, "🎯 其他人")
    await press_label(bot, QIAN, "🧾 按一件事")
    await send(bot, QIAN, "9999")
    assert "没有这个编号" in seen(bot, QIAN)
    await send(bot, QIAN, str(case["number"]))
    assert await meant(bot) == 1
    assert len(got(bot, LI)) == 1


async def test_those_of_a_meeting(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        at = bot.clock.instant + timedelta(days=1)
        held = Meeting(1, 900, "weekly", "2026-11-18", INVITED_, 1, "恳谈会", "", at, 60, None)
        meetings.add(uow, held)
        for one in (LI, ZHOU):
            who = await people.find_by_telegram(uow, one)
            assert who is not None
            meetings.add_part(uow, Invitation(1, 900, who.id, invited=True))
    await write(bot, "会议改到二楼")
    await press_label(bot, QIAN, "🎯 其他人")
    await press_label(bot, QIAN, "🗓 按会议")
    await press_label(bot, QIAN, "📋")
    assert "请来开会的人" in seen(bot, QIAN)
    assert await meant(bot) == 2
    assert len(got(bot, LI)) == len(got(bot, ZHOU)) == 1


async def test_those_of_a_team(bot: Offline) -> None:
    await write(bot, "明天八点集合")
    await press_label(bot, QIAN, "🎯 其他人")
    await press_label(bot, QIAN, "👷 按队伍")
    await press_label(bot, QIAN, "工程组")
    n = await meant(bot)
    assert 0 < n < 6
    assert got(bot, LI) == []
