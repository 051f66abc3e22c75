"""Telegram is slow, refuses, or is away for hours: everybody gets each letter, in order."""

from collections import Counter
from datetime import timedelta

from tests.support import plot
from tests.support.plot import number_in
from tests.support.town import POLLING, Neighbour, Town, picture

RESIDENTS = ("李阿姨", "老周", "小李")


def in_order(who: Neighbour, *pieces: str) -> None:
    """Hold that messages with these pieces stand in the chat in this order, each once."""
    texts = [one["text"] for one in who.shown()]
    found = [[at for at, text in enumerate(texts) if piece in text] for piece in pieces]
    assert [len(places) for places in found] == [1] * len(pieces), who.transcript()
    assert sorted(found) == found, who.transcript()


def most_copies(town: Town) -> Counter[tuple[str, str]]:
    """Return how often each text was put into each chat as a new message."""
    return Counter(
        (str(call["parameters"]["chat_id"]), call["parameters"]["text"])
        for call in town.calls("sendMessage")
        if call["status"] == 200
    )


def test_a_storm_of_429_delays_and_doubles_nothing(town: Town) -> None:
    desk = town.person("张调度")
    neighbours = town.people(*RESIDENTS)
    for one, words in zip(neighbours, ("灯不亮了", "垃圾没人收", "电梯停了"), strict=True):
        one.sends("3号楼2单元" + words)

    town.fault(method="sendMessage", times=6, retry_after=1)
    town.fault(method="editMessageText", times=6, retry_after=1)
    with town.acting():
        for one in neighbours:
            one.push("✅ 对,提交")

    numbers = [number_in(one.sees("收到了,编号")["text"]) for one in neighbours]
    assert len(set(numbers)) == 3
    for number in numbers:
        assert len(desk.has(number, "待派单")) == 1
    assert set(most_copies(town).values()) == {1}
    statuses = Counter(call["status"] for call in town.calls("sendMessage"))
    assert statuses[429] == 6, "the storm was met"
    assert town.sandbox.get("/sim/faults")["faults"] == []


