"""The quarter's joint conference: its pack, its documents, and the entry for a calendar."""

import io
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from docx.oxml.ns import qn

from tests.support.calendar_reader import event_in, plain
from tests.support.files_sent import documents
from tests.support.meeting_town import SECRETARY, meeting_town, presses_first
from tests.support.town import Town

MONDAY = "2026-12-14T09:10+08:00"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Town]:
    folder: Path = tmp_path_factory.mktemp("conference")
    with meeting_town(folder, MONDAY) as town:
        yield town


@pytest.fixture
def town(house: Town) -> Town:
    house.begin()
    return house


def test_the_pack_of_the_quarter_comes_with_the_invitation(town: Town) -> None:
    qian, wu, zhao = town.people("钱组织", SECRETARY, "赵督办")
    town.wait("P1DT1H")  # Tuesday the 15th, 10:10
    zhao.sees("联席会议", "周五(18日)14:30", "街道会议中心", "约 90 分钟")
    pack = qian.sees("联席会议材料", "周五(18日)14:30", "本季数据、图、决议办到哪了")
    assert pack
    (sent,) = [
        one
        for one in town.calls("sendDocument")
        if str(one["parameters"]["chat_id"]) == str(qian.id)
    ]
    assert sent["status"] == 200
    assert not zhao.has("联席会议材料")
    qian.sends("/meetings")
    presses_first(qian, "📋 联席会议", "📊 材料")
    qian.sees("联席会议材料")
    assert wu.has("联席会议材料")


def test_what_was_decided_is_asked_about_again_when_it_is_very_late(town: Town) -> None:
    """The talk of Thursday the 17th decides something that is done by nobody."""
    zhou, wu, wang = town.people("老周", SECRETARY, "王师傅")
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.presses("💡 我也提一件")
    zhou.sends("小广场的灯太暗")
    wu.presses("✅ 上会")
    town.wait("P3DT12H")  # Thursday, 21:10
    wu.sees("民情恳谈会纪要草稿好了", "议题 1 件")
    presses_first(wu, "👥 到会", "⬜ 赵督办", "◀ 返回", "✍️ 逐项填结论", "✅ 定了", "✍️ 别的人")
    wu.sends("没有这个人")
    wu.sees("没对上人")
    wu.sends("王师傅")
    wu.sends("下周一")
    wu.sees("要写一句结论吗")
    wu.sends("换两盏亮的灯")
    wu.sees("✅", "待填 0 件")
    presses_first(wu, "📨 给大家看")
    town.wait("P1DT11H")
    wang.sees("会上定了,请您办", "12月21日(周一)前", "换两盏亮的灯")
    town.wait("P3D")  # Tuesday the 22nd, about eight
    wang.presses("⏳ 要延期")
    presses_first(wang, "12月25日")
    wang.sends("灯具缺货")
    wang.sees("延好了")
    wu.sees("王师傅 延到 12月25日(周五)", "灯具缺货")
    town.wait("P8DT2H")
    wang.sees("超 5 天了")
    town.wait("P5D")  # the next talk speaks of it
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.sees("换两盏亮的灯")


def test_the_minutes_for_word_name_a_chinese_font_and_the_entry_is_one(town: Town) -> None:
    wu, zhou = town.people(SECRETARY, "老周")
    zhou.sends("/calendar")
    zhou.sees("您最近没有安排")
    zhou.sends("/meetings")
    presses_first(zhou, "📋 民情恳谈会")
    zhou.presses("✅ 参加")
    zhou.presses("📅 日历")
    zhou.sees("民情恳谈会", "加到手机日历")
    zhou.sends("/calendar")
    zhou.sees("接下来的安排", "民情恳谈会 · 周四(17日)19:00 ✅")
    town.wait("P3DT12H")
    presses_first(wu, "📄 Word")
    wu.sees("民情恳谈会纪要")
    name, held = documents(town, wu)[-1]
    assert name == "minutes_2026-12-17.docx"
    read = Document(io.BytesIO(held))
    assert "民情恳谈会纪要" in read.paragraphs[0].text
    fonts = read.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == "Microsoft YaHei"
    name, held = documents(town, zhou)[-1]
    assert name == "meeting_2026-12-17.ics"
    entry = event_in(held)
    assert (entry["DTSTART"], entry["DTEND"]) == ("20261217T110000Z", "20261217T120000Z")
    assert plain(entry["SUMMARY"]).startswith("民情恳谈会 · ")


def test_the_reminder_of_an_afternoon_comes_before_the_midday_rest(town: Town) -> None:
    """Two hours before half past two nobody is to be disturbed; half an hour before is too late."""
    zhao = town.person("赵督办")
    town.wait("P1DT1H")
    zhao.presses("✅ 参加", zhao.sees("联席会议", "周五(18日)14:30"))
    town.wait("P3DT1H52M")  # Friday, 12:02
    zhao.sees("今天的会", "联席会议 · 今天14:30")
