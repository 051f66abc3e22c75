"""A notice that water will be off: reports of it join by themselves, and hear until when."""

from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels

NOTICE = "因管道抢修,3号楼停水,今天10:00到18:00"
MODE = "🚰 停供模式"


def written(town: Town, words: str = NOTICE) -> Neighbour:
    """Let the organizer write it to building 3; return who that is, before it goes."""
    qian = town.person("钱组织")
    qian.sends("/notice")
    qian.sends(words)
    qian.presses("🏢 按楼栋")
    qian.presses("⬜ 3号楼")
    qian.presses("✅ 选好了")
    return qian


def test_who_reports_what_was_announced_joins_and_hears_until_when(town: Town) -> None:
    qian, desk = written(town), town.person("张调度")
    asked = qian.sees("🚰 3号楼停水,今天10:00到18:00", "自动并在一起")
    assert f"{MODE}✅" in labels(asked)
    qian.presses("✅ 现在发")
    town.wait("PT10S")
    assert qian.has("发完了", "🚰 3号楼停水,预计今天18:00恢复")
    early = town.newcomer("早")
    early.sends("3号楼1单元停水了")
    early.presses("✅ 对,提交")
    early.sees("收到了,编号")
    assert not early.has("预计今天18:00"), "at half past nine it should still be on"
    town.wait("PT1H")
    first, second = town.newcomer("甲"), town.newcomer("乙")
    first.sends("3号楼2单元停水了")
    first.presses("✅ 对,提交")
    number = number_in(first.sees("收到了,编号")["text"])
    first.sees("3号楼停水,预计今天18:00恢复", "您报的就是这件事")
    desk.sees(number, "🚰 3号楼停水,预计今天18:00恢复")
    second.sends("3号楼1单元停水,急着做饭")
    joined = second.sees("3号楼停水,预计今天18:00恢复", "已给您记上")
    assert labels(joined) == ["🆕 不是这件事", f"🔍 {number}"]
    assert not desk.has("急着做饭"), "no second case"
    other = town.newcomer("丙")
    other.sends("5号楼1单元停水了")
    assert not other.has("已给您记上")
    town.restart_bot()
    town.wait("PT8H")
    for one in (first, second):
        assert len(one.has("来水了吗?")) == 1


def test_when_the_first_takes_the_report_back_the_next_one_is_the_case(town: Town) -> None:
    qian = written(town)
    qian.presses("✅ 现在发")
    town.wait("PT1H")
    first, second, third = (town.newcomer(name) for name in "甲乙丙")
    first.sends("3号楼2单元停水了")
    first.presses("✅ 对,提交")
    first.sees("预计今天18:00恢复")
    first.presses("↩️ 撤回")
    first.presses("✖ 撤回")
    second.sends("3号楼1单元停水了")
    second.presses("✅ 对,提交")
    number = number_in(second.sees("收到了,编号")["text"])
    second.sees("3号楼停水,预计今天18:00恢复", "您报的就是这件事")
    third.sends("3号楼3单元停水了")
    assert f"🔍 {number}" in labels(third.sees("已给您记上"))


def test_the_corrected_notice_moves_its_end_and_taken_back_it_announces_nothing(
    town: Town,
) -> None:
    qian = written(town)
    qian.presses("✅ 现在发")
    town.wait("PT1H")
    first = town.newcomer("甲")
    first.sends("3号楼2单元停水了")
    first.presses("✅ 对,提交")
    first.sees("预计今天18:00恢复")
    qian.presses("✏️ 更正")
    qian.sends("因管道抢修,3号楼停水,今天10:00到20:00")
    qian.sees("🚰 3号楼停水,今天10:00到20:00")
    qian.presses("✅ 就这样改")
    first.sees("恢复时间改了:今天20:00")
    town.wait("PT8H")
    assert not first.has("来水了吗")
    town.wait("PT2H")
    assert len(first.has("来水了吗?")) == 1


def test_taken_back_or_switched_off_it_announces_nothing(town: Town) -> None:
    qian = written(town)
    qian.presses(f"{MODE}✅")
    assert f"{MODE}⬜" in labels(qian.sees("什么时候发"))
    qian.presses("✅ 现在发")
    town.wait("PT1H")
    first = town.newcomer("甲")
    first.sends("3号楼2单元停水了")
    first.presses("✅ 对,提交")
    assert not first.has("预计今天18:00恢复")
    again = written(town, "5号楼也停水,今天10:00到18:00")
    again.presses("✅ 现在发")
    town.wait("PT1M")
    again.presses("↩️ 撤回")
    again.presses("↩️ 撤回这条")
    town.wait("PT1M")
    second = town.newcomer("乙")
    second.sends("3号楼1单元停水了")
    assert not second.has("预计今天18:00恢复")


def test_without_times_it_says_what_is_missing_and_asks_nothing_of_others(town: Town) -> None:
    qian = written(town, "3号楼明天停水,请存水")
    asked = qian.sees("写明几点到几点停")
    assert not any(one.startswith(MODE) for one in labels(asked))
    qian.sends("早上9点到下午5点")
    qian.presses("🏢 按楼栋")
    qian.presses("✅ 选好了")
    qian.sees("🚰 3号楼停水,明天", "09:00到17:00")
