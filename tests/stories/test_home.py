"""The four keys, the lists, and what is only for people with a role."""

import pytest

from tests.support import plot
from tests.support.town import Town, labels


def test_the_keys_of_the_keyboard_answer(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends("📝 报问题")
    li.sees("请把事情发给我")
    li.sends("📢 社区动态")
    li.sees("幸福里社区 · 这一周", "邻居们报了")
    li.sends("☎ 找人帮忙")
    li.sees("010-5550 1234", "119", "110", "120")


def test_my_cases_lists_what_somebody_reported_and_opens_it(town: Town) -> None:
    li = town.person("李阿姨")
    number = plot.report(li)

    li.sends("📋 我的事")
    listed = li.sees("我的事", number, "3号楼2单元 · 🆕 等人接手", "今天11:10前")
    (open_it,) = [label for label in labels(listed) if number in label]
    li.presses(open_it)

    card = li.sees("收到了,编号", number)
    assert "↩️ 撤回" in labels(card)


def test_somebody_who_never_reported_is_invited_to(town: Town) -> None:
    zhao = town.person("新来的小赵")

    zhao.sends("/my")

    zhao.sees("您还没有报过事", "有事直接发给我")


@pytest.mark.parametrize("command", ["/todo", "/tasks"])
def test_lists_of_staff_are_not_for_residents(town: Town, command: str) -> None:
    zhou = town.person("老周")

    zhou.sends(command)

    zhou.sees("这一项是给工作人员用的")


def test_a_volunteer_sees_tasks_and_no_list_of_staff(town: Town) -> None:
    who = plot.cast(town)
    number = plot.offered(who)

    who.liu.sends("/todo")
    who.liu.sees("这一项是给工作人员用的")
    who.liu.sends("/tasks")
    listed = who.liu.sees("可接任务", number)
    (open_it,) = [label for label in labels(listed) if number in label]
    who.liu.presses(open_it)

    who.liu.sees("您方便吗", number)
    who.liu.presses("🙋 我去")
    who.liu.sees(f"您接了 {number}")


def test_a_dispatcher_sees_what_waits(town: Town) -> None:
    desk = town.person("张调度")
    number = plot.report(town.person("李阿姨"))

    desk.sends("/todo")

    desk.sees("待办", number, "🆕 待派单")


def test_the_first_screen_offers_what_the_roles_add(town: Town) -> None:
    desk, liu, li = town.people("张调度", "刘志愿", "李阿姨")
    first = {}
    for one in (desk, liu, li):
        one.sends("/start")
        first[one.name] = labels(one.sees("您好,我是幸福里社区小助手"))

    assert "📥 待办" in first["张调度"]
    assert "🤝 可接任务" in first["刘志愿"]
    assert not {"📥 待办", "🤝 可接任务"} & set(first["李阿姨"])


def test_the_menu_of_commands_is_there_in_both_languages(town: Town) -> None:
    li, emma = town.people("李阿姨", "Emma")

    menus = {
        one.name: {
            item["command"]: item["description"]
            for item in town.sandbox.get(f"/sim/menu?person={one.id}&chat={one.id}")["commands"]
        }
        for one in (li, emma)
    }

    assert menus["李阿姨"]["my"] == "我的事"
    assert menus["Emma"]["my"] == "My reports"


def test_help_explains_and_names_the_phone(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends("/help")

    li.sees("怎么用幸福里社区小助手", "010-5550 1234", "/my 我的事")


def test_a_stranger_becomes_a_resident_and_is_asked_for_the_place_once(town: Town) -> None:
    guest = town.newcomer("孙奶奶")

    guest.sends("灯不亮了")
    guest.sees("在哪儿?")
    guest.sends("5号楼1单元")
    guest.presses("✅ 对,提交")
    guest.sees("收到了,编号", "5号楼1单元")

    guest.sends("垃圾没人收")
    guest.sees("对就提交", "5号楼1单元")
