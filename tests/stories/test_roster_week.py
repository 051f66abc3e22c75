"""A week of patrols: asked on Sunday, a swap that the fourth takes, a no-show, a finding."""

from collections.abc import Iterator

from tests.support.files_sent import entry_of
from tests.support.plot import number_in
from tests.support.town import Neighbour, Town, labels, picture

MEMBERS = ("老周", "小李", "刘志愿", "陈志愿", "孙网格", "郑师傅")
LEADER = "吴书记"
TAKE, NO = "🙋 我来", "这次不行"


def sunday(town: Town) -> dict[str, list[Neighbour]]:
    """Let it be Sunday 19:00; return who was asked, by the weekday."""
    people = town.people(*MEMBERS)
    town.person(LEADER)
    town.wait("P5DT9H50M")  # from Tuesday 09:10
    asked: dict[str, list[Neighbour]] = {}
    for one in people:
        for day in ("周一", "周三", "周五"):
            if one.has("请您值一次班", day):
                asked.setdefault(day, []).append(one)
    return asked


def asked_in_turn(town: Town, but: list[Neighbour]) -> Iterator[Neighbour]:
    """Yield who is asked to stand in, as they come to be asked."""
    known = {one.name for one in but}
    while True:
        (one,) = [
            each
            for each in town.people(*MEMBERS)
            if each.name not in known and each.has("能替一下吗")
        ]
        known.add(one.name)
        yield one


def test_on_sunday_each_is_asked_once_and_the_table_shows_it(town: Town) -> None:
    group = town.person("张调度").enters("工作群", "办理")
    group.sends("/bind")
    group.presses("🛡 值班表")
    asked = sunday(town)
    assert {day: len(held) for day, held in asked.items()} == {"周一": 2, "周三": 2, "周五": 2}
    letter = asked["周三"][0].sees("请您值一次班", "19:00-20:00", "东区夜巡", "东区大门", "搭档:")
    assert labels(letter) == ["👌 能来", "🔄 换一下", "📅 加到日历"]
    table = group.sees("东区夜巡", "⏳" + asked["周三"][0].name)
    with town.all_at_once():
        asked["周三"][0].push("👌 能来", letter)
        asked["周三"][0].push("👌 能来", letter)
    assert set(asked["周三"][0].toasts()) == {"记下了,到时候见"}
    after = group.sees("✅" + asked["周三"][0].name)
    assert after["message_id"] == table["message_id"], "one table, edited in place"
    town.restart_bot()
    town.wait("PT1H")
    assert all(len(town.sent_to(one, "请您值一次班")) == 1 for one in town.people(*MEMBERS))


def test_three_say_no_and_the_fourth_stands_in(town: Town) -> None:
    leaves, stays = sunday(town)["周三"]
    town.wait("PT14H")  # Monday 09:00
    leaves.presses("🔄 换一下", leaves.has("请您值一次班")[0])
    leaves.sees("为什么")
    leaves.presses("🧳 出门")
    leaves.sees("正在找人替您")
    turn = asked_in_turn(town, [leaves, stays])
    one = next(turn)
    assert labels(one.sees("能替一下吗", "周三", "19:00-20:00")) == [TAKE, NO, "这个月别问我"]
    one.presses(NO)
    one.sees("知道了")
    second = next(turn)
    town.wait("PT1H59M")
    assert second.has("能替一下吗")
    town.wait("PT1M")  # two hours without a word
    third = next(turn)
    third.presses("这个月别问我")
    fourth = next(turn)
    fourth.presses(TAKE)
    assert fourth.toasts() == ["谢谢您,记下了"]
    fourth.sees("记下了,您来", "搭档:" + stays.name)
    letter = leaves.sees(f"由 {fourth.name} 替 {leaves.name}")
    told = town.person(LEADER).sees(f"由 {fourth.name} 替 {leaves.name}")
    assert labels(told) == [], "it never was in the leader's calendar"
    leaves.presses("📅 从日历里去掉", letter)
    leaves.sees("点开文件,日历里的这次班就划掉")
    assert entry_of(town, leaves)["STATUS"] == "CANCELLED"
    second.presses(TAKE)
    assert second.toasts() == ["已经有人来了,谢谢您"]
    town.wait("P2D")
    assert not leaves.has("今天见"), "who was replaced is not reminded"
    assert fourth.has("今天见")


def test_the_evening_itself_with_a_no_show_and_a_finding(town: Town) -> None:
    comes, misses = sunday(town)["周一"]
    leader, desk = town.person(LEADER), town.person("张调度")
    comes.sends("/calendar")
    assert "✅" not in comes.sees("接下来的安排", "🛡 东区夜巡 · 明天(周一)19:00")["text"]
    comes.presses("👌 能来", comes.has("请您值一次班")[0])
    comes.sends("/calendar")
    comes.sees("接下来的安排", "19:00 ✅")
    comes.presses("🛡 我的班")
    comes.sees("明天(周一)19:00 · 东区夜巡")
    town.wait("PT13H")  # Monday 08:00: what was due at seven waits for the end of the night
    leader.sees("还没定的人", "⏳ " + misses.name)
    assert not leader.has("⏳ " + comes.name)
    town.wait("PT9H")  # 17:00
    reminder = comes.sees("今天见", "19:00-20:00", "东区大门")
    assert labels(reminder) == ["👌 没问题", "🔄 临时来不了"]
    assert len(leader.has("还没定的人")) == 2, "and two hours before once more"
    comes.sends("/duty")
    comes.presses("🛡 今天19:00")
    comes.sees("记下了,您来")
    town.wait("PT1H40M")
    comes.sends("/duty")
    comes.presses("🛡 今天19:00")
    comes.presses("📍 我到了")
    comes.sees("您到岗了", "地点自动填好")
    comes.presses("📋 隐患清单")
    comes.presses("⬜ 通道堵了")
    assert "✅ 通道堵了" in labels(comes.sees("看到哪样"))
    comes.presses("⬜ 灯不亮")
    comes.presses("✅ 灯不亮")
    comes.presses("⬜ 飞线充电")
    comes.presses("📮 交给调度(2 件)")
    assert comes.toasts()[-1] == "交给调度 2 件"
    desk.sees("巡逻看到:通道堵了", "东区大门")
    first = number_in(desk.sees("巡逻看到:飞线充电", "东区大门")["text"])
    comes.presses("📋 隐患清单")
    comes.presses(f"📌 飞线充电{first}")
    assert comes.toasts()[-1] == f"这件已经交了,编号 {first}"
    comes.presses("⬜ 灯不亮")  # is handed in by itself when the shift is over
    comes.sends(photo=picture(3))
    comes.presses("✅ 对,提交")  # one tap
    number = number_in(comes.sees("收到了,编号")["text"])
    desk.sees(number, "东区大门")
    town.wait("PT1H20M")
    comes.sees("辛苦了", "记上 60 分钟")
    desk.sees("巡逻看到:灯不亮", "东区大门")
    leader.sees("没到岗:" + misses.name, "只告诉您")
    others = [one for one in town.people(*MEMBERS) if one not in (comes, misses)]
    assert not any(one.has("没到岗") for one in (*others, comes, misses))
