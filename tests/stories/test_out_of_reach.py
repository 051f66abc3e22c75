"""People who have blocked the bot, nobody who could come, offers that nobody takes."""

import json

from tests.support import plot
from tests.support.town import Town, labels

WORKERS = ("刘志愿", "陈志愿", "王师傅", "郑师傅", "孙网格")


def let_nobody_come(town: Town) -> None:
    """Let the limits of pool, staff on duty and property lead pass, one after another."""
    for _ in range(3):
        town.wait("PT31M")


def test_a_resident_who_has_blocked_the_bot_holds_nobody_up(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)

    town.block(who.li)
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.desk.sees(number, "📷 待回访 · 刘志愿")
    assert not who.li.has("办完了"), "nothing reaches them"

    town.unblock(who.li)
    who.li.sends("📋 我的事")
    who.li.sees(number, "📷 等您看看")
    who.li.sends("1")  # opens the first of the list
    who.li.sees(number, "修好了吗")
    who.li.sends("1")
    who.desk.sees(number, "✅ 办结")


def test_a_volunteer_who_has_blocked_the_bot_is_passed_over(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    town.block(who.liu)

    number = plot.report(who.li)
    who.desk.presses("🙋 放给志愿者")

    chen.sees(number, "您方便吗")
    assert not who.liu.has(number)
    assert [call for call in town.calls("sendMessage") if call["status"] == 403] == []
    who.desk.presses("👤 改派")
    assert not [label for label in labels(who.desk.news()[-1]) if label.startswith("刘志愿")]
    chen.presses("🙋 我去")
    who.li.sees(f"{number} 有人接了", "陈志愿")

    town.unblock(who.liu)
    second = plot.report(who.li, "5号楼1单元灯不亮了")
    who.desk.presses("🙋 放给志愿者")
    who.liu.sees(second, "您方便吗")


def test_when_nobody_can_be_asked_the_dispatcher_hears_it_at_once(town: Town) -> None:
    who = plot.cast(town)
    for one in town.people(*WORKERS):
        town.block(one)
    number = plot.report(who.li)

    who.desk.presses("🙋 放给志愿者")

    who.desk.sees(number, "没有志愿者可问", "请您直接派给一位")


def test_when_nobody_can_be_given_it_the_list_says_so(town: Town) -> None:
    who = plot.cast(town)
    for one in town.people(*WORKERS):
        town.block(one)
    number = plot.report(who.li)

    who.desk.presses("👤 派给…")

    who.desk.sees(number, "眼下没有人可派")


def test_an_offer_that_nobody_takes_goes_back_to_the_dispatchers_once(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    town.wait("PT29M")
    who.desk.sees(number, "还没有人接")
    town.wait("PT2M")
    town.person("孙网格").sees(number, "您方便吗", "今天10:10")
    who.desk.sees(number, "🙋 待接单")
    town.wait("PT31M")
    assert not who.desk.has("没有志愿者可问")
    town.wait("PT31M")
    who.desk.sees(number, "没有志愿者可问")
    who.desk.sees(number, "🆕 待派单", "前要有人接")
    who.li.sees("收到了,编号", number, "前有人接手")
    assert not [one for one in who.liu.shown() if "🙋 我去" in labels(one)]

    town.wait("PT6H")
    assert len(town.sent_to(who.desk, f"{number} 没有志愿者可问")) == 1


def test_an_offer_runs_out_once_though_the_bot_was_away(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="PT3H")
    with town.acting():
        town.start_bot()
    town.person("孙网格").sees(number, "您方便吗")
    town.wait("PT31M")
    town.wait("PT31M")
    who.desk.sees(number, "没有志愿者可问")
    town.restart_bot()

    assert len(town.sent_to(who.desk, f"{number} 没有志愿者可问")) == 1
    assert len(who.desk.has(number, "🆕 待派单")) == 1


def test_an_offer_that_is_taken_in_time_does_not_run_out(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)

    town.wait("PT2H")

    who.desk.sees_nothing()
    assert who.desk.has(number, "🔧 处理中 · 刘志愿")


def test_each_round_of_an_offer_has_a_limit_of_its_own(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)
    let_nobody_come(town)

    who.desk.presses("🙋 放给志愿者")
    let_nobody_come(town)

    assert len(town.sent_to(who.desk, f"{number} 没有志愿者可问")) == 2


def test_a_deleted_account_holds_nobody_up(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)

    town.sandbox.post("/sim/deactivate", from_=who.li.id)
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")

    who.desk.sees(number, "🔧 处理中 · 刘志愿")
    refused = [call for call in town.calls("sendMessage") if call["status"] == 403]
    assert len(refused) <= 1, json.dumps(refused)
