"""Whose a case is by the list of the community, and what happens when it goes further up."""

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

PHONE = "010-5550 2000"


def pass_on(who: Neighbour, number: str) -> None:
    who.presses("📄 看全部", who.sees(number, "待派单"))
    who.presses("⏫ 转上一级")
    who.presses("⏫ 转过去")
    assert who.toasts() == ["转上去了"]


def test_a_report_in_the_evening_goes_to_the_patrol_with_one_press(town: Town) -> None:
    town.wait("PT11H20M")
    who = plot.cast(town)
    number = plot.report(who.li, "有人乱停车,堵住车位了")
    card = who.desk.sees(number, "➡️ 该谁管:巡逻一组(停车秩序 · 幸福里东区 · 下班后)")
    assert labels(card)[0] == "派 巡逻一组"
    assert len(labels(card)) <= 8

    who.desk.presses("派 巡逻一组", card)

    who.liu.sees(number, "您方便吗")
    assert "该谁管" not in who.desk.sees(number, "🙋 待接单", "派给巡逻一组")["text"]


def test_by_day_the_same_has_no_route(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "有人乱停车,堵住车位了")
    assert "该谁管" not in who.desk.sees(number, "🆕 待派单")["text"]


def test_what_is_the_communitys_is_with_its_organizers_at_once(town: Town) -> None:
    who = plot.cast(town)
    organizer = town.person("钱组织")
    number = plot.report(who.li, "建议广场加几把长椅")
    who.desk.sees(number, "➡️ 该谁管:社区(意见建议)")
    card = organizer.sees(number, "🆕 待派单")
    assert "👤 派给…" in labels(card)

    organizer.presses("👤 派给…", card)
    (label,) = [one for one in labels(organizer.news()[-1]) if one.startswith("钱组织")]
    organizer.presses(label)

    who.li.sees(f"{number} 有人接了", "钱组织")


def test_passed_on_twice_the_first_stays_in_the_lead(town: Town) -> None:
    who = plot.cast(town)
    organizer = town.person("钱组织")
    number = plot.taken(who)
    who.desk.presses("📄 看全部")
    who.desk.presses("⏫ 转上一级")
    who.desk.presses("⏫ 转过去")
    who.li.sees(f"{number} 转到社区接着办了", "刘志愿负责到底")
    who.liu.sees(f"{number} 转给社区了", "您是首接")
    who.liu.sees("您首接,现在由 社区 管", number)
    organizer.sees(number, "🆕 待派单")

    pass_on(organizer, number)

    told = who.li.has("转到街道接着办了")
    assert len(told) == 1
    assert "刘志愿负责到底" in told[0]["text"]
    who.liu.sees(f"{number} 转给街道了", PHONE)
    who.desk.sees(number, "🆕 待派单", f"☎ 找街道:街道办事处 {PHONE}")
    assert PHONE not in "".join(one["text"] for one in who.li.shown())
    who.desk.presses("📄 看全部", who.desk.sees(number, "🆕 待派单"))
    assert "⏫ 转上一级" not in labels(who.desk.sees("现在由 街道 管"))

    who.liu.sends("/tasks")
    who.liu.sees("🧭", number, "街道在管")
    opened = [one for one in labels(who.liu.news()[-1]) if number in one]
    who.liu.presses(opened[0])
    assert labels(who.liu.sees("您首接,现在由 街道 管")) == []


def test_the_lead_hears_of_the_end(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.desk.presses("📄 看全部")
    who.desk.presses("⏫ 转上一级")
    who.desk.presses("⏫ 转过去")
    chen = town.person("陈志愿")
    who.desk.presses("🙋 放给志愿者", who.desk.sees(number, "🆕 待派单"))
    chen.presses("🙋 我去")
    plot.finish(chen)
    who.li.presses("👍 好了")
    who.liu.sees(f"您首接的 {number} 有结果了", "办好了")


def test_where_nobody_can_be_reached_others_have_to_find_somebody(town: Town) -> None:
    who = plot.cast(town)
    organizer, secretary, admin = town.people("钱组织", "吴书记", "周管理")
    for one in (organizer, secretary):
        one.sends("/start")
        town.block(one)
    first = plot.report(who.li, "建议广场加几把长椅")
    second = plot.report(who.li, "建议门口加个信箱") if not admin.has("找不到人") else first
    admin.sees(f"{second} 转到社区,找不到人")
