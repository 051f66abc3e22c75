"""Everything kept in PostgreSQL: the bot killed in the middle, its server away in the middle."""

import os
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support import plot, postgres
from tests.support.plot import number_in
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import PATIENCE, Town

FULL = "现在登记不了,是我这边的问题。"


@pytest.fixture
def url() -> Iterator[str]:
    with postgres.new_database() as made:
        yield made


@pytest.fixture
def town(tmp_path: Path, url: str) -> Iterator[Town]:
    del url  # it is there before, and goes after
    with running(tmp_path, "--no-bot") as sandbox:
        yield Town(sandbox)


@contextmanager
def bot(town: Town, folder: Path, url: str) -> Iterator[int]:
    with bot_by_hand(folder, town.sandbox, DATABASE_URL=url) as pid:
        yield pid


def test_the_main_line_goes_on_after_a_kill(town: Town, tmp_path: Path, url: str) -> None:
    with bot(town, tmp_path, url) as pid:
        who = plot.cast(town)
        who.li.sends("3楼灯不亮了")
        who.li.push("✅ 对,提交")
        os.kill(pid, signal.SIGKILL)
    with bot(town, tmp_path, url) as pid:
        number = number_in(who.li.comes_to_have("收到了,编号")[-1]["text"])
        town.sandbox.settle()
        assert 1 <= len(who.desk.has(number, "待派单")) <= 2, "two copies of a letter at most"
        who.desk.presses("🙋 放给志愿者")
        who.liu.presses("🙋 我去")
        os.kill(pid, signal.SIGKILL)
    with bot(town, tmp_path, url):
        plot.finish(who.liu)
        who.li.presses("👍 好了")
        who.li.sees(f"谢谢您!{number} 办好了", "刘志愿经办")
        who.desk.sees(number, "✅ 办结 · 刘志愿")
        who.li.sends("📋 我的事")
        filed = who.li.sees(number, "✅ 办好了")["text"]
        assert str(int(number) + 1) not in filed, "it was filed once"
        who.desk.sends("/find 灯不亮")
        who.desk.sees(number)


def test_nobody_notices_that_the_server_was_started_again(
    town: Town, tmp_path: Path, url: str
) -> None:
    with bot(town, tmp_path, url):
        who = plot.cast(town)
        number = plot.report(who.li)
        postgres.end_connections(url)
        who.desk.presses("🙋 放给志愿者")
        who.liu.sees(number, "您方便吗")
        postgres.end_connections(url)
        who.liu.presses("🙋 我去")
        who.li.sees(f"🔧 {number} 有人接了")


def test_while_the_server_is_away_people_hear_it_and_nothing_is_lost(
    town: Town, tmp_path: Path, url: str
) -> None:
    with bot(town, tmp_path, url):
        who = plot.cast(town)
        before = plot.report(who.li)
        with postgres.away(url):
            who.li.hand_in(text="5号楼1单元灯不亮了")
            who.li.comes_to_have(FULL, "010-5550 1234")
            who.desk.push("🙋 放给志愿者")
        deadline = time.monotonic() + PATIENCE
        while not who.li.has("请您看一眼"):
            assert time.monotonic() < deadline, who.li.transcript()
            time.sleep(0.05)
        town.sandbox.settle()
        who.liu.sees(before, "您方便吗")
        who.li.presses("✅ 对,提交")
        assert number_in(who.li.sees("收到了,编号")["text"]) == str(int(before) + 1)
