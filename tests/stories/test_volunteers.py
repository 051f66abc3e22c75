"""Somebody signs up as a volunteer: skills, area, somebody who agrees, and the cases that fit."""

import pytest

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

ORGANIZER, ADMIN, OTHER = "钱组织", "周管理", "吴书记"
EAST = "📍 去:幸福里东区"


def opens(who: Neighbour, button: str = "🙋 愿意做志愿者 ⬜") -> None:
    who.sends("/settings")
    who.presses(button)


def signs_up(who: Neighbour, *choices: str) -> None:
    opens(who)
    for one in choices:
        who.presses(one)
    who.presses("🙋 报名")
    who.sees("报名收到了")


def looks(giver: Neighbour, whom: str, n: int = 1) -> None:
    giver.sends("/people")
    giver.presses(f"🙋 志愿者报名 {n}")
    giver.presses(f"👤 {whom}")


def agrees(giver: Neighbour, whom: str) -> None:
    looks(giver, whom)
    giver.presses("✅ 同意")


def test_who_was_agreed_on_is_asked_for_what_fits_and_where_they_go(town: Town) -> None:
    li, giver, desk, aunt, zhao = town.people("小李", ORGANIZER, "张调度", "李阿姨", "新来的小赵")
    opens(li)
    choosing = li.sees("您会点什么", "会:搭把手", EAST)
    assert labels(choosing)[:3] == ["⬜ 水管", "⬜ 用电", "⬜ 电梯"]
    li.presses("⬜ 水管")
    li.presses("⬜ 用电")
    li.sees("会:水管、用电")
    li.presses("📍 去哪里")
    li.sees("您愿意去哪里帮忙")
    li.presses("哪里都行")
    li.sees("去:哪里都行")
    li.presses("📍 去哪里")
    li.presses("幸福里东区")
    li.presses("🙋 报名")
    assert li.toasts() == ["谢谢您!社区的人会看"]
    li.sees("报名收到了", "水管、用电", EAST)
    giver.sees("小李 报了志愿者", "水管、用电")

    looks(giver, "小李")
    giver.sees("小李 愿意做志愿者", "水管、用电", EAST)
    giver.presses("✅ 同意")
    assert giver.toasts() == ["小李 是志愿者了"]
    giver.sees("没有人在等")
    li.sees("欢迎您,志愿者", "水管、用电", EAST, "方便点“我去”")

    here = plot.report(aunt, "3号楼2单元水管漏水")
    desk.presses("🙋 放给志愿者", desk.sees(here, "🆕"))
    li.sees(here, "您方便吗")
    there = plot.report(zhao, "12号楼1单元水管漏水")
    desk.presses("🙋 放给志愿者", desk.sees(there, "🆕"))
    assert not li.has(there)
    lift = plot.report(aunt, "3号楼2单元电梯不动了")
    desk.presses("🙋 放给志愿者", desk.sees(lift, "🆕"))
    assert not li.has(lift)


def test_an_organizer_changes_the_wish_before_agreeing(town: Town) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li, "⬜ 电梯")
    looks(giver, "小李")
    old = giver.sees("小李 愿意做志愿者")
    giver.presses("✏️ 改一改")
    giver.sees("小李 会什么", "会:电梯")
    giver.presses("✅ 电梯")
    giver.presses("⬜ 水管")
    giver.presses("📍 去哪里")
    assert {"幸福里东区", "幸福里西区", "哪里都行"} <= set(labels(giver.sees("去哪里帮忙")))
    giver.presses("幸福里西区")
    giver.presses("◀ 返回")
    assert old["message_id"] == giver.sees("小李 愿意做志愿者", "会:水管")["message_id"]
    giver.presses("✅ 同意")
    li.sees("欢迎您", "会:水管", "去:幸福里西区")


@pytest.mark.parametrize(
    ("pressed", "said"), [("人手够了", "缺人的时候先找您"), ("先见个面", "有空请来社区坐坐")]
)
def test_not_this_time_is_said_kindly(town: Town, pressed: str, said: str) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li)
    looks(giver, "小李")
    giver.presses("🙏 不合适")
    giver.sees("怎么跟 小李 说")
    giver.presses(pressed)
    assert giver.toasts() == ["已经告诉 小李"]
    li.sees("谢谢您愿意帮忙", said, "随时可以再报名")
    signs_up(li)
    giver.sees("小李 报了志愿者")


