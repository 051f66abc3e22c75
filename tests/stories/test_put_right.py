"""The full view of a case, notes, and what the desk puts right: kind, place, urgency, level."""

from tests.support import plot
from tests.support.town import Town, labels


def test_the_full_view_tells_the_story_and_holds_the_notes(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.desk.presses("📄 看全部")
    story = who.desk.sees(f"{number} 的经过", "今天09:10 李阿姨 报上来")
    assert labels(story) == [
        "📝 写备注",
        "✏️ 改类别地方",
        "🚨 改为紧急",
        "⏫ 转上一级",
        "💬 直接答复",
        "◀ 返回",
    ]

    who.desk.presses("📝 写备注")
    who.desk.sees("只有工作人员看得到")
    who.desk.presses("现场看过了")
    assert who.desk.toasts() == ["备注记下了"]
    who.desk.presses("📄 看全部")
    who.desk.presses("📝 写备注")
    who.desk.sends("李阿姨腿脚不好,上门要慢点敲门")
    who.desk.presses("📄 看全部")
    who.desk.sees("张调度 备注:“已经到现场看过。”", "上门要慢点敲门")
    assert not who.li.has("腿脚不好")

    who.desk.presses("◀ 返回")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    who.desk.presses("📄 看全部")
    last = who.desk.sees("刘志愿 接了")
    assert "◀ 上一页" in labels(last)
    who.desk.presses("◀ 上一页")
    who.desk.sees("李阿姨 报上来")


def test_too_long_a_note_is_not_taken(town: Town) -> None:
    who = plot.cast(town)
    plot.report(who.li)
    who.desk.presses("📄 看全部")
    who.desk.presses("📝 写备注")
    who.desk.sends("啊" * 4000)
    who.desk.sees("400 字以内")


def test_the_desk_puts_the_kind_right_and_the_deadline_follows(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.liu.sees(number)
    who.desk.presses("📄 看全部")
    who.desk.presses("✏️ 改类别地方")
    who.desk.presses("✏️ 改类别")
    who.desk.presses("🛗 电梯")
    assert who.desk.toasts() == ["改好了"]
    who.desk.sees(number, "🛗 电梯", "前要办好")
    who.liu.sees(number, "🛗 电梯")
    who.li.sees(number, "电梯", "11月24日")


def test_the_resident_puts_the_place_right(town: Town) -> None:
    who = plot.cast(town)
    number = plot.report(who.li)
    who.li.presses("✏️ 改类别地方")
    who.li.presses("📍 改地方")
    who.li.presses("5号楼")
    who.li.sees(f"{number} 几单元?")
    who.li.presses("2单元")
    assert who.li.toasts() == ["改好了"]
    who.li.sees(number, "5号楼2单元")
    who.desk.sees(number, "5号楼2单元")

    who.li.presses("✏️ 改类别地方")
    who.li.presses("📍 改地方")
    who.li.sends("大槐树底下")
    who.desk.sees(number, "大槐树底下")


def test_what_is_made_urgent_rings_at_whoever_has_it(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.desk.presses("📄 看全部")
    who.desk.presses("🚨 改为紧急")
    assert who.desk.toasts() == ["改为紧急了"]
    who.desk.sees(f"🚨 {number} 紧急", "今天11:10 前要办好")
    who.liu.sees(f"{number} 改为紧急了")
    who.desk.presses("📄 看全部")
    assert "🚨 改为紧急" not in labels(who.desk.sees(f"{number} 的经过"))


def test_what_is_passed_on_is_dispatched_again(town: Town) -> None:
    who = plot.cast(town)
    number = plot.taken(who)
    who.desk.presses("📄 看全部")
    who.desk.presses("⏫ 转上一级")
    who.desk.sees(f"{number} 转给社区?")
    stale = who.desk.with_button("⏫ 转过去")
    who.desk.presses("⏫ 转过去", stale)
    assert who.desk.toasts() == ["转上去了"]
    who.desk.sees(number, "🆕 待派单")
    who.liu.sees(f"{number} 转给社区了")
    who.desk.presses("📄 看全部")
    who.desk.sees("现在由 社区 管", "张调度 转上一级")
