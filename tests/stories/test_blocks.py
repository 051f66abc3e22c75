"""Somebody is shut out: told why and until when, heard in an emergency, heard once in an appeal."""

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

ORGANIZER, ADMIN, DESK = "钱组织", "周管理", "张调度"


def shuts_out(giver: Neighbour, whom: str, *choices: str) -> None:
    giver.sends(f"/people {whom}")
    for label in (f"👤 {whom}", "🚫 停用", *choices):
        giver.presses(label)


def test_somebody_is_told_once_why_and_until_when_and_it_ends_by_itself(town: Town) -> None:
    giver, li = town.people(ORGANIZER, "李阿姨")
    number = plot.report(li)
    shuts_out(giver, "李阿姨", "一天", "刷屏")
    assert giver.toasts() == ["已停用 李阿姨"]
    giver.sees("李阿姨", "停用中,到")
    told = li.sees("停用了", "刷屏", "照常办")
    assert labels(told) == ["✍️ 申诉"]

    li.sends("楼道里有垃圾")
    li.sees("停用中", "急事照样发")
    li.sends("怎么不理我")
    li.sees_nothing()
    li.presses("✍️ 申诉", told)
    li.sees("请写下为什么")
    li.sends("取消")
    li.sees("不写了")
    town.wait("PT61M")
    li.sends("还在停用吗")
    li.sees("停用中")

    town.wait("PT23H")
    li.sees("停用到期了")
    assert len(town.sent_to(li, "停用到期了")) == 1
    li.sends("/my")
    li.sees(number)


def test_an_emergency_is_filed_and_the_open_case_goes_on(town: Town) -> None:
    giver, li, desk = town.people(ORGANIZER, "李阿姨", DESK)
    number = plot.report(li)
    card = desk.sees(number)
    shuts_out(giver, "李阿姨", "七天", "假报")
    li.sends("着火了,3号楼2单元着火了")
    li.sees("119")
    li.sends("烟很大")
    assert not li.has("停用中,")
    desk.presses("🙋 放给志愿者", card)
    assert not any("停用" in one for one in desk.toasts())


def test_an_appeal_goes_to_somebody_else_and_lifts_it(town: Town) -> None:
    giver, other, li = town.people(ORGANIZER, ADMIN, "李阿姨")
    shuts_out(giver, "李阿姨", "三十天", "辱骂")
    li.presses("✍️ 申诉")
    li.sends("我没骂人," * 200)
    li.sees("400")
    li.sends("我没骂人,是邻居拿我的手机发的")
    li.sees("收到了,会有人看您的申诉")
    other.sees("李阿姨 申诉", "辱骂", "是邻居拿我的手机发的")
    assert not giver.has("李阿姨 申诉")
    li.presses("✍️ 申诉")
    assert li.toasts() == ["您已经申诉过了。急事请直接发给我。"]

    appeal = other.with_button("🔓 解除停用")
    other.presses("🔓 解除停用", appeal)
    other.sends("弄清楚了,对不起")
    other.sees("停用解除了,已经告诉他")
    li.sees("停用解除了", "弄清楚了,对不起")
    li.sends("楼道灯坏了")
    li.sees("💡")


def test_an_appeal_may_be_turned_down_with_a_sentence(town: Town) -> None:
    giver, other, li = town.people(ORGANIZER, ADMIN, "李阿姨")
    shuts_out(other, "李阿姨", "七天", "✍️ 自己写")
    other.sends("半夜一直打电话")
    li.sees("半夜一直打电话")
    li.presses("✍️ 申诉")
    li.sends("我睡不着")
    appeal = giver.sees("李阿姨 申诉", "我睡不着")
    giver.presses("🚫 维持", appeal)
    giver.sends("请您先休息几天")
    li.sees("停用不变", "请您先休息几天")


def test_a_sentence_about_what_is_over_changes_nothing(town: Town) -> None:
    giver, other, li = town.people(ORGANIZER, ADMIN, "李阿姨")
    shuts_out(other, "李阿姨", "七天", "刷屏")
    li.presses("✍️ 申诉")
    li.sends("对不起")
    giver.presses("🚫 维持")
    other.sends("/people 李阿姨")
    other.presses("👤 李阿姨")
    other.presses("🔓 解除停用")
    li.sees("停用解除了")
    giver.sends("还是维持")
    assert not li.has("停用不变")
    giver.sends("取消")
    giver.sees("不写了")


