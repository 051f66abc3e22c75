"""Minutes that were wrong: what was concluded is changed before it is published."""

import pytest

from tests.support.meeting_town import SECRETARY, presses_first
from tests.support.town import Neighbour, Town, labels


@pytest.fixture
def town(meeting_house: Town) -> Town:
    meeting_house.begin()
    return meeting_house


TOPICS = ("小广场的灯太暗", "3号楼前缺一张长椅", "西门快递柜挡路")


def to_be_written(town: Town, *topics: str) -> Neighbour:
    """Let the talk of the 19th speak of some topics, and be over; return its secretary."""
    zhou, wu = town.people("老周", SECRETARY)
    for topic in topics:
        town.wait("PT1M")
        zhou.sends("/meetings")
        zhou.presses("💡 我也提一件")
        zhou.sends(topic)
        wu.presses("✅ 上会")
    town.wait("P2DT12H")  # Thursday the 19th, 21:10
    wu.sees("民情恳谈会纪要草稿好了", f"议题 {len(topics)} 件" if topics else "没有议题")
    return wu


def test_what_was_concluded_by_mistake_is_changed(town: Town) -> None:
    wu = to_be_written(town, *TOPICS[:2])
    presses_first(wu, "✍️ 逐项填结论", "📌 通报了", "不用写")
    wu.sees("第 2 项,共 2 项")
    presses_first(wu, "◀ 返回", "✏️ 改结论", "📌 第 1 项")
    wu.sees("第 1 项,共 2 项", "灯太暗", "结论?")
    presses_first(wu, "🔁 下次再议", "不用写", "📌 通报了", "不用写")
    wu.sees("🔁 1.", "📌 2.", "待填 0 件")


def test_an_objection_leads_to_other_minutes(town: Town) -> None:
    wu, zhao = to_be_written(town, TOPICS[0]), town.person("赵督办")
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论", "📌 通报了", "不用写")
    presses_first(wu, "📨 给大家看")
    town.wait("PT11H")
    presses_first(zhao, "👎 这里不对")
    zhao.sends("不是通报,是下次再议")
    presses_first(wu, "✍️ 填纪要", "✏️ 改结论", "📌 第 1 项", "🔁 下次再议", "不用写")
    town.wait("P1D")
    zhao.sees("民情恳谈会", "定了 1 件事", "下次再议")


def test_minutes_in_which_a_change_was_left_half_done_are_not_published(town: Town) -> None:
    wu, zhao = to_be_written(town, TOPICS[0]), town.person("赵督办")
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论", "📌 通报了", "不用写")
    presses_first(wu, "📨 给大家看", "✏️ 改结论", "📌 第 1 项", "✅ 定了")  # who does it?
    wu.sees("谁办?")
    town.wait("P1DT11H")
    assert not zhao.has("民情恳谈会", "开过了")
    asked = wu.sees("民情恳谈会的纪要还没交", "待填 1 件")
    assert "📨 给大家看" not in labels(asked)
    presses_first(wu, "✍️ 逐项填结论", "✅ 定了", "✍️ 别的人")
    wu.sends("王师傅")
    wu.sends("下周一")
    presses_first(wu, "不用写", "📨 给大家看")
    town.wait("P1DT1H")
    zhao.sees("民情恳谈会", "定了 1 件事", "王师傅")


def test_what_was_written_down_is_not_thrown_away_by_one_tap(town: Town) -> None:
    """ "It did not take place" is no answer any more once something was concluded."""
    wu = to_be_written(town, *TOPICS[:2])
    wu.sends("/meetings")
    presses_first(wu, "✍️ 填 19日纪要")
    old = wu.with_button("✖ 没开成")
    wu.sends("/meetings")
    presses_first(wu, "✍️ 填 19日纪要", "✍️ 逐项填结论", "📌 通报了", "不用写", "◀ 返回")
    assert "✖ 没开成" not in labels(wu.sees("民情恳谈会纪要", "待填 1 件"))
    wu.presses("✖ 没开成", old)
    assert wu.toasts() == ["这条更新过了,给您看最新的"]
    wu.sends("/meetings")
    presses_first(wu, "✍️ 填 19日纪要")
    wu.sees("民情恳谈会纪要", "📌 1.", "待填 1 件")


MANY = ("小广场的灯太暗", "3号楼前缺一张长椅", "西门快递柜挡路", "地库出口要装镜子",
        "夜里广场舞太吵", "充电桩不够用", "垃圾桶夏天有味", "门禁卡总失灵",
        "花坛杂草没人管")  # fmt: skip


def test_of_many_conclusions_none_is_out_of_reach(town: Town) -> None:
    wu, zhao = to_be_written(town, *MANY), town.person("赵督办")
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论")
    for _ in MANY:
        presses_first(wu, "✅ 定了", "👤 王师傅", "11月26日", "不用写")
        town.wait("PT1M")  # nobody writes so fast
    presses_first(wu, "📨 给大家看")
    town.wait("P1DT10H")
    public = zhao.sees("民情恳谈会", "定了 9 件事", "8. 💡 门禁卡总失灵", "还有 1 件,见全文")
    zhao.presses("🔔 跟着办", public)
    zhao.sees("民情恳谈会定的事", "小广场的灯太暗")
    presses_first(zhao, "下一页", "下一页", "📎 花坛杂草")
    zhao.sees("花坛杂草没人管", "王师傅 办")


def test_a_meeting_whose_agenda_is_not_made_yet_does_not_call_it_empty(town: Town) -> None:
    zhou, wu = town.people("老周", SECRETARY)
    zhou.sends("/meetings")
    presses_first(zhou, "📋 26日", "💡 我也提一件")
    zhou.sends(TOPICS[0])
    wu.presses("✅ 上会")
    zhou.sees("上会", "周四(26日)19:00" if zhou.has("周四(26日)19:00的会") else "26日")
    zhou.presses("📋 看议程")
    card = zhou.sees("民情恳谈会", "议程提前三天排好")
    assert "空着" not in card["text"]
