"""A handler has a defect: nothing of it is seen but an apology, and nobody else notices."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support import plot
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Town

PROGRAM = """
import handlers
import bot.__main__


async def broken(turn):
    turn.tell("menu.report")
    raise ZeroDivisionError("planted")


handlers.COMMANDS["help"] = broken
bot.__main__.main()
"""


@pytest.fixture
def town(tmp_path: Path) -> Iterator[Town]:
    with (
        running(tmp_path, "--no-bot") as sandbox,
        bot_by_hand(tmp_path, sandbox, program=("-c", PROGRAM)),
    ):
        sandbox.settle(30)
        yield Town(sandbox)


def test_a_defect_is_rolled_back_tried_again_and_apologised_for(town: Town) -> None:
    li, zhou, admin = town.people("李阿姨", "老周", "周管理")

    with town.acting():
        li.hand_in(text="/help")
        li.hand_in(text="3楼灯不亮了")
        zhou.hand_in(text="☎ 找人帮忙")
        zhou.comes_to_have("010-5550 1234")
        li.sees_nothing()
        admin.sees_nothing()
        town.sandbox.post("/sim/clock", advance="PT40S")

    sorry = li.sees("刚才没弄成,是我的问题。您发的内容没有丢。", "010-5550 1234", "报代码")
    code = sorry["text"].rpartition("报代码 ")[2][:4]
    alarm = admin.sees("请看一下", "有一条消息没处理成", code)
    assert "help" not in alarm["text"], "nobody's words"
    assert not li.has("请把事情发给我"), "what the handler had said was taken back"
    assert len(li.has("报代码")) == 1
    li.sees("对就提交", "3楼灯不亮了")
    li.presses("✅ 对,提交")
    li.sees("收到了,编号")
    assert "ZeroDivisionError" not in " ".join(one["text"] for one in li.shown())


def test_a_defect_in_the_middle_of_a_report_leaves_the_report_alone(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("3楼灯不亮了")

    with town.acting():
        li.hand_in(text="/help")
        town.sandbox.post("/sim/clock", advance="PT40S")
    li.sees("刚才没弄成")
    li.presses("✅ 对,提交")

    assert plot.number_in(li.sees("收到了,编号")["text"])


def test_a_reset_forgets_what_was_to_be_tried_again(town: Town) -> None:
    town.person("李阿姨").sends("/help")

    town.begin()
    li = town.person("李阿姨")
    li.sends("☎ 找人帮忙")

    li.sees("010-5550 1234")
    town.wait("PT1M")
    assert not li.has("刚才没弄成")
