"""A month of meetings as chats: a case climbs from the weekly to the monthly, and is done late."""

import pytest

from tests.support import plot
from tests.support.meeting_town import SECRETARY, presses_first
from tests.support.town import Neighbour, Town, labels

HALL = "/start p_HALL7KQ2"  # the code of the room, in the demo


@pytest.fixture
def town(meeting_house: Town) -> Town:
    meeting_house.begin()
    return meeting_house


def lift_of_many(town: Town, who: Neighbour) -> str:
    """Let a lift be reported, which three neighbours find as well; return its number."""
    who.sends("3号楼2单元电梯老停")
    who.presses("✅ 对,提交")
    number = plot.number_in(who.sees("收到了,编号")["text"])
    for name in ("甲", "乙", "丙"):
        one = town.newcomer(name)
        one.sends("3号楼2单元电梯老停")
        one.presses("🙋 我也遇到")
    return number


def hear_of_it(town: Town, number: str) -> None:
    """Three days before: whose case it is hears so, the others are invited with the agenda."""
    li, zhao = town.people("李阿姨", "赵督办")
    town.wait("P6DT1H")  # Monday the 23rd, 10:10
    on = li.sees(f"您的 {number} 周四(26日)19:00上会")
    assert {"✅ 参加", "📋 看议程"} <= set(labels(on))
    invited = zhao.sees("民情恳谈会", "周四(26日)19:00", "活动室", "1.", "电梯")
    assert {"✅ 参加", "🤔 看情况", "✖ 去不了", "💡 我也提一件", "📅 日历"} <= set(labels(invited))
    li.presses("✅ 参加", on)
    li.sees("民情恳谈会", f"({number})", "电梯")
    zhao.presses("✖ 去不了", invited)
    zhao.presses("✍️ 说一句")
    zhao.sends("电梯要换门机,请物业报价")
    zhao.sees("会上一定带到")


def propose(town: Town) -> None:
    """Two have the same topic in other words; the secretary decides, and both hear."""
    wu, zhou = town.people(SECRETARY, "老周")
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.presses("💡 我也提一件")
    zhou.sends("3号楼前面缺一张长椅")
    zhou.sees("记下了", "缺一张长椅", "周三(25日)12:00前")
    xiao = town.person("小李")
    xiao.sends("/meetings")
    xiao.presses("💡 我也提一件")
    xiao.sends("3号楼前缺长椅,老人没处坐")
    xiao.sees("和 1 位邻居想法相近,已放在一起")
    proposed = wu.has("有人提议题", "长椅")[-1]
    wu.presses("✅ 上会", proposed)
    zhou.sees("上会了", "第 2 项")
    xiao.sees("上会了", "第 2 项")


def come(town: Town) -> None:
    """On the day only those hear at five who come or may come; the code of the room checks in."""
    li, zhao = town.people("李阿姨", "赵督办")
    town.wait("P3DT7H")  # Thursday 17:10
    li.sees("今天的会", "民情恳谈会")
    assert not zhao.has("今天的会")
    town.wait("PT1H40M")  # 18:50
    li.sends(HALL)
    li.sees("签到好了", "民情恳谈会")


