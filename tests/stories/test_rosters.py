"""An organizer makes a roster, corrects a week by hand, publishes it; people say their wishes."""

from tests.support.files_sent import entry_of
from tests.support.town import Neighbour, Town, labels

ORGANIZER, OTHER = "钱组织", "张调度"


def make(town: Town, name: str = "西区早巡") -> Neighbour:
    """Make a roster of three volunteers for every Thursday at seven in the evening."""
    qian = town.person(ORGANIZER)
    qian.sends("/duty")
    qian.presses("🗂 值班表")
    qian.presses("➕ 新建")
    qian.sees("叫什么")
    qian.sends(name)
    qian.sees(name, "还没定时间", "还没定地点")
    qian.presses("📍 地点")
    qian.presses("西区大门")
    qian.presses("📅 时间")
    qian.presses("📅 每周")
    qian.presses("周四")
    qian.presses("19:00")
    qian.presses("1 小时")
    qian.presses("放假不办")
    check = qian.sees("每周四 19:00,1 小时", "接下来:")
    assert check["text"].count("(周四)19:00") + check["text"].count("19日)19:00") == 5
    qian.presses("✅ 就这样")
    qian.presses("🔢 几个人")
    qian.presses("1 人")
    qian.presses("👥 成员")
    for one in ("刘志愿", "陈志愿", "郑师傅"):
        qian.presses(f"⬜ {one}")
    qian.sees("已选 3")
    qian.presses("◀ 返回")
    qian.sees(name, "每周四 19:00", "西区大门", "每次 1 人,成员 3 人", "组长 钱组织")
    return qian


def test_a_week_is_looked_at_corrected_and_published(town: Town) -> None:
    qian = make(town)
    liu, chen = town.people("刘志愿", "陈志愿")
    qian.presses("👀 看下周")
    qian.sees("还没发", "(周四)19:00", "⏳")
    first = next(one for one in ("刘志愿", "陈志愿", "郑师傅") if qian.has("还没发", one))
    qian.presses("再下一周 ▶")
    qian.sees("还没发")
    qian.presses("◀ 返回")
    qian.presses("👀 看下周")
    (shift,) = [one for one in labels(qian.sees("还没发")) if "周四" in one]
    qian.presses(shift)
    qian.presses(f"➖ {first}")
    qian.sees("还没有人")
    qian.presses("➕ 加一个人")
    other = next(one for one in (liu, chen) if one.name != first)
    qian.presses(f"👤 {other.name}")
    qian.sees(f"⏳ {other.name}")
    assert not other.has("请您值一次班"), "nobody is told of a draft"
    qian.presses("◀ 返回")
    qian.presses("📣 现在发出")
    assert qian.toasts() == ["发出了 1 次班"]
    other.sees("请您值一次班", "西区早巡")
    qian.presses(shift)
    qian.presses("⏹ 这次不办")
    assert qian.toasts() == ["取消了,来的人都告诉了"]
    other.sees("这次您不用来了", "西区早巡")
    town.wait("P6D")
    assert len(town.sent_to(other, "西区早巡")) <= 3, "it is not published once more"


def test_words_of_ones_own_and_what_is_not_understood(town: Town) -> None:
    qian = make(town)
    qian.presses("📅 时间")
    qian.presses("✍️ 自己写")
    qian.sees("请打字说一说")
    qian.sends("有空的时候")
    qian.sees("没看懂")
    qian.sends("每两周周三晚上7点半")
    qian.sees("多长时间")
    qian.presses("1 小时半")
    qian.presses("照常")
    qian.sees("每 2 周的周三 19:30,1 小时半", "接下来:")
    qian.presses("✅ 就这样")
    qian.sees("西区早巡", "每 2 周的周三 19:30")


def test_wishes_are_kept_and_a_couple_has_to_agree(town: Town) -> None:
    make(town)
    liu, chen = town.people("刘志愿", "陈志愿")
    liu.sends("/duty")
    liu.presses("📝 我的时间")
    liu.sees("哪天都行", "次数不限")
    liu.presses("🚫 哪天不行")
    liu.presses("⬜ 周五")
    assert "🚫 周五" in labels(liu.sees("星期几不行"))
    liu.presses("◀ 返回")
    liu.sees("不值:周五")
    liu.presses("🔢 最多几次")
    liu.presses("四周最多 2 次")
    liu.sees("不值:周五", "四周最多 2 次")
    liu.presses("👫 和谁一起")
    while "👤 陈志愿" not in labels(liu.shown()[-1]):
        liu.presses("… 更多")
    liu.presses("👤 陈志愿")
    liu.sees("想和 陈志愿 一起,等对方也选您")
    chen.sends("/duty")
    chen.presses("📝 我的时间")
    chen.presses("👫 和谁一起")
    while "👤 刘志愿" not in labels(chen.shown()[-1]):
        chen.presses("… 更多")
    chen.presses("👤 刘志愿")
    chen.sees("和 刘志愿 一起去")
    liu.presses("🧳 我要出门", liu.with_button("🧳 我要出门"))
    liu.presses("一个月")
    liu.sees("出门到 12月17日")
    liu.presses("🏠 我回来了")
    assert "🧳 我要出门" in labels(liu.sees("您的时间"))