def test_without_an_end_a_second_person_has_to_agree(town: Town) -> None:
    giver, second, li = town.people(ORGANIZER, ADMIN, "李阿姨")
    shuts_out(giver, "李阿姨", "等我解除", "骚扰")
    li.sees_nothing()
    giver.sees("等第二个人同意")
    asked = second.sees("想停用 李阿姨", "没有结束日期", "骚扰")
    second.presses("✅ 同意", asked)
    second.sees("已经停用")
    li.sees("等社区解除", "骚扰")
    giver.sees("第二个人同意了")
    giver.sends("/people 李阿姨")
    giver.presses("👤 李阿姨")
    giver.presses("🔓 解除停用")
    li.sees("停用解除了")


def test_nobody_shuts_out_themselves_or_somebody_of_their_rank(town: Town) -> None:
    giver, admin = town.people(ORGANIZER, ADMIN)
    for whom, who in ((giver, giver), (admin, giver), (admin, admin)):
        who.sends(f"/people {whom.name}")
        who.presses(f"👤 {whom.name}")
        assert "🚫 停用" not in labels(who.sees(whom.name, "组织者" if whom is giver else "管理员"))


def test_the_roles_of_somebody_who_is_shut_out_rest(town: Town) -> None:
    giver, desk, li = town.people(ORGANIZER, DESK, "李阿姨")
    number = plot.report(li)
    card = desk.sees(number)
    shuts_out(giver, DESK, "一天", "辱骂")
    desk.presses("🙋 放给志愿者", card)
    assert desk.toasts() == ["小助手停用中。急事请直接发给我,或打电话。"]
    li.sends("/my")
    assert "待接单" not in li.sees(number)["text"]
    town.wait("P1D")
    desk.sees("停用到期了")
    desk.sends("/todo")
    desk.sees("待办")


def test_in_a_group_nobody_reads_of_it_and_nothing_is_done(town: Town) -> None:
    giver, desk, li = town.people(ORGANIZER, DESK, "李阿姨")
    room = desk.enters("工作群", "待派")
    room.sends("/bind")
    room.presses("📥 待派")
    number = plot.report(li)
    card = room.sees(number, "🆕 待派单")
    shuts_out(giver, DESK, "一天", "辱骂")
    room.presses("🙋 放给志愿者", card)
    assert room.toasts() == ["小助手停用中。急事请直接发给我,或打电话。"]
    for words in ("着火了,3号楼着火了", "/unbind", "/bind", "凭什么停我"):
        room.sends(words)
        room.sees_nothing()
        desk.sees_nothing()
    assert not room.has("停用"), "what is between them and the community is nobody else's to read"
    li.sends("/my")
    assert "待接单" not in li.sees(number)["text"]
    town.wait("P1D")
    room.presses("🙋 放给志愿者", card)
    room.sees(number, "待接单")


def test_somebody_who_reads_english_is_told_in_english(town: Town) -> None:
    giver, other, emma = town.people(ORGANIZER, ADMIN, "Emma")
    shuts_out(giver, "Emma", "七天", "刷屏")
    told = emma.sees(
        "You cannot use the assistant until Tue 24 Nov",
        "Reason: Flooding",
        "Emergencies are always",
    )
    assert labels(told) == ["✍️ Appeal"]
    emma.sends("the lamp in building 11 is broken")
    emma.sees("You are shut out until ", "Emergencies are taken")
    emma.sends("building 11 is on fire")
    emma.sees("119")
    emma.presses("✍️ Appeal", told)
    emma.sees("Write in one message why")
    emma.sends("My child played with the phone.")
    emma.sees("Somebody will look at your appeal")
    appeal = other.sees("Emma 申诉", "刷屏", "My child played with the phone.")
    other.presses("🔓 解除停用", appeal)
    other.sends("Sorry, all is well.")
    emma.sees("You are let in again", "Staff says: Sorry, all is well.")
    emma.sends("the lamp in building 11 is broken")
    emma.sees("which unit?")
