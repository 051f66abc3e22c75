"""A report by taps alone: a kind below "tell me what is wrong", then a place."""

from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels


def tapped(who: Neighbour, kind: str) -> None:
    """Let somebody choose a kind of thing below the invitation."""
    who.sends("📝 报问题")
    who.presses(kind)


def test_whose_home_is_known_taps_the_kind_and_submits(town: Town) -> None:
    li = town.person("李阿姨")
    tapped(li, "🛗 电梯")
    li.sees("对就提交", "🛗 电梯", "📍 3号楼2单元")
    li.presses("✅ 对,提交")
    li.sees("收到了,编号", "电梯 · 3号楼2单元")


def test_another_place_than_home_is_chosen_and_nothing_more_is_asked(town: Town) -> None:
    li = town.person("李阿姨")
    tapped(li, "🛗 电梯")
    li.presses("📍 改地方")
    li.presses("5号楼")
    li.presses("1单元")
    li.sees("收到了,编号", "电梯 · 5号楼1单元")


def test_all_kinds_can_be_reached(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("📝 报问题")
    seen: list[str] = []
    for _ in range(3):
        seen += labels(zhao.with_button("… 更多"))
        zhao.presses("… 更多")
    kinds = set(seen) - {"… 更多", "☎ 找人帮忙"}
    assert len(kinds) == 16
    assert "💡 公共照明" in labels(zhao.sees("请把事情发给我")), "behind the last come the first"


def test_what_was_sent_before_gets_its_kind(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends(photo="light")
    tapped(zhao, "💡 公共照明")
    zhao.sees("照片1张", "在哪儿?")
    zhao.presses("3号楼")
    zhao.presses("2单元")
    zhao.sees("对就提交", "公共照明", "照片1张", "3号楼2单元")


def test_another_kind_than_what_is_being_written_is_asked_about(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    tapped(li, "🛗 电梯")
    li.sees("同一件,还是另一件", "3楼灯不亮了", "电梯")
    li.presses("🆕 另外一件")
    li.sees("收到了,编号", "公共照明")
    li.sees("对就提交", "电梯")


def test_a_report_that_was_left_is_asked_about_first(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("3楼灯不亮了")
    town.wait("P1D")
    tapped(zhao, "🛗 电梯")
    zhao.sees("还没报完")
    zhao.presses("❌ 不要了")
    zhao.sees("“电梯”", "在哪儿?")


def test_words_and_pictures_join_what_was_tapped(town: Town) -> None:
    zhao, desk = town.people("新来的小赵", "张调度")
    tapped(zhao, "💡 公共照明")
    zhao.sends("一闪一闪的")
    zhao.sends(photo="light")
    zhao.presses("3号楼")
    zhao.presses("2单元")
    number = number_in(zhao.sees("收到了,编号", "公共照明")["text"])
    desk.sees(number, "一闪一闪的")


def test_tapped_twice_it_is_one_report(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("📝 报问题")
    invitation = zhao.sees("请把事情发给我")
    with town.all_at_once():
        zhao.push("💡 公共照明", invitation)
        zhao.push("💡 公共照明", invitation)
    assert len(zhao.has("在哪儿?")) == 1


def test_tapped_again_it_is_not_submitted_yet(town: Town) -> None:
    li = town.person("李阿姨")
    tapped(li, "🛗 电梯")
    li.presses("🛗 电梯")
    assert not li.has("收到了,编号")
    li.presses("✅ 对,提交")
    li.sees("收到了,编号", "电梯")
