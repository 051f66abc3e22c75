"""Meetings to which nobody comes, that are called off or moved, whose secretary is away."""

import pytest

from tests.stories.test_meetings import lift_of_many
from tests.support.meeting_town import SECRETARY, presses_first
from tests.support.town import Town, labels


@pytest.fixture
def town(meeting_house: Town) -> Town:
    meeting_house.begin()
    return meeting_house


def test_nobody_comes_and_all_waits_for_the_next(town: Town) -> None:
    li, wu = town.people("李阿姨", SECRETARY)
    number = lift_of_many(town, li)
    town.wait("P9DT12H")  # Thursday the 26th, 21:10
    draft = wu.sees("民情恳谈会纪要草稿好了", "到会 0 人", "没有人签到")
    town.kill_bot()
    town.start_bot()
    assert len(wu.has("民情恳谈会纪要草稿好了", "待填 1 件")) == 1
    wu.presses("✖ 没开成", draft)
    assert "记下了,议题都留到下次" in wu.toasts()
    li.sees("民情恳谈会这次没开成", number, "下次会")
    wu.presses("📋 所有会议")
    town.wait("P3DT13H")  # Monday the 30th, 10:10
    li.sees(f"您的 {number} 周四(3日)19:00上会")
    assert len(li.has("上会")) == 2


def test_minutes_that_nobody_writes_are_asked_for_twice(town: Town) -> None:
    wu = town.person(SECRETARY)
    lift_of_many(town, town.person("李阿姨"))
    town.wait("P9DT12H")
    wu.sees("民情恳谈会纪要草稿好了")
    town.wait("P3D")
    assert wu.has("民情恳谈会的纪要还没交", "3 天了")
    presses_first(wu, "✍️ 逐项填结论", "🔁 下次再议", "不用写")
    wu.presses("👥 到会")
    wu.sees("民情恳谈会到会 0 人")
    town.wait("P4D")
    assert len(wu.has("民情恳谈会的纪要还没交", "7 天了")) >= 1
    town.restart_bot()
    town.wait("P1D")
    assert len(town.sent_to(wu, "的纪要还没交")) == 2
    town.wait("P2D")  # Sunday the 6th: ten days over
    wu.sees("民情恳谈会的纪要十天没交", "1 件议题回到下次会")
    assert town.person("李阿姨").has("的纪要没有写出来", "下次会再说")
    town.wait("P1D")  # and the next invitation speaks of it
    assert town.person("李阿姨").has("周四(10日)19:00上会")


def test_a_meeting_is_called_off(town: Town) -> None:
    li, zhao, qian = town.people("李阿姨", "赵督办", "钱组织")
    number = lift_of_many(town, li)
    town.wait("P6DT1H")  # Monday, 10:10
    on = li.sees(f"您的 {number} 周四(26日)19:00上会")
    zhao.sees("民情恳谈会", "周四(26日)19:00")
    qian.sends("/meetings")
    presses_first(qian, "📋 民情恳谈会")
    qian.presses("✖ 这次不开")
    qian.presses("🌧 天气不好")
    qian.sees("这次不开了")
    zhao.sees("民情恳谈会不开了", "天气不好", "议题留到下次")
    li.sees("民情恳谈会不开了")
    li.presses("✅ 参加", on)
    assert "这个会已经开始或不开了" in li.toasts()
    town.wait("P7D")
    li.sees(f"您的 {number} 周四(3日)19:00上会")


def test_a_meeting_is_moved_and_the_reminder_moves_along(town: Town) -> None:
    zhao, qian = town.people("赵督办", "钱组织")
    town.wait("P6DT1H")
    invited = zhao.sees("民情恳谈会", "周四(26日)19:00")
    zhao.presses("✅ 参加", invited)
    qian.sends("/meetings")
    presses_first(qian, "📋 民情恳谈会")
    card = qian.news()[-1]
    qian.presses("🕐 改时间")
    presses_first(qian, "五27")
    presses_first(qian, "19:00")
    zhao.sees("民情恳谈会改时间了", "原来是周四(26日)19:00", "周五(27日)19:00")
    assert card
    town.wait("P3DT7H")  # Thursday, 17:10
    assert not zhao.has("今天的会")
    town.wait("P1D")
    zhao.sees("今天的会", "民情恳谈会 · 今天19:00")


def test_another_organizer_stands_in_for_a_secretary_who_is_gone(town: Town) -> None:
    wu, qian = town.people(SECRETARY, "钱组织")
    town.block(wu)
    town.wait("P9DT12H")
    qian.sees("民情恳谈会纪要草稿好了", "没有议题")


def test_a_spoken_topic_is_heard_and_put_off_with_a_reason(town: Town) -> None:
    zhou, wu = town.people("老周", SECRETARY)
    town.wait("P6DT1H")
    zhou.sends("/meetings")
    zhou.presses("💡 我也提一件")
    zhou.sends(voice="voice")
    zhou.sees("记下了", "一段语音", "周三(25日)12:00前")
    assert wu.has("提议题的语音")
    proposed = wu.has("有人提议题", "一段语音")[-1]
    wu.presses("⏭ 下次再议", proposed)
    wu.presses("先核价")
    zhou.sees("这次没排上:先核价", "12月3日(周四)19:00再议")
    town.wait("P7D")  # the next talk has it on its agenda
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.sees("民情恳谈会", "一段语音")


def test_a_topic_that_nobody_decides_about_comes_on(town: Town) -> None:
    zhou = town.person("老周")
    town.wait("P6DT1H")
    zhou.sends("/meetings")
    zhou.presses("💡 我也提一件")
    zhou.sends("小广场的灯太暗")
    town.wait("P2DT2H")  # Wednesday, 12:10
    zhou.sees("上会了", "第 1 项", "小广场的灯太暗")


def test_organizers_make_and_change_series(town: Town) -> None:
    li, qian = town.people("李阿姨", "钱组织")
    li.sends("/meetings")
    assert "🔁 会议系列" not in labels(li.news()[-1])
    qian.sends("/meetings")
    qian.presses("🔁 会议系列")
    listed = qian.sees("会议系列", "民情恳谈会", "每周四 19:00", "问题协调会", "每月最后一个周五")
    qian.presses("📋 民情恳谈会", listed)
    qian.sees("民情恳谈会", "📍 活动室", SECRETARY, "接下来")
    qian.presses("🕐 改时间")
    presses_first(qian, "✍️")
    qian.sends("每周三晚上7点半")
    presses_first(qian, "1 小时", "往后顺延")
    qian.sees("每周三 19:30", "接下来")
    presses_first(qian, "✅")
    qian.sees("民情恳谈会", "每周三 19:30")
    li.sends("/meetings")
    li.sees("民情恳谈会 · 周四(19日)19:00", "民情恳谈会 · 11月25日(周三)19:30")
    qian.sends("/meetings")
    qian.presses("🔁 会议系列")
    qian.presses("➕ 新的会议")
    qian.sends("楼栋长碰头会")
    presses_first(qian, "📅 每周")
    presses_first(qian, "周一", "19:00", "30 分钟", "照常")
    presses_first(qian, "✅")
    qian.sees("楼栋长碰头会", "每周一 19:00", "接下来")
    li.sends("/meetings")
    assert li.has("楼栋长碰头会")
