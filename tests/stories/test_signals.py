"""What points at a root cause: noticed, said once, put on the agenda or noted."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town, labels

HEAD = "14 天里同一栋同一类"


def _alike(town: Town, names: list[str]) -> list[str]:
    """Let neighbours of building 5 report a broken lamp, the third in the unit of the first."""
    numbers = []
    for at, name in enumerate(names, start=1):
        one = town.newcomer(name)
        one.sends(f"5号楼{1 + at % 2}单元楼道灯不亮了")
        known = one.has("可能有人报过了")
        one.presses("🆕 不是这件" if known else "✅ 对,提交")
        numbers.append(number_in(one.sees("收到了,编号")["text"]))
    return numbers


def test_three_lamps_in_a_building_are_one_signal(town: Town) -> None:
    desk = town.person("张调度")
    first, second = _alike(town, ["甲", "乙"])
    assert not desk.has(HEAD)
    (third,) = _alike(town, ["丙"])
    said = desk.sees(f"{HEAD} 3 件", "公共照明 · 5号楼")
    for number in (first, second, third):
        assert f"🔍 {number}" in labels(said)
    desk.sees(third, "📌 同一栋同一类 3 件")
    (fourth,) = _alike(town, ["丁"])
    assert len(desk.has(HEAD)) == 1, "it is said once"
    desk.presses(f"🔍 {first}", said)
    desk.sees(first, "📌 同一栋同一类 3 件")
    assert fourth


def test_at_night_nobody_waits_for_their_number_because_of_a_signal(town: Town) -> None:
    town.wait("PT17H")  # ten past two
    reporters = [town.newcomer(name) for name in "甲乙丙"]
    town.fault(method="sendMessage", times=-1, status=502)  # their numbers are still on the way
    with town.acting():
        for at, one in enumerate(reporters, start=1):
            one.hand_in(text=f"3号楼{at}单元楼道灯不亮了")
            one.hand_in(text="✅ 对,提交")
    town.mend()
    town.wait("PT10M")
    for one in reporters:
        one.sees("收到了,编号")


def test_it_goes_onto_the_agenda_once_whoever_presses(town: Town) -> None:
    desk, zhao = town.people("张调度", "赵督办")
    _alike(town, ["甲", "乙", "丙"])
    said = desk.has(HEAD)[-1]
    zhao.sends("/todo")
    zhao.presses("🔎 筛选")
    zhao.presses("📌 提示 1")
    zhao.sees("提示(共 1 条)", "同一栋同一类 3 件")
    zhao.presses(next(one for one in labels(zhao.news()[-1]) if one.startswith("📌 看")))
    zhao.presses("📌 上例会")
    assert zhao.toasts() == ["记下了,上下次周例会"]
    zhao.sees("已列入下次周例会")
    desk.presses("👌 已知道", said)
    assert desk.toasts() == ["这条已经有人处理过了"]
    desk.sees("已列入下次周例会")


def test_what_was_noted_is_raised_anew_by_new_cases_alone(town: Town) -> None:
    desk = town.person("张调度")
    _alike(town, ["甲", "乙", "丙"])
    town.restart_bot()
    desk.presses("👌 已知道")
    desk.sees("已经有人知道了")
    town.wait("PT1H")
    _alike(town, ["丁", "戊"])
    assert len(desk.has(HEAD)) == 1
    _alike(town, ["己"])
    assert len(desk.has(HEAD)) == 2


def test_what_is_taken_back_does_not_count(town: Town) -> None:
    desk = town.person("张调度")
    _alike(town, ["甲"])
    yi = town.newcomer("乙")
    yi.sends("5号楼1单元楼道灯不亮了")
    yi.presses("✅ 对,提交")
    yi.presses("↩️ 撤回")
    yi.presses("✖ 撤回")
    _alike(town, ["丙"])
    assert not desk.has(HEAD)
    _alike(town, ["丁"])
    assert len(desk.has(HEAD)) == 1


def test_a_promise_moved_twice_is_a_signal(town: Town) -> None:
    desk, wang, li = town.people("张调度", "王师傅", "李阿姨")
    number = plot.report(li)
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    wang.presses("🕐 说个时间")
    wang.presses(next(one for one in labels(wang.news()[-1]) if one.startswith("今天")))
    for said in ("今天下午3点", "今天下午5点"):
        wang.presses("🕐 要晚点")
        wang.presses("🔩 等配件")
        wang.sends(said)
    desk.sees(f"{number} 答应的时间改了 2 次")
    desk.sees(number, "📌 答应的时间改了 2 次")
    assert len(desk.has("答应的时间改了 2 次", "看看病根")) == 1
