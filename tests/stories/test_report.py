"""The three rates in the chat: an empty month, some cases, pictures, the workbook, the street."""

import http.client
import re
from io import BytesIO
from typing import Any
from urllib.parse import urlsplit

from openpyxl import load_workbook

from bot.paper import charts
from tests.support import plot
from tests.support.town import Message, Town, labels


def total(message: Message) -> int:
    """Return of how many cases the figures are."""
    found = re.search(r"(\d+) 件", message["text"])
    assert found
    return int(found[1])


def document(town: Town, message: Message) -> Any:
    """Return the workbook that a message brings."""
    (held,) = message["media"]
    line = http.client.HTTPConnection(urlsplit(town.sandbox.address).netloc)
    line.request("GET", held["url"])
    data = line.getresponse().read()
    line.close()
    return load_workbook(BytesIO(data))


def test_a_supervisor_reads_the_figures_and_takes_them_along(town: Town) -> None:
    who = plot.cast(town)
    who.zhao.sends("/report 9.1 9.30")
    empty = who.zhao.sees("9月1日至9月30日", "没有到期的事", "眼下在办")
    assert "📄 Excel" not in labels(empty)
    who.zhao.presses("本月")
    past = who.zhao.sees("11月1日至11月30日", "响应", "解决 ▰▰▰▰▰▰▰▰▰▱ 93%(13/14)", "满意 ▰")

    number = plot.resolved(who)
    who.li.presses("👍 好了")
    who.zhao.sends("/report")
    shown = who.zhao.sees("93%(14/15)", "🕐 眼下在办")
    assert total(shown) == total(past) + 1

    who.zhao.presses("📄 Excel")
    sent = who.zhao.sees("📄 11月1日至11月30日")
    book = document(town, sent)
    assert book.sheetnames == ["明细", "类别", "楼栋", "时限", "回访"]
    said = [[cell.value for cell in row] for row in book["明细"].iter_rows()]
    assert int(number) in [row[0] for row in said[1:]]
    assert len(said) == total(shown) + 1
    everything = str(said)
    assert "李阿姨" not in everything
    assert "刘志愿" not in everything

    who.zhao.presses("📊 图")
    if charts.can_draw():
        who.zhao.sees("📊 11月1日至11月30日")
        assert town.calls("sendMediaGroup")
    else:
        who.zhao.sees("三率走势")


def test_other_times_and_places_are_a_press_away(town: Town) -> None:
    who = plot.cast(town)
    who.desk.sends("/report 9.1 9.30")
    who.desk.sees("9月1日至9月30日", "没有到期的事")
    who.desk.presses("本周")
    who.desk.sees("11月16日至11月22日")
    who.desk.presses("📅 选日期")
    tiles = labels(who.desk.sees("看哪一段时间"))
    assert tiles[:3] == ["上周", "上月", "上季"]
    who.desk.presses("上月")
    who.desk.sees("10月1日至10月31日")
    who.desk.presses("🏘 换范围")
    who.desk.presses("幸福里东区")
    who.desk.sees("10月1日至10月31日", "幸福里东区")
    who.desk.sends("/report 昨天")
    who.desk.sees("这段时间看不懂")


def test_a_resident_is_refused(town: Town) -> None:
    who = plot.cast(town)
    who.li.sends("/report")
    assert not who.li.has("至11月30日")
    who.li.sees("督办")


def test_the_letter_of_the_month_comes_once_on_its_first_working_day(town: Town) -> None:
    organizer = town.person("钱组织")
    town.wait("P13D")  # 30 November
    assert not organizer.has("11月三率")
    town.wait("P1D")  # Tuesday, 1 December, ten past nine
    (letter,) = organizer.has("11月三率")
    if charts.can_draw():
        assert [one["type"] for one in letter["media"]] == ["photo"]
    town.restart_bot()
    town.wait("P27D")
    assert len(organizer.has("11月三率")) == 1
    town.wait("P6D")  # Sunday, 3 January: after New Year's Day there was a weekend
    assert not organizer.has("12月三率")
    town.wait("P1D")  # Monday, the first working day
    assert len(organizer.has("12月三率")) == 1
