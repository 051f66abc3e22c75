"""Whoever waits for somebody to come can ask to be called first."""

from tests.support import plot
from tests.support.town import Town, labels


def test_the_one_who_comes_is_asked_to_call_first(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    taken = who.li.sees(number, "有人接了", "刘志愿")
    assert labels(taken) == ["➕ 补充", "☎ 请他先打电话"]

    who.li.presses("☎ 请他先打电话", taken)

    who.liu.sees(number, "李阿姨", "先打个电话再来")
    who.li.sees(number, "跟刘志愿说了", "电话号码")
    who.li.sends("我的电话 13800138000")
    who.liu.sees(number, "13800138000")


def test_asked_again_nobody_is_told_twice(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    taken = who.li.sees(number, "有人接了")
    who.li.presses("☎ 请他先打电话", taken)
    who.li.presses("☎ 请他先打电话", taken)
    assert who.li.toasts() == ["已经跟他说过了"]
    assert len(who.liu.has(number, "先打个电话再来")) == 1


def test_no_number_has_to_be_given(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.li.presses("☎ 请他先打电话", who.li.sees(number, "有人接了"))
    who.li.presses("不补充了")
    who.li.sends("垃圾没人收")
    who.li.sees("对就提交", "环境卫生")


def test_when_nobody_has_it_any_more_nobody_is_asked(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    taken = who.li.sees(number, "有人接了")
    who.liu.presses("↩️ 去不了")
    who.li.presses("☎ 请他先打电话", taken)
    assert who.li.toasts() == ["这会儿还没人接,接了再说"]


def test_a_digit_does_not_press_what_stands_below_news(town: Town) -> None:
    who = plot.cast(town)
    plot.offered(who)
    who.li.sends("垃圾没人收")
    who.li.sees("对就提交")
    who.liu.presses("🙋 我去")
    who.li.sends("1")
    who.li.sees("收到了,编号", "环境卫生")
