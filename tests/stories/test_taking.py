"""A case finds somebody: whom it is offered to, who takes it, who comes next, who gives it back."""

from tests.support import plot
from tests.support.town import Neighbour, Town, labels

OTHERS = ("陈志愿", "王师傅", "郑师傅", "孙网格")


def rung(who: Neighbour) -> list[str]:
    """Return what rang at somebody since somebody last acted."""
    return [one["text"] for one in who.news() if not one["edited"]]


def test_from_the_offer_to_the_thanks_as_a_volunteer_sees_it(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li, "3号楼2单元603室门口的灯不亮了")
    who.desk.presses("🙋 放给志愿者")

    offer = who.liu.sees("有件小事,您方便吗?", number, "3号楼2单元")
    assert "603" not in offer["text"], "the door only after claiming"
    who.liu.presses("🙋 我去")
    assert who.liu.toasts() == ["交给您了,谢谢!"]
    mine = who.liu.sees(f"您接了 {number}", "603")
    assert mine["message_id"] == offer["message_id"]
    assert {"📍 我到了", "🕐 说个时间", "📞 联系过了", "↩️ 去不了"} <= set(labels(mine))

    who.liu.presses("📞 联系过了")
    assert who.liu.toasts() == ["联系过了,记下了"]
    assert "📍 我到了" in labels(who.liu.sees(f"您接了 {number}")), "called is not arrived"
    who.liu.presses("📍 我到了")
    assert who.liu.toasts() == ["到场了,记下了"]
    photo = who.liu.sees(number, "弄好后发一张照片")
    assert labels(photo) == ["🖼 不适合拍照", "❗ 我弄不了", "✖ 先不弄了"]
    who.liu.sends(photo="light")
    who.liu.presses("🔧 修好了")
    assert labels(who.liu.sees(f"{number} 弄好了吗?")) == ["✅ 好了", "🔧 还差一点"]
    who.liu.presses("🔧 还差一点")
    who.liu.presses("✅ 弄好了")
    town.restart_bot()
    plot_end(who.liu)

    who.liu.sees(f"{number} 辛苦了!等居民看看")
    assert len(who.liu.has(number, "辛苦了")) == 1, "nobody sees the case twice"
    assert [one for one in who.liu.has(number, "挪到别处了") if labels(one)] == []


def plot_end(worker: Neighbour) -> None:
    worker.sends(photo="light")
    worker.presses("🔧 修好了")
    worker.presses("✅ 好了")


def test_of_two_who_take_it_at_once_one_wins(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    number = plot.offered(who)

    with town.all_at_once():
        who.liu.push("🙋 我去")
        chen.push("🙋 我去")

    mine = [one for one in (who.liu, chen) if one.has(f"您接了 {number}")]
    assert len(mine) == 1
    lost = chen if mine == [who.liu] else who.liu
    lost.sees(number, "刚被别的邻居接走了,谢谢您!")
    assert lost.toasts() == ["刚被别的邻居接走了,谢谢您!"]
    assert not [one for one in lost.shown() if "🙋 我去" in labels(one)]


def test_not_today_means_no_other_offer_today(town: Town) -> None:
    who = plot.cast(town)
    first = plot.offered(who)
    who.liu.presses("今天不方便")
    who.liu.sees(first, "没关系,谢谢您!")

    second = plot.report(who.li, "3号楼1单元的灯不亮了")
    who.desk.presses("🙋 放给志愿者")

    assert not who.liu.has(second)
    town.person("陈志愿").sees(second, "您方便吗")
    town.wait("P1D")
    third = plot.report(who.li, "3号楼3单元的灯不亮了")
    who.desk.presses("🙋 放给志愿者")
    who.liu.sees(third, "您方便吗")


def test_when_all_have_no_time_the_next_are_asked_at_once(town: Town) -> None:
    who = plot.cast(town)
    chen, wang, zheng, sun = town.people(*OTHERS)
    number = plot.offered(who)
    for one in (who.liu, chen, zheng):
        one.presses("今天不方便")
    assert not sun.has(number)

    wang.presses("今天不方便")

    sun.sees(number, "您方便吗")
    sun.presses("今天不方便")
    who.desk.sees(number, "没有志愿者可问")
    who.desk.sees(number, "🆕 待派单")


def test_a_lift_is_only_for_those_who_know_lifts(town: Town) -> None:
    who = plot.cast(town)
    chen, wang, zheng, _ = town.people(*OTHERS)
    who.li.sends("2单元电梯按钮不灵了")
    who.li.presses("✅ 对,提交")
    number = plot.number_in(who.li.sees("收到了,编号")["text"])

    who.desk.presses("🙋 放给志愿者")

    wang.sees(number, "您方便吗")
    zheng.sees(number, "您方便吗")
    assert not chen.has(number)
    assert not who.liu.has(number)
    chen.sends("/tasks")
    chen.sees("可接任务")
    assert not chen.has(number)


def test_a_team_is_asked_and_its_members_only(town: Town) -> None:
    who = plot.cast(town)
    chen, wang, zheng, _ = town.people(*OTHERS)
    number = plot.report(who.li)

    who.desk.presses("👤 派给…")
    who.desk.presses("🙋 先问问谁")
    who.desk.sees(f"{number} 先问问谁?")
    who.desk.presses("👥 工程组")

    wang.sees(number, "您方便吗")
    zheng.sees(number, "您方便吗")
    assert not chen.has(number)
    wang.presses("🙋 我去")
    zheng.sees(number, "刚被别的邻居接走了")


def test_one_person_is_asked_and_may_say_no(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    number = plot.report(who.li)

    who.desk.presses("👤 派给…")
    who.desk.presses("🙋 先问问谁")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith("刘志愿")]
    who.desk.presses(label)
    who.liu.sees(number, "您方便吗")
    assert not chen.has(number)
    who.liu.presses("今天不方便")

    chen.sees(number, "您方便吗")


def test_a_linked_party_member_of_the_building_comes_before_the_pool(town: Town) -> None:
    who = plot.cast(town)
    chen, _, zheng, _ = town.people(*OTHERS)
    who.li.sends("6号楼1单元的灯不亮了")
    who.li.presses("✅ 对,提交")
    number = plot.number_in(who.li.sees("收到了,编号")["text"])
    who.desk.presses("👤 派给…")
    who.desk.presses("🙋 先问问谁")
    who.desk.presses("👥 保洁组")
    assert not chen.has(number)

    zheng.presses("今天不方便")

    chen.sees(number, "您方便吗")
    assert not who.liu.has(number)
    chen.presses("今天不方便")
    who.liu.sees(number, "您方便吗")


def test_staff_gives_back_with_a_reason_and_at_most_twice(town: Town) -> None:
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)
    for reason in ("🧰 工具不够", "📍 不是我的片"):
        give_to(who.desk, "王师傅")
        wang.presses("↩️ 退回")
        asked = wang.sees(f"{number} 为什么退回?")
        assert labels(asked)[:4] == ["🧰 工具不够", "📍 不是我的片", "🔁 重复", "✏️ 其他"]
        wang.presses(reason)
        assert wang.toasts() == ["好的,换别人去,没关系"]
        who.desk.sees(number, "↩️ 退回待定", reason.split(" ")[1])

    give_to(who.desk, "王师傅")
    assert "↩️ 退回" not in labels(wang.sees(f"您接了 {number}"))


