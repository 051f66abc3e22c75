"""Neighbours with the same problem are asked like its reporter; two thirds close it."""

import pytest

from tests.stories.test_callback import at
from tests.support import plot
from tests.support.plot import Cast
from tests.support.town import Neighbour, Town


@pytest.fixture
def who(town: Town) -> Cast:
    return plot.cast(town)


@pytest.fixture
def joined(town: Town, who: Cast) -> tuple[str, Neighbour, Neighbour]:
    """A light that was out for three homes and is said to be repaired: its number, and two."""
    number = plot.report(who.li, "3楼灯不亮了")
    zhou, xiaoli = town.people("老周", "小李")
    for one, words in ((zhou, "楼道灯不亮了"), (xiaoli, "3号楼2单元的灯不亮了")):
        one.sends(words)
        one.presses("🙋 我也遇到")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    return number, zhou, xiaoli


def test_all_get_the_result_and_two_thirds_close_it(
    town: Town, who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    for one in (who.li, zhou, xiaoli):
        assert one.has(f"{number} 办完了", "刘志愿:修好了", "修好了吗?")
        assert one.has(f"{number} 办完后的照片")

    who.li.presses("👍 好了")
    who.desk.sees_nothing()
    at(town, "2026-11-18T10:00:05")
    who.li.sees_nothing()
    zhou.sees(number, "问题解决了吗?")
    zhou.presses("❌ 没解决")
    assert who.desk.has(number, "📷 待回访")
    xiaoli.presses("✅ 解决了")
    who.desk.sees(number, "✅ 办结")
    who.li.sees(f"谢谢您!{number} 办好了")


def test_without_two_thirds_the_supervisor_gets_it(
    who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    who.li.presses("👍 好了")
    who.li.presses("😊 满意")
    who.li.presses("没有了")
    who.li.sees(f"谢谢您!{number} 记下了", "等督办和邻居们看过再办结")
    zhou.presses("👎 还没好")
    zhou.presses("先放着")
    xiaoli.presses("👎 还没好")
    who.zhao.sees(number, "📷 待回访", "居民点的:解决了 · 满意", "一起遇到的:0 位说好了,2 位说没好")
    xiaoli.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办", "0 位说好了,2 位说没好")
    who.li.sees(f"{number} 登记再办了")


def test_the_supervisor_reads_who_is_unhappy_though_the_reporter_is_silent(
    who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    xiaoli.presses("👍 好了")
    zhou.presses("👎 还没好")
    zhou.presses("🔁 再办一次")
    card = who.zhao.sees(number, "🔁 申请再办", "一起遇到的:1 位说好了,1 位说没好")
    assert "居民点的" not in card["text"]


def test_the_reporters_no_is_not_outvoted(
    town: Town, who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    who.li.presses("👎 还没好")
    for one in (zhou, xiaoli):
        one.presses("👍 好了")
    assert who.desk.has(number, "📷 待回访")
    at(town, "2026-11-18T09:30")
    who.zhao.sees(number, "🔁 申请再办")


def test_all_hear_what_the_supervisor_decides(
    who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")
    who.zhao.presses("🔁 再办一次")
    who.zhao.presses("🙋 放给志愿者")
    for one in (who.li, zhou, xiaoli):
        one.sees(f"🔁 {number} 重新办")
    zhou.presses("👍 好了", zhou.has(f"{number} 办完了", "修好了吗?")[-1])
    zhou.sees(number, "这次回访已经过了")
    assert who.desk.has(number, "🙋 待接单")


def test_once_it_is_closed_a_late_answer_may_still_contest(
    town: Town, who: Cast, joined: tuple[str, Neighbour, Neighbour]
) -> None:
    number, zhou, xiaoli = joined
    who.li.presses("👍 好了")
    xiaoli.presses("👍 好了")
    who.desk.sees(number, "✅ 办结")

    at(town, "2026-11-18T10:00:05")
    zhou.sees_nothing()
    zhou.presses("👎 还没好", zhou.has(number, "回复 1 好了,2 还没好")[-1])
    zhou.sees(number, "这次回访已经过了")
    zhou.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办")
