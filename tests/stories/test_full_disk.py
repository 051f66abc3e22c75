"""The disk is full: whoever reports hears it, nothing is lost, and it goes on by itself."""

import resource
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import plot
from tests.support.plot import number_in
from tests.support.sandbox import running
from tests.support.town import PATIENCE, POLLING, Neighbour, Town, labels

FULL = "现在登记不了,是我这边的问题。"
PROCESSES = Path("/proc")

pytestmark = pytest.mark.skipif(
    not hasattr(resource, "prlimit") or not PROCESSES.is_dir(), reason="limits need Linux"
)


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with running(tmp_path) as sandbox:
        yield Town(sandbox)


@pytest.fixture
def bot(town: Town, tmp_path: Path) -> int:
    assert town.sandbox.get("/sim/bot")["bot"] == "up"
    own = f"DATA_DIR={tmp_path / 'data' / 'sandbox'}".encode()
    found = [int(one.name) for one in PROCESSES.glob("[0-9]*") if own in environment_of(one)]
    assert len(found) == 1, found
    return found[0]


def environment_of(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except OSError:  # another's, or over meanwhile
        return []


@contextmanager
def full_disk(bot: int) -> Iterator[None]:
    """Let no file of the bot grow, nor be written beyond its first byte."""
    _, most = resource.prlimit(bot, resource.RLIMIT_FSIZE)
    resource.prlimit(bot, resource.RLIMIT_FSIZE, (1, most))
    try:
        yield
    finally:
        resource.prlimit(bot, resource.RLIMIT_FSIZE, (most, most))


def until(condition: Callable[[], object], who: Neighbour) -> None:
    deadline = time.monotonic() + PATIENCE
    while not condition():
        assert time.monotonic() < deadline, who.transcript()
        time.sleep(0.02)


def pass_an_hour(town: Town) -> None:
    town.fault(method=POLLING, status=502, times=-1)  # else the clock waits for a fetch
    town.sandbox.post("/sim/clock", advance="PT61M")
    town.mend()


def test_a_full_disk_is_told_once_an_hour_and_nothing_is_lost(town: Town, bot: int) -> None:
    li, zhou, desk = town.people("李阿姨", "老周", "张调度")
    town.wait("PT1H")
    before = plot.report(li)
    desk.presses("👤 派给…")
    desk.presses(next(one for one in labels(desk.news()[-1]) if one.startswith("王师傅")))
    # Nothing falls due from now until the evening.

    with full_disk(bot):
        li.hand_in(text="5号楼1单元灯不亮了")
        li.comes_to_have(FULL, "010-5550 1234")
        zhou.hand_in(text="垃圾桶满了没人收")
        zhou.comes_to_have(FULL)
        li.hand_in(text="1")
        seen = len(town.calls(POLLING))
        until(lambda: len(town.calls(POLLING)) >= seen + 3, li)
        assert len(li.has(FULL)) == 1, "once an hour"
        pass_an_hour(town)
        until(lambda: len(li.has(FULL)) == 2, li)
        assert not li.has("5号楼1单元")
        assert (PROCESSES / str(bot)).exists(), "it lives on"

    town.sandbox.settle(30)
    after = number_in(li.has("收到了,编号", "公共照明 · 5号楼1单元")[0]["text"])
    assert int(after) == int(before) + 1
    assert len(desk.has(after, "待派单")) == 1
    assert len(zhou.has("对就提交", "垃圾桶满了没人收")) == 1
    li.sends("📋 我的事")
    li.sees(before, after)
    assert len(li.has(FULL)) == 2


def test_on_a_full_disk_people_still_see_what_they_have_reported(town: Town, bot: int) -> None:
    li, emma = town.people("李阿姨", "Emma")
    number = plot.report(li)
    li.sends("/settings")
    li.presses("🌐 English")  # although her Telegram is Chinese

    with full_disk(bot):
        li.hand_in(text="/my")
        li.comes_to_have(number, "My reports")
        emma.hand_in(text="📋 My reports")
        emma.comes_to_have("My reports", "1022")
        li.hand_in(text="5号楼1单元灯不亮了")
        li.comes_to_have("I cannot register")
        li.hand_in(text="📋 My reports!")
        until(lambda: len(li.has(number, "My reports")) == 2, li)
        assert not li.has(FULL)

    town.sandbox.settle(30)
    assert li.has("5号楼1单元")


def test_a_press_on_a_full_disk_is_told_too_and_counts_later(town: Town, bot: int) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    with full_disk(bot):
        li.push("✅ 对,提交")
        li.comes_to_have(FULL)

    town.sandbox.settle(30)
    assert len(li.has("收到了,编号")) == 1
