"""Nobody has to press: digits and words do the same, and nothing that is typed is swallowed."""

import pytest

from tests.support import plot
from tests.support.town import Town


def test_a_whole_report_without_one_press(town: Town) -> None:
    zhao, desk = town.people("新来的小赵", "张调度")
    zhao.sends("3号楼2单元有东西坏了")
    zhao.sees("是哪一类", "回复 1-")
    zhao.sends("1")

    zhao.sees("收到了,编号")
    desk.sees("3号楼2单元", "待派单")


def test_the_check_is_answered_by_digits(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    li.sends("2")
    li.sees("是哪一类")
    li.sends("1")
    li.sees("收到了,编号")

    li.sends("3楼灯又不亮了")
    li.sends("0")
    li.sees("没有提交")


def test_a_digit_typed_twice_files_one_report(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    with town.acting():
        li.hand_in(text="1")
        li.hand_in(text="1")

    number = plot.number_in(li.sees("收到了,编号")["text"])
    li.sees("已经提交过了", number)
    assert not li.has("撤回", "?")


@pytest.mark.parametrize(("said", "answer"), [("好了", "谢谢您"), ("没修好", "要我们再办一次吗")])
def test_a_result_is_judged_in_words(town: Town, said: str, answer: str) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    who.li.sends(said)

    who.li.sees(answer)
    assert who.li.has(number)


def test_the_work_is_done_in_words_and_digits(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    who.liu.sends("我去")
    who.liu.sees("交给您了")
    who.liu.sees("您接了", number)


def test_a_digit_of_somebody_else_answers_nothing_of_mine(town: Town) -> None:
    who = plot.cast(town)
    plot.resolved(who)

    town.person("老周").sends("1")

    town.person("老周").sees("看不懂")
    assert not who.li.news()


def test_a_digit_that_fits_nothing_joins_the_report(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    li.sends("9")

    li.sees("对就提交", "9")


def test_a_building_is_a_number_where_the_place_is_asked(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("灯不亮了")
    zhao.sees("在哪儿")

    zhao.sends("3号楼")
    zhao.sees("几单元")
    zhao.sends("2")

    zhao.sees("3号楼2单元")


def test_a_digit_works_after_a_restart(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")
    town.restart_bot()

    li.sends("1")

    li.sees("收到了,编号")


def test_help_and_stop_are_understood_as_words(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("帮助")
    li.sees("怎么用")
    li.sends("3楼灯不亮了")
    li.sends("取消")
    li.sees("没有提交")
    li.sends("设置")
    assert li.news()