def write_down(town: Town, number: str) -> None:
    """An hour after the end the minutes are filled in; who came looks; they are published."""
    li, wu, zhao, zhou = town.people("李阿姨", SECRETARY, "赵督办", "老周")
    town.wait("PT2H20M")  # 21:10
    draft = wu.sees("民情恳谈会纪要草稿好了", "议题 2 件,待填 2 件;到会 1 人", "带来的话 1 句")
    wu.presses("👥 到会", draft)
    expected = labels(wu.sees("到会 1 人:来了的点一下"))
    assert {"⬜ 老周", "⬜ 小李"} <= set(expected), "who proposed something is expected too"
    wu.presses("◀ 返回")
    wu.presses("💬 带来的话")
    wu.sees("赵督办", "换门机")
    presses_first(wu, "◀ 返回", "✍️ 逐项填结论")
    wu.sees("第 1 项,共 2 项", "电梯老停", "结论?")
    wu.presses("⏫ 上月协调会")
    wu.sends("请物业带三家报价来")
    wu.sees("第 2 项,共 2 项", "长椅")
    wu.presses("📌 通报了")
    wu.presses("不用写")
    wu.sees("民情恳谈会纪要", "⏫", "📌", "待填 0 件")
    town.restart_bot()
    wu.presses("📨 给大家看")

    town.wait("PT11H")  # the night is quiet
    review = li.has("请看有没有记错", "上月协调会", "三家报价")[-1]
    li.presses("👎 这里不对", review)
    li.sends("是四家报价")
    wu.sees("李阿姨", "说民情恳谈会纪要有不对", "四家报价")
    town.wait("PT24H")
    li.sees("民情恳谈会议过了", f"({number})", "上月协调会")
    zhou.sees("民情恳谈会议过了", "长椅", "通报了")
    zhao.sees("民情恳谈会", "定了 1 件事", "上月协调会")


def climb(town: Town, number: str) -> None:
    """The monthly takes up what the weekly could not settle, and gives it to somebody."""
    li, wu, zhao, wang = town.people("李阿姨", SECRETARY, "赵督办", "王师傅")
    town.wait("P24DT2H")  # Tuesday, December 22nd, 10:10
    again = li.sees(f"您的 {number} 周五(25日)19:00上会", "问题协调会")
    li.presses("🤔 看情况", again)
    town.wait("P3DT11H")  # Friday, 21:10
    assert wu.has("问题协调会纪要草稿好了", "议题 1 件")
    presses_first(wu, "👥 到会", "⬜ 李阿姨")
    wu.sees("到会 1 人")
    presses_first(wu, "◀ 返回", "✍️ 逐项填结论", "✅ 定了", "✍️ 别的人")
    wu.sends("王师傅")
    wu.sees("哪天前?")
    presses_first(wu, "1月4日")
    wu.sends("2单元电梯换门机")
    wu.sees("✅", "待填 0 件")
    wu.presses("📨 给大家看")
    town.wait("P1DT11H")
    li.sees("问题协调会议过了", f"({number})", "换门机", "王师傅 办", "1月4日(周一)前")
    wang.sees("会上定了,请您办", "1月4日(周一)前", "换门机")
    zhao.sees("问题协调会", "定了 1 件事", "换门机", "王师傅", "1月4日(周一)前")


def follow(town: Town) -> None:
    """Whoever wants to hear of it follows; the nudges come as with cases, and it is done late."""
    li, wu, zhao, wang = town.people("李阿姨", SECRETARY, "赵督办", "王师傅")
    zhao.presses("🔔 跟着办")
    presses_first(zhao, "📎 2单元电梯")
    zhao.presses("🔔 跟着这件")
    town.wait("P6DT3H")  # Saturday, January 2nd, about 11
    wang.sees("还有 2 天到期", "1月4日(周一)")
    wang.presses("🌓 进行中 50%")
    wang.sees("办了一半")
    town.wait("P2D")
    wang.sees("今天到期")
    town.wait("P1D")
    wang.sees("昨天到期了")
    wu.sees("落实事项超 1 天", "王师傅 办 · 1月4日(周一)到期")
    presses_first(wang, "✅ 办完了")
    wang.sends(photo="light", caption="换了门机,试了一天")
    wang.sees("记下了")
    told = zhao.sees("王师傅 办完了", "比说好的晚", "试了一天")
    li.sees("王师傅 办完了", "比说好的晚")
    zhao.presses("👍 好", told)
    town.wait("P5D")
    assert not wang.has("超 5 天了")


def test_a_case_climbs_from_the_weekly_to_the_monthly_and_is_done_late(town: Town) -> None:
    """Tuesday, November 17th; the talk of the 26th, the coordination of December 25th."""
    number = lift_of_many(town, town.person("李阿姨"))
    hear_of_it(town, number)
    propose(town)
    come(town)
    write_down(town, number)
    climb(town, number)
    follow(town)
