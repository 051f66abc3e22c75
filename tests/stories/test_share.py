"""A report that its reporter passes on to neighbours."""

from tests.support.plot import number_in
from tests.support.town import Town, labels


def test_what_is_passed_on_says_what_and_where_and_no_door(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3号楼2单元502门口的灯不亮了,我姓李")
    li.presses("✅ 对,提交")
    filed = li.sees("收到了,编号")
    number = number_in(filed["text"])
    assert labels(filed) == ["➕ 补充", "✏️ 改类别地方", "↩️ 撤回", "👥 转给邻居"]

    li.presses("👥 转给邻居")

    passed = li.sees(f"👥 {number}", "公共照明 · 3号楼2单元", "等人接手", "https://t.me/")
    assert labels(passed) == []
    for private in ("502", "李", "门口"):
        assert private not in passed["text"]
    assert li.toasts() == ["长按下面这条,转给邻居"]


def test_a_neighbour_who_comes_joins_with_one_message_and_one_tap(town: Town) -> None:
    li, zhou = town.people("李阿姨", "老周")
    li.sends("3号楼2单元电梯停了不动")
    li.presses("✅ 对,提交")
    number = number_in(li.sees("收到了,编号")["text"])
    li.presses("👥 转给邻居")
    zhou.sends("3号楼2单元电梯停了不动")
    zhou.sees("可能有人报过了", number)
    zhou.presses("🙋 我也遇到")
    zhou.sees(number, "加上您")
