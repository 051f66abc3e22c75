"""The workbook of the figures, read back by another library: no formula, no name, no door."""

import csv
import sys
from datetime import timedelta
from io import BytesIO, StringIO
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.domain.case import Status
from bot.domain.period import Period
from bot.paper import charts, workbook
from bot.services import figures_sheet, organisation
from bot.services.organisation_file import read_organisation
from storage import case, person
from storage.unit_of_work import Database
from tests.support.database import START, a_case, a_person
from tests.support.offline import ORGANISATION

NASTY = ("=1+1", "+1", "-1", "@SUM(A1)", "\t=1", '=HYPERLINK("http://x")', "http://x", "12")
NOVEMBER = Period.of("2026-11-01", "2026-11-30")


@pytest.fixture
async def town(empty: Database) -> Database:
    async with empty.begin() as uow:
        await organisation.import_organisation(uow, read_organisation(ORGANISATION))
        person.add(uow, a_person(900, name="王奶奶"))
        for number, place in enumerate((*NASTY, "3号楼2单元502 13800138000"), start=1):
            filed = a_case(
                number,
                reporter_id=900,
                place=place,
                door="502",
                status=Status.CLOSED_SOLVED,
                due_on="2026-11-20",
                original_due=START + timedelta(days=3),
                done_at=START + timedelta(hours=number),
                resolved_at=START + timedelta(hours=number),
                building="3",
            )
            case.add(uow, filed)
        case.add(uow, a_case(99, reporter_id=900, due_on="2026-11-30", category="noise"))
    return empty


async def written(town: Database) -> Any:
    async with town.begin() as uow:
        tables = await figures_sheet.tables(uow, 1, NOVEMBER)
    name, data = workbook.write(tables, "November")
    assert name == "November.xlsx"
    return load_workbook(BytesIO(data))


async def test_nothing_that_people_wrote_is_calculated(town: Database) -> None:
    book = await written(town)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    assert [cell.value for cell in cells if cell.data_type == "f"] == []
    places = [row[3].value for row in book["明细"].iter_rows(min_row=2)]
    assert places[:4] == ["'=1+1", "'+1", "'-1", "'@SUM(A1)"]
    assert not any(cell.hyperlink for cell in cells)
    assert places[7] == "12"  # a text, no number


async def test_it_holds_no_name_no_door_and_no_telephone(town: Database) -> None:
    book = await written(town)
    said = " ".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row)
    assert "3号楼2单元" in said
    assert [word for word in ("王奶奶", "502", "138", "dark") if word in said] == []


async def test_its_sheets_can_be_read_and_filtered(town: Database) -> None:
    book = await written(town)
    assert book.sheetnames == ["明细", "类别", "楼栋", "时限", "回访"]
    for sheet in book:
        assert sheet.freeze_panes == "B2"
        assert sheet.auto_filter.ref
    assert len(book["类别"]._charts) == 1
    kinds = {row[0].value: row[1].value for row in book["类别"].iter_rows(min_row=2)}
    assert kinds == {"公共照明": len(NASTY) + 1, "噪音扰民": 1, "合计": len(NASTY) + 2}
    clock, _, whole = book["时限"].iter_rows(min_row=2, values_only=True)
    assert clock[6] == 5  # the median of one to nine hours
    assert (whole[0], whole[1], whole[6]) == ("合计", len(NASTY) + 2, 5)
    buildings = [row[:2] for row in book["楼栋"].iter_rows(min_row=2, values_only=True)]
    assert buildings == [("3号楼", len(NASTY) + 1), ("楼外", 1)]


async def test_an_empty_time_makes_an_empty_workbook(empty: Database) -> None:
    async with empty.begin() as uow:
        await organisation.import_organisation(uow, read_organisation(ORGANISATION))
        tables = await figures_sheet.tables(uow, 1, NOVEMBER)
    book = load_workbook(BytesIO(workbook.write(tables, "x")[1]))
    assert [sheet.max_row for sheet in book] == [1, 2, 1, 2, 2]  # of nothing the sum is nothing


async def test_without_the_extra_it_is_one_plain_table(
    town: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in [one for one in sys.modules if one.partition(".")[0] == "xlsxwriter"]:
        monkeypatch.delitem(sys.modules, module)
    monkeypatch.setattr(sys, "path", [])  # nothing more can be found
    assert not workbook.can_write()
    async with town.begin() as uow:
        tables = await figures_sheet.tables(uow, 1, NOVEMBER)
    name, data = workbook.write(tables, "November")
    assert name == "November.csv"
    rows = list(csv.reader(StringIO(data.decode("utf-8-sig"), newline="")))
    assert [row[0] for row in rows if len(row) == 1] == ["明细", "类别", "楼栋", "时限", "回访"]
    at = rows[1].index("地方")
    places = [row[at] for row in rows[2 : 2 + len(NASTY)]]
    assert places == [f"'{one.strip()}" for one in NASTY[:6]] + ["http://x", "12"]
    cells = [cell for row in rows for cell in row]
    assert not [cell for cell in cells if cell.lstrip().startswith(("=", "+", "-", "@"))]
    assert not [cell for cell in cells if "502" in cell or "王奶奶" in cell]
    assert ["公共照明", "9"] in [row[:2] for row in rows]


@pytest.mark.skipif(not charts.can_draw(), reason="the extra `reports` is not installed")
@pytest.mark.parametrize("language", ["zh_CN", "en"])
def test_pictures_are_drawn_from_nothing_much(language: str) -> None:
    rate = {"part": "1", "n": 3, "percent": None}
    three = dict.fromkeys(("response", "solution", "satisfaction"), rate)
    point = {"first": "2026-11-01", "last": "2026-11-30", "rates": three}
    name = {"zh_CN": "公共照明", "en": "Lighting"}
    facts = {
        "first": "2026-11-01",
        "last": "2026-11-30",
        "scope_name": "幸福里社区",
        "points": [point] * 6,
        "kinds": [{"name": name, "n": 1, "on_time": rate}],
        "heat": {"buildings": ["3号楼"], "kinds": [{"name": name}], "rows": [[1]]},
        "ages": [0, 0, 1, 0, 0],
    }
    drawn = charts.draw(facts, language)
    assert [one[:4] for one in drawn] == [b"\x89PNG"] * 5
    assert len(charts.draw_trend(facts, language)) == 1
    nothing = {**facts, "kinds": [], "heat": {"rows": []}, "ages": [0] * 5}
    assert len(charts.draw(nothing, language)) == 1
