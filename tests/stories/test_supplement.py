"""Adding to a case: by answering its card, or after the button; and taking it out again."""

from tests.support import plot
from tests.support.town import Town, labels, picture


def test_an_answer_to_the_card_joins_the_case(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    card = who.li.has("有人接了")[0]
    (sent,) = who.li.sends("门口的也不亮", reply_to=card["message_id"])
    told = who.li.sees(f"补充到 {number} 了", "刘志愿看得到")
    assert told["silent"]
    assert labels(told) == ["↩️ 不是这件"]
    (mine,) = [one for one in who.li.chat()["messages"] if one["message_id"] == sent]
    assert mine["reactions"] == ["✍"]
    assert who.liu.sees(number, "补充", "门口的也不亮")["silent"]
    assert not who.li.has("请您看一眼"), "no new report was begun"


def test_a_picture_after_the_button_joins_the_case(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.li.presses("➕ 补充")
    who.li.sees(f"给 {number} 补充什么?")
    who.li.sends(photo="light")
    who.li.sees(f"补充到 {number} 了")
    who.desk.sees(number, "照片1张")
    assert [one for one in who.desk.shown() if one["media"]], "the desk sees the picture"
    who.li.sends("垃圾没人收")
    who.li.sees("请您看一眼", "环境卫生")


def test_an_album_is_one_addition(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.li.presses("➕ 补充")
    who.li.sends(photos=[picture(n) for n in range(4)])
    assert len(who.li.has(f"补充到 {number} 了")) == 1
    who.desk.sees(number, "照片4张")


def test_a_picture_right_after_the_words_belongs_to_them(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    card = who.li.has("有人接了")[0]
    who.li.sends("门口的也不亮", reply_to=card["message_id"])
    who.li.sends(photo="light")
    who.li.sends(photo=picture(1))
    assert len(who.li.has(f"补充到 {number} 了")) == 1, "one addition, one button to take it out"
    assert not who.li.has("请您看一眼"), "no new report was begun"
    assert len([one for one in who.liu.shown() if one["media"]]) == 2

    who.li.presses("↩️ 不是这件")
    who.li.sees("请您看一眼", "门口的也不亮", "照片2张")
    who.li.sends(photo=picture(2))
    who.li.sees("请您看一眼", "照片3张")


def test_a_picture_later_or_after_the_report_key_is_a_report(town: Town) -> None:
    who = plot.cast(town)
    plot.taken(who)
    card = who.li.has("有人接了")[0]
    who.li.sends("门口的也不亮", reply_to=card["message_id"])
    town.wait("PT2M1S")
    who.li.sends(photo="light")
    who.li.sees("照片1张", "是哪一类?")
    who.li.presses("❌ 不报了")

    who.li.sends("门口的还是不亮", reply_to=card["message_id"])
    who.li.sends("📝 报问题")
    who.li.sends(photo=picture(1))
    who.li.sees("照片1张", "是哪一类?")


def test_what_was_added_to_the_wrong_case_becomes_a_report(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    card = who.li.has("收到了,编号")[0]
    who.li.sends("垃圾桶满了没人收", reply_to=card["message_id"])
    who.li.presses("↩️ 不是这件")
    assert who.li.toasts() == ["拿出来了,另算一件"]
    who.li.sees("请您看一眼", "环境卫生", "垃圾桶满了没人收")
    who.li.presses("✅ 对,提交")
    who.li.sees("收到了,编号", "环境卫生")
    who.li.presses("↩️ 不是这件")
    assert who.li.toasts() == ["这条更新过了,给您看最新的"]
    assert number


def test_an_answer_to_a_closed_case_is_a_report(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 撤回")
    card = who.li.has("已撤回")[0]
    who.li.sends("3楼灯还是不亮", reply_to=card["message_id"])
    who.li.sees("请您看一眼", "3楼灯还是不亮")


def test_nothing_is_added_after_all(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    who.li.presses("➕ 补充")
    who.li.sends("取消")
    who.li.sees("好的,没有补充")
    who.li.presses("➕ 补充")
    who.li.presses("不补充了")
    who.li.sends("垃圾没人收")
    who.li.sees("请您看一眼", "环境卫生")


def test_whoever_has_it_may_add_too_and_a_restart_forgets_nothing(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.li.presses("➕ 补充")
    town.restart_bot()
    who.li.sends("二楼也不亮")
    who.liu.sees(number, "二楼也不亮")
    card = who.liu.has(f"您接了 {number}")[0]
    who.liu.sends("梯子太短", reply_to=card["message_id"])
    who.liu.sees(f"记在 {number} 里了")


def test_a_neighbour_cannot_add_to_somebody_elses_case(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    zhou = town.person("老周")
    start = zhou.shown()[0] if zhou.shown() else None
    reply = {"reply_to": start["message_id"]} if start else {}
    zhou.sends("我家灯也坏了", **reply)
    zhou.sees("可能有人报过了")


def test_in_english(town: Town) -> None:
    emma = town.person("Emma")
    emma.sends("The stairwell light is broken")
    emma.presses("💡 Lighting")
    number = plot.number_in(emma.news()[-1]["text"])
    emma.presses("➕ Add")
    emma.sends("second floor, too")
    emma.sees(f"Added to {number}")
