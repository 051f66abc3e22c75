"""Roles are given, agreed to by a second person, used, and taken away again."""

import re

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

ORGANIZER, ADMIN = "钱组织", "周管理"


def chooses(giver: Neighbour, *labels: str) -> None:
    for label in labels:
        giver.presses(label)


def link(giver: Neighbour, *choices: str) -> str:
    """Let somebody make an invitation; return what opens the bot with it."""
    giver.sends("/people")
    chooses(giver, "🔗 邀请", *choices)
    text = giver.sees("邀请", "24 小时内点一次有效")["text"]
    found = re.search(r"start=(i_[\w-]+)", text)
    assert found is not None
    return f"/start {found[1]}"


def test_a_volunteer_is_given_the_role_at_once_and_takes_a_case(town: Town) -> None:
    giver, li = town.people(ORGANIZER, "小李")
    giver.sends("/people 小李")
    giver.sees("在服务的 1 人", "小李")
    chooses(giver, "👤 小李", "➕ 给身份", "志愿者", "全社区", "三个月")
    giver.sees("小李", "志愿者 · 全社区 · 到")
    li.sees("您现在是志愿者了")
    who = plot.cast(town)
    number = plot.offered(who)
    li.sends("/tasks")
    li.sees(number)


def test_a_dispatcher_needs_a_second_person_and_loses_the_role_at_the_next_press(
    town: Town,
) -> None:
    giver, second, li, aunt = town.people(ORGANIZER, ADMIN, "小李", "李阿姨")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "调度", "全社区", "一年")
    assert giver.toasts() == ["还要第二个人同意,已经告诉他们"]
    second.sees("想请 小李 做调度", "第二个人同意")
    second.presses("✅ 同意")
    li.sees("您现在是调度了")
    giver.sees("小李 做调度,第二个人同意了")

    number = plot.report(aunt)
    card = li.sees(number, "🆕")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➖ 收身份", "调度")
    li.sees("您不再是调度了")
    li.presses("🙋 放给志愿者", card)
    assert any("调度" in one for one in li.toasts())
    aunt.sends("/my")
    assert "待接单" not in aunt.sees(number)["text"]


def test_nobody_is_asked_to_agree_to_what_they_asked_for_themselves(town: Town) -> None:
    giver, li = town.people(ORGANIZER, "小李")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "调度", "全社区", "一年")
    giver.sends("/people")
    assert not any("等我同意" in one for one in labels(giver.sees("在服务的")))
    li.sends("/people")
    li.sees("组织者、管理员")


def test_an_invitation_works_once_and_for_a_day(town: Town) -> None:
    giver, li, zhou = town.people(ORGANIZER, "小李", "李阿姨")
    opened = link(giver, "志愿者", "全社区", "不限")
    giver.sends(opened)
    giver.sees("不能给自己身份")
    li.sends(opened)
    li.sees("您现在是志愿者了")
    zhou.sends(opened)
    zhou.sees("这个邀请用过了,或者过期了")
    late = link(giver, "志愿者", "全社区", "不限")
    town.wait("PT25H")
    zhou.sends(late)
    zhou.sees("这个邀请用过了,或者过期了")
    zhou.sends("/start i_guessed")
    zhou.sees("这个邀请用过了,或者过期了")


def test_an_invited_dispatcher_waits_for_the_second_person(town: Town) -> None:
    giver, second, li = town.people(ORGANIZER, ADMIN, "小李")
    li.sends(link(giver, "调度", "全社区", "一年"))
    li.sees("做调度还要社区里第二个人同意")
    second.sends("/people")
    second.presses("✋ 等我同意 1")
    second.sees("等您同意", "小李 · 调度")
    second.presses("❌ 不同意 1")
    second.sees("没有等您同意的")
    giver.sees("小李 做调度,第二个人没有同意")


def test_an_organizer_gives_only_what_is_below_and_the_last_admin_stays(town: Town) -> None:
    giver, admin = town.people(ORGANIZER, ADMIN)
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份")
    assert {"组织者", "管理员"}.isdisjoint(labels(giver.sees("什么身份")))
    admin.sends(f"/people {ADMIN}")
    chooses(admin, f"👤 {ADMIN}", "➖ 收身份", "管理员")
    assert any("这是最后一位管理员" in one for one in admin.toasts())


def test_an_organizer_who_is_a_resident_again_is_refused_at_once(town: Town) -> None:
    admin, former, li = town.people(ADMIN, ORGANIZER, "小李")
    former.sends("/people 小李")
    former.presses("👤 小李")
    card = former.sees("小李")
    admin.sends(f"/people {ORGANIZER}")
    chooses(admin, f"👤 {ORGANIZER}", "➖ 收身份", "组织者")
    former.sees("您不再是组织者了")
    former.presses("➕ 给身份", card)
    assert any("组织者、管理员" in one for one in former.toasts())
    former.sends("/people")
    former.sees("组织者、管理员")
    li.sees_nothing()


def test_a_dispatcher_whose_month_is_over_is_refused(town: Town) -> None:
    """After the month the old card is a picture."""
    giver, second, li, aunt = town.people(ORGANIZER, ADMIN, "小李", "李阿姨")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "调度", "全社区", "一个月")
    second.presses("✅ 同意")
    number = plot.report(aunt)
    card = li.sees(number, "🆕")
    town.wait("P29D")
    li.presses("📄 看全部", card)
    li.presses("◀ 返回")
    card = li.sees(number)
    assert "🙋 放给志愿者" in labels(card)
    town.wait("P2D")
    li.presses("🙋 放给志愿者", card)
    assert any("调度" in one for one in li.toasts())
    aunt.sends("/my")
    assert "待接单" not in aunt.sees(number)["text"]


def test_the_card_shows_in_which_bodies_somebody_sits_and_until_when(town: Town) -> None:
    admin = town.person(ADMIN)
    admin.sends(f"/people {ORGANIZER}")
    admin.presses(f"👤 {ORGANIZER}")
    admin.sees(
        "🏛 社区党委书记 · 2025-01-01 至 2029-12-31",
        "🏛 居委会主任 · 2025-03-01 起",
        "🏛 安居物业党支部委员 · 2026-01-01 至 2026-12-31",
    )
    town.wait("P44DT14H49M")  # New Year's Eve, a minute to midnight
    admin.presses("👥 所有人")
    admin.sends(f"/people {ORGANIZER}")
    admin.presses(f"👤 {ORGANIZER}")
    admin.sees("安居物业党支部委员")
    town.wait("PT1M")
    admin.sends(f"/people {ORGANIZER}")
    admin.presses(f"👤 {ORGANIZER}")
    assert "物业党支部" not in admin.sees("社区党委书记")["text"]