def test_a_reason_may_be_typed(town: Town) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li)
    looks(giver, "小李")
    giver.presses("🙏 不合适")
    giver.presses("✍️ 自己写")
    giver.sees("请写一句话告诉 小李")
    giver.sends("取消")
    giver.sees("报名还在")
    giver.presses("👀 看一看")
    giver.presses("🙏 不合适")
    giver.presses("✍️ 自己写")
    giver.sends("请您先歇着。" * 900)
    giver.sees("200")
    town.restart_bot()
    giver.sends("您刚做完手术,请先歇着")
    giver.sees("已经告诉 小李 了")
    li.sees("您刚做完手术,请先歇着")


def test_the_second_organizer_is_told_that_it_is_decided(town: Town) -> None:
    li, first, second = town.people("小李", ORGANIZER, OTHER)
    signs_up(li, "⬜ 水管")
    looks(first, "小李")
    looks(second, "小李")
    one, two = first.with_button("✅ 同意"), second.with_button("✅ 同意")
    with town.all_at_once():
        first.push("✅ 同意", one)
        first.push("✅ 同意", one)
        second.push("✅ 同意", two)
    assert second.toasts() == ["这个报名已经有人看过,或者收回了"]
    second.sees("没有人在等")
    assert len(town.sent_to(li, "欢迎您,志愿者")) == 1
    assert len(town.sent_to(li, "您现在是")) == 1


def test_what_one_organizer_has_changed_the_other_agrees_to_only_after_seeing_it(
    town: Town,
) -> None:
    li, first, second = town.people("小李", ORGANIZER, OTHER)
    signs_up(li, "⬜ 水管")
    looks(second, "小李")
    seen = second.with_button("✅ 同意")
    looks(first, "小李")
    first.presses("✏️ 改一改")
    first.presses("✅ 水管")
    second.presses("✅ 同意", seen)
    assert not li.has("欢迎您")
    second.sees("1 人等着看", "小李 · 搭把手")


def test_a_wish_is_taken_back_and_its_old_buttons_do_nothing(town: Town) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li, "⬜ 水管")
    looks(giver, "小李")
    old = giver.with_button("✅ 同意")
    li.presses("✖ 不报了")
    li.sees("提醒和大字")
    giver.presses("✅ 同意", old)
    assert giver.toasts() == ["这个报名已经有人看过,或者收回了"]
    assert not li.has("欢迎您")
    signs_up(li)
    giver.sees_nothing()
    looks(giver, "小李")
    giver.sees("小李 愿意做志愿者", "会:搭把手")


def test_who_waits_may_go_on_choosing(town: Town) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li, "⬜ 水管")
    sent = li.with_button("✏️ 改一改")
    li.presses("✏️ 改一改")
    giver.sends("/people")
    assert not any("志愿者报名" in one for one in labels(giver.sees("在服务的")))
    town.restart_bot()
    li.presses("⬜ 电梯")
    li.presses("🙋 报名")
    li.sees("报名收到了", "会:水管、电梯")
    assert li.sees("报名收到了")["message_id"] == sent["message_id"]


def a_volunteer(town: Town, *choices: str) -> tuple[Neighbour, Neighbour]:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li, *choices)
    agrees(giver, "小李")
    li.sees("欢迎您")
    return li, giver


def test_less_is_free_and_more_waits(town: Town) -> None:
    li, giver = a_volunteer(town, "⬜ 水管", "⬜ 用电")
    opens(li, "🤝 我的志愿")
    li.sees("您是志愿者", "水管、用电")
    li.presses("✏️ 改一改")
    li.presses("✅ 用电")
    li.presses("✅ 改好了")
    li.sees("您是志愿者", "会:水管\n")
    giver.sends("/people")
    assert not any("志愿者报名" in one for one in labels(giver.sees("在服务的")))

    li.presses("✏️ 改一改")
    li.presses("⬜ 电梯")
    li.presses("✅ 改好了")
    li.sees("您是志愿者", "会:水管\n", "在等社区的人看")
    looks(giver, "小李")
    giver.sees("志愿者 小李 想改成", "会:水管、电梯", "现在:水管")
    giver.presses("✅ 同意")
    li.sees("改好了", "会:水管、电梯")
    assert len(town.sent_to(li, "您现在是")) == 1


def test_a_change_that_is_not_made_leaves_it_as_it_was(town: Town) -> None:
    li, giver = a_volunteer(town, "⬜ 水管")
    opens(li, "🤝 我的志愿")
    for one in ("✏️ 改一改", "⬜ 电梯", "✅ 改好了"):
        li.presses(one)
    looks(giver, "小李")
    giver.presses("🙏 不合适")
    giver.presses("人手够了")
    li.sees("照原来的来", "人手够了")
    opens(li, "🤝 我的志愿")
    li.sees("您是志愿者", "会:水管\n")


