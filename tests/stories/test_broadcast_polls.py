"""A notice that is a poll: one poll for everybody, one count, and nobody's name."""

from typing import Any

import pytest

from tests.stories.test_broadcast import everybody, go
from tests.support.town import Neighbour, Town, labels

ASKED = {"question": "活动室周末开到几点?", "options": ["晚上8点", "晚上9点", "都行"]}
QUIZ = {"question": "厨余扔哪个桶?", "options": ["绿桶", "灰桶"], "correct": 0}


@pytest.fixture
def qian(town: Town) -> Neighbour:
    return town.person("钱组织")


def ask(who: Neighbour, poll: dict[str, Any] = ASKED, words: str = "") -> None:
    """Compose a poll and choose everybody."""
    who.sends("/notice")
    who.sees("文字、照片、文件、投票都行")
    if words:
        who.sends(words)
    who.sends(poll=poll)
    everybody(who)


def polls(who: Neighbour) -> list[dict[str, Any]]:
    """Return the messages with a poll that the bot has sent and not deleted."""
    shown = who.shown()
    return [one for one in shown if one["poll"] and one["from"] == "bot" and not one["deleted"]]


def counts(message: dict[str, Any]) -> list[int]:
    """Return how many chose each option, as a phone shows it."""
    return [one["votes"] for one in message["poll"]["options"]]


def test_everybody_votes_in_the_same_poll(town: Town, qian: Neighbour) -> None:
    li, zhou = town.people("李阿姨", "老周")
    ask(qian, words="两个时间,<b>请选一个</b>。")
    (preview,) = polls(qian)
    assert preview["poll"]["closed"]  # to be seen, not to be voted in
    asked = qian.sees("全体:", "人能收到", "票数合在一起", "什么时候发")
    assert not [
        one for one in labels(asked) if "收到" in one
    ]  # a poll that is sent on has no button
    qian.presses("✅ 现在发")
    go(town)
    (mine,) = polls(li)
    assert mine["poll"]["question"] == "活动室周末开到几点?"
    assert mine["poll"]["description"].startswith("📢 幸福里社区\n两个时间,<b>请选一个</b>。")
    assert mine["poll"]["forwarded"]
    assert not mine["poll"]["closed"]
    li.votes(1)
    zhou.votes(1)
    assert counts(polls(li)[-1]) == counts(polls(qian)[-1]) == [0, 2, 0]
    report = qian.has("发完了", "送达")[-1]
    assert "✏️ 更正" not in labels(report)  # Telegram lets no poll be changed
    qian.presses("🔄 看最新票数")
    qian.sees("2 人投了", "晚上9点 2")
    late = town.newcomer("后来搬来的", language="zh")
    late.sends("📢 社区动态")
    (label,) = [one for one in labels(late.shown()[-1]) if "活动室" in one]
    late.presses(label)
    late.votes(2)  # the very same poll, whenever it is opened
    assert counts(polls(li)[-1]) == [0, 2, 1]
    qian.presses("🔒 结束投票")
    qian.sees("3 人投了", "已结束")
    assert all(polls(one)[-1]["poll"]["closed"] for one in (li, zhou))
    qian.deletes([one for one in polls(qian) if not one["poll"]["forwarded"]][-1])
    late.presses(label)
    late.sees("这个投票已经找不到了")


def test_a_poll_is_taken_back_from_everybody(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    ask(qian, QUIZ | {"explanation": "绿色装厨余"})
    qian.presses("✅ 现在发")
    go(town)
    li.votes(1)
    solved = polls(li)[-1]["poll"]
    assert (solved["correct"], solved["explanation"]) == ([0], "绿色装厨余")
    qian.presses("↩️ 撤回")
    qian.presses("↩️ 撤回这条")
    town.wait("PT10S")
    assert polls(li) == []
    assert polls(qian)[-1]["poll"]["closed"]


def test_a_poll_of_somebody_who_has_gone_goes_to_nobody(town: Town, qian: Neighbour) -> None:
    li = town.person("李阿姨")
    ask(qian)
    qian.presses("🌆 今晚19:00")
    town.sandbox.post("/sim/block", from_=qian.id)
    town.wait("PT11H")  # it has to stand in the chat of its author, and cannot
    assert polls(li) == []
    town.wait("P2D")
    assert polls(li) == []


def test_what_is_no_fitting_poll_is_said_at_once(qian: Neighbour) -> None:
    qian.sends("/notice")
    qian.sends(poll=QUIZ | {"forwarded": True})
    qian.sees("转发来的答题不带答案")
    qian.sends(photo="light")
    qian.sends(poll=ASKED)
    qian.sees("投票自己就是一条")
    qian.presses("🗑 重新写")
    qian.sends(poll=ASKED | {"anonymous": False})
    qian.sees("活动室周末开到几点", "🗳 投票")
    qian.sends(photo="light")
    qian.sees("投票自己就是一条")
    everybody(qian)
    qian.sees("实名", "都能看到谁选了什么")
    qian.sends("取消")
    qian.sees("好的,没有发")


def test_a_poll_out_of_the_blue_gets_a_kind_answer(town: Town, qian: Neighbour) -> None:
    qian.sends(poll=ASKED)
    qian.sees("/notice", "/survey")
    li = town.person("李阿姨")
    li.sends(poll=ASKED)
    li.sees("投票我不会填", "转给组织者")
