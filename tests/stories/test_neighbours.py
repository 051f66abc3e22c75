"""The same problem, several neighbours: known already, me too, told together."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town, labels


def known(town: Town) -> str:
    """Let somebody report a lift; return its number."""
    li = town.person("李阿姨")
    return plot.report(li, "2单元电梯停了不动")


def test_what_is_known_is_shown_and_joined_with_one_tap(town: Town) -> None:
    number = known(town)
    zhou, desk = town.people("老周", "张调度")
    zhou.sends("电梯又坏了")
    card = zhou.sees("这件事可能有人报过了", number, "电梯", "3号楼2单元", "今天09:10报")
    assert labels(card) == ["🙋 我也遇到", "🆕 不是这件", "❌ 不报了"]
    assert "李阿姨" not in card["text"], "nobody learns who reported it"
    assert "停了不动" not in card["text"]
    zhou.presses("🙋 我也遇到")
    assert zhou.toasts() == [f"加上您了,编号 {number}"]
    mine = zhou.sees(f"{number}:加上您,一共 2 位邻居遇到")
    assert mine["message_id"] == card["message_id"]
    assert len(desk.has("电梯 · 3号楼2单元")) == 1, "it is one case"
    zhou.sends("📋 我的事")
    assert number in zhou.news()[-1]["text"]


def test_it_can_be_typed(town: Town) -> None:
    number = known(town)
    zhou = town.person("老周")
    zhou.sends("电梯又坏了")
    zhou.sends("1")
    zhou.sees(number, "加上您")


def test_another_thing_is_filed_after_all(town: Town) -> None:
    number = known(town)
    zhou, desk = town.people("老周", "张调度")
    zhou.sends("电梯按钮不灵了")
    zhou.presses("🆕 不是这件")
    other = number_in(zhou.sees("收到了,编号")["text"])
    assert other != number
    desk.sees(other)


def test_who_joined_hears_what_the_reporter_hears(town: Town) -> None:
    number = known(town)
    zhou, desk, wang, li = town.people("老周", "张调度", "王师傅", "李阿姨")
    zhou.sends("电梯又坏了")
    zhou.presses("🙋 我也遇到")
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    zhou.sees(number, "有人接了", "王师傅")
    li.sees(number, "有人接了")
    plot.finish(wang)
    zhou.sees(number, "办完了", "修好了吗")


def test_who_wants_to_hear_nothing_hears_only_the_result(town: Town) -> None:
    number = known(town)
    zhou, desk, wang = town.people("老周", "张调度", "王师傅")
    zhou.sends("电梯又坏了")
    zhou.presses("🙋 我也遇到")
    zhou.presses("🔕 不用告诉我")
    assert zhou.toasts() == ["好的,只在办好时问您一次"]
    assert "🔔 还是告诉我" in labels(zhou.sees(number))
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    assert not [one for one in zhou.news() if not one["edited"]], zhou.transcript()
    plot.finish(wang)
    zhou.sees(number, "办完了")


def test_the_fifth_neighbour_makes_it_hot(town: Town) -> None:
    number = known(town)
    desk = town.person("张调度")
    for at in range(5):
        neighbour = town.newcomer(f"邻居{at}")
        neighbour.sends("3号楼2单元电梯坏了")
        neighbour.presses("🙋 我也遇到")
        neighbour.sees(f"一共 {at + 2} 位")
        assert bool(desk.has("已有 5 位邻居")) == (at == 4)
    desk.presses(f"🔍 {number}")
    desk.sees(number, "电梯 · 3号楼2单元")


def test_what_neighbours_wait_for_is_not_taken_back(town: Town) -> None:
    number = known(town)
    zhou, li = town.people("老周", "李阿姨")
    zhou.sends("电梯又坏了")
    zhou.presses("🙋 我也遇到")
    li.presses("↩️ 撤回")
    assert li.toasts() == [f"还有 1 位邻居也在等 {number},不能撤回了,我们会接着办。"]
    li.sends("/my")
    li.sees(number)


def test_two_join_at_once(town: Town) -> None:
    number = known(town)
    zhou, wu = town.person("老周"), town.newcomer("吴大爷")
    zhou.sends("电梯又坏了")
    wu.sends("3号楼2单元电梯坏了")
    with town.all_at_once():
        zhou.push("🙋 我也遇到")
        wu.push("🙋 我也遇到")
    zhou.sees(number, "一共 3 位")
    wu.sees(number, "一共 3 位")


def test_the_same_picture_is_the_same_thing(town: Town) -> None:
    li, zhao = town.people("李阿姨", "新来的小赵")
    li.sends(photo="leak", caption="漏水了")
    li.presses("✅ 对,提交") if li.has("请您看一眼") else li.presses("💧 水电气暖")
    number = number_in(li.sees("收到了,编号")["text"])
    zhao.sends(photo="leak", caption="5号楼1单元漏水")
    if zhao.has("哪一类"):
        zhao.presses("💧 水电气暖")
    zhao.sees("可能有人报过了", number)


def test_what_is_closed_or_elsewhere_is_not_shown(town: Town) -> None:
    known(town)
    li, xiaoli, zhou = town.people("李阿姨", "小李", "老周")
    xiaoli.sends("电梯又坏了")
    assert not xiaoli.has("可能有人报过了"), "another building"
    li.presses("↩️ 撤回")
    li.presses("✖ 撤回")
    zhou.sends("电梯又坏了")
    zhou.sees("请您看一眼")


def test_one_does_not_join_what_one_reported(town: Town) -> None:
    known(town)
    li = town.person("李阿姨")
    li.sends("电梯还是停了不动")
    li.sees("请您看一眼")


def test_it_was_closed_before_the_press(town: Town) -> None:
    known(town)
    li, zhou = town.people("李阿姨", "老周")
    zhou.sends("电梯又坏了")
    li.presses("↩️ 撤回")
    li.presses("✖ 撤回")
    zhou.presses("🙋 我也遇到")
    assert zhou.toasts(), "it is answered"
    zhou.presses("🆕 不是这件")
    zhou.sees("收到了,编号")


def test_a_restart_in_the_middle(town: Town) -> None:
    number = known(town)
    zhou = town.person("老周")
    zhou.sends("电梯又坏了")
    town.restart_bot()
    zhou.presses("🙋 我也遇到")
    zhou.sees(number, "一共 2 位")


def test_in_english(town: Town) -> None:
    number = known(town)
    tom = town.newcomer("Tom", language="en")
    tom.sends("3号楼2单元 电梯坏了")
    tom.sees("A neighbour may have reported this", number)
    tom.presses("🙋 Me too")
    tom.sees(number, "2 neighbours have this")
