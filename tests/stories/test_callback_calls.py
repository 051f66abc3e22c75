"""Those who never answer are telephoned; the supervisor decides, and calls some by hand."""

from tests.stories.test_callback import at
from tests.support import plot
from tests.support.town import Message, Neighbour, Town, labels


def silent(town: Town, who: plot.Cast) -> str:
    """Bring a case past the third silence."""
    number = plot.resolved(who)
    for instant in ("2026-11-18T10:00:05", "2026-11-20T10:00:10", "2026-11-22T10:00:20"):
        at(town, instant)
    return number


def looks_whom_to_call(caller: Neighbour) -> Message:
    """Let somebody open the list of those to be telephoned."""
    caller.sends("/todo")
    (label,) = [one for one in labels(caller.news()[-1]) if one.startswith("☎ 打电话回访")]
    caller.presses(label)
    return caller.sees("请打电话回访")


def test_after_the_third_silence_a_person_telephones(town: Town) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = silent(town, who)

    listed = looks_whom_to_call(sun)
    assert f"{number} 李阿姨 · 3号楼2单元" in listed["text"]
    sun.presses(f"☎ {number} 李阿姨")
    card = sun.sees(number, "李阿姨 · 住 3号楼2单元", "刘志愿:修好了", "问题解决了吗?")
    assert card["message_id"] == listed["message_id"]
    sun.presses("✅ 解决了")
    assert sun.toasts() == ["记下了"]
    who.desk.sees(number, "✅ 办结 · 刘志愿")
    who.li.sees(f"谢谢您!{number} 办好了")
    sun.presses("😊 满意")
    sun.sees("居民点的:解决了 · 满意", "问完了,谢谢!")
    sun.presses("◀ 返回")
    assert number not in sun.news()[-1]["text"]


def test_on_the_telephone_a_no_can_be_done_again(town: Town) -> None:
    who = plot.cast(town)
    number = silent(town, who)

    looks_whom_to_call(who.desk)
    who.desk.presses(f"☎ {number} 李阿姨")
    who.desk.presses("❌ 没解决")
    who.desk.presses("🙁 不满意")
    who.desk.sees("居民点的:没解决 · 不满意", "要再办一次吗?")
    who.desk.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办")
    who.li.sees(f"{number} 登记再办了")


def test_until_somebody_answers_the_telephone_nothing_is_decided(town: Town) -> None:
    who = plot.cast(town)
    number = silent(town, who)
    at(town, "2026-12-20T12:00")
    assert who.desk.has(number, "📷 待回访")


def test_a_late_answer_takes_the_call_off_the_list(town: Town) -> None:
    who = plot.cast(town)
    number = silent(town, who)

    who.li.presses("✅ 解决了")
    who.desk.sees(number, "✅ 办结")
    assert number not in looks_whom_to_call(who.desk)["text"]


def test_two_callers_at_once_and_the_second_sees_how_it_stands(town: Town) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = silent(town, who)
    for caller in (who.desk, sun):
        looks_whom_to_call(caller)
        caller.presses(f"☎ {number} 李阿姨")

    with town.all_at_once():
        who.desk.push("✅ 解决了")
        sun.push("❌ 没解决")
    assert sun.toasts() == ["这一题已经答过了,谢谢您!"]
    sun.sees("居民点的:解决了", "来得快不快")
    who.desk.has(number, "✅ 办结")


def test_the_handler_does_not_call_about_their_own_work(town: Town) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = plot.report(who.li)
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("孙网格")]
    who.desk.presses(label)
    plot.finish(sun)
    for instant in ("2026-11-18T10:00:05", "2026-11-20T10:00:10", "2026-11-22T10:00:20"):
        at(town, instant)

    assert number not in looks_whom_to_call(sun)["text"]
    looks_whom_to_call(who.desk)
    who.desk.sees(number, "李阿姨")


def test_whoever_answered_at_once_does_not_call_about_it(town: Town) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = plot.report(who.li, "前台几点上班,灯能不能领")
    who.desk.presses("💬 直接答复")
    who.desk.presses("办公时间")
    who.desk.presses("✅ 发给居民")
    for instant in ("2026-11-18T10:00:05", "2026-11-20T10:00:10", "2026-11-22T10:00:20"):
        at(town, instant)

    assert number in looks_whom_to_call(sun)["text"]
    assert number not in looks_whom_to_call(who.desk)["text"]


def test_whoever_reported_by_telephone_is_telephoned(town: Town) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    who.desk.sends("/onbehalf")
    who.desk.presses("☎ 打电话来的")
    who.desk.sends("5号楼1单元灯不亮,电话13800138000")
    who.desk.presses("✅ 对,提交")
    number = plot.number_in(who.desk.sees("登记好了,编号")["text"])
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)

    assert f"{number} 尾号 8000" in looks_whom_to_call(sun)["text"]
    (label,) = [one for one in labels(sun.news()[-1]) if number in one]
    sun.presses(label)
    sun.presses("✅ 解决了")
    who.liu.sees(f"{number} 居民说好了")


