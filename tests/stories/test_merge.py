"""The desk merges two reports of the same thing, and takes them apart again."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town, labels


def two(town: Town) -> tuple[str, str]:
    """Let two neighbours report the same light; return both numbers."""
    li, zhou = town.people("李阿姨", "老周")
    first = plot.report(li)
    zhou.sends("3楼灯又不亮了")
    zhou.presses("🆕 不是这件")
    return first, number_in(zhou.sees("收到了,编号")["text"])


def test_the_desk_merges_what_is_alike_and_both_residents_hear_of_it(town: Town) -> None:
    first, second = two(town)
    li, zhou, desk, liu = town.people("李阿姨", "老周", "张调度", "刘志愿")
    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    shown = desk.sees(f"{second} 并到哪一件?", first)
    assert f"🔗 并到 {first}" in labels(shown)
    desk.presses(f"🔗 并到 {first}")
    assert desk.toasts() == [f"{second} 并到 {first} 了"]
    zhou.sees(f"{second} 和 {first} 是同一件,并到一起办了")
    assert not [one for one in li.news() if not one["edited"]], "it changes nothing for her"

    desk.presses("🙋 放给志愿者", desk.has(f"{first} ")[0])
    liu.presses("🙋 我去")
    zhou.sees(first, "有人接了", "刘志愿")
    zhou.sees(second, f"并在 {first} 里", "有人接了")
    plot.finish(liu)
    zhou.sees(first, "办完了", "修好了吗")


def test_by_a_typed_number(town: Town) -> None:
    first, second = two(town)
    zhou, desk = town.people("老周", "张调度")
    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    desk.sends(second)
    desk.sees("并不到这个编号")
    desk.sends("99999")
    desk.sees("99999")
    desk.sends(first)
    zhou.sees(f"{second} 和 {first} 是同一件")


def test_what_was_merged_is_taken_apart_again(town: Town) -> None:
    first, second = two(town)
    zhou, desk, liu = town.people("老周", "张调度", "刘志愿")
    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    desk.presses(f"🔗 并到 {first}")
    desk.presses("🔗 分开")
    assert desk.toasts() == [f"{second} 又单独办了"]
    zhou.sees(f"{second} 又单独办了")
    desk.sees(second, "🆕 待派单")
    desk.presses("🙋 放给志愿者", desk.has(f"{first} ")[0])
    liu.presses("🙋 我去")
    assert not zhou.has(first, "有人接了"), "they no longer belong together"


def test_chains_are_refused(town: Town) -> None:
    first, second = two(town)
    xiaoli, desk = town.people("小李", "张调度")
    third = plot.report(xiaoli, "楼道灯不亮了")
    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    desk.presses(f"🔗 并到 {first}")
    desk.presses("🔗 并到…", desk.has(f"{first} ")[0])
    desk.sends(third)
    desk.sees(f"别的事已经并到 {first} 里了")


def test_it_is_left_as_it_is(town: Town) -> None:
    first, second = two(town)
    desk = town.person("张调度")
    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    desk.sends("取消")
    assert "🆕 待派单" in desk.has(f"{second} ")[-1]["text"]


def _join(town: Town, names: list[str], number: str) -> None:
    """Let neighbours who have just moved in join the case."""
    for name in names:
        one = town.newcomer(name)
        one.sends("3号楼2单元楼道灯不亮了")
        shown = labels(one.sees("可能有人报过了"))
        one.presses(f"🙋 是 {number}" if f"🙋 是 {number}" in shown else "🙋 我也遇到")
        one.sees(number)


def test_a_merge_that_passes_five_neighbours_is_said_once(town: Town) -> None:
    li, zhou, desk = town.people("李阿姨", "老周", "张调度")
    first = plot.report(li, "楼道灯不亮了")
    _join(town, ["甲", "乙", "丙", "丁"], first)
    zhou.sends("3楼灯又不亮了")
    zhou.presses("🆕 不是这件")
    second = number_in(zhou.sees("收到了,编号")["text"])
    _join(town, ["戊"], second)
    assert not desk.has("位邻居,建议")

    desk.presses(f"🔗 并到 {first}", desk.has(f"{second} ")[-1])
    desk.presses(f"🔗 并到 {first}")
    desk.sees(f"{first} 已有 6 位邻居")
    _join(town, ["己"], first)
    assert len(desk.has("位邻居")) == 1