def test_who_may_not_is_told_so_and_old_buttons_show_how_it_is(town: Town) -> None:
    li, desk = town.people("李阿姨", OTHER)
    for one in (li, desk):
        one.sends("/duty")
        assert "🗂 值班表" not in labels(one.sees("接下来没有您的班"))
    qian = make(town)
    old = qian.with_button("🔢 几个人")
    qian.presses("⭐ 组长", old)
    qian.presses("👤 刘志愿")
    qian.sees("组长 刘志愿")
    liu = town.person("刘志愿")
    liu.sends("/duty")
    liu.presses("🗂 值班表")
    liu.presses("🛡 西区早巡")
    liu.presses("🔢 几个人")
    liu.presses("2 人")
    assert "这一步要由" in liu.toasts()[0]
    qian.presses("⏹ 停办")
    qian.presses("⏹ 确定停办")
    qian.sees("西区早巡 停办了")
    liu.sends("/duty")
    assert "🗂 值班表" not in labels(
        liu.sees("您接下来") if liu.has("您接下来") else liu.shown()[-1]
    )


def test_the_code_of_the_place_says_that_somebody_is_there(town: Town) -> None:
    qian = town.person(ORGANIZER)
    qian.sends("/duty")
    qian.presses("🗂 值班表")
    qian.presses("➕ 新建")
    qian.sends("三号楼巡")
    qian.presses("📍 地点")
    while "3号楼2单元" not in labels(qian.shown()[-1]):
        qian.presses("… 更多")
    qian.presses("3号楼2单元")
    for one in ("📅 时间", "📅 每周", "周四", "19:00", "1 小时", "照常", "✅ 就这样", "👥 成员"):
        qian.presses(one)
    qian.presses("⬜ 刘志愿")
    qian.presses("◀ 返回")
    qian.presses("👀 看下周")
    qian.presses("📣 现在发出")
    liu = town.person("刘志愿")
    letter = liu.sees("请您值一次班", "三号楼巡", "3号楼2单元")
    liu.presses("📅 加到日历", letter)
    sent = town.calls("sendDocument")[-1]
    assert sent["status"] == 200
    town.wait("P9DT9H45M")  # Thursday of the next week, 18:55
    liu.sends("/start p_7KQ2MXAB")
    liu.sees("您到岗了", "三号楼巡")
    liu.sends(photo="light")
    liu.presses("✅ 对,提交")
    town.person(OTHER).sees("3号楼2单元", "🆕")


def test_one_shift_is_moved_and_who_was_coming_is_asked_anew(town: Town) -> None:
    qian = make(town)
    qian.presses("👀 看下周")
    (shift,) = [one for one in labels(qian.sees("还没发")) if "周四" in one]
    qian.presses("📣 现在发出")
    (guest,) = [one for one in town.people("刘志愿", "陈志愿", "郑师傅") if one.has("请您值一次班")]
    guest.presses("👌 能来")
    guest.presses("📅 加到日历")
    first = entry_of(town, guest)
    qian.presses(shift)
    qian.presses("🕐 改时间")
    qian.sees("哪一天")
    qian.presses("五27")
    qian.sees("几点")
    qian.presses("20:00")
    assert qian.toasts() == ["改好了,来的人都告诉了"]
    qian.sees("(周五)20:00", "⏳ " + guest.name)
    letter = guest.sees("这次班改时间了", "原来是", "(周四)19:00", "(周五)20:00-21:00")
    assert labels(letter) == ["👌 能来", "🔄 换一下", "📅 加到日历"]
    guest.presses("📅 加到日历", letter)
    second = entry_of(town, guest)
    assert second["UID"] == first["UID"]
    assert int(second["SEQUENCE"]) > int(first["SEQUENCE"])
    assert second["DTSTART"] > first["DTSTART"]
    assert second["STATUS"] == "CONFIRMED"
    qian.presses("⏹ 这次不办")
    guest.presses("📅 从日历里去掉", guest.sees("这次您不用来了"))
    assert entry_of(town, guest)["STATUS"] == "CANCELLED"


def test_a_shift_that_is_moved_to_the_week_after_stands_in_the_table_of_both(town: Town) -> None:
    group = town.person(OTHER).enters("工作群", "办理")
    group.sends("/bind")
    group.presses("🛡 值班表")
    qian = make(town)
    qian.presses("👀 看下周")
    (shift,) = [one for one in labels(qian.sees("还没发")) if "周四" in one]
    qian.presses("📣 现在发出")
    (guest,) = [one for one in town.people("刘志愿", "陈志愿", "郑师傅") if one.has("请您值一次班")]
    qian.presses(shift)
    qian.presses("🕐 改时间")
    qian.presses("一30")
    qian.presses("20:00")
    group.sees("西区早巡", "(周一)20:00", "⏳" + guest.name)
    town.wait("P12DT10H")  # Sunday 19:10: the week after is given out
    table = group.sees("西区早巡", "明天(周一)20:00", "周四(3日)19:00")
    guest.presses("👌 能来", guest.has("这次班改时间了")[0])
    after = group.sees("明天(周一)20:00 ✅" + guest.name, "周四(3日)19:00")
    assert after["message_id"] == table["message_id"]