def test_organizers_change_what_a_volunteer_does_from_their_card(town: Town) -> None:
    li, giver = a_volunteer(town, "⬜ 水管")
    second = town.person(OTHER)
    for one in (giver, second):
        one.sends("/people 小李")
        one.presses("👤 小李")
        one.presses("🛠 会什么去哪")
        one.sees("小李 会什么", "会:水管")
    giver.presses("⬜ 电梯")
    giver.presses("✅ 改好了")
    giver.sees("👤 小李")
    li.sees("改好了", "会:水管、电梯")
    second.presses("✅ 水管")
    assert second.toasts(), "what it was begun with no longer holds"
    opens(li, "🤝 我的志愿")
    li.sees("会:水管、电梯")


def test_somebody_stops_by_their_own_wish_but_not_with_work_in_hand(town: Town) -> None:
    li, giver = a_volunteer(town, "⬜ 水管")
    aunt, desk = town.people("李阿姨", "张调度")
    number = plot.report(aunt, "3号楼2单元水管漏水")
    desk.presses("🙋 放给志愿者", desk.sees(number, "🆕"))
    li.presses("🙋 我去")
    opens(li, "🤝 我的志愿")
    li.presses("👋 不做了")
    assert any("手上还有 1 件事" in one for one in li.toasts())
    plot.finish(li)
    opens(li, "🤝 我的志愿")
    li.presses("👋 不做了")
    asked = li.sees("真的不做志愿者了")
    with town.all_at_once():
        li.push("👋 确定不做了", asked)
        li.push("👋 确定不做了", asked)
    li.sees("谢谢您帮过的每一件事")
    giver.sees("小李 自己说不做志愿者了")
    assert len(town.sent_to(giver, "自己说不做志愿者了")) == 1
    li.sends("/settings")
    assert "🙋 愿意做志愿者 ⬜" in labels(li.sees("提醒和大字"))


def test_staff_keeps_what_their_work_asks_for(town: Town) -> None:
    (zheng,) = town.people("郑师傅")
    opens(zheng, "🤝 我的志愿")
    zheng.presses("✏️ 改一改")
    assert any("请让组织者来改" in one for one in zheng.toasts())


def test_who_was_given_the_role_meanwhile_gets_only_what_was_agreed(town: Town) -> None:
    li, giver = town.people("小李", ORGANIZER)
    signs_up(li, "⬜ 水管")
    giver.sends("/people 小李")
    for one in ("👤 小李", "➕ 给身份", "志愿者", "全社区", "三个月"):
        giver.presses(one)
    agrees(giver, "小李")
    li.sees("改好了", "会:水管")
    assert len(town.sent_to(li, "您现在是")) == 1


def test_nobody_agrees_to_their_own_wish(town: Town) -> None:
    giver, other = town.people(ORGANIZER, OTHER)
    signs_up(giver, "⬜ 水管")
    other.sees("钱组织 报了志愿者")
    agrees(giver, ORGANIZER)
    assert any("不能给自己身份" in one for one in giver.toasts())
    agrees(other, ORGANIZER)
    giver.sees("欢迎您,志愿者")


def test_who_is_shut_out_or_cannot_be_reached(town: Town) -> None:
    li, zhao, giver = town.people("小李", "新来的小赵", ORGANIZER)
    signs_up(li, "⬜ 水管")
    signs_up(zhao)
    giver.sends("/people 小李")
    for one in ("👤 小李", "🚫 停用", "一天", "刷屏"):
        giver.presses(one)
    looks(giver, "小李", 2)
    giver.sees("他停用中,不能同意")
    giver.presses("✅ 同意")
    assert any("现在不能同意" in one for one in giver.toasts())
    town.block(zhao)
    looks(giver, "新来的小赵", 2)
    giver.sees("消息发不到")
    giver.presses("✅ 同意")
    assert giver.toasts() == ["新来的小赵 是志愿者了"]
    town.wait("P1D")
    agrees(giver, "小李")
    li.sees("欢迎您")


def test_without_an_organizer_the_admins_are_told(town: Town) -> None:
    li, giver, other, admin = town.people("小李", ORGANIZER, OTHER, ADMIN)
    town.block(giver)
    town.block(other)
    signs_up(li)
    admin.sees("小李 报了志愿者")
    admin.presses("👀 看一看")
    admin.presses("✅ 同意")
    li.sees("欢迎您")
