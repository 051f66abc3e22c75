"""A report broken off in the middle: cancelled, taken back, left for hours."""

import pytest

from tests.support.town import Neighbour, Town, labels


@pytest.mark.parametrize("word", ["取消", "不报了", "算了", "/cancel", "0"])
def test_a_word_ends_the_report(town: Town, word: str) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("3楼灯不亮了")

    li.sends(word)

    dropped = li.sees("好的,没有提交。")
    assert labels(dropped) == ["↩️ 我点错了"]
    li.sends("📋 我的事")
    assert "3号楼2单元 · 🆕 等人接手" not in li.news()[-1]["text"]
    desk.sees_nothing()


def test_a_slip_is_taken_back_at_the_same_step(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.presses("❌ 不报了")
    li.sees("好的,没有提交。")
    town.wait("PT1H")
    li.presses("↩️ 我点错了")
    li.sees("请您看一眼,对就提交", "3楼灯不亮了")
    li.presses("✅ 对,提交")

    li.sees("收到了,编号")


def test_a_cancelled_report_does_not_leak_into_the_next(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends(photo="light", caption="3楼灯不亮了")
    li.presses("❌ 不报了")

    li.sends("垃圾桶满了没人收")
    card = li.sees("请您看一眼,对就提交", "🧹 环境卫生", "垃圾桶满了没人收")
    assert "灯" not in card["text"]
    assert "照片" not in card["text"]
    li.presses("✅ 对,提交")

    desk.sees("垃圾桶满了没人收")
    assert not desk.has("3楼灯不亮了")


def test_a_slip_is_not_taken_back_over_another_report(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    li.presses("❌ 不报了")
    li.sends("垃圾桶满了没人收")

    li.presses("↩️ 我点错了")

    assert li.toasts() == ["您还有一件没提交,请先提交它。"]


def test_cancelling_in_the_middle_ends_it_at_every_step(town: Town) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends("有怪味道")
    zhao.sends("/cancel")
    zhao.sees("好的,没有提交。")
    zhao.sends("有怪味道")
    zhao.presses("3号楼")
    zhao.sends("取消")
    zhao.sees("好的,没有提交。")
    zhao.sends("有怪味道")
    zhao.presses("3号楼")
    zhao.presses("2单元")
    zhao.presses("❌ 不报了")
    zhao.sees("好的,没有提交。")
    zhao.sends("取消")

    zhao.sees("眼下没有在报的事")


def test_the_place_is_changed_before_it_is_filed(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.presses("📍 改地方")
    li.sees("在哪儿?", "3楼灯不亮了")
    li.presses("5号楼")
    li.presses("1单元")
    li.sees("对就提交", "公共照明", "5号楼1单元")
    li.presses("✅ 对,提交")

    li.sees("收到了,编号", "公共照明 · 5号楼1单元")


def test_the_kind_is_changed_before_it_is_filed(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends("3楼灯不亮了")

    li.presses("✏️ 改类别")
    li.sees("是哪一类?")
    li.presses("💧 水电气暖")

    li.sees("收到了,编号", "水电气暖 · 3号楼2单元")
    desk.sees("水电气暖 · 3号楼2单元", "待派单")


def test_what_is_left_for_hours_is_asked_about(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("保安态度恶劣,投诉物业服务")  # a complaint is not filed by itself
    town.wait("PT24H")

    li.sends("在吗")

    li.sees("您昨天09:1", "还没提交", "保安态度恶劣")
    li.presses("✅ 现在提交")
    li.sees("收到了,编号", "物业服务 · 3号楼2单元")
    town.person("张调度").sees("保安态度恶劣", "待派单")


def test_what_lacks_a_place_is_gone_on_with(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("3楼灯不亮了")
    town.wait("PT24H")

    zhao.sends("在吗")

    zhao.sees("您昨天09:1", "3楼灯不亮了")
    zhao.presses("✅ 接着报")
    zhao.sees("在哪儿?", "3楼灯不亮了")


def test_what_is_left_again_is_asked_about_again(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("3楼灯不亮了")
    town.wait("PT24H")
    zhao.sends("在吗")
    zhao.sees("您昨天09:1", "3楼灯不亮了")
    zhao.presses("✅ 接着报")
    zhao.sees("在哪儿?", "3楼灯不亮了")
    town.wait("PT24H")

    zhao.sends("还在吗")

    zhao.sees("3楼灯不亮了", "接着报吗")
    zhao.presses("✅ 接着报")
    zhao.sees("在哪儿?", "3楼灯不亮了")
    assert not zhao.has("没弄好")


@pytest.mark.parametrize("span", ["PT23H59M", "PT24H1M", "P30D"])
def test_a_slip_is_taken_back_within_a_day(town: Town, span: str) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    li.presses("❌ 不报了")
    town.wait(span)

    li.presses("↩️ 我点错了")

    if span == "PT23H59M":
        li.sees("请您看一眼,对就提交", "3楼灯不亮了")
        return
    assert li.toasts() == ["时间过了,不能再改。有事请再报一次。"]
    assert not li.has("请您看一眼")
    li.sends("垃圾桶满了没人收")
    card = li.sees("请您看一眼,对就提交", "垃圾桶满了没人收")
    assert "灯" not in card["text"]


def left(town: Town) -> Neighbour:
    """Let somebody leave a report in the middle and come back the next day."""
    zhao = town.person("新来的小赵")
    zhao.sends("有怪味道")
    zhao.presses("3号楼")
    zhao.sees("3号楼,几单元?")
    town.wait("P1D")
    return zhao


def test_something_else_is_reported_first_and_the_old_one_is_kept(town: Town) -> None:
    zhao, desk = left(town), town.person("张调度")
    zhao.sends("12号楼1单元的路灯不亮了")
    asked = zhao.sees("还没报完", "有怪味道", "接着报吗")
    assert labels(asked) == ["✅ 接着报", "❌ 不要了", "🆕 报别的"]

    zhao.presses("🆕 报别的")
    zhao.sees("好的,这件先放着", "有怪味道")
    zhao.sees("对就提交", "路灯不亮了", "12号楼1单元")
    town.restart_bot()
    zhao.presses("✅ 对,提交")

    zhao.sees("收到了,编号", "公共照明")
    assert not desk.has("有怪味道")
    zhao.sees("3号楼,几单元?")
    zhao.presses("2单元")
    zhao.sees("有怪味道", "3号楼2单元", "是哪一类")


def test_a_greeting_is_no_report_but_something_else_may_follow(town: Town) -> None:
    zhao = left(town)
    zhao.sends("你在吗")
    zhao.presses("🆕 报别的")
    zhao.sees("是什么事呢")
    town.wait("PT3H")
    zhao.sends("12号楼1单元的路灯不亮了")
    zhao.sees("对就提交", "路灯不亮了")
    zhao.sends("不报了")
    zhao.sees("3号楼,几单元?")


def test_something_else_is_dropped_and_the_old_one_comes_back(town: Town) -> None:
    zhao = left(town)
    zhao.sends("你在吗")
    zhao.presses("🆕 报别的")
    zhao.sends("不报了")
    zhao.sees("3号楼,几单元?")
