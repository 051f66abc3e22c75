"""The supervisor's own calls: in this community every answer to the bot is heard once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.guest import EXAMPLE
from tests.stories.conftest import TUESDAY
from tests.support import plot
from tests.support.sandbox import running, without_meetings
from tests.support.town import Neighbour, Town, labels


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("checked")
    mine = folder / "mine.toml"
    written = without_meetings(EXAMPLE.read_text("utf-8")).replace(
        "check_rate = 0.1", "check_rate = 1"
    )
    helps = 'roles = ["supervisor", "volunteer"]'  # lends a hand as well
    written = written.replace('roles = ["supervisor"]', helps)
    mine.write_text(written, "utf-8")
    with running(folder, ORGANISATION=str(mine), SANDBOX_NOW=TUESDAY) as sandbox:
        yield Town(sandbox)


@pytest.fixture
def town(checked: Town) -> Town:
    checked.begin()
    return checked


def test_the_supervisor_calls_and_the_difference_is_shown(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👍 好了")
    who.li.presses("😊 满意")

    who.zhao.sends("/todo")
    (label,) = [one for one in labels(who.zhao.news()[-1]) if one.startswith("☎ 打电话回访")]
    who.zhao.presses(label)
    who.zhao.sees("抽查电话", f"{number} 李阿姨")
    who.zhao.presses(f"☎ {number} 李阿姨")
    who.zhao.sees(f"🎧 {number}", "居民点的:解决了 · 满意", "问题解决了吗?")
    who.zhao.presses("❌ 没解决")
    who.zhao.presses("😐 一般")
    card = who.zhao.sees("居民点的:解决了 · 满意", "电话里说:没解决 · 一般", "和居民点的不一样")
    assert "🔁 再办一次" in labels(card)
    who.li.sees_nothing()

    who.zhao.presses("🔁 再办一次", card)
    who.zhao.sees(number, "🔁 申请再办", "居民点的:解决了 · 满意", "和居民点的不一样")
    who.li.sees(f"{number} 登记再办了")


def test_nobody_else_sees_the_list(town: Town) -> None:
    who = plot.cast(town)
    plot.resolved(who)
    who.li.presses("👍 好了")

    for one in (who.desk, town.person("孙网格"), who.liu):
        one.sends("/todo")
        assert not [label for label in labels(one.news()[-1]) if label.startswith(("☎ 打", "🎧"))]


def _calls_of(who: Neighbour) -> str:
    """Return the button to somebody's list of personal calls, "" when there is none."""
    who.sends("/todo")
    found = [one for one in labels(who.news()[-1]) if one.startswith("☎ 打电话回访")]
    return found[0] if found else ""


def test_a_supervisor_does_not_call_about_their_own_work(town: Town) -> None:
    who = plot.cast(town)
    other = town.person("吴书记")
    number = plot.report(who.li)
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("赵督办")]
    who.desk.presses(label)
    plot.finish(who.zhao)
    who.li.presses("👍 好了")

    assert _calls_of(who.zhao) == ""
    other.presses(_calls_of(other))
    other.sees("抽查电话", f"{number} 李阿姨")


def test_a_supervisor_does_not_call_about_what_they_reported(town: Town) -> None:
    who = plot.cast(town)
    other = town.person("吴书记")
    number = plot.report(who.zhao, "3号楼2单元楼道灯不亮了")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.zhao.presses("👍 好了")

    assert _calls_of(who.zhao) == ""
    other.presses(_calls_of(other))
    other.sees("抽查电话", f"{number} 赵督办")
