"""When it will be done: said, moved, objected to, missed; a pause, and more time."""

from tests.support import plot
from tests.support.plot import REPORTED
from tests.support.town import Neighbour, Town, labels


def given_to_wang(town: Town) -> tuple[plot.Cast, Neighbour, str]:
    """Bring a case to the property worker; it is Tuesday, ten past nine."""
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("王师傅")]
    who.desk.presses(label)
    wang.sees(f"您接了 {number}")
    return who, wang, number


def rung(who: Neighbour) -> list[str]:
    """Return what rang at somebody since somebody last acted."""
    return [one["text"] for one in who.news() if not one["edited"]]


def test_a_time_is_promised_with_two_taps_and_the_resident_hears_it(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("🕐 说个时间")
    asked = wang.sees(f"{number} 什么时候办好?")
    assert labels(asked) == [
        *("今天11:00", "今天14:00", "明天上午", "明天下午", "后天"),
        *("📅 别的日子", "⏳ 请调度宽限", "✖ 先不弄了"),
    ]
    wang.presses("今天14:00")

    assert wang.toasts() == ["好的,记下了"]
    wang.sees(f"您接了 {number}", "说好 今天14:00 前")
    who.li.sees(f"{number} 说好时间了", "王师傅,今天14:00 前办好")
    who.li.sees(f"{number} 有人接了", "王师傅,今天14:00 前办好")
    who.desk.sees(number, "说好 今天14:00 前")
    assert "📞 联系过了" not in labels(wang.news()[-1]), "a promise is the first contact"


def test_a_time_may_be_written(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("🕐 说个时间")
    wang.sends("等我忙完")
    wang.sees("这个时间我没看懂", number)
    wang.sends("今天下午三点半")

    wang.sees(f"{number} 说好 今天15:30 前", "居民知道了")
    who.li.sees(f"{number} 说好时间了", "今天15:30 前")


def test_a_day_is_chosen_from_two_weeks_with_two_taps(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("🕐 说个时间")
    wang.presses("📅 别的日子")
    grid = wang.sees(f"{number} 什么时候办好?")
    assert labels(grid)[:14] == [
        *("二17", "三18", "四19", "五20", "六21", "日22", "一23"),
        *("二24", "三25", "四26", "五27", "六28", "日29", "一30"),
    ]
    assert [len(row) for row in grid["buttons"]][:2] == [7, 7]
    wang.presses("二17")
    wang.presses("下午(18:00前)")

    who.li.sees(f"{number} 说好时间了", "今天18:00 前")


def test_a_promise_is_moved_with_a_reason_and_the_resident_may_object(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.presses("今天11:00")

    wang.presses("🕐 要晚点")
    wang.sees(f"{number} 要改时间,为什么?")
    wang.presses("🔩 等配件")
    town.restart_bot()
    wang.presses("今天14:00")

    moved = who.li.sees(f"抱歉,{number} 改到 今天14:00 前", "王师傅", "原因:等配件")
    assert labels(moved) == ["知道了", "我有意见"]
    who.li.presses("我有意见")
    who.li.sees(f"{number}:您的意见是?")
    town.restart_bot()
    who.li.sends("下午我不在家")
    who.li.sees(f"{number} 您的意见转到了")
    wang.sees(f"{number} 居民对时间有意见", "“下午我不在家”")
    who.desk.sees(f"{number} 居民对时间有意见", "“下午我不在家”")


def test_what_was_read_loses_its_buttons(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    for label in ("今天11:00", "今天14:00"):
        wang.presses("🕐 说个时间" if label == "今天11:00" else "🕐 要晚点")
        if label == "今天14:00":
            wang.presses("✏️ 其他")
            wang.sends("车坏在路上")
        wang.presses(label)

    who.li.sees(f"{number} 改到 今天14:00 前", "原因:车坏在路上")
    who.li.presses("知道了")

    assert who.li.toasts() == ["好的,谢谢您体谅"]
    assert labels(who.li.sees(f"{number} 改到 今天14:00 前")) == []


def test_a_missed_promise_is_told_once(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    zhou = town.person("老周")
    zhou.sends("3楼的灯不亮")
    zhou.presses("🙋 我也遇到")
    wang.presses("🕐 说个时间")
    wang.presses("今天11:00")

    town.wait("PT2H")

    zhou.sees(f"对不起,{number} 没按时办好")
    who.li.sees(f"对不起,{number} 没按时办好", "说好 今天11:00 前")
    wang.sees(f"{number} 说好的时间过了")
    town.restart_bot()
    town.wait("PT5H")
    assert len(town.sent_to(who.li, "没按时办好")) == 1


def test_a_promise_that_was_moved_or_kept_is_not_missed(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.presses("今天11:00")
    wang.presses("🕐 要晚点")
    wang.presses("🚶 路上耽搁")
    wang.presses("今天14:00")
    town.wait("PT3H")
    assert not who.li.has("没按时办好")

    plot.finish(wang)
    town.wait("PT5H")

    assert not who.li.has("没按时办好")
    who.li.has(number, "修好了吗")


def test_another_time_may_be_written_after_one_beyond_the_deadline(town: Town) -> None:
    _, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.sends("明天下午3点")
    wang.sees(f"{number} 这个时间过了期限")
    wang.sends("今天下午三点半")
    wang.sees(f"{number} 说好 今天15:30 前", "居民知道了")


def test_what_a_handler_answers_to_a_card_is_a_note_and_says_how_to_promise(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    (card,) = wang.has(f"您接了 {number}")
    wang.sends("明天下午3点", reply_to=card["message_id"])
    noted = wang.sees(f"记在 {number} 里了,调度看得到", "“说个时间”")
    assert "王师傅看得到" not in noted["text"]
    who.desk.presses("📄 看全部")
    who.desk.sees("明天下午3点")


def test_a_time_beyond_the_deadline_needs_the_dispatcher(town: Town) -> None:
    who, wang, number = given_to_wang(town)  # lighting: until Wednesday 09:10

    wang.presses("🕐 说个时间")
    wang.presses("明天下午")
    beyond = wang.sees(f"{number} 这个时间过了期限", "期限是 明天(周三)09:10")
    assert labels(beyond) == ["⏳ 请调度宽限", "🕐 换个时间"]
    who.li.sees_nothing()
    wang.presses("⏳ 请调度宽限")
    wang.presses("🔩 等配件")
    wang.presses("五20")
    wang.presses("下午(18:00前)")
    asked = who.desk.sees(f"{number} 王师傅想请您点个头", "想宽限到 周五(20日)18:00:等配件")
    assert labels(asked) == ["✅ 同意", "❌ 不同意"]
    assert not rung(who.li)

    who.desk.presses("✅ 同意", asked)
    assert who.desk.toasts() == ["同意了"]
    wang.sees(f"{number} 调度同意了", "周五(20日)18:00")
    who.li.sees(f"{number} 延到 周五(20日)18:00 前", "原因:等配件")
    who.desk.sees(number, "周五(20日)18:00 前要办好")


def test_more_time_that_is_refused_changes_nothing(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.presses("⏳ 请调度宽限")
    wang.presses("🧱 活比想的多")
    town.restart_bot()
    wang.sends("周四上午")
    wang.sees(f"{number} 问调度了", "周四(19日)12:00")

    who.desk.presses("❌ 不同意")

    wang.sees(f"{number} 调度没同意")
    assert not rung(who.li)
    who.desk.sees(number, "明天(周三)09:10 前要办好")


def test_a_time_that_is_over_is_not_taken(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("🕐 说个时间")
    wang.sends("今天上午8点")

    wang.sees("这个时间已经过了")
    wang.presses("今天11:00")
    who.li.sees(f"{number} 说好时间了", "今天11:00 前")


def test_a_short_pause_for_parts_needs_nobody_and_moves_the_deadline(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("⏸ 先停一停")
    wang.sees(f"{number} 为什么先停一停?")
    wang.presses("🔩 等配件")
    wang.sees(f"{number} 停到哪一天?")
    town.restart_bot()
    wang.presses("四19")

    who.li.sees(f"⏸ {number}", "等到 周四(19日)08:00", "原因:等配件")
    assert not rung(who.li)
    who.desk.sees(number, "⏸ 暂停")
    assert not rung(who.desk)

    town.wait("P2D")
    wang.sees(f"您接了 {number}")
    who.li.sees(f"{number} 有人接了")
    # What was left when it stopped, a day to the minute, is left when it goes on.
    who.desk.sees(number, "明天(周五)0", "前要办好")


def test_a_day_that_comes_when_the_case_has_moved_on_is_answered(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("⏸ 先停一停")
    wang.presses("🔩 等配件")
    who.desk.presses("📣 催一下")

    wang.sends("周六上午")

    wang.sees("这条更新过了,给您看最新的")
    wang.sees(f"您接了 {number}")
    assert not who.desk.has(f"{number} 王师傅想请您点个头")
    wang.presses("⏸ 先停一停")
    wang.presses("🔩 等配件")
    wang.presses("六21")
    who.desk.sees(f"{number} 王师傅想请您点个头")


def test_a_long_pause_is_for_the_dispatcher(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("⏸ 先停一停")
    wang.presses("🔩 等配件")
    wang.presses("六21")
    asked = who.desk.sees(f"{number} 王师傅想请您点个头", "想停到 周六(21日)08:00:等配件")
    assert not rung(who.li)

    who.desk.presses("✅ 同意", asked)

    wang.sees(f"{number} 调度同意了", "周六(21日)08:00")
    who.li.sees(f"⏸ {number}", "等到 周六(21日)08:00")
    wang.presses("▶️ 接着办")
    assert wang.toasts() == ["接着办了"]
    who.li.sees(f"{number} 有人接了")


def test_a_pause_for_the_weather_is_for_the_dispatcher_however_short(town: Town) -> None:
    who, wang, number = given_to_wang(town)

    wang.presses("⏸ 先停一停")
    wang.presses("🌧 等天气")
    wang.presses("三18")

    who.desk.sees(f"{number} 王师傅想请您点个头", "想停到 明天(周三)08:00:等天气")
    assert who.desk.has(number, "🔧 处理中 · 王师傅")


def test_whoever_thinks_better_of_it_changes_nothing(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")

    wang.sends("取消")

    wang.sees("好的,没有改")
    assert "🕐 说个时间" in labels(wang.with_button("✅ 弄好了"))
    wang.presses("⏸ 先停一停")
    wang.presses("✖ 先不弄了")
    wang.sees(f"您接了 {number}")
    who.li.sees_nothing()


def test_a_promise_ends_with_the_case(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.presses("今天11:00")

    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 告诉他并撤回")
    wang.sees(f"{number} 不用去了")

    town.wait("PT3H")
    assert not who.li.has("没按时办好")


def test_a_promise_that_is_missed_at_night_is_told_in_the_morning(town: Town) -> None:
    who, wang, number = given_to_wang(town)
    wang.presses("🕐 说个时间")
    wang.sends("今晚11点")
    town.wait("PT15H")  # ten past midnight
    assert not who.li.has("没按时办好")

    town.wait("PT8H")

    who.li.sees(f"对不起,{number} 没按时办好", "23:00")


def test_a_neighbour_who_joined_hears_of_the_time_too(town: Town) -> None:
    _, wang, number = given_to_wang(town)
    zhou = town.person("老周")
    zhou.sends(REPORTED)
    zhou.presses("🙋 我也遇到")

    wang.presses("🕐 说个时间")
    wang.presses("今天14:00")

    zhou.sees(f"{number} 说好时间了", "今天14:00 前")
