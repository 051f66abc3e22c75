"""Surveys keep the manners of the house: one question a person and day, in private, in time."""

from tests.stories.test_surveys import ORGANIZER, adds, asked, composes, one_question, sends
from tests.support.town import Town


def test_of_two_surveys_on_one_day_the_second_comes_on_another(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    one_question(qian)
    composes(qian, "另一道题")
    adds(qian, "⭐ 打分", "几颗星?")
    sends(qian)
    asked(town, li)
    assert len(li.has("道题,点点就行")) == 1
    town.wait("PT12H")
    assert len(li.has("道题,点点就行")) == 1
    town.wait("P4D")
    said = [one["text"] for one in li.has("道题,点点就行")]
    assert any("另一道题" in one for one in said)


def test_what_is_said_in_a_group_is_no_answer(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "写一写")
    adds(qian, "✍️ 写话", "还想说什么?")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    titles = [one["title"] for one in town.sandbox.get("/sim/groups")]
    here = li.enters(titles[0])
    here.sends("大家晚上好")
    assert not li.has("谢谢您")
    li.sends("多种点花")
    li.sees("谢谢您")


def test_it_ends_at_midnight_of_the_last_day_of_a_month(town: Town) -> None:
    qian, li = town.people(ORGANIZER, "李阿姨")
    composes(qian, "一道题")
    adds(qian, "👍 是/一半/不是", "灯亮吗?")
    qian.presses("⏱ 时间")
    qian.presses("🏁 自己定结束")
    qian.sends("12月1日0点")
    qian.presses("◀ 返回")
    sends(qian)
    asked(town, li)
    li.presses("开始")
    question = li.sees("灯亮吗?")
    town.sandbox.post("/sim/clock", to="2026-11-30T23:59:30+08:00")
    li.presses("👍 是", question)
    li.sees("谢谢您")
    town.wait("PT1M")
    li.sees("已经结束")
    qian.sends("/survey")
    qian.presses("🗳 一道题")
    qian.sees("已结束", "1 人答了")
