"""Water off in building 3: from the first report to the question whether it is back."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels

UNTIL = "🕐 今天18:00"


def report_water(who: Neighbour, words: str = "3号楼1单元停水了") -> str:
    """Let somebody report that there is no water; return the number."""
    who.sends(words)
    who.presses("✅ 对,提交")
    return number_in(who.sees("收到了,编号")["text"])


def begin(desk: Neighbour, until: str = UNTIL) -> None:
    """Let the dispatcher say that it is off in building 3."""
    desk.presses("🚰 按停水/停电办")
    desk.presses("🏢 就3号楼")
    desk.presses(until)


def test_water_is_off_until_six_and_back_again(town: Town) -> None:
    desk, first = town.person("张调度"), town.newcomer("甲")
    number = report_water(first)
    begin(desk)
    assert desk.toasts() == ["记下了,到时候问大家"]
    desk.sees(number, "🚰 3号楼停水,预计今天18:00恢复")
    first.sees("3号楼停水,预计今天18:00恢复", "一恢复就问您")
    first.sees(f"收到了,编号 {number}", "🚰 3号楼停水,预计今天18:00恢复")
    second = town.newcomer("乙")
    second.sends("3号楼2单元没水了,急着做饭")
    notice = second.sees("3号楼停水,预计今天18:00恢复", "已给您记上,一恢复就问您")
    assert labels(notice) == ["🆕 不是这件事", f"🔍 {number}"]
    assert not desk.has("急着做饭"), "no second case"
    desk.presses("📄 看全部")
    desk.sees("没水了,急着做饭")
    second.sends("📢 社区动态")
    second.sees("🚰 3号楼停水,预计今天18:00恢复")
    town.wait("PT8H49M")
    assert not second.has("来水了吗")
    assert not first.has("晚了"), "until six nobody is late with the water"
    town.wait("PT1M")
    for one in (first, second):
        asked = one.sees("来水了吗?")
        assert labels(asked) == ["✅ 来了", "❌ 还没有"]
    first.presses("✅ 来了")
    first.sees("来了就好")
    second.presses("❌ 还没有")
    second.sees("知道了,已告诉调度")
    desk.sees(number, "🚰 问了 2 户:好了 1,还没有 1")
    desk.sees(f"{number} 有人说还没恢复")
    town.wait("PT1H")
    assert len(second.has("来水了吗")) + len(first.has("来水了吗")) == 0, "it is asked once"
    second.presses("✅ 来了")
    desk.sees(number, "🚰 问了 2 户:好了 2,还没有 0")


def test_another_thing_becomes_a_case_of_its_own(town: Town) -> None:
    desk, second = town.person("张调度"), town.newcomer("乙")
    number = report_water(town.newcomer("甲"))
    begin(desk)
    second.sends("3号楼2单元停水,就我一家没水")
    notice = second.sees("已给您记上")
    second.presses("🆕 不是这件事")
    other = number_in(second.sees("收到了,编号")["text"])
    assert other != number
    desk.sees(other, "就我一家没水")
    assert labels(notice) == ["🆕 不是这件事", f"🔍 {number}"]
    town.wait("PT9H")
    assert not second.has("来水了吗"), "who does not wait for it is not asked"


def test_other_places_other_things_and_emergencies_are_not_taken_in(town: Town) -> None:
    desk = town.person("张调度")
    report_water(town.newcomer("甲"))
    begin(desk)
    for name, words in (("乙", "5号楼1单元停水了"), ("丙", "3号楼1单元停电了")):
        one = town.newcomer(name)
        one.sends(words)
        assert not one.has("已给您记上"), words
    urgent = town.newcomer("丁")
    urgent.sends("3号楼1单元停水,还闻到煤气味")
    urgent.sees("119")
    assert not urgent.has("已给您记上")


def test_the_end_is_moved_and_told_once_then_made_by_hand(town: Town) -> None:
    desk, first = town.person("张调度"), town.newcomer("甲")
    number = report_water(first)
    begin(desk)
    desk.presses("🚰 停水停电")
    card = desk.sees("🚰 3号楼停水", "一起等的邻居 0 位")
    desk.presses("🕐 改时间", card)
    desk.presses("✍️ 自己写")
    desk.sends("今天早上8点")
    desk.sends("今晚8点")
    first.sees("恢复时间改了:今天20:00")
    assert len(first.has("恢复时间改了")) == 1
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT9H")
    town.start_bot()
    assert not first.has("来水了吗"), "six was the time before"
    desk.presses("🚰 停水停电")
    desk.presses("✅ 已经恢复")
    assert desk.toasts() == ["好的,这就问大家"]
    first.sees("来水了吗?")
    desk.sees(number, "🚰 问了 1 户")
    town.wait("PT3H")
    assert len(first.has("来水了吗?")) == 1


def test_down_over_the_end_everybody_is_asked_in_the_morning(town: Town) -> None:
    desk, first = town.person("张调度"), town.newcomer("甲")
    report_water(first)
    begin(desk)
    town.wait("PT8H")
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT7H")  # past midnight: nobody is woken
    town.start_bot()
    assert not first.has("来水了吗")
    town.wait("PT8H")
    assert len(first.has("来水了吗?")) == 1


def test_several_buildings_over_a_restart_and_once_more_the_next_day(town: Town) -> None:
    desk, first = town.person("张调度"), town.newcomer("甲")
    report_water(first)
    desk.presses("🚰 按停水/停电办")
    desk.presses("☑️ 选几栋")
    desk.presses("⬜ 3号楼")
    desk.presses("⬜ 2号楼")
    desk.sees("停了哪几栋", "已选 2")
    desk.presses("✅ 2号楼")
    desk.presses("✅ 选好了")
    town.restart_bot()
    desk.presses(labels(desk.shown()[-1])[1])
    desk.sees("🚰 3号楼停水,预计明天", "08:00恢复")
    town.wait("PT22H50M")
    desk.presses("🚰 按停水/停电办")
    desk.presses("🏘 整个幸福里东区")
    desk.presses(UNTIL)
    desk.sees("🚰 幸福里东区停水,预计今天18:00恢复")
    assert len(first.has("来水了吗?")) == 1


def test_when_the_work_is_done_first_the_usual_question_is_asked(town: Town) -> None:
    desk, first = town.person("张调度"), town.newcomer("甲")
    report_water(first)
    begin(desk)
    wang = town.person("王师傅")
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    plot.finish(wang)
    first.sees("办完了")
    town.wait("PT9H")
    assert not first.has("来水了吗")
    late = town.newcomer("乙")
    late.sends("3号楼1单元停水了")
    assert not late.has("已给您记上")
