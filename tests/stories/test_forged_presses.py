"""Presses of buttons that are somebody else's, from an older time, or nobody's at all."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.stories.test_onbehalf import CANARY, given_to, has_canary, registers
from tests.stories.test_residence import binds, word
from tests.support import plot
from tests.support.proxy import Update, passing
from tests.support.sandbox import bot_by_hand, running
from tests.support.town import Neighbour, Town

STALE = "这条更新过了,给您看最新的"
RUBBISH = ("", "x", "v1", "v1:case:claim", "v1:case:claim:abc:1", "v1:case:claim:1:1:1:1:1",
           "v9:case:claim:1023:1", "v1:nothing:at_all:1:1", "v1:case:claim:99999:1",
           "v1:case:claim:-1:-1", "v1:draft:file:1:0", "v1:case:assign:1023:1:99999",
           "v1:case:claim:99999999999999999999999:1", "v1:draft:kind:1:0:" + "长" * 10)  # fmt: skip


class Forger:
    """A Telegram in whose midst somebody presses buttons that they have not."""

    def __init__(self) -> None:
        self.data: str | None = None

    def __call__(self, updates: list[Update]) -> list[Update]:
        if self.data is not None:
            for one in updates:
                if "callback_query" in one:
                    one["callback_query"]["data"] = self.data
        return updates


@pytest.fixture(scope="module")
def forger() -> Forger:
    return Forger()


@pytest.fixture(scope="module")
def forged(tmp_path_factory: pytest.TempPathFactory, forger: Forger) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("forged")
    with (
        running(folder, "--no-bot") as sandbox,
        passing(sandbox.address, forger) as telegram,
        bot_by_hand(folder, sandbox, telegram),
    ):
        sandbox.settle(30)
        yield Town(sandbox)


@pytest.fixture
def town(forged: Town, forger: Forger) -> Town:
    forger.data = None
    forged.begin()
    return forged


def forge(who: Neighbour, forger: Forger, data: str) -> list[str]:
    """Let somebody press a button of their own, with other data; return what flashed."""
    who.sends("📢 社区动态")  # a stale press draws over the message: each needs its own
    forger.data = data
    who.presses("📰 少发通知")
    forger.data = None
    return who.toasts()


@pytest.mark.parametrize(
    ("status", "verbs"),
    [
        ("offered", ["case:claim", "case:assign_ask", "case:withdraw", "case:withdraw_ask"]),
        ("taken", ["case:return_", "case:arrive", "finish:start", "case:withdraw"]),
        ("resolved", ["case:confirm", "case:contest", "finish:done"]),
        ("contested", ["case:reopen", "refuse:start"]),
    ],
)
def test_a_neighbour_cannot_press_what_is_not_theirs(
    town: Town, forger: Forger, status: str, verbs: list[str]
) -> None:
    who = plot.cast(town)
    zhou = town.person("老周")
    number = {
        "offered": plot.offered,
        "taken": plot.taken,
        "resolved": plot.resolved,
        "contested": plot.contested,
    }[status](who)
    before = [one["text"] for one in who.desk.shown()]

    for verb in verbs:
        noun, name = verb.split(":")
        for version in range(1, 6):
            assert forge(zhou, forger, f"v1:{noun}:{name}:{number}:{version}"), "it is answered"

    assert [one["text"] for one in who.desk.shown()] == before, "the case is as it was"
    assert not zhou.has("3楼灯不亮了"), "nor is it shown to them"


def test_whoever_may_not_is_told_who_may(town: Town, forger: Forger) -> None:
    who = plot.cast(town)
    zhou = town.person("老周")
    number = plot.offered(who)

    toasts = [forge(zhou, forger, f"v1:case:withdraw:{number}:{at}")[0] for at in (1, 2)]

    assert toasts[0] == STALE
    assert toasts[1] == "这一步要由报这件事的人来做。"


def test_nobody_but_the_staff_that_has_it_reads_the_number_of_who_telephoned(
    town: Town, forger: Forger
) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = registers(sun, f"5号楼1单元灯不亮,{CANARY}")
    given_to(who, "王师傅")
    there = f"v1:behalf:phone:{number}:1"
    for one in (sun, who.desk, who.liu, who.zhao, who.li):
        assert any("经办" in flashed for flashed in forge(one, forger, there)), one.name
        if one is not sun:  # who has typed it
            assert not has_canary(one.transcript())
    nobodys = plot.report(who.li)
    assert forge(who.desk, forger, f"v1:behalf:phone:{nobodys}:1")


@pytest.mark.parametrize("verb", ["safe", "calm"])
def test_nobody_calms_a_neighbours_emergency(town: Town, forger: Forger, verb: str) -> None:
    li, zhou, desk = town.people("李阿姨", "老周", "张调度")
    li.sends("楼道有煤气味")
    number = plot.number_in(desk.sees("🚨")["text"])

    for version in range(1, 5):
        forge(zhou, forger, f"v1:urgent:{verb}:{number}:{version}")

    assert "🚨" in desk.has(number)[-1]["text"]
    assert "已经出来" not in desk.has(number)[-1]["text"]


def test_somebody_elses_draft_cannot_be_filed(town: Town, forger: Forger) -> None:
    li = town.person("李阿姨")
    zhou = town.person("老周")
    li.sends("3楼灯不亮了")
    card = li.with_button("✅ 对,提交")
    data = card["buttons"][0][0]["data"]

    assert forge(zhou, forger, data) == ["这张卡是别人的。"]
    assert forge(zhou, forger, data.replace(":file:", ":drop:")) == ["这张卡是别人的。"]

    li.presses("✅ 对,提交")
    li.sees("收到了,编号")


@pytest.mark.parametrize("verb", ["show", "photos", "not_today", "assign_page", "full", "up_ask"])
def test_nobody_looks_into_a_neighbours_case(town: Town, forger: Forger, verb: str) -> None:
    who = plot.cast(town)
    zhou = town.person("老周")
    who.li.sends(photo="light", caption="3楼灯不亮了")
    who.li.presses("✅ 对,提交")
    number = plot.number_in(who.li.sees("收到了,编号")["text"])

    for version in (0, 1):
        forge(zhou, forger, f"v1:case:{verb}:{number}:{version}")

    assert not zhou.has("3楼灯不亮了")
    assert not zhou.has("3号楼2单元")
    assert not [one for one in zhou.shown() if one["media"]]


def test_whoever_did_it_neither_ends_it_without_words_nor_closes_it(
    town: Town, forger: Forger
) -> None:
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")
    wang.presses("🙋 我去")
    wang.presses("✅ 弄好了")
    wang.sends(photo="light")
    wang.sees(f"{number} 做了什么?")

    for version in range(6):
        (flashed,) = forge(wang, forger, f"v1:finish:done:{number}:{version}")
        assert flashed == "请先打一句话。"
    assert who.desk.has(number, "🔧 处理中 · 王师傅")

    wang.presses("🔧 修好了")
    wang.presses("✅ 好了")
    who.desk.sees(number, "📷 待回访 · 王师傅")
    closing = ("case:confirm", "merge:start", "decline:start", "close:start", "refuse:start")
    for verb in (*closing, "case:contest", "case:reopen"):
        for version in range(1, 8):
            assert forge(wang, forger, f"v1:{verb}:{number}:{version}"), "it is answered"
    for said in ("q1:{}:0:yes", "call_said:{}:0:1.q1.yes", "check_said:{}:0:1.q1.yes"):
        assert "这一步要由" in forge(wang, forger, "v1:callback:" + said.format(number))[0]
    assert who.desk.has(number, "📷 待回访 · 王师傅"), "only others close it"

    who.li.presses("👍 好了")
    who.desk.sees(number, "✅ 办结 · 王师傅")
    who.desk.presses("📄 看全部")
    who.desk.sees("李阿姨 办结")
    who.desk.presses("◀ 上一页")
    story = who.desk.sees("李阿姨 报上来", "张调度 放出去", "王师傅 接了")["text"]
    assert "王师傅 办结" not in story


def test_a_resident_cannot_assign_to_themselves(town: Town, forger: Forger) -> None:
    who = plot.cast(town)
    zhou = town.person("老周")
    number = plot.report(who.li)

    for person in range(1, 4):
        forge(zhou, forger, f"v1:case:assign:{number}:1:{person}")

    assert who.desk.has(number, "🆕 待派单")


@pytest.mark.parametrize("data", RUBBISH)
def test_rubbish_in_a_button_is_answered_and_breaks_nothing(
    town: Town, forger: Forger, data: str
) -> None:
    zhou = town.person("老周")

    forge(zhou, forger, data)

    assert town.calls("answerCallbackQuery"), "the clock on the button stops"
    assert not zhou.has("刚才没弄成")
    zhou.sends("☎ 找人帮忙")
    zhou.sees("010-5550 1234")


@pytest.mark.parametrize("said", ["q1:{}:0:yes", "q2:{}:0:no", "wish:{}:0:again", "write:{}:0"])
def test_nobody_answers_for_somebody_else(town: Town, forger: Forger, said: str) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    for forged in (town.person("老周"), who.liu, who.zhao):
        (flashed,) = forge(forged, forger, "v1:callback:" + said.format(number))
        assert "这一步要由" in flashed
    assert who.desk.has(number, "📷 待回访")


@pytest.mark.parametrize("said", ["q1:{}:0:maybe", "q1:{}:7:yes", "wish:{}:0:again", "q2:{}:0:yes"])
def test_an_answer_out_of_turn_changes_nothing(town: Town, forger: Forger, said: str) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    forge(who.li, forger, "v1:callback:" + said.format(number))
    assert who.desk.has(number, "📷 待回访")


def test_the_same_or_another_is_answered_once_and_by_its_person(town: Town, forger: Forger) -> None:
    li, zhou = town.people("李阿姨", "老周")
    li.sends("3楼灯不亮了")
    li.sends("楼道里很臭,没人打扫")
    apart = li.sees("同一件,还是另一件")["buttons"][0][1]["data"]
    assert forge(zhou, forger, apart) == ["这张卡是别人的。"]
    li.presses("➕ 同一件", li.with_button("➕ 同一件"))

    [flashed] = forge(li, forger, apart)

    assert "这张卡已经过去了" in flashed
    assert not li.has("收到了,编号")


def test_a_home_is_ended_by_nobody_whose_it_is_not(town: Town, forger: Forger) -> None:
    sun, zhou, li = town.people("孙网格", "老周", "小李")
    binds(zhou, word(sun))
    for data in ("v1:residence:leave:1:0", "v1:residence:moved:1:0"):
        assert forge(li, forger, data) == [STALE]
    (said,) = forge(li, forger, "v1:residence:end:1:0:moved")
    assert "组织者" in said
    zhou.sends("/settings")
    zhou.presses("🔑 我的家")
    zhou.sees("您的家", "3号楼2单元 502")
