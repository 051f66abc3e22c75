"""Whoever asks how it is going is told, and no second report comes of it."""

import pytest

from tests.support import plot
from tests.support.town import Town, labels


@pytest.mark.parametrize(
    "said",
    [
        "灯还没修好",
        "怎么还没人来啊",
        "我的灯修好没有?",
        "怎么样了",
        "3号楼的灯还没好",
        "催一下",
        "不是说两点来吗",
    ],
)
def test_asking_after_the_only_case_joins_it_and_says_how_it_stands(town: Town, said: str) -> None:
    li, desk = town.people("李阿姨", "张调度")
    number = plot.report(li, "3楼灯不亮了")
    li.sends(said)
    told = li.sees(
        number, "等人接手", "公共照明 · 3号楼2单元", "今天11:10", "您说的,工作人员看得到"
    )
    assert labels(told) == ["↩️ 不是这件"]
    assert not li.has("请您看一眼"), "no second report"
    desk.sees(number, said, "补充")


def test_whoever_has_it_reads_what_was_said(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)
    who.liu.presses("🙋 我去")
    who.li.sends("灯什么时候来修")
    who.li.sees(number, "有人接了", "刘志愿", "看得到")
    who.liu.sees(number, "补充", "灯什么时候来修")


def test_it_is_another_thing_after_all(town: Town) -> None:
    li = town.person("李阿姨")
    plot.report(li, "3楼灯不亮了")
    li.sends("灯还没修好")
    li.presses("↩️ 不是这件")
    li.sees("对就提交", "灯还没修好")


def test_another_category_or_place_is_a_report(town: Town) -> None:
    li = town.person("李阿姨")
    plot.report(li, "3楼灯不亮了")
    for said in ("垃圾没人管", "5号楼1单元的灯还没修"):
        li.sends(said)
        li.sees("对就提交", said)
        li.sends("0")


@pytest.mark.parametrize("said", ["门口积雪没人管", "单元口的玻璃怎么还没换"])
def test_what_tells_of_something_new_is_a_report(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    plot.report(li, "3楼灯不亮了")
    li.sends(said)
    li.sees(said, "是哪一类?")


@pytest.mark.parametrize("said", ["师傅什么时候来修", "昨天报的事怎么样了", "when will you come?"])
def test_what_tells_of_nothing_asks_after_the_only_case(town: Town, said: str) -> None:
    li = town.person("李阿姨")
    number = plot.report(li, "3楼灯不亮了")
    li.sends(said)
    li.sees(number, "您说的")


def test_who_was_merged_asks_after_the_case_that_goes_on(town: Town) -> None:
    li, xiaoli, desk = town.people("李阿姨", "小李", "张调度")
    number = plot.report(li, "3楼灯不亮了")
    other = plot.report(xiaoli, "5号楼1单元灯坏了")
    (card,) = desk.has(other, "待派单")
    desk.presses("🔗 并到…", card)
    desk.sends(number)
    xiaoli.sends("5号楼1单元的灯还没修好")
    xiaoli.sees(number, "您说的")


def test_among_several_the_number_or_the_category_says_which(town: Town) -> None:
    li = town.person("李阿姨")
    lamp = plot.report(li, "3楼灯不亮了")
    rubbish = plot.report(li, "垃圾桶满了")
    li.sends("灯还没修好")
    li.sees(lamp, "您说的", "公共照明")
    li.sends(f"{rubbish} 怎么样了")
    li.sees(rubbish, "您说的", "环境卫生")
    li.sends("怎么还没人来")
    li.sees("我的事", lamp, rubbish)


def test_what_tells_of_something_is_kept_though_several_could_be_meant(town: Town) -> None:
    li = town.person("李阿姨")
    for words in ("3号楼2单元楼道灯不亮了", "5号楼1单元楼道灯不亮了"):
        li.sends(words)
        li.presses("✅ 对,提交")
    li.sends("楼道里黑漆漆的灯还没修好")
    assert li.news(), "something is answered"
    assert any("黑漆漆" in one["text"] for one in li.news()), "and the words are not lost"


def test_who_joined_may_ask_as_well(town: Town) -> None:
    li, zhou = town.people("李阿姨", "老周")
    number = plot.report(li, "3楼灯不亮了")
    zhou.sends("灯坏了")
    zhou.presses("🙋 我也遇到")
    zhou.sends("3号楼2单元的灯还没修好")
    zhou.sees(number, "您说的", "看得到")


def test_without_a_case_it_is_a_report(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("楼道的灯还没修")
    li.sees("对就提交", "楼道的灯还没修")


def test_what_is_done_already_is_shown_with_its_buttons(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.li.sends("灯怎么还是不亮")
    card = who.li.sees(number, "公共照明")
    assert "👎 还没好" in labels(card), who.li.transcript()


@pytest.mark.parametrize("said", ["还是不亮", "灯还是坏的"])
def test_who_was_asked_whether_it_is_done_need_not_know_the_words(town: Town, said: str) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "3楼灯不亮了")
    zhou = town.person("老周")
    zhou.sends("3号楼2单元灯坏了")
    zhou.presses("🙋 我也遇到")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    for one in (who.li, zhou):
        one.sends(f"3号楼2单元{said}")
        assert "👎 还没好" in labels(one.sees(number)), one.transcript()
        assert not one.has("可能有人报过了", "等您看看")


def test_a_picture_with_such_words_joins_the_case_too(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    number = plot.report(li, "3楼灯不亮了")
    li.sends(photos=["light", "lit"], caption="灯还没修好")
    li.sees(number, "您说的")
    assert not li.has("请您看一眼")
    desk.sees(number, "照片2张")


def test_a_picture_of_what_is_said_to_be_done_is_kept_and_the_question_shown(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.sends(photo="leak", caption="灯还是不亮")
    assert "👎 还没好" in labels(who.li.with_button("👎 还没好"))
    who.desk.sees(number, "照片1张")


def test_a_report_that_is_being_written_takes_the_words(town: Town) -> None:
    li = town.person("李阿姨")
    plot.report(li, "3楼灯不亮了")
    li.sends("垃圾桶满了")
    li.sends("等了好久没人管")
    li.sees("对就提交", "垃圾桶满了", "等了好久没人管")


@pytest.mark.parametrize("said", ["好了,谢谢", "修好了,谢谢师傅!", "谢谢,已经好了"])
def test_thanks_beside_the_answer_do_not_hide_it(town: Town, said: str) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.sends(said)
    who.li.sees(number, "来得快不快")
