"""The supervisor's own calls: in this community every answer to the bot is heard once more."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.sandbox.guest import EXAMPLE
from tests.stories.conftest import TUESDAY
from tests.support import plot
from tests.support.sandbox import running
from tests.support.town import Town, labels


@pytest.fixture(scope="module")
def checked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("checked")
    mine = folder / "mine.toml"
    written = EXAMPLE.read_text("utf-8").replace("check_rate = 0.1", "check_rate = 1")
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
