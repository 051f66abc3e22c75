"""The desk nudges whoever has a case, and gives it to somebody else."""

from tests.support import plot
from tests.support.town import Town, labels


def test_those_who_were_asked_hear_of_it_once_more(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    first = who.liu.sees(number, "您方便吗")
    card = who.desk.sees(number, "🙋 待接单")
    assert "👤 改派" in labels(card)

    who.desk.presses("📣 催一下")
    assert who.desk.toasts() == ["催过了,对方会再响一次"]
    assert who.liu.sees(number, "您方便吗")["message_id"] != first["message_id"]
    who.desk.presses("📣 催一下")
    assert who.desk.toasts() == ["2 小时内催过了,先等等"]
    who.liu.sees_nothing()
    who.desk.presses("📄 看全部")
    who.desk.sees("张调度", "催了一下")


def test_the_handler_is_nudged_and_may_give_it_back(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    old = who.desk.with_button("📣 催一下")
    town.restart_bot()
    who.desk.presses("📣 催一下", old)
    who.liu.sees(f"{number}:调度催了一下", "公共照明")
    town.wait("PT3H")
    who.desk.presses("📣 催一下")
    who.liu.sees(f"{number}:调度催了一下")


def test_to_another_one_while_nobody_has_taken_it(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    who.desk.presses("👤 改派")
    who.desk.sees(f"{number} 派给谁?")
    who.desk.presses("王师傅 1件")
    town.person("王师傅").sees(number)
    who.liu.sees(number, "刚被别的邻居接走了")
