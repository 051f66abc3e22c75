"""Patrols on which things go otherwise: everybody is silent, the leader is gone, it is at dawn."""

from tests.stories.test_rosters import make
from tests.support.meeting_town import presses_first
from tests.support.town import Neighbour, Town, labels

THREE = ("刘志愿", "陈志愿", "郑师傅")


def given_out(town: Town) -> tuple[Neighbour, list[Neighbour]]:
    """Publish the next Thursday of the roster; return who goes, and the other two."""
    qian = make(town)
    qian.presses("👀 看下周")
    qian.presses("📣 现在发出")
    people = town.people(*THREE)
    (goes,) = [one for one in people if one.has("请您值一次班", "西区早巡")]
    return goes, [one for one in people if one is not goes]


def test_who_was_silent_may_still_come_when_nobody_else_was_found(town: Town) -> None:
    goes, others = given_out(town)
    goes.presses("🔄 换一下", goes.has("请您值一次班", "西区早巡")[0])
    goes.presses("🧳 出门")
    town.wait("PT4H10M")  # two hours each
    assert all(one.has("能替一下吗", "西区早巡") for one in others)
    told = goes.sees("问了一圈,还没人能替您", "西区早巡")
    assert labels(told) == ["👌 能来"]
    first = others[0]
    first.presses("🙋 我来", first.has("能替一下吗", "西区早巡")[0])
    assert first.toasts() == ["谢谢您,记下了"]
    goes.sees(f"由 {first.name} 替 {goes.name}")
    others[1].presses("🙋 我来", others[1].has("能替一下吗", "西区早巡")[0])
    assert others[1].toasts() == ["已经有人来了,谢谢您"]


def test_a_swap_of_a_swap_asks_neither_of_those_who_cannot(town: Town) -> None:
    goes, others = given_out(town)
    goes.presses("🔄 换一下", goes.has("请您值一次班", "西区早巡")[0])
    goes.presses("🧳 出门")
    (second,) = [one for one in others if one.has("能替一下吗", "西区早巡")]
    (third,) = [one for one in others if one is not second]
    second.presses("🙋 我来", second.has("能替一下吗", "西区早巡")[0])
    second.presses("🔄 换一下")
    second.presses("🤒 身体不适")
    assert not goes.has("能替一下吗", "西区早巡")
    third.presses("🙋 我来", third.has("能替一下吗", "西区早巡")[0])
    second.sees(f"由 {third.name} 替 {second.name}")
    assert not goes.has(f"由 {third.name} 替"), "who gave it away has nothing to do with it"
    town.wait("P9DT9H")
    assert third.has("今天见", "西区早巡")
    assert not goes.has("今天见", "西区早巡")
    assert not second.has("今天见", "西区早巡")


def test_organizers_hear_who_is_missing_when_the_leader_is_gone(town: Town) -> None:
    qian = town.person("钱组织")
    town.block(town.person("吴书记"))
    town.wait("P5DT23H")  # Monday, 08:10: the patrol of the evening has nobody's word yet
    assert qian.has("还没定的人", "东区夜巡")


def test_a_patrol_at_dawn_is_reminded_of_the_evening_before(town: Town) -> None:
    qian = make(town)
    qian.presses("📅 时间")
    qian.presses("✍️ 自己写")
    qian.sends("每周四早上7点")
    qian.presses("1 小时")
    qian.presses("放假不办")
    qian.presses("✅ 就这样")
    qian.presses("👀 看下周")
    qian.presses("📣 现在发出")
    (goes,) = [one for one in town.people(*THREE) if one.has("请您值一次班", "西区早巡")]
    town.wait("P8DT8H50M")  # Wednesday, 18:00
    reminder = goes.has("明天", "西区早巡", "07:00")
    assert [one for one in reminder if "👌 没问题" in labels(one)], goes.transcript()
    town.wait("PT14H50M")  # Thursday, 08:50: it is over
    assert not goes.has("今天见", "西区早巡")


def planned(town: Town, qian: Neighbour) -> Neighbour:
    """Look at the next Thursday, of which nobody was told; return who would go."""
    qian.presses("👀 看下周")
    text = qian.sees("还没发", "(周四)")["text"]
    (name,) = [one for one in THREE if one in text]
    return town.person(name)


def test_who_goes_away_is_not_asked_for_a_week_that_was_planned_before(town: Town) -> None:
    qian = make(town)
    leaves = planned(town, qian)
    leaves.sends("/duty")
    leaves.presses("📝 我的时间")
    leaves.presses("🧳 我要出门")
    leaves.presses("一个月")
    qian.presses("◀ 返回")
    assert planned(town, qian) is not leaves
    town.wait("P6D")  # Sunday evening has gone by
    assert not leaves.has("请您值一次班", "西区早巡")
    assert [one for one in town.people(*THREE) if one.has("请您值一次班", "西区早巡")]


def test_who_rules_a_day_out_is_not_asked_for_it(town: Town) -> None:
    qian = make(town)
    cannot = planned(town, qian)
    cannot.sends("/duty")
    cannot.presses("📝 我的时间")
    cannot.presses("🚫 哪天不行")
    cannot.presses("⬜ 周四")
    town.wait("P6D")
    assert not cannot.has("请您值一次班", "西区早巡")


def test_who_is_taken_off_the_roster_is_not_asked(town: Town) -> None:
    qian = make(town)
    gone = planned(town, qian)
    qian.presses("◀ 返回")
    qian.presses("👥 成员")
    qian.presses(f"✅ {gone.name}")
    qian.presses("◀ 返回")
    assert planned(town, qian) is not gone
    town.wait("P6D")
    assert not gone.has("请您值一次班", "西区早巡")


def test_who_is_no_volunteer_any_more_is_on_no_roster(town: Town) -> None:
    make(town)
    liu = town.person("刘志愿")
    liu.sends("/settings")
    presses_first(liu, "🤝 我的志愿", "👋 不做了", "👋 确定不做了")
    liu.sees("谢谢您帮过的每一件事")
    town.wait("P20D")
    assert not liu.has("请您值一次班")


def test_nobody_is_missing_on_an_evening_on_which_the_bot_was_away(town: Town) -> None:
    """Nobody could say that they were there."""
    leader = town.person("吴书记")
    town.wait("P5DT23H")  # Monday, 08:10
    assert leader.has("还没定的人", "东区夜巡")
    town.kill_bot()
    town.sandbox.post("/sim/clock", advance="P1DT2H")
    town.start_bot()
    assert not leader.has("没到岗")