def test_a_refusal_for_an_hour_is_waited_for(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")
    town.fault(method="sendMessage", times=-1, status=502)

    with town.acting():
        who.li.push("✅ 对,提交")
    town.wait("PT1H")
    assert not who.desk.has("待派单")
    town.mend()
    town.wait("PT10M")

    number = number_in(who.li.has("收到了,编号")[0]["text"])
    assert number in town.sent_to(who.desk, "待派单")[-1]["parameters"]["text"]
    assert len(town.sent_to(who.desk, "待派单")) == 1


def test_telegram_is_away_for_six_hours_and_nothing_is_lost_or_out_of_order(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)
    begun = town.now

    town.fault(method="sendMessage", times=-1, status=502)  # letters pile up first
    town.fault(method="editMessageText", times=-1, status=502)
    with town.acting():
        who.liu.push("🙋 我去")
    town.mend()
    town.fault(method="*", times=-1, status=502)
    zhou = town.person("老周")
    zhou.hand_in(text="垃圾桶满了没人收")
    zhou.hand_in(photo="rubbish")
    for _ in range(6):  # an hour at a time: a busy machine answers each of them in time
        town.sandbox.post("/sim/clock", advance="PT1H")
    assert not who.li.has("有人接了")
    town.mend()
    town.wait("PT6M")

    assert town.now - begun >= timedelta(hours=6)
    who.liu.presses("📍 我到了")
    who.liu.sees(number, "弄好后发一张照片")
    assert len(town.sent_to(who.li, f"{number} 有人接了")) == 1
    assert len(zhou.has("对就提交", "垃圾桶满了没人收", "照片1张")) == 1
    assert max(most_copies(town).values()) == 1


def test_letters_of_one_chat_keep_their_order_through_troubles(town: Town) -> None:
    li = town.person("李阿姨")
    town.fault(method="sendMessage", times=3, status=502)

    with town.acting():
        li.hand_in(text="☎ 找人帮忙")
        li.hand_in(text="📢 社区动态")
        li.hand_in(text="/help")
        li.hand_in(text="📝 报问题")
        town.sandbox.post("/sim/clock", advance="PT5M")

    in_order(li, "工作人员接电话", "这一周", "怎么用幸福里社区小助手", "请把事情发给我")


def test_a_lost_answer_means_two_copies_at_most(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")
    town.fault(method="sendMessage", times=3, drop="after")

    with town.acting():
        who.li.push("✅ 对,提交")
        town.sandbox.post("/sim/clock", advance="PT10M")

    number = number_in(who.li.sees("收到了,编号")["text"])
    assert 1 <= len(who.desk.has(number, "待派单")) <= 2
    copies = [call for call in town.calls("sendMessage") if number in call["parameters"]["text"]]
    by_chat = Counter(str(call["parameters"]["chat_id"]) for call in copies)
    assert max(by_chat.values()) <= 2, "must-arrive: never a third try that may arrive"


def test_a_card_that_changes_while_its_fate_is_unknown_is_not_sent_a_third_time(
    town: Town,
) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")
    town.fault(method="sendMessage", times=-1, drop="after")

    with town.acting():
        who.li.push("✅ 对,提交")
        (card,) = who.li.comes_to_have("收到了,编号")
        who.desk.comes_to_have("3楼灯不亮了", "待派单")
        who.li.hand_in(photo="light", reply_to=card["message_id"])
        town.sandbox.post("/sim/clock", advance="PT10M")
        who.li.hand_in(photo=picture(1), reply_to=card["message_id"])
        town.sandbox.post("/sim/clock", advance="PT10M")

    copies = who.desk.has("3楼灯不亮了", "待派单")
    assert 1 <= len(copies) <= 2, who.desk.transcript()

    town.mend()
    who.desk.presses("🙋 放给志愿者", copies[0])  # an old drawing: it becomes the card
    who.desk.presses("🙋 放给志愿者", who.desk.sees("照片2张", "待派单"))
    assert len(who.desk.has("3楼灯不亮了", "🙋 待接单")) == 1, who.desk.transcript()


def test_a_connection_cut_before_anything_was_done_loses_nothing(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("3楼灯不亮了")
    town.fault(method="sendMessage", times=1, drop="before")
    town.fault(method="editMessageText", times=1, drop="before")

    with town.acting():
        who.li.push("✅ 对,提交")
        town.sandbox.post("/sim/clock", advance="PT10M")

    number = number_in(who.li.sees("收到了,编号")["text"])
    assert len(who.desk.has(number, "待派单")) == 1


def test_a_slow_telegram_holds_up_one_chat_and_not_the_others(town: Town) -> None:
    li, zhou = town.people("李阿姨", "老周")
    town.fault(method="sendMessage", times=1, delay=3)

    with town.acting():
        li.hand_in(text="☎ 找人帮忙")
        town.sandbox.get("/sim/faults")
        zhou.hand_in(text="☎ 找人帮忙")

    zhou.sees("010-5550 1234")
    li.sees("010-5550 1234")


def test_updates_that_could_not_be_fetched_are_served_in_order_and_once(town: Town) -> None:
    li = town.person("李阿姨")

    with town.all_at_once():
        li.hand_in(text="3楼灯不亮了")
        li.hand_in(text="黑得看不见")
        li.hand_in(text="1")

    filed = li.sees("收到了,编号")
    town.person("张调度").sees(number_in(filed["text"]), "3楼灯不亮了 黑得看不见")


def test_a_reset_in_the_middle_of_an_outage_leaves_a_bot_that_hears(town: Town) -> None:
    town.fault(method=POLLING, times=-1, status=502)
    attempts = len(town.calls(POLLING))
    town.sandbox.post("/sim/clock", advance="P2D")
    town.until(lambda: len(town.calls(POLLING)) > attempts)  # and waits again, two days later
    town.sandbox.reset()

    li = town.person("李阿姨")
    li.sends("☎ 找人帮忙")

    li.sees("010-5550 1234")


def test_a_deleted_card_is_sent_anew(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    town.fault(
        method="editMessageText",
        times=1,
        status=400,
        description="Bad Request: message to edit not found",
    )

    who.desk.presses("🙋 放给志愿者")

    assert who.desk.has(number, "🙋 待接单")
    assert who.li.has(number, "正在找人")
