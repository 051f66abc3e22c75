"""When a survey begins and ends, typed; whom a meeting means; who finds it among the news."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from bot.domain.meeting import INVITED, Invitation, Meeting
from storage import meeting as meetings
from storage import person as people
from storage.tables import cases
from tests.support.database import START, a_person
from tests.support.offline import Offline, offline
from tests.unit.test_broadcast_presses import press_label, send
from tests.unit.test_broadcast_series import seen

QIAN, LI, ZHOU, NEW = 7000012, 7000001, 7000002, 7_100_000
HOUR = 3600 * 1_000_000


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def compose(bot: Offline) -> None:
    """Compose one question, up to its draft."""
    await send(bot, QIAN, "/survey", entities=[{"type": "bot_command", "offset": 0, "length": 7}])
    for label in ("➕ 新问卷", "📄 空白"):
        await press_label(bot, QIAN, label)
    await send(bot, QIAN, "楼道")
    for label in ("➕ 加一题", "👍 是/一半/不是"):
        await press_label(bot, QIAN, label)
    await send(bot, QIAN, "灯亮吗?")


async def test_beginning_and_end_are_typed(bot: Offline) -> None:
    await compose(bot)
    await press_label(bot, QIAN, "⏱ 时间")
    await press_label(bot, QIAN, "🕐 自己定开始")
    await send(bot, QIAN, "好久好久")
    assert "这个时间我没看懂" in seen(bot, QIAN)
    await send(bot, QIAN, "后天上午9点")
    await press_label(bot, QIAN, "🏁 自己定结束")
    await send(bot, QIAN, "明天上午9点")
    await press_label(bot, QIAN, "◀")
    await press_label(bot, QIAN, "📤 发出去")
    assert await bot.rows("SELECT id FROM surveys") == [], "it would end before it begins"
    await press_label(bot, QIAN, "⏱ 时间")
    await press_label(bot, QIAN, "🏁 自己定结束")
    await send(bot, QIAN, "大后天晚上8点")
    await press_label(bot, QIAN, "◀")
    await press_label(bot, QIAN, "📤 发出去")
    (made,) = await bot.rows("SELECT * FROM surveys")
    assert made["ends_at"] - made["starts_at"] == (24 + 11) * HOUR
    await bot.pass_(timedelta(days=1))
    assert (await bot.rows("SELECT status FROM surveys"))[0]["status"] == "planned"
    await bot.pass_(timedelta(days=3))
    assert (await bot.rows("SELECT status FROM surveys"))[0]["status"] == "ended"


async def test_one_that_would_be_over_before_anybody_may_be_asked_is_refused(bot: Offline) -> None:
    await compose(bot)
    await press_label(bot, QIAN, "⏱ 时间")
    await press_label(bot, QIAN, "🕐 自己定开始")
    await send(bot, QIAN, "今天晚上9点")  # it is polite to ask until eight
    await press_label(bot, QIAN, "🏁 自己定结束")
    await send(bot, QIAN, "今天晚上11点")
    await press_label(bot, QIAN, "◀")
    await press_label(bot, QIAN, "📤 发出去")
    assert await bot.rows("SELECT id FROM surveys") == []
    assert "来不及问" in str(bot.phones.toasts)


async def test_what_ends_early_says_so(bot: Offline) -> None:
    await compose(bot)
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=1))
    for label in ("🗳 楼道", "⏹ 提前结束", "⏹ 现在结束"):
        await press_label(bot, QIAN, label)
    (made,) = await bot.rows("SELECT * FROM surveys")
    assert made["ends_at"] - made["starts_at"] == 24 * HOUR
    assert "19日" not in seen(bot, QIAN).rpartition("已结束")[2], "nothing promises more time"


async def test_those_of_a_meeting_alone_are_asked(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        at, (invited,) = bot.clock.instant + timedelta(days=1), INVITED
        meetings.add(uow, Meeting(1, 900, "weekly", "2026-11-18", invited, 1, "会", "", at, 60, 5))
        who = await people.find_by_telegram(uow, LI)
        assert who is not None
        meetings.add_part(uow, Invitation(1, 900, who.id, invited=True))
    await compose(bot)
    for label in ("👥 发给谁", "🗓 按会议", "📋", "📤 发出去"):
        await press_label(bot, QIAN, label)
    await bot.pass_(timedelta(days=1))
    assert "道题,点点就行" in seen(bot, LI)
    assert "道题,点点就行" not in seen(bot, ZHOU)


async def test_the_people_of_a_case_or_a_team_alone_are_asked(bot: Offline) -> None:
    await send(bot, LI, "3号楼2单元楼道灯不亮了")
    await press_label(bot, LI, "✅ 对,提交")
    (case,) = await bot.rows("SELECT number FROM cases")
    await compose(bot)
    for label in ("👥 发给谁", "👷 按队伍"):
        await press_label(bot, QIAN, label)
    await press_label(bot, QIAN, "巡逻一组")
    assert "发给 巡逻一组" in seen(bot, QIAN)
    for label in ("👥 发给谁", "🧾 按一件事"):
        await press_label(bot, QIAN, label)
    await send(bot, QIAN, "不知道")
    assert "没有这个编号" in seen(bot, QIAN)
    await send(bot, QIAN, f"#{case['number']}")
    assert "1 人能收到" in seen(bot, QIAN)
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=1))
    assert "道题,点点就行" in seen(bot, LI)
    assert "道题,点点就行" not in seen(bot, ZHOU)


async def test_who_had_a_case_closed_last_month_in_one_building_is_asked(bot: Offline) -> None:
    for who, words in ((LI, "3号楼2单元楼道灯不亮了"), (ZHOU, "5号楼1单元楼道灯不亮了")):
        await send(bot, who, words)
        await press_label(bot, who, "✅ 对,提交")
    closed = {"status": "closed_solved", "closed_at": START - timedelta(days=25)}
    async with bot.house.database.begin() as uow:
        await uow.write_now(update(cases).values(closed))
    await compose(bot)
    for label in ("👥 发给谁", "🏢 按楼栋", "⬜ 3号楼", "✅ 选好了", "👥 发给谁", "✅ 上月办完的"):
        await press_label(bot, QIAN, label)
    assert "发给 3号楼 上月有事办完的人" in seen(bot, QIAN)
    await press_label(bot, QIAN, "◀")
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=1))
    assert "道题,点点就行" in seen(bot, LI)
    assert "道题,点点就行" not in seen(bot, ZHOU)


async def test_who_joins_later_finds_it_among_the_news_and_takes_part(bot: Offline) -> None:
    await compose(bot)
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=1))
    async with bot.house.database.begin() as uow:
        people.add(uow, a_person(5000, telegram_id=NEW, home="3-1", language="zh_CN"))
    await send(bot, NEW, "📢 社区动态")
    await press_label(bot, NEW, "🗳 楼道")
    for label in ("开始", "👍 是"):
        await press_label(bot, NEW, label)
    assert "谢谢您" in seen(bot, NEW)
    done = await bot.rows("SELECT building FROM survey_guests WHERE status = 'answered'")
    assert [one["building"] for one in done] == ["3"]


async def test_who_wants_fewer_gets_the_invitation_in_the_digest(bot: Offline) -> None:
    await send(bot, LI, "/settings", entities=[{"type": "bot_command", "offset": 0, "length": 9}])
    await press_label(bot, LI, "🔔 提醒哪些")
    await press_label(bot, LI, "🗳 问卷:每条")
    await compose(bot)
    await press_label(bot, QIAN, "📤 发出去")
    await bot.pass_(timedelta(days=2))
    assert "道题,点点就行" not in seen(bot, LI)
    await press_label(bot, LI, "🗳 楼道")
    assert "道题,点点就行" in seen(bot, LI)
    await press_label(bot, LI, "🔕 少发这类")
    assert bot.phones.toasts[-1].text == "好的,以后问卷和结果合成每周一次。想改回:/settings"
