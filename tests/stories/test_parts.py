"""Roles in one estate: given, used there, refused elsewhere, taken away, ended by their date."""

from tests.stories.test_people import ADMIN, ORGANIZER, chooses
from tests.support import plot
from tests.support.town import Town, labels

EAST, WEST = "幸福里东区", "幸福里西区"


def serve_in_the_west(town: Town, *, term: str = "一年") -> None:
    """Let somebody become a dispatcher of the west estate; a second person agrees."""
    giver, second = town.people(ORGANIZER, ADMIN)
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "调度")
    giver.sees("管哪里")
    chooses(giver, WEST, term)
    second.sees("想请 小李 做", WEST, "调度", "第二个人同意")
    second.presses("✅ 同意")


def test_a_dispatcher_of_the_west_dispatches_there_and_sees_nothing_of_the_east(
    town: Town,
) -> None:
    giver, li, east, west = town.people(ORGANIZER, "小李", "李阿姨", "Emma")
    serve_in_the_west(town)
    li.sees("您现在是", WEST, "调度")
    theirs = plot.report(east)
    li.sees_nothing()
    west.sends("11号楼1单元电梯坏了")
    west.presses("✅ Yes, submit")
    number = plot.number_in(li.sees("电梯坏了")["text"])
    card = li.sees(number)
    li.sends("/todo")
    listed = li.sees(number)
    assert theirs not in listed["text"]
    assert not any(theirs in one for one in labels(listed))
    li.sends(f"/find {theirs}")
    assert not li.has("3楼灯不亮")
    giver.sends("/people 小李")
    giver.presses("👤 小李")
    giver.sees("调度", WEST)
    chooses(giver, "➖ 收身份", f"{WEST}调度")
    li.sees("您不再是", WEST, "调度")
    li.presses("🙋 放给志愿者", card)
    assert any("调度" in one for one in li.toasts())


def test_a_role_in_a_part_ends_by_its_date(town: Town) -> None:
    li, west = town.people("小李", "Emma")
    serve_in_the_west(town, term="一个月")
    west.sends("11号楼1单元电梯坏了")
    west.presses("✅ Yes, submit")
    card = li.sees("电梯坏了")
    town.wait("P31D")
    li.presses("🙋 放给志愿者", card)
    assert any("调度" in one for one in li.toasts())


def test_a_dispatcher_of_the_west_reads_the_figures_of_the_west(town: Town) -> None:
    li, whole = town.people("小李", "张调度")
    serve_in_the_west(town)
    li.sends("/report")
    card = li.sees(WEST, "11月1日至11月30日")
    assert "🏘 换范围" not in labels(card), "there is nothing else to choose"
    li.presses("📅 选日期")
    li.presses("上月")
    li.sees(WEST, "10月1日")

    whole.sends("/report")
    whole.presses("🏘 换范围")
    assert {"幸福里东区", WEST} <= set(labels(whole.news()[-1]))


def test_a_dispatcher_of_the_past_reads_none(town: Town) -> None:
    li = town.person("小李")
    serve_in_the_west(town, term="一个月")
    li.sends("/report")
    card = li.sees(WEST)
    town.wait("P31D")
    li.presses("本周", card)
    assert any("调度" in one for one in li.toasts())
    li.sends("/report")
    assert not li.news() or WEST not in li.news()[-1]["text"]


def test_one_person_dispatches_in_the_east_and_volunteers_in_the_west(town: Town) -> None:
    giver, second, li, east, west = town.people(ORGANIZER, ADMIN, "小李", "李阿姨", "Emma")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "调度", EAST, "一年")
    second.presses("✅ 同意")
    giver.sends("/people 小李")
    chooses(giver, "👤 小李", "➕ 给身份", "志愿者", WEST, "三个月")
    giver.sees("小李", EAST, WEST, "调度", "志愿者")
    li.sees("您现在是", WEST, "志愿者")

    here = plot.report(east)
    assert "🙋 放给志愿者" in labels(li.sees(here, "🆕"))
    west.sends("11号楼1单元灯不亮")
    west.presses("✅ Yes, submit")
    desk = town.person("张调度")
    card = desk.sees("11号楼1单元")
    there = plot.number_in(card["text"])
    assert not li.has(there), "who volunteers there does not dispatch there"
    desk.presses("🙋 放给志愿者", card)
    li.sends("/tasks")
    li.sees(there)


def _lamps(town: Town, building: str, units: str, names: str) -> None:
    for unit, name in zip(units, names, strict=True):
        one = town.newcomer(name)
        one.sends(f"{building}号楼{unit}单元楼道灯不亮了")
        known = one.has("可能有人报过了")
        one.presses("🆕 不是这件" if known else "✅ 对,提交")


def test_signals_and_the_letter_of_the_morning_are_those_of_the_part(town: Town) -> None:
    li, desk = town.people("小李", "张调度")
    serve_in_the_west(town)
    _lamps(town, "5", "122", "甲乙丙")
    desk.sees("14 天里同一栋同一类 3 件", "5号楼")
    assert not li.has("同一栋同一类")
    assert not li.has("5号楼")
    li.sends("/todo")
    li.presses("🔎 筛选")
    assert not any("提示" in one for one in labels(li.news()[-1]))
    _lamps(town, "11", "111", "丁戊己")
    told = li.sees("14 天里同一栋同一类 3 件", "11号楼")
    assert "📌 上例会" in labels(told)
    li.sends("/todo")
    li.presses("🔎 筛选")
    assert "📌 提示 1" in labels(li.news()[-1])
    town.wait("PT23H50M")
    letter = li.sees("早上好,今天的事", "待派 4")
    assert "📌 提示 1" in labels(letter)
    assert "📌 提示 2" in labels(desk.sees("早上好,今天的事"))
