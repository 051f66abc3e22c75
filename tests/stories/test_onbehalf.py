"""Who telephones is registered: how they came is kept, their number only callers read."""

import re
import sqlite3
from contextlib import closing
from pathlib import Path

from tests.stories.test_callback_calls import looks_whom_to_call
from tests.support import plot
from tests.support.town import Neighbour, Town, labels

CANARY = "13877776666"
PART = CANARY[2:]  # what is searched for is said again
SUN = 7_000_010  # the account of 孙网格
SPOKEN = "138 7777 6666"  # the same, as somebody writes down what they hear


def registers(desk: Neighbour, *words: str, how: str = "☎ 打电话来的") -> str:
    """Register what somebody says on the telephone; return its number."""
    desk.sends("/onbehalf")
    desk.presses(how)
    for one in words:
        desk.sends(one)
    desk.presses("✅ 对,提交")
    return plot.number_in(desk.sees("登记好了,编号")["text"])


def given_to(who: plot.Cast, name: str) -> None:
    who.desk.presses("👤 派给…")
    (label,) = [one for one in labels(who.desk.news()[-1]) if one.startswith(name)]
    who.desk.presses(label)


def looks(output: Path) -> list[tuple[int, str]]:
    """Return who has looked at a number, by account, and about which case."""
    query = (
        "SELECT people.telegram_id, audit.subject FROM audit"
        " JOIN people ON people.id = audit.person_id"
        " AND people.community_id = audit.community_id"
        " WHERE audit.what = 'phone_seen' ORDER BY audit.id"
    )
    (path,) = output.rglob("linli.db")
    with closing(sqlite3.connect(path)) as database:
        return database.execute(query).fetchall()


def has_canary(text: str) -> bool:
    return CANARY in re.sub(r"[\s-]", "", text)


def test_one_message_is_enough_after_the_channel(town: Town) -> None:
    desk = town.person("张调度")
    number = registers(desk, f"5号楼1单元灯不亮,{SPOKEN}", how="🚶 来窗口的")
    card = desk.sees(number, "🚶 窗口")
    assert not has_canary(card["text"])
    desk.presses("📄 看全部", card)
    desk.sees(number, "🚶 窗口")


def test_who_types_without_saying_how_they_came_registers_a_call(town: Town) -> None:
    sun, desk = town.people("孙网格", "张调度")
    sun.sends("/onbehalf")
    sun.sends(f"5号楼1单元灯不亮,{SPOKEN}")
    sun.presses("✅ 对,提交")
    number = plot.number_in(sun.sees("登记好了,编号")["text"])
    assert not has_canary(desk.sees(number, "☎ 来电")["text"])


def test_who_thinks_better_of_it_reports_for_themself_later(town: Town) -> None:
    sun, desk = town.people("孙网格", "张调度")
    sun.sends("/onbehalf")
    town.wait("PT31M")
    sun.sends("5号楼1单元灯不亮")
    sun.presses("✅ 对,提交")
    number = plot.number_in(sun.sees("收到了,编号")["text"])
    assert "☎ 来电" not in desk.sees(number)["text"]
    sun.sends("/onbehalf")
    sun.sends("算了")
    sun.sends("6号楼1单元垃圾没人收")
    sun.presses("✅ 对,提交")
    sun.sees("收到了,编号")


def test_two_messages_are_enough_and_the_number_may_stand_where_the_place_is_said(
    town: Town,
) -> None:
    who = plot.cast(town)
    number = registers(who.desk, "灯不亮", f"5号楼1单元 {CANARY}")
    card = who.desk.sees(number, "5号楼1单元", "☎ 来电")
    assert not has_canary(card["text"])


def test_only_the_caller_reads_the_number_and_each_look_is_written_down(
    town: Town, output: Path
) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = registers(who.desk, f"5号楼1单元灯不亮,电话{CANARY}")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    assert looks(output) == []

    listed = looks_whom_to_call(sun)
    assert f"{number} 尾号 6666" in listed["text"]
    assert looks(output) == []
    sun.presses(f"☎ {number} 尾号 6666")
    sun.sees(number, CANARY, "问题解决了吗?")
    assert looks(output) == [(SUN, f"case:{number}")]
    sun.presses("❌ 没解决")
    assert looks(output) == [(SUN, f"case:{number}")] * 2  # drawn with it once more


def test_the_staff_that_has_the_case_looks_at_the_number(town: Town, output: Path) -> None:
    who = plot.cast(town)
    sun = town.person("孙网格")
    number = registers(who.desk, f"5号楼1单元灯不亮,电话{CANARY}")
    given_to(who, "孙网格")
    card = sun.sees(number, "5号楼1单元")
    assert "☎ 居民电话" in labels(card)
    assert not has_canary(card["text"])
    sun.presses("☎ 居民电话")
    sun.sees(number, CANARY, "只为这件事打")
    assert looks(output) == [(SUN, f"case:{number}")]

    plot.finish(sun)
    assert not any("☎ 居民电话" in labels(one) for one in sun.shown())
    assert len(looks(output)) == 1


def test_a_volunteer_never_looks_at_the_number(town: Town, output: Path) -> None:
    who = plot.cast(town)
    number = registers(who.desk, f"5号楼1单元灯不亮,电话{CANARY}")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    card = who.liu.sees("您接了", number)
    assert "☎ 居民电话" not in labels(card)
    assert "来电" not in card["text"]
    assert looks(output) == []


def test_the_number_stands_nowhere_else(town: Town, output: Path) -> None:
    """Every letter of a story, whatever was drawn in it, and every table."""
    who = plot.cast(town)
    sun, organizer = town.people("孙网格", "钱组织")
    number = registers(sun, f"5号楼1单元灯不亮,王奶奶{CANARY}")
    who.desk.presses("🙋 放给志愿者")
    who.liu.presses("🙋 我去")
    plot.finish(who.liu)
    looks_whom_to_call(who.desk)
    who.desk.presses(f"☎ {number} 尾号 6666")
    who.desk.presses("❌ 没解决")
    who.desk.presses("🙁 不满意")
    who.desk.presses("🔁 再办一次")
    card = who.zhao.sees(number, "🔁 申请再办")
    who.zhao.presses("📄 看全部", card)
    who.zhao.sees(number, "居民 说没好")
    for one in (who.desk, who.zhao, who.li, who.liu, organizer):
        for said in (f"/find {PART}", "/find 王奶奶", "/todo", "/my", f"/people {PART}"):
            one.sends(said)
    organizer.sends("/report")
    organizer.presses("📄 Excel")
    town.wait("P1D")

    entitled = {str(who.desk.id), str(sun.id)}  # who called, and who has typed it
    sent = [*town.calls("sendMessage"), *town.calls("editMessageText")]
    sent += town.calls("sendDocument")
    seen = {str(one["parameters"]["chat_id"]) for one in sent if has_canary(repr(one))}
    assert seen == entitled
    called = [one for one in sent if str(one["parameters"]["chat_id"]) == str(who.desk.id)]
    showing = [one["parameters"]["text"] for one in called if has_canary(repr(one))]
    assert showing
    assert all(f"☎ <b>{number}</b>" in one for one in showing)
    assert holding(output) <= {"people", "drafts", "inbox", "letters", "outbox"}


def holding(output: Path) -> set[str]:
    """Return the tables in which the number stands."""
    (path,) = output.rglob("linli.db")
    with closing(sqlite3.connect(path)) as database:
        tables = [
            one
            for (one,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        ]
        rows = {one: database.execute(f"SELECT * FROM {one}").fetchall() for one in tables}
    return {one for one, held in rows.items() if has_canary(repr(held))}