def test_whoever_has_blocked_the_bot_is_telephoned_at_once(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    town.block(who.li)

    looks_whom_to_call(who.desk)
    who.desk.sees(f"{number} 李阿姨")
    at(town, "2026-11-18T10:00:05")
    assert not [one for one in who.li.shown() if "问题解决了吗" in one["text"]]


def test_call_me_puts_a_person_on_the_list(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    who.li.presses("☎ 打电话给我")
    assert who.li.toasts() == ["好的,会有人打给您"]
    who.li.sees(f"好的,{number} 会有人打给您", "今天17:10 前")

    looks_whom_to_call(who.desk)
    who.desk.presses(f"☎ {number} 李阿姨")
    who.desk.sees("居民点的:没解决 · 没问到", "问题解决了吗?")
    who.desk.presses("✅ 解决了")
    who.desk.sees("来得快不快")
    assert who.desk.has(number, "✅ 办结 · 刘志愿")


def test_what_was_left_waits_for_the_supervisor_who_closes_it_unsolved(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    who.li.presses("先放着")
    card = who.zhao.sees(number, "📷 待回访", "居民点的:没解决 · 没问到")
    assert {"✅ 办结", "⚠️ 解决不了"} <= set(labels(card))

    who.zhao.sends("/todo")
    (button,) = [one for one in labels(who.zhao.sees("待办", number)) if number in one]
    who.zhao.presses(button)
    card = who.zhao.sees(number, "📷 待回访")
    assert {"✅ 办结", "⚠️ 解决不了"} <= set(labels(card))
    who.zhao.presses("⚠️ 解决不了")
    who.zhao.sees(f"{number} 为什么解决不了?")
    who.zhao.sends("公共维修资金要先表决")
    who.zhao.presses("📋 并列入协调会")
    who.li.sees(f"{number} 暂时解决不了", "公共维修资金要先表决", "已列入下次协调会的议题")
    who.desk.sees(number, "⚠️ 办结(未解决)")


def test_a_refusal_may_be_contested_once_more(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)
    who.zhao.presses("❌ 这次不办")
    who.zhao.sends("灯具停产")
    who.zhao.presses("✅ 发给居民")

    at(town, "2026-12-01T09:00")
    who.li.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办")


def test_after_fourteen_days_it_is_over(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👍 好了")
    card = who.li.has(f"谢谢您!{number} 办好了")[-1]
    at(town, "2026-12-02T09:00")
    who.li.presses("🔁 再办一次", card)
    assert who.li.toasts() == ["时间过了,不能再改。有事请再报一次。"]


def test_four_weeks_later_it_is_asked_whether_a_light_is_still_good(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "3楼水管漏水")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    who.li.presses("👍 好了")

    at(town, "2026-12-15T09:59")
    who.li.sees_nothing()
    at(town, "2026-12-15T10:00:05")
    question = who.li.sees(f"{number} 办好四周了,还好吗?")
    assert labels(question) == ["👍 好", "👎 又坏了", "以后别问"]
    who.li.presses("👎 又坏了")
    new = who.li.sees(f"对不起,{number} 又坏了", "新编号")
    again = who.li.sees("收到了,编号", "水电气暖")
    assert plot.number_in(again["text"]) in new["text"]
    who.desk.sees("🆕 待派单", f"又坏了(上次编号 {number})")


def test_whoever_does_not_want_to_be_asked_is_not_asked_again(town: Town) -> None:
    who = plot.cast(town)
    for day in (15, 16):
        plot.report(who.li, "3楼水管漏水")
        who.desk.presses("🙋 放给志愿者")
        who.liu.presses("🙋 我去")
        plot.finish(who.liu)
        who.li.presses("👍 好了")
        if day == 15:
            at(town, "2026-11-18T09:10")
    at(town, "2026-12-15T10:00:05")
    who.li.presses("以后别问")
    who.li.sees("以后不问了")
    at(town, "2026-12-20T12:00")
    assert not [one for one in who.li.news() if "还好吗" in one["text"]]


def test_a_case_without_that_habit_is_not_asked_about_later(town: Town) -> None:
    who = plot.cast(town)
    plot.resolved(who)
    who.li.presses("👍 好了")
    at(town, "2026-12-16T12:00")
    assert not [one for one in who.li.shown() if "还好吗" in one["text"]]


def test_what_broke_twice_goes_a_level_up(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)
    for worker in ("陈志愿", "王师傅"):
        who.zhao.presses("🔁 再办一次")
        who.zhao.presses("🙋 放给志愿者")
        one = town.person(worker)
        one.presses("🙋 我去")
        plot.finish(one)
        who.li.presses("👎 还没好")
        who.li.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办", "第 2 次再办")
    first = who.li.has("转到社区接着办了")
    assert len(first) == 1, "told once, by the same path as a case that is passed on"
    assert "刘志愿负责到底" in first[0]["text"]
    town.person("钱组织").sees(number, "第 2 次再办")
