"""The place of the last report comes first next time, and says so; home is one tap away."""

from tests.support.plot import number_in, report
from tests.support.town import Town, labels

ELSEWHERE = "5号楼1单元的灯不亮了"


def test_the_last_place_is_taken_again_and_marked(town: Town) -> None:
    li = town.person("李阿姨")
    report(li, ELSEWHERE)
    li.sends("垃圾没人收")
    draft = li.sees("对就提交", "📍 5号楼1单元(上次)")
    assert "📍 3号楼2单元" in labels(draft), "home is one tap away"
    li.presses("✅ 对,提交")
    assert "上次" not in li.sees("收到了,编号", "5号楼1单元")["text"]


def test_home_is_one_tap_away_and_is_the_last_place_then(town: Town) -> None:
    li = town.person("李阿姨")
    report(li, ELSEWHERE)
    li.sends("垃圾没人收")
    li.presses("📍 3号楼2单元")
    draft = li.sees("对就提交", "📍 3号楼2单元", "垃圾没人收")
    assert "上次" not in draft["text"]
    li.presses("✅ 对,提交")
    li.sends("树枝断了要修剪")
    assert "上次" not in li.sees("对就提交", "📍 3号楼2单元")["text"]


def test_where_it_is_asked_the_last_place_comes_first(town: Town) -> None:
    li = town.person("李阿姨")
    report(li, ELSEWHERE)
    li.sends("垃圾没人收")
    li.presses("📍 改地方")
    tiles = labels(li.sees("在哪儿?"))
    assert tiles[:2] == ["📍 5号楼1单元(上次)", "📍 3号楼2单元"]
    assert len(tiles) <= 8
    li.presses("📍 5号楼1单元(上次)")
    li.sees("对就提交", "5号楼1单元")


def test_a_shared_spot_is_offered_and_not_taken_by_itself(town: Town) -> None:
    li = town.person("李阿姨")
    report(li, "儿童乐园的灯不亮了")
    li.sends("垃圾没人收")
    li.sees("对就提交", "📍 3号楼2单元")
    li.presses("📍 改地方")
    li.presses("📍 儿童乐园(上次)")
    li.sees("对就提交", "儿童乐园")


def test_whose_home_nobody_knows_has_a_last_place_as_well(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("12号楼的灯不亮了")
    zhao.presses("整栋/不清楚")
    zhao.presses("✅ 对,提交")
    number_in(zhao.sees("收到了,编号")["text"])
    town.restart_bot()
    zhao.sends("垃圾没人收")
    zhao.sees("对就提交", "📍 12号楼(上次)")


def test_a_place_that_is_said_counts_more(town: Town) -> None:
    li = town.person("李阿姨")
    report(li, ELSEWHERE)
    li.sends("垃圾没人收")
    li.sends("在3号楼1单元")
    li.presses("➕ 同一件")
    li.sees("对就提交", "📍 3号楼1单元", "垃圾没人收")


def test_an_emergency_is_at_home_unless_another_place_is_said(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    report(li, ELSEWHERE)
    li.sends("楼道有煤气味")
    desk.sees("🚨", "3号楼2单元")
