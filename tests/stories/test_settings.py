"""Everybody chooses: language, large text, what rings and when, where they live."""

from typing import Any

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

EVENING = "PT12H"  # from ten past nine in the morning to ten past nine
NIGHT = "PT25M"  # on from there, into the quiet hours
HALF_PAST_NINE = "PT20M"  # on from there, to the first minute of the quiet hours
WHOLE_NIGHT = "PT10H29M"  # on from there, to the last one
MORNING = "PT10H30M"  # on from there, to a little after eight


def commands(who: Neighbour) -> list[str]:
    menu = who.town.sandbox.get(f"/sim/menu?person={who.id}&chat={who.id}")
    return [one["command"] for one in menu["commands"]]


def test_the_card_of_settings_shows_what_is_chosen(town: Town) -> None:
    li = town.person("李阿姨")

    li.sends("/settings")

    card = li.sees("提醒和大字", "3号楼2单元", "21:30-08:00")
    assert labels(card) == [
        *("🔔 提醒哪些", "🌙 勿扰 ✅", "🔠 大字 ⬜"),
        *("🏠 我的楼号", "🌐 English", "🔑 我的家", "👪 帮家里人", "🙋 愿意做志愿者 ⬜"),
    ]


def test_the_language_changes_at_once_and_everywhere(town: Town) -> None:
    li = town.person("李阿姨")
    number = plot.report(li)
    li.sends("/settings")

    li.presses("🌐 English")

    li.sees("Settings", "Quiet hours")
    li.sees(number, "Got it")
    (keys,) = [one["keyboard"] for one in li.news() if one["keyboard"]]
    assert keys == [["📝 Report", "📋 My reports"], ["📢 News", "☎ Get help"]]
    menu = town.sandbox.get(f"/sim/menu?person={li.id}&chat={li.id}")["commands"]
    assert {"command": "settings", "description": "Settings"} in menu

    li.presses("🌐 中文")
    li.sees("提醒和大字")
    li.sees(number, "收到了")


