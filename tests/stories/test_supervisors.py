"""Who decides when the work was not good: never the one who did it, or reported it.

In this community there is one supervisor, and he lends a hand himself.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.guest import EXAMPLE
from tests.stories.conftest import TUESDAY
from tests.support import plot
from tests.support.sandbox import running, without_meetings
from tests.support.town import Town, labels


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("alone")
    written = without_meetings(EXAMPLE.read_text("utf-8"))
    for before, after in (
        ('roles = ["supervisor"]', 'roles = ["supervisor", "volunteer"]'),
        ('roles = ["supervisor", "organizer"]', 'roles = ["organizer"]'),
    ):
        assert written.count(before) == 1
        written = written.replace(before, after)
    mine = folder / "mine.toml"
    mine.write_text(written, "utf-8")
    with running(folder, ORGANISATION=str(mine), SANDBOX_NOW=TUESDAY) as sandbox:
        yield Town(sandbox)


@pytest.fixture
def town(alone: Town) -> Town:
    alone.begin()
    return alone


def _done_by_zhao(who: plot.Cast) -> None:
    """Let the supervisor, who is a volunteer too, do the newest case."""
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("赵督办")]
    who.desk.presses(label)
    plot.finish(who.zhao)


def test_the_only_supervisor_did_it_and_others_hear_that_nobody_can_decide(town: Town) -> None:
    who = plot.cast(town)
    organizer, founder = town.people("钱组织", "周管理")
    number = plot.report(who.li)
    _done_by_zhao(who)
    who.li.presses("👎 还没好")
    for one in (organizer, founder):
        one.sees_nothing()
    who.li.presses("🔁 再办一次")

    for one in (organizer, founder):
        one.sees(f"{number} 没有督办能定", "公共照明 · 3号楼2单元", "再请一位督办")
    assert not [one for one in who.zhao.news() if not one["edited"]], who.zhao.transcript()
    who.zhao.sends("/todo")
    assert number not in who.zhao.news()[-1]["text"]
    organizer.presses("🔍 看看")
    organizer.sees(number)


def test_the_only_supervisor_reported_it(town: Town) -> None:
    who = plot.cast(town)
    organizer = town.person("钱组织")
    number = plot.report(who.zhao, "3号楼2单元楼道灯不亮了")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.zhao.presses("👎 还没好")
    who.zhao.presses("🔁 再办一次")

    organizer.sees(f"{number} 没有督办能定")


def test_the_neighbours_do_not_agree_about_what_the_only_supervisor_did(town: Town) -> None:
    who = plot.cast(town)
    organizer, zhou, xiaoli = town.people("钱组织", "老周", "小李")
    number = plot.report(who.li)
    for one in (zhou, xiaoli):
        one.sends("3号楼2单元的灯不亮了")
        one.presses("🙋 我也遇到")
    _done_by_zhao(who)
    who.li.presses("👍 好了")
    zhou.presses("👎 还没好")
    xiaoli.presses("👎 还没好")

    organizer.sees(f"{number} 没有督办能定")


def test_a_supervisor_who_may_decide_hears_it_and_nobody_else(town: Town) -> None:
    who = plot.cast(town)
    organizer = town.person("钱组织")
    number = plot.contested(who)

    assert "🔁 再办一次" in labels(who.zhao.has(number, "申请再办")[-1])
    assert not organizer.has(number)


def test_a_supervisor_who_has_blocked_the_bot_hears_nothing_so_others_do(town: Town) -> None:
    who = plot.cast(town)
    organizer = town.person("钱组织")
    number = plot.resolved(who)
    town.block(who.zhao)
    who.li.presses("👎 还没好")
    who.li.presses("🔁 再办一次")

    organizer.sees(f"{number} 没有督办能定")


def test_the_only_supervisor_lends_a_hand_and_does_not_close_it_himself(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    card = who.zhao.sees("您方便吗", number)
    assert {"🙋 我去", "今天不方便", "📄 看全部"} <= set(labels(card))
    who.zhao.presses("🙋 我去", card)
    who.zhao.sees("您接了", number)
    plot.finish(who.zhao)
    done = who.zhao.has(number)[-1]
    assert {"✅ 办结", "⚠️ 解决不了"}.isdisjoint(labels(done)), "nobody supervises their own work"
    who.li.sees(number, "修好了吗")


def test_somebody_else_was_quicker_and_the_supervisor_has_the_card_of_a_supervisor(
    town: Town,
) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    card = who.zhao.sees("您方便吗", number)
    with town.all_at_once():
        who.liu.push("🙋 我去")
        who.zhao.push("🙋 我去", card)
    assert who.zhao.toasts() == ["刚被别的邻居接走了,谢谢您!"]
    assert "🙋 我去" not in labels(who.zhao.has(number)[-1])
    plot.finish(who.liu)
    who.zhao.sends(number)
    assert "✅ 办结" in labels(who.zhao.sees(number))
