"""Surveys about a case: they say which, and whoever is unsatisfied may have it done again."""

import pytest

from tests.stories.test_surveys import ORGANIZER, adds, asked, composes, sends
from tests.support import plot
from tests.support.town import Neighbour, Town, labels


def closed_in_november(town: Town, who: plot.Cast) -> str:
    """Let a case be closed, and the next month begin; return its number."""
    town.wait("P11D")
    number = plot.resolved(who)
    who.li.presses("👍 好了")
    town.wait("P4D")
    return number


def asks_about_last_month(town: Town, qian: Neighbour, li: Neighbour) -> None:
    """Send the ready survey about last month's cases, and let the resident begin."""
    qian.sends("/survey")
    qian.presses("➕ 新问卷")
    qian.presses("🔁 上月回访")
    sends(qian)
    town.wait("PT20H")
    assert li.has("上个月的事办得好吗"), li.transcript()


@pytest.mark.parametrize(("manner", "offered"), [("🙁 不满意", True), ("😐 一般", False)])
def test_solved_but_not_satisfied_is_offered_to_be_done_again(
    town: Town, manner: str, offered: bool
) -> None:
    who = plot.cast(town)
    (qian,) = town.people(ORGANIZER)
    number = closed_in_november(town, who)
    asks_about_last_month(town, qian, who.li)
    assert who.li.has("上个月的事办得好吗", f"说的是 {number}"), who.li.transcript()
    who.li.presses("开始")
    who.li.sees("问题解决了吗", f"说的是 {number}")
    who.li.presses("👍 是")
    who.li.presses(manner)
    who.li.presses("跳过 ▶")
    thanks = who.li.sees("谢谢您")
    assert (f"🔁 {number} 再办" in labels(thanks)) is offered


def test_who_is_asked_about_one_case_may_have_it_done_again(town: Town) -> None:
    who = plot.cast(town)
    (qian,) = town.people(ORGANIZER)
    number = closed_in_november(town, who)
    composes(qian, "一件事")
    adds(qian, "🔘 单选", "办得怎么样?", "很好\n很不满意")
    qian.presses("👥 发给谁")
    qian.presses("🧾 按一件事")
    qian.sends(number)
    sends(qian, named=True)
    asked(town, who.li)
    who.li.presses("开始")
    who.li.sees("办得怎么样", f"说的是 {number}")
    who.li.presses("很不满意")
    who.li.sees(f"对不起,{number}")
    who.li.presses(f"🔁 {number} 再办")
    town.wait("PT12H")
    assert who.zhao.has(number, "申请再办")


def test_nobody_is_asked_where_nobody_is(town: Town) -> None:
    (qian,) = town.people(ORGANIZER)
    composes(qian, "没人")
    adds(qian, "👍 是/一半/不是", "灯亮吗?")
    for label in ("👥 发给谁", "🏢 按楼栋", "⬜ 1号楼", "✅ 选好了"):
        qian.presses(label)
    qian.presses("👥 发给谁")
    qian.presses("✅ 上月办完的")
    qian.sees("上月有事办完的人,0 人能收到")
    qian.presses("◀ 返回")
    qian.presses("📤 发出去")
    assert any("没有人能收到" in one for one in qian.toasts())
    qian.sends("/survey")
    qian.sees("还没有问卷")
