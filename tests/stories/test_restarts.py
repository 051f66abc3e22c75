"""The bot is killed in the middle: whoever goes on goes on where they were."""

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import Town


def test_a_report_goes_on_at_the_right_step_after_every_restart(town: Town) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends(photo="light")
    zhao.sees("照片1张", "在哪儿?")
    town.restart_bot()
    zhao.presses("3号楼")
    zhao.sees("3号楼,几单元?")
    town.restart_bot()
    zhao.presses("2单元")
    zhao.sees("3号楼2单元", "是哪一类?")
    town.restart_bot()
    zhao.presses("… 更多")
    town.restart_bot()
    zhao.sends("有小孩在这里绊倒了")
    town.restart_bot()
    zhao.presses("🧱 房屋设施")

    zhao.sees("收到了,编号", "房屋设施 · 3号楼2单元")
    town.person("张调度").sees("有小孩在这里绊倒了", "照片1张", "待派单")


def test_an_introduction_that_telegram_does_not_want_keeps_nobody_waiting(town: Town) -> None:
    town.kill_bot()
    town.fault(method="setMyDescription", times=-1, status=400)
    town.start_bot()
    town.mend()

    zhao = town.person("新来的小赵")
    zhao.sends("楼道里有怪味道")
    zhao.sees("在哪儿?")


def test_typed_answers_are_understood_after_a_restart(town: Town) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends("楼道里有怪味道")
    zhao.sees("在哪儿?")
    town.restart_bot()
    zhao.sends("5号楼1单元")
    zhao.sees("是哪一类?", "5号楼1单元")
    town.restart_bot()
    zhao.sends("1")

    zhao.sees("收到了,编号", "5号楼1单元")


def test_everybody_goes_on_after_restarts_on_the_way_of_a_case(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    for person, *in_a_row in (
        (who.desk, "🙋 放给志愿者"),
        (who.liu, "🙋 我去"),
        (who.liu, "✅ 弄好了", "🖼 不适合拍照"),
        (who.liu, "涉及隐私", "🔧 修好了"),
        (who.liu, "✅ 好了"),
        (who.li, "👍 好了"),
    ):
        town.restart_bot()
        for label in in_a_row:
            person.presses(label)

    who.li.sees(f"谢谢您!{number} 办好了", "刘志愿经办")
    who.desk.sees(number, "✅ 办结 · 刘志愿")


def test_what_was_sent_while_the_bot_was_away_is_served_once_when_it_is_back(town: Town) -> None:
    li = town.person("李阿姨")

    town.kill_bot()
    li.hand_in(text="3楼灯不亮了")
    town.start_bot()
    li.presses("✅ 对,提交")

    number = number_in(li.sees("收到了,编号")["text"])
    assert len(li.has(number)) == 1
    li.sends("📋 我的事")
    assert len(li.sees(number)["text"].split(number)) == 2, "it is there once"


def test_a_kill_right_after_a_press_loses_nothing_and_does_nothing_twice(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")

    with town.acting():
        who.li.push("✅ 对,提交")
        town.kill_bot()
        town.start_bot()

    number = number_in(who.li.sees("收到了,编号")["text"])
    assert 1 <= len(who.desk.has(number, "待派单")) <= 2, "two copies of a letter at most"
    who.li.sends("📋 我的事")
    filed = who.li.sees(number)["text"]
    assert str(int(number) + 1) not in filed, "it was filed once"


def test_a_planned_stop_sends_no_letter_twice(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")

    with town.acting():
        who.li.push("✅ 对,提交")
        town.sandbox.post("/sim/bot", action="stop")
        town.start_bot()

    number = number_in(who.li.sees("收到了,编号")["text"])
    assert len(town.sent_to(who.desk, number)) == 1
