"""A survey is changed while it is composed: nothing said is lost, nothing leads nowhere."""

import pytest

from tests.stories.test_surveys import ORGANIZER, adds, composes
from tests.support.town import Neighbour, Town, labels


@pytest.fixture
def qian(town: Town) -> Neighbour:
    (who,) = town.people(ORGANIZER)
    composes(who)
    adds(who, "🔘 单选", "保洁怎么样?", "满意\n一般\n不满意")
    adds(who, "⭐ 打分", "几颗星?")
    adds(who, "✍️ 写话", "还想说什么?")
    return who


def leads(who: Neighbour, option: str, to: str) -> None:
    who.presses("✏️ 改题目")
    who.presses("↪️ 跳题")
    who.presses(option)
    who.presses(to)


def test_other_words_leave_options_and_leads_as_they_were(qian: Neighbour) -> None:
    leads(qian, "满意", "第 3 题")
    qian.presses("✏️ 换个问法")
    qian.sends("楼道保洁怎么样?")
    qian.presses("✏️ 改题目")
    qian.sees("楼道保洁怎么样?", "满意 · 一般 · 不满意", "选“满意” → 第 3 题")


def test_other_options_take_their_leads_along(qian: Neighbour) -> None:
    leads(qian, "不满意", "结束")
    qian.presses("📝 改选项")
    qian.sends("只有一个")
    qian.sees("选项一行一个")
    qian.sends("不满意\n满意")
    qian.presses("✏️ 改题目")
    qian.sees("不满意 · 满意", "选“不满意” → 结束")


def test_what_led_to_a_question_that_is_gone_leads_on(qian: Neighbour) -> None:
    leads(qian, "满意", "第 3 题")
    qian.presses("下一题 ▶")
    qian.presses("下一题 ▶")
    qian.sees("3/3")
    qian.presses("🗑 删这题")
    qian.presses("✏️ 改题目")
    assert "第 3 题" not in qian.sees("1/2", "选“满意” → 结束")["text"]
    adds_again(qian)


def adds_again(qian: Neighbour) -> None:
    """Add a question in the place of the one that is gone: nothing leads to it."""
    qian.presses("◀ 返回")
    adds(qian, "🔢 数字", "几口人?")
    qian.presses("✏️ 改题目")
    qian.sees("1/3", "选“满意” → 结束")


def test_an_answer_can_lead_to_the_last_of_twelve(qian: Neighbour) -> None:
    for n in range(4, 13):
        adds(qian, "✍️ 写话", f"第{n}问")
    qian.presses("✏️ 改题目")
    qian.presses("↪️ 跳题")
    qian.presses("满意")
    while "第 12 题" not in labels(qian.shown()[-1]):
        qian.presses("… 更多")
    qian.presses("第 12 题")
    qian.sees("选“满意” → 第 12 题")


def test_all_of_it_is_seen_before_it_is_sent(qian: Neighbour) -> None:
    leads(qian, "满意", "第 3 题")
    qian.presses("👀 看全部")
    text = qian.sees("楼道怎么样", "3 道题", "不记名")["text"]
    for piece in ("1. 保洁怎么样?", "满意 → 第 3 题", "2. 几颗星?", "3. 还想说什么?"):
        assert piece in text
    qian.presses("◀ 返回")
    qian.presses("📤 发出去")
    assert qian.toasts() == ["好的,到时间就发"]


def test_who_goes_to_report_reports_and_the_draft_stays(qian: Neighbour) -> None:
    qian.presses("🏷 改名字")
    qian.sends("📝 报问题")
    qian.sends("3号楼2单元楼道灯不亮了")
    qian.sees("3号楼2单元楼道灯不亮了", "📍")
    qian.sends("取消")
    qian.presses("◀ 返回")
    qian.sees("📝 楼道怎么样", "1. 保洁怎么样?")
