"""What stands in the chats when a survey is over: nothing says that it can still be answered."""

import pytest

from tests.stories.test_surveys import (
    ORGANIZER,
    adds,
    asked,
    composes,
    ends,
    one_question,
    sends,
)
from tests.support.town import Neighbour, Town, labels


def holds_that_it_is_over(who: Neighbour, *, answered: bool) -> None:
    """Hold that every card of the survey says that it is over, and that one of them thanks."""
    assert not who.has("还可以改"), who.transcript()
    assert not who.has("都能答"), who.transcript()
    assert who.has("已经结束"), who.transcript()
    assert len(who.has("谢谢您!", "都记下了", "已经结束")) == answered, who.transcript()
    pressable = {label for one in who.shown() for label in labels(one)}
    assert not pressable & {"✏️ 改答案", "开始", "👍 是", "跳过 ▶"}, who.transcript()


@pytest.mark.parametrize("named", [True, False])
@pytest.mark.parametrize("early", [True, False])
def test_thanks_and_invitations_say_that_it_is_over(town: Town, named: bool, early: bool) -> None:
    qian, li, zhang, chen = town.people(ORGANIZER, "李阿姨", "张调度", "陈志愿")
    one_question(qian, named=named)
    for one in (li, zhang, chen):
        asked(town, one)
    li.presses("开始")
    li.presses("👍 是")
    li.sees("谢谢您", "结束前还可以改")
    zhang.presses("开始")  # and goes away
    if early:
        ends(qian)
    else:
        town.wait("P8D")
    holds_that_it_is_over(li, answered=True)
    for one in (zhang, chen):
        holds_that_it_is_over(one, answered=False)


@pytest.mark.parametrize("named", [True, False])
def test_after_words_every_card_of_it_says_so_once(town: Town, named: bool) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "一道题")
    adds(qian, "✍️ 写话", "还想说什么?")
    adds(qian, "🔢 数字", "家里几口人?")
    sends(qian, named=named)
    asked(town, li)
    li.presses("开始")
    li.sends("多种点花")
    li.sends("3")
    li.sees("谢谢您")
    ends(qian)
    holds_that_it_is_over(li, answered=True)


def test_a_card_that_somebody_has_deleted_does_not_come_back(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    one_question(qian)
    asked(town, li)
    li.presses("开始")
    li.deletes(li.sees("灯亮吗?"))
    ends(qian)
    assert not li.has("已经结束")


def test_after_a_restart_what_is_left_promises_nothing_that_is_wrong(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "一道题")
    adds(qian, "✍️ 写话", "还想说什么?")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    li.sends("多种点花")
    li.sees("谢谢您", "问卷结束前还可以改")
    town.restart_bot()
    ends(qian)
    li.presses("✏️ 改答案")
    li.sees("已经结束了")