def test_large_text_gives_every_fact_a_line_and_every_button_a_row(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("/settings")
    li.presses("🔠 大字 ⬜")
    li.sees("提醒和大字")

    li.sends("3楼灯不亮了")

    card = li.sees("对就提交", "\n\n")
    assert " · " not in card["text"]
    assert all(len(row) == 1 for row in card["buttons"])


def test_a_newcomer_is_asked_once_where_they_live(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("东区大门灯不亮了")
    zhao.presses("✅ 对,提交")
    asked = zhao.sees("您住几号楼")

    zhao.presses("3号楼", asked)
    zhao.presses("2单元")

    zhao.sees("提醒和大字", "3号楼2单元")
    zhao.sends("楼道灯不亮了")
    zhao.sees("对就提交", "3号楼2单元")


def test_the_question_where_somebody_lives_can_be_left_open(town: Town) -> None:
    zhao = town.person("新来的小赵")
    zhao.sends("东区大门灯不亮了")
    zhao.presses("✅ 对,提交")

    zhao.presses("先不填")
    zhao.sees("先不填", "/settings")

    zhao.sends("东区大门又不亮了")
    zhao.presses("✅ 对,提交")
    assert not zhao.has("您住几号楼")


def test_the_wish_to_help_reaches_the_organizers_once(town: Town) -> None:
    li, qian = town.people("李阿姨", "钱组织")
    li.sends("/settings")

    li.presses("🙋 愿意做志愿者 ⬜")
    li.presses("🙋 报名")
    qian.sees("李阿姨", "报了志愿者", "幸福里东区")
    li.presses("✖ 不报了")
    li.presses("🙋 愿意做志愿者 ⬜")
    li.presses("🙋 报名")

    qian.sees_nothing()
    assert "tasks" not in commands(li)
    li.presses("◀ 返回")
    assert "🙋 愿意做志愿者 ✅" in labels(li.sees("提醒和大字"))


def test_at_night_news_waits_for_the_morning_and_answers_do_not(town: Town) -> None:
    who = plot.cast(town)
    town.wait(EVENING)
    number = plot.offered(who)
    town.wait(NIGHT)

    who.liu.presses("🙋 我去")

    who.liu.sees("您接了", number)
    (card,) = who.li.news()
    assert "有人接了" in card["text"], "the card changes, silently"
    town.wait(MORNING)
    who.li.sees(f"{number} 有人接了", "大约")


SENDING = ("sendMessage", "sendPhoto", "sendMediaGroup", "sendVoice", "sendVideo", "sendDocument")


def last_call(town: Town) -> int:
    """Return the number of the last call that the bot has made."""
    return max(int(one["seq"]) for method in SENDING for one in town.calls(method))


def rung(town: Town, after: int) -> list[dict[str, Any]]:
    """Return what was sent after that call and rings, the earliest first."""
    calls = [one for method in SENDING for one in town.calls(method, after)]
    ringing = [one for one in calls if not one["parameters"].get("disable_notification")]
    return sorted(ringing, key=lambda one: int(one["seq"]))


def heard_by(calls: list[dict[str, Any]]) -> set[str]:
    return {str(one["parameters"]["chat_id"]) for one in calls}


def test_a_whole_night_rings_at_nobody_but_in_an_emergency(town: Town) -> None:
    who = plot.cast(town)
    town.wait(EVENING)
    number = plot.offered(who)
    town.wait(HALF_PAST_NINE)
    before = last_call(town)

    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    zhou = town.person("老周")
    zhou.sends(photo="rubbish", caption="5号楼1单元垃圾没人收")
    zhou.presses("✅ 对,提交")
    evening = last_call(town)
    town.wait(WHOLE_NIGHT)

    assert heard_by(rung(town, before)) <= {str(who.liu.id), str(zhou.id)}, "only those who acted"
    assert rung(town, evening) == [], "and nothing at all until the morning"
    town.wait("PT2M")
    (result,) = who.li.has(number, "修好了吗", "刘志愿:")
    assert result
    assert str(who.li.id) in heard_by(rung(town, evening))


def test_an_emergency_rings_in_the_middle_of_the_night(town: Town) -> None:
    zhou, desk, wang = town.people("老周", "张调度", "王师傅")
    town.wait(EVENING)
    town.wait("PT5H")

    zhou.sends("楼道里有煤气味")

    assert [one for one in (desk, wang) if one.has("🚨")]


def test_what_went_on_at_night_about_several_cases_is_one_message(town: Town) -> None:
    who = plot.cast(town)
    town.wait(EVENING)
    first = plot.offered(who)
    second = plot.report(who.li, "5号楼1单元垃圾没人收")
    who.desk.presses("🙋 放给志愿者")
    third = plot.report(who.li, "东区大门灯不亮了")
    who.desk.presses("🙋 放给志愿者")
    town.wait(HALF_PAST_NINE)
    before = last_call(town)

    for number in (first, second, third):
        (offer,) = who.liu.has(number, "您方便吗")
        who.liu.presses("🙋 我去", offer)
    who.liu.presses("↩️ 去不了", who.liu.has("您接了", third)[-1])
    town.wait(WHOLE_NIGHT)
    town.wait("PT2M")

    heard = [one for one in rung(town, before) if heard_by([one]) == {str(who.li.id)}]
    assert len(heard) == 1
    card = who.li.sees("您休息的时候,2 件事有进展", first, second)
    assert third not in card["text"], "nobody has it any more"
    assert not who.li.has("有人接了", "大约")
    who.li.presses(labels(card)[0], card)
    who.li.sees(first, "有人接了")


def test_what_is_no_longer_so_is_not_told_in_the_morning(town: Town) -> None:
    who = plot.cast(town)
    town.wait(EVENING)
    number = plot.offered(who)
    town.wait(NIGHT)
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)

    town.wait(MORNING)

    assert len(who.li.has(number, "修好了吗")) >= 1
    assert not who.li.has(f"{number} 有人接了", "大约")


def test_whoever_serves_moves_their_quiet_hours_by_tiles(town: Town) -> None:
    who = plot.cast(town)
    who.liu.sends("/settings")
    who.liu.presses("🌙 勿扰时间")
    who.liu.presses("23:00")
    who.liu.presses("07:00")
    who.liu.sees("23:00-07:00")
    town.wait(EVENING)
    number = plot.report(who.li)
    town.wait(NIGHT)

    who.desk.presses("🙋 放给志愿者")

    who.liu.sees(number, "您方便吗")
    (chen,) = town.people("陈志愿")
    assert not chen.has(number), "it waits for the morning"
    town.wait(MORNING)
    chen.sees(number, "您方便吗")


def test_a_case_of_the_night_is_on_the_desk_in_the_morning_as_it_is_then(town: Town) -> None:
    who = plot.cast(town)
    town.wait(EVENING)
    town.wait(NIGHT)

    number = plot.report(who.li)
    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 撤回")
    assert not who.desk.has(number)
    town.wait(MORNING)

    who.desk.sees(number, "已撤回")


def test_whoever_wants_no_progress_still_hears_of_the_result(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("/settings")
    who.li.presses("🔔 提醒哪些")
    who.li.presses("🔔 有进展告诉我 ✅")

    number = plot.offered(who)
    who.liu.presses("🙋 我去")
    assert not who.li.has(f"{number} 有人接了", "大约")

    plot.finish(who.liu)
    who.li.sees(number, "修好了吗")


def test_each_role_has_its_own_menu(town: Town) -> None:
    li, desk, liu = town.people("李阿姨", "张调度", "刘志愿")
    for one in (desk, liu, li):
        one.sends("帮助" if one is desk else "/help")
    desk.has("怎么用", "/todo 待办", "010-5550 1234", "119")
    assert "/todo" not in li.sees("怎么用")["text"]

    assert commands(li) == ["start", "my", "help", "settings", "privacy", "cancel"]
    assert {"todo", "tasks"} <= set(commands(desk))
    assert "tasks" in commands(liu)
    assert "todo" not in commands(liu)


def test_pressing_a_switch_twice_is_pressing_it_once(town: Town) -> None:
    li = town.person("李阿姨")
    li.sends("/settings")

    with town.all_at_once():
        li.push("🔠 大字 ⬜")
        li.push("🔠 大字 ⬜")

    assert "🔠 大字 ✅" in labels(li.sees("提醒和大字"))