def give_to(desk: Neighbour, name: str) -> None:
    desk.presses("👤 派给…")
    (label,) = [one for one in labels(desk.news()[-1]) if one.startswith(name)]
    desk.presses(label)


def test_the_dispatcher_asks_to_have_a_look_first(town: Town) -> None:
    who = plot.cast(town)
    wang = town.person("王师傅")
    number = plot.report(who.li)
    give_to(who.desk, "王师傅")
    wang.presses("↩️ 退回")
    wang.presses("✏️ 其他")
    wang.sends("那边不归我")
    who.desk.sees(number, "↩️ 退回待定", "那边不归我")

    who.desk.presses("👀 请先去看看")
    who.desk.sees(f"{number}:请他先去看看,说句什么?")
    town.restart_bot()
    who.desk.sends("离您最近,先看一眼")

    wang.sees(f"{number} 调度请您先去看看", "“离您最近,先看一眼”")
    wang.sees(f"您接了 {number}")
    who.desk.sees(number, "🔧 处理中 · 王师傅")


def test_what_a_volunteer_cannot_do_goes_back_with_the_reason(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("📍 我到了")

    who.liu.presses("❗ 我弄不了")
    who.liu.presses("🧰 工具不够")

    who.desk.sees(number, "↩️ 退回待定", "工具不够")
    before = len(who.liu.shown())
    who.liu.sends("5号楼1单元楼道脏了")
    assert len(who.liu.shown()) == before + 1, "what is sent from now on is a report again"
    who.liu.sees("请您看一眼,对就提交")


def test_going_away_is_not_counted(town: Town) -> None:
    who = plot.cast(town)
    chen = town.person("陈志愿")
    number = plot.offered(who)
    for one in (who.liu, chen, who.liu):
        one.presses("🙋 我去")
        one.presses("↩️ 去不了")
        assert one.toasts() == ["好的,换别人去,没关系"]

    assert who.desk.has(number, "🙋 待接单")


def test_a_case_that_moved_on_ends_what_was_begun(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("🕐 说个时间")

    who.li.presses("↩️ 撤回")
    who.li.presses("✖ 告诉他并撤回")
    who.liu.sees(f"{number} 不用去了")

    who.liu.sends("5号楼1单元楼道脏了")
    who.liu.sees("请您看一眼,对就提交")


def test_an_album_and_a_voice_say_what_was_done(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("📍 我到了")

    who.liu.sends(photos=["light", "lit"])
    who.liu.sees(f"{number} 做了什么?")
    town.restart_bot()
    who.liu.sends(voice="voice")
    who.liu.sees(f"{number} 弄好了吗?", "说了一段话", "照片2张")
    who.liu.presses("✅ 好了")

    who.li.sees(f"{number} 办完了", "说了一段话", "办完后的照片2张")
    kinds = [media["type"] for one in who.li.news() for media in one["media"] or []]
    assert "voice" in kinds


def test_a_voice_alone_is_no_picture(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.presses("✅ 弄好了")

    who.liu.sends(voice="voice")

    who.liu.sees(f"{number} 弄好后发一张照片")
    who.liu.presses("🖼 不适合拍照")
    who.liu.presses("涉及隐私")
    who.liu.sees(f"{number} 弄好了吗?", "没有拍照:涉及隐私")


def test_an_english_volunteer_says_when(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.sends("/settings")
    who.liu.presses("🌐 English")
    who.liu.sends("/tasks")
    who.liu.presses(next(one for one in labels(who.liu.news()[-1]) if number in one))

    who.liu.presses("🕐 Say when")
    who.liu.sees(f"{number}: when will it be done?")
    who.liu.sends("today 3 pm")

    who.liu.sees(f"{number} is promised by today 15:00")
    who.li.sees(f"{number} 说好时间了", "今天15:00 前")
