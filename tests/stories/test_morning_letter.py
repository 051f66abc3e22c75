"""Nine in the morning: who serves reads in one message what waits, and opens it with a tap."""

from tests.support import plot
from tests.support.town import Town, labels

HELLO = "早上好,今天的事"
OFF = "休息日值班"
A_DAY = "PT23H50M"  # from ten past nine to nine


def test_the_desk_reads_what_is_late_and_opens_it(town: Town) -> None:
    li, desk, zhao = town.people("李阿姨", "张调度", "赵督办")
    number = plot.report(li)
    town.wait("PT23H49M")
    assert not desk.has(HELLO)
    town.wait("PT1M")
    letter = desk.sees(HELLO, "已超时", "待派 3")
    assert len(zhao.has(HELLO, "已超时")) == 1
    assert not li.has(HELLO)
    desk.presses(next(one for one in labels(letter) if one.startswith("⏱ 超时")), letter)
    desk.sees(number, "过期")
    town.wait("P1D")
    assert len(desk.has(HELLO)) == 1, "the first became the list; there is one a day"


def test_the_handler_reads_what_was_promised_for_today(town: Town) -> None:
    desk, wang, li = town.people("张调度", "王师傅", "李阿姨")
    plot.report(li)
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    wang.presses("🕐 说个时间")
    wang.sends("明天早上9点05分")
    town.wait(A_DAY)
    letter = wang.sees(HELLO, "您经办的", "今天到期 1", "答应今天 1")
    assert "🔧 我经办 2" in labels(letter)


def test_nothing_to_whom_nothing_waits_for(town: Town) -> None:
    town.wait("P1D")
    for who in town.people("刘志愿", "老周", "李阿姨"):
        assert not who.has(HELLO)


def test_a_restart_at_nine_says_it_once(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    plot.report(li)
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance=A_DAY)
    town.start_bot()
    assert len(desk.has(HELLO)) == 1
    town.restart_bot()
    assert len(desk.has(HELLO)) == 1


def test_six_hours_down_it_comes_late_or_not_at_all(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    plot.report(li)
    town.wait("PT20H")
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT6H")  # eleven
    town.start_bot()
    assert len(desk.has(HELLO)) == 1
    town.wait("PT18H")
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT8H")  # one o'clock: too late for today
    town.start_bot()
    assert len(desk.has(HELLO)) == 1
    town.wait("PT20H")
    assert len(desk.has(HELLO)) == 2


def test_whoever_has_left_is_not_written_to(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    plot.report(li)
    town.block(desk)
    town.wait(A_DAY)
    assert not town.sent_to(desk, HELLO)


def test_on_days_off_only_whoever_is_on_duty_reads_what_is_late(town: Town) -> None:
    desk, wang, li = town.people("张调度", "王师傅", "李阿姨")
    plot.report(li)
    desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    town.wait("P3DT23H50M")  # Saturday, nine
    assert not desk.has(OFF)
    wang.sees(OFF, "已超时 1")
