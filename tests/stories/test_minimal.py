"""Minimal mode: no message shows a door or a number; who has to know looks, and it is noted."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.test_broadcast_changes import send
from tests.stories.test_callback_calls import looks_whom_to_call
from tests.stories.test_forged_presses import Forger, forge
from tests.stories.test_onbehalf import given_to, registers
from tests.stories.test_residence import scans
from tests.support import plot
from tests.support.files_sent import documents
from tests.support.minimal import minimal, written
from tests.support.proxy import passing
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Neighbour, Town, labels

SEE = "☎ 门牌电话"
AT_HOME = "3号楼2单元502家里的灯不亮了,电话13912345678"
GRID = "010-5550 1240"  # the grid worker's own number
SECRETS = ("502", "302", "13912345678", "13877776666", "6666", "01055501240")
EXAMPLE = "比如502"  # what a door is, said to who is asked for theirs
REFUSED = "这一步要由经办人来做。"


@pytest.fixture(scope="module")
def forger() -> Forger:
    return Forger()


@pytest.fixture(scope="module")
def discreet(tmp_path_factory: pytest.TempPathFactory, forger: Forger) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("minimal")
    with (
        running(folder, "--no-bot") as sandbox,
        passing(sandbox.address, forger) as telegram,
        bot_by_hand(folder, sandbox, telegram, ORGANISATION=minimal(folder)),
    ):
        sandbox.settle(30)
        yield Town(sandbox)


@pytest.fixture
def town(discreet: Town, forger: Forger) -> Iterator[Town]:
    forger.data = None
    discreet.begin()
    yield discreet
    said = re.sub(r"[\s-]", "", written(discreet)).replace(EXAMPLE, "")
    assert [one for one in SECRETS if one in said] == [], "nothing of it was ever written"
    assert "🔒" in said


def sees_in_private(who: Neighbour, *pieces: str) -> None:
    """Press the button on the newest message that has it; an alert says all the pieces."""
    who.presses(SEE)
    (said,) = who.toasts()
    assert all(piece in said for piece in pieces), said
    assert len(said) <= 200


def test_whoever_does_the_work_looks_at_the_door_and_the_resident_reads_that_they_did(
    town: Town, forger: Forger
) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, AT_HOME)
    who.li.sees(number, "3号楼2单元🔒")
    card = who.desk.sees(number, "3号楼2单元🔒", "电话🔒")
    sees_in_private(who.desk, number, "502", "13912345678")

    who.desk.presses("🙋 放给志愿者", card)
    asked = who.liu.sees(number, "您方便吗", "3号楼2单元")
    assert SEE not in labels(asked), "not before it is taken"
    assert forge(who.liu, forger, f"v1:guarded:see:{number}:1") == [REFUSED]
    who.liu.presses("🙋 我去")
    who.liu.sees(f"您接了 {number}", "3号楼2单元🔒", "李阿姨家", "孙网格 🔒")
    sees_in_private(who.liu, "3号楼2单元 502", f"孙网格 ☎ {GRID}", "13912345678")

    zhou = town.person("老周")
    for old in (0, 99):
        assert forge(zhou, forger, f"v1:guarded:see:{number}:{old}") == [REFUSED]
    assert forge(zhou, forger, "v1:guarded:see:99999:1") != []

    who.liu.sends("门牌电话")  # typed instead of tapped: its answer would stay in the chat
    who.liu.sees("不写进聊天里")

    plot.finish(who.liu)
    assert forge(who.liu, forger, f"v1:guarded:see:{number}:9") != [], "it is still theirs to read"
    who.li.sends("/privacy")
    home = who.li.sees("我的信息", "消息不写门牌电话", f"志愿者 看门牌电话({number})")
    assert home["text"].count("看门牌电话") == 3
    assert "老周" not in home["text"]


def test_a_group_has_no_such_button_and_what_goes_on_in_private_has(town: Town) -> None:
    who = plot.cast(town)
    room = town.person("张调度").enters("工作群", "待派")
    room.sends("/bind")
    room.presses("📥 待派")
    number = plot.report(who.li, AT_HOME)
    assert SEE not in labels(room.sees(number, "3号楼2单元", "电话🔒"))
    room.presses("📄 看全部")
    who.desk.sees(number, "3号楼2单元🔒")
    sees_in_private(who.desk, number, "502", "13912345678")


def test_the_number_of_whoever_telephoned_is_read_over_the_chat_alone(
    town: Town, forger: Forger
) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = registers(who.desk, "5号楼1单元灯不亮,电话13877776666")
    given_to(who, "孙网格")
    card = sun.sees(number, "5号楼1单元")
    assert "☎ 居民电话" not in labels(card)
    sees_in_private(sun, number, "☎ 13877776666")
    assert "13877776666" in forge(sun, forger, f"v1:behalf:phone:{number}:1")[0], "an old button"


def test_whom_to_call_first_is_read_over_the_chat_alone(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.li.presses("☎ 请他先打电话", who.li.sees(number, "有人接了"))
    who.liu.sees(number, "先打个电话再来")
    who.li.sends("我的电话 139 1234-5678")
    who.liu.sees(number, "我的电话 🔒")
    sees_in_private(who.liu, "139 1234-5678")


def test_a_home_is_bound_and_its_door_stands_in_no_message(town: Town) -> None:
    sun, zhou, qian = town.people("孙网格", "老周", "钱组织")
    sun.sends("/word 3号楼2单元302")
    said = re.search(r"\d{3} \d{3}", sun.sees("3号楼2单元🔒", "7 天有效")["text"])
    assert said is not None
    scans(zhou, "302")
    zhou.sees("3号楼2单元🔒", "请打社区电话要", "010-5550 1234")
    zhou.sends(said[0])
    zhou.presses("🔑 我的家", zhou.sees("绑定好了:3号楼2单元🔒"))
    sees_in_private(zhou, "1 3号楼2单元 302")

    qian.sends("/people 老周")
    qian.presses("👤 老周")
    qian.sees("老周", "3号楼2单元🔒")
    sees_in_private(qian, "3号楼2单元 302")
    qian.sends("/audit")
    qian.sees("钱组织 看门牌电话", "老周")
    zhou.sends("/privacy")
    zhou.sees("组织者 看门牌电话")


def test_whom_to_call_about_the_work_and_whom_a_notice_did_not_reach(
    town: Town, forger: Forger
) -> None:
    who = plot.cast(town)
    sun, qian, zhou = town.people("孙网格", "钱组织", "老周")
    number = registers(who.desk, "5号楼1单元灯不亮,电话13877776666")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    listed = looks_whom_to_call(sun)
    assert f"{number} 居民" in listed["text"]
    sun.presses(f"☎ {number} 居民")
    sun.sees(number, "问题解决了吗?")
    sees_in_private(sun, number, "☎ 13877776666")
    caller = 14
    assert forge(zhou, forger, f"v1:callback:call_phone:{number}:0:{caller}") != []

    send(town, qian)
    report = qian.has("发完了")[-1]
    (missed,) = [one for one in labels(report) if one.startswith("📞")]
    qian.presses(missed, report)
    listed = qian.sees("没收到的")
    (numbers,) = [one for one in labels(listed) if one.startswith("☎")]
    qian.presses(numbers, listed)
    (said,) = qian.toasts()
    assert "13877776666" in said
    assert forge(zhou, forger, "v1:broadcast:phones:1:0") != [said]
    qian.sends("/audit")
    qian.sees("钱组织 看电话")


def test_what_somebody_takes_along_is_a_message_too(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li, AT_HOME)
    who.li.sends("/privacy")
    who.li.presses("📥 导出给我")
    ((name, held),) = documents(town, who.li)
    said = re.sub(r"\d{4}-\d\d-\d\dT[\d:.+]+", "", held.decode())  # instants have any figures
    assert name.endswith(".json")
    assert "家里的灯不亮了" in said
    assert [one for one in SECRETS if one in re.sub(r"[\s-]", "", said)] == []
