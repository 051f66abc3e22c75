"""A message that is edited later, and a place that is sent as a location."""

from tests.support.plot import number_in, report
from tests.support.town import Neighbour, Town


def edits(who: Neighbour, message_id: int, text: str) -> None:
    with who.town.acting():
        who.town.sandbox.post("/sim/edit", from_=who.id, message_id=message_id, text=text)


def test_an_edited_message_changes_the_draft_in_place(town: Town) -> None:
    li = town.person("李阿姨")
    (sent,) = li.sends("3楼灯不亮了")
    draft = li.sees("请您看一眼", "3楼灯不亮了")
    edits(li, sent, "5号楼1单元4楼灯不亮了")
    shown = li.sees("请您看一眼", "4楼灯不亮了", "5号楼1单元")
    assert shown["message_id"] == draft["message_id"]
    assert "3楼灯不亮了" not in shown["text"]
    li.presses("✅ 对,提交")
    li.sees("收到了,编号", "5号楼1单元")


def test_what_was_chosen_by_hand_stays_when_the_words_change(town: Town) -> None:
    zhao = town.person("新来的小赵")
    (sent,) = zhao.sends("灯不亮了")
    zhao.presses("3号楼")
    zhao.presses("1单元")
    edits(zhao, sent, "门口的灯不亮了")
    zhao.sees("门口的灯不亮了", "3号楼1单元")


def test_an_edit_after_filing_reaches_the_desk(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    (sent,) = li.sends("3楼灯不亮了")
    li.presses("✅ 对,提交")
    number = number_in(li.sees("收到了,编号")["text"])
    edits(li, sent, "3楼和4楼灯都不亮了")
    desk.sees(number, "3楼和4楼灯都不亮了")
    edits(li, sent, "全楼的灯都不亮了")
    shown = desk.sees(number, "全楼的灯都不亮了")
    assert "3楼和4楼" not in shown["text"]


def test_a_place_that_is_put_right_by_editing_counts_after_filing(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    (sent,) = li.sends("3号楼2单元灯不亮了")
    number = report_now(li)
    edits(li, sent, "3号楼1单元灯不亮了")
    li.sees(number, "公共照明 · 3号楼1单元")
    desk.sees(number, "公共照明 · 3号楼1单元", "3号楼1单元灯不亮了")
    edits(li, sent, "3号楼和5号楼灯不亮了")
    desk.sees(number, "公共照明 · 3号楼1单元", "3号楼和5号楼灯不亮了")


def test_a_place_that_was_put_right_by_hand_stays_when_the_words_change(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    (sent,) = li.sends("3号楼2单元灯不亮了")
    number = report_now(li)
    for label in ("✏️ 改类别地方", "📍 改地方", "5号楼", "1单元"):
        li.presses(label)
    edits(li, sent, "3号楼3单元灯不亮了")
    desk.sees(number, "公共照明 · 5号楼1单元", "3号楼3单元灯不亮了")


def test_an_edit_of_a_closed_case_is_answered_kindly(town: Town) -> None:
    li = town.person("李阿姨")
    (sent,) = li.sends("3楼灯不亮了")
    li.presses("✅ 对,提交")
    li.presses("↩️ 撤回")
    li.presses("✖ 撤回")
    edits(li, sent, "没事了")
    li.sees("已经结束", "直接再发给我")


def test_an_edit_of_what_was_no_report_says_nothing(town: Town) -> None:
    li = town.person("李阿姨")
    (sent,) = li.sends("1")
    edits(li, sent, "2")
    li.sees_nothing()


def test_a_location_joins_the_report_and_reaches_the_desk(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    li.sends(location={"latitude": 31.2304, "longitude": 121.4737})
    li.sends("这里的灯不亮了")
    number = report_now(li)
    shown = [one for one in desk.shown() if one["media"]]
    assert [one["media"][0]["type"] for one in shown] == ["location"]
    desk.sees(number)


def report_now(who: Neighbour) -> str:
    who.presses("✅ 对,提交")
    return number_in(who.sees("收到了,编号")["text"])


def test_a_second_report_is_not_touched_by_an_edit_of_the_first(town: Town) -> None:
    li, desk = town.people("李阿姨", "张调度")
    (first,) = li.sends("3楼灯不亮了")
    one = report_now(li)
    other = report(li, "2单元门口灯坏了")
    edits(li, first, "4楼灯不亮了")
    assert "4楼" in desk.has(one)[-1]["text"]
    assert "4楼" not in desk.has(other)[-1]["text"]
