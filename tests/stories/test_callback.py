"""What is asked after the work: three taps, next day at ten, and what follows from them."""

import pytest

from tests.support import plot
from tests.support.town import Message, Neighbour, Town, labels


def at(town: Town, instant: str) -> None:
    """Let the clock go to an instant, with everything that falls due meanwhile."""
    with town.acting():
        town.sandbox.post("/sim/clock", to=f"{instant}+08:00")


def asked(who: Neighbour, number: str) -> Message:
    """Return the newest message that asks whether the case is solved."""
    return who.has(number, "问题解决了吗?")[-1]


def test_three_taps_the_next_day_at_ten(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    at(town, "2026-11-18T09:59")
    who.li.sees_nothing()
    at(town, "2026-11-18T10:00:05")
    question = who.li.sees(f"{number} 办完了", "刘志愿经办", "问题解决了吗?", "(1/3)")
    assert labels(question) == ["✅ 解决了", "🌓 好了一半", "❌ 没解决"]
    assert not question["edited"], "always a new message"
    assert not question["silent"]

    who.li.presses("✅ 解决了")
    second = who.li.sees(number, "来得快不快、态度好不好?", "(2/3)")
    assert labels(second) == ["😊 满意", "😐 一般", "🙁 不满意"]
    assert second["message_id"] == question["message_id"]
    who.desk.sees(number, "✅ 办结 · 刘志愿")
    who.liu.sees(f"{number} 居民说好了")
    who.li.presses("😊 满意")
    third = who.li.sees(number, "还想说什么?", "(3/3)")
    assert labels(third) == ["🙏 谢谢师傅", "🧹 现场没收拾", "🔁 老是坏", "✍️ 我写一句", "没有了"]
    who.li.presses("🙏 谢谢师傅")
    over = who.li.sees(f"谢谢您!{number} 办结")
    assert over["message_id"] == question["message_id"]
    assert labels(over) == []

    at(town, "2026-12-15T20:00")
    assert not [one for one in who.li.news() if "问题解决了吗" in one["text"]], "and never again"


def test_whoever_has_answered_the_result_is_not_asked_again(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    who.li.presses("👍 好了")
    who.li.sees(f"谢谢您!{number} 办好了")
    second = who.li.sees(number, "来得快不快、态度好不好?")
    assert "😊 满意" in labels(second)
    at(town, "2026-11-18T10:00:05")
    who.li.sees_nothing()
    at(town, "2026-11-21T10:00:05")
    who.li.sees_nothing()


def test_the_answers_may_be_typed(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    who.li.sends("1")
    who.li.sees(number, "来得快不快、态度好不好?")
    who.li.sends("2")
    who.li.sees(number, "还想说什么?")
    who.li.sends("4")
    who.li.sees(f"{number}:请打一句话")
    who.li.sends("师傅人很好,就是晚了点")
    who.li.sees(f"谢谢您!{number} 办结")
    who.li.sends("1")
    who.li.sees("这个我看不懂")


def test_a_no_offers_to_do_it_again_with_another_person(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    who.li.presses("❌ 没解决")
    who.li.presses("😐 一般")
    offer = who.li.sees(f"对不起,{number} 没给您办好", "由督办安排")
    assert labels(offer) == ["🔁 再办一次", "先放着", "☎ 打电话给我", "✍️ 我写一句"]
    who.li.presses("✍️ 我写一句")
    who.li.sends("灯还是一闪一闪的")
    who.li.presses("🔁 再办一次")
    who.li.sees(f"登记了,编号还是 {number}", "今天20:00 前")

    card = who.zhao.sees(number, "🔁 申请再办", "居民说:灯还是一闪一闪的", "今天20:00 前要答复居民")
    assert labels(card)[:2] == ["🔁 再办一次", "❌ 这次不办"]
    who.zhao.presses("🔁 再办一次")
    choice = who.zhao.sees(f"{number} 再办一次,谁来办?")
    assert "👤 还请刘志愿" in labels(choice)
    assert not [one for one in labels(choice) if one.startswith("刘志愿")]
    (chen,) = [one for one in labels(choice) if one.startswith("陈志愿")]
    who.zhao.presses(chen)
    town.person("陈志愿").sees(f"您接了 {number}", "公共照明 · 3号楼2单元")
    who.li.sees(f"🔁 {number} 重新办", "陈志愿")


@pytest.mark.parametrize(
    ("pressed", "due"),
    [
        ("2026-11-17T14:05", "今天20:00 前"),
        ("2026-11-17T19:30", "明天(周三)20:00 前"),
        ("2026-11-17T22:15", "明天(周三)20:00 前"),
    ],
)
def test_the_supervisor_answers_the_same_working_day(town: Town, pressed: str, due: str) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, pressed)
    who.li.presses("👎 还没好", who.li.with_button("👎 还没好"))
    who.li.presses("🔁 再办一次")
    who.li.sees(f"登记了,编号还是 {number}", due)


def test_half_solved_is_asked_about_too_and_may_be_left(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    who.li.presses("🌓 好了一半")
    who.li.presses("😊 满意")
    who.li.sees(f"{number} 办了一半", "要我们再办一次吗?")
    who.li.presses("先放着")
    who.li.sees(f"好的,{number} 先放着", "督办会看到")
    who.desk.has(number, "📷 待回访 · 刘志愿")
    at(town, "2026-11-22T12:00")
    assert who.zhao.has(number, "申请再办") == []


def test_solved_and_unsatisfied_offers_to_do_it_again(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    who.li.presses("✅ 解决了")
    who.desk.sees(number, "✅ 办结")
    who.li.presses("🙁 不满意")
    who.li.sees(f"对不起,{number} 没给您办好")
    who.li.presses("🔁 再办一次")
    who.zhao.sees(number, "🔁 申请再办")


def test_the_reporters_no_asks_for_it_again_by_itself_after_a_day(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    who.li.sees(f"对不起,{number} 没给您办好")
    who.zhao.sees_nothing()

    at(town, "2026-11-18T09:30")
    who.zhao.sees(number, "🔁 申请再办")
    who.li.sees(f"登记了,编号还是 {number}")


def test_silence_is_met_by_one_reminder_that_does_not_ring(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")
    first = asked(who.li, number)

    at(town, "2026-11-20T09:59")
    who.li.sees_nothing()
    at(town, "2026-11-20T10:00:10")
    again = asked(who.li, number)
    assert again["message_id"] != first["message_id"]
    assert again["silent"]
    at(town, "2026-11-30T12:00")
    who.li.sees_nothing()


def test_ten_o_clock_is_caught_up_once(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    town.kill_bot()
    town.sandbox.post("/sim/clock", to="2026-11-18T15:30+08:00")
    town.start_bot()
    assert len(who.li.has(number, "问题解决了吗?")) == 1
    town.restart_bot()
    assert len(who.li.has(number, "问题解决了吗?")) == 1


def test_after_hours_it_waits_for_the_next_ten_o_clock(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)

    town.kill_bot()
    town.sandbox.post("/sim/clock", to="2026-11-18T21:00+08:00")
    town.start_bot()
    assert who.li.has(number, "问题解决了吗?") == []
    at(town, "2026-11-19T09:59")
    assert who.li.has(number, "问题解决了吗?") == []
    at(town, "2026-11-19T10:00:05")
    assert len(who.li.has(number, "问题解决了吗?")) == 1


def test_several_cases_are_asked_about_one_after_another_in_one_message(town: Town) -> None:
    who = plot.cast(town)
    first = plot.resolved(who)
    second = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    questions = [one for one in who.li.shown() if "问题解决了吗?" in one["text"]]
    assert len(questions) == 1
    assert "后面还有 1 件" in questions[0]["text"]
    begun = first if first in questions[0]["text"] else second
    other = second if begun == first else first
    for label in ("✅ 解决了", "😊 满意", "没有了"):
        who.li.presses(label)
    following = who.li.sees(f"🙏 {begun} 记下了", f"{other} 办完了", "问题解决了吗?")
    assert following["message_id"] == questions[0]["message_id"]
    for label in ("✅ 解决了", "😊 满意", "没有了"):
        who.li.presses(label)
    who.li.sees(f"谢谢您!{other} 办结")


def test_an_old_question_and_a_second_press_change_nothing(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")
    old = asked(who.li, number)

    with town.all_at_once():
        who.li.push("✅ 解决了", old)
        who.li.push("❌ 没解决", old)
    who.li.sees(number, "来得快不快")
    assert "这一题已经答过了,谢谢您!" in who.li.toasts()
    who.desk.sees(number, "✅ 办结")


def test_the_question_of_the_round_before_is_over(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")
    old = who.li.has(number, "回复 1 好了,2 还没好")[-1]
    who.li.presses("❌ 没解决")
    who.li.presses("😐 一般")
    who.li.presses("🔁 再办一次")
    who.zhao.presses("🔁 再办一次")
    who.zhao.presses("🙋 放给志愿者")

    who.li.presses("👍 好了", old)
    who.li.sees("这次回访已经过了")
    assert who.desk.has(number, "🙋 待接单")


def test_in_english(town: Town) -> None:
    emma, desk, liu, zhao = town.people("Emma", "张调度", "刘志愿", "赵督办")
    emma.sends(photo="leak", caption="There is water on the stairs")
    emma.presses("💧 Water and power")
    number = plot.number_in(emma.sees("Got it. Number")["text"])
    desk.presses("🙋 放给志愿者")
    liu.presses("🙋 我去")
    plot.finish(liu)
    at(town, "2026-11-18T10:00:05")

    emma.sees(f"{number} is finished", "Is it fixed?")
    emma.presses("❌ No")
    emma.sees(number, "Was it quick and friendly?")
    emma.presses("🙁 Not satisfied")
    emma.sees(f"Sorry we did not get {number} right")
    emma.presses("🔁 Do it again")
    zhao.sees(number, "🔁 申请再办")


def opened(li: Neighbour, number: str) -> Message:
    """Let the resident open the case from their list; return the card, which asks from now on."""
    li.sends("/my")
    li.presses(f"📷 {number} 公共照明")
    return li.sees(f"📷 {number} 办完了", "💬 修好了")


def test_the_live_card_takes_the_answer_as_well(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    card = opened(who.li, number)

    who.li.presses("👍 好了", card)
    assert who.li.toasts() == ["谢谢您!"]
    who.li.sees(f"谢谢您!{number} 办好了")
    who.li.sees(number, "来得快不快、态度好不好?")


def test_whoever_left_it_may_think_again(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    who.li.presses("👎 还没好")
    who.li.presses("先放着")
    left = who.li.sees(f"好的,{number} 先放着", "想再办,点下面就行")

    who.li.presses("🔁 再办一次", left)
    assert who.li.toasts() == ["登记了,督办会答复您"]
    who.li.sees(f"登记了,编号还是 {number}")
    who.zhao.sees(number, "🔁 申请再办")


def test_on_the_live_card_a_mind_may_be_changed(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    card = opened(who.li, number)
    who.li.presses("👎 还没好", card)
    who.li.sees(f"对不起,{number} 没给您办好")

    who.li.presses("👍 好了", card)
    who.li.sees(number, "来得快不快、态度好不好?")
    who.desk.sees(number, "✅ 办结")


def test_twice_not_yet_on_the_live_card_asks_for_it_again(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    card = opened(who.li, number)
    who.li.presses("👎 还没好", card)
    who.zhao.sees_nothing()
    who.li.presses("👎 还没好", card)
    who.zhao.sees(number, "🔁 申请再办")


def test_what_is_sent_in_between_is_a_report_and_no_answer(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")

    who.li.presses("✅ 解决了")
    who.li.presses("😊 满意")
    who.li.presses("✍️ 我写一句")
    who.li.sends(sticker="🙂")
    who.li.sees("这个我看不懂")
    who.li.sends(photo="light", caption="5号楼2单元路灯也不亮")
    who.li.sees("请您看一眼,对就提交", "5号楼2单元")
    who.li.sends("取消")
    who.li.sees(number, "还想说什么?")


def test_an_hour_later_words_are_a_report_again(town: Town) -> None:
    who = plot.cast(town)
    plot.resolved(who)
    at(town, "2026-11-18T10:00:05")
    who.li.presses("✅ 解决了")
    who.li.presses("😊 满意")
    who.li.presses("✍️ 我写一句")

    at(town, "2026-11-18T11:01")
    who.li.sends("11号楼2单元路灯不亮了")
    who.li.sees("请您看一眼,对就提交", "11号楼2单元")


def test_a_restart_in_the_middle_loses_no_answer(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    at(town, "2026-11-18T10:00:05")
    for label in ("✅ 解决了", "😊 满意", "✍️ 我写一句"):
        who.li.presses(label)
        town.restart_bot()
    who.li.sends("谢谢刘师傅")
    who.li.sees(f"谢谢您!{number} 办结")


def test_the_picture_of_the_report_is_celebrated(town: Town) -> None:
    who = plot.cast(town)
    (sent,) = who.li.sends(photo="light", caption="3楼灯不亮了")
    who.li.presses("✅ 对,提交")
    number = plot.number_in(who.li.sees("收到了,编号")["text"])
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    assert who.li.has(f"{number} 的照片")[-1]["media"], "the pictures from before"
    assert who.li.has(f"{number} 办完后的照片")[-1]["media"], "and from after the work"

    for label in ("👍 好了", "😊 满意", "没有了"):
        who.li.presses(label)
    (mine,) = [one for one in who.li.chat()["messages"] if one["message_id"] == sent]
    assert mine["reactions"] == ["🎉"]


def test_a_result_of_a_month_ago_is_answered_with_how_it_stands(town: Town) -> None:
    who = plot.cast(town)
    number = plot.resolved(who)
    old = who.li.has(number, "回复 1 好了,2 还没好")[-1]
    at(town, "2026-11-18T10:00:05")
    for label in ("✅ 解决了", "😊 满意", "没有了"):
        who.li.presses(label)

    at(town, "2026-12-18T10:00")
    who.li.presses("👎 还没好", old)
    who.li.sees(f"谢谢您!{number} 办结")
    assert who.desk.has(number, "✅ 办结")


def test_before_midnight_and_at_the_end_of_a_month(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    at(town, "2026-11-30T23:58")
    plot.finish(who.liu)

    at(town, "2026-12-01T07:59")
    assert not who.li.has(number, "修好了吗?", "刘志愿:修好了"), "nobody is woken for a result"
    at(town, "2026-12-01T08:00:05")
    assert who.li.has(number, "刘志愿:修好了")
    at(town, "2026-12-01T10:00:05")
    who.li.sees(number, "问题解决了吗?")


def test_two_supervisors_decide_at_once_and_one_is_heard(town: Town) -> None:
    who = plot.cast(town)
    wu = town.person("吴书记")
    number = plot.contested(who)
    for one in (who.zhao, wu):
        one.presses("🔁 再办一次")

    with town.all_at_once():
        who.zhao.push("🙋 放给志愿者")
        wu.push("🙋 放给志愿者")
    assert wu.toasts() == ["这条更新过了,给您看最新的"]
    who.desk.sees(number, "🙋 待接单", "第 1 次再办")


def test_the_same_person_may_do_it_again_when_the_supervisor_says_so(town: Town) -> None:
    who = plot.cast(town)
    number = plot.contested(who)
    who.zhao.presses("🔁 再办一次")
    who.zhao.presses("👤 还请刘志愿")
    who.liu.sees(f"您接了 {number}")
    who.li.sees(f"🔁 {number} 重新办", "刘志愿")
