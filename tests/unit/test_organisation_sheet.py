"""A workbook as people fill it in, and one that is none."""

from collections.abc import Mapping, Sequence
from datetime import time
from pathlib import Path
from typing import Any

import pytest
from xlsxwriter import Workbook

from bot.services.organisation_columns import Titles
from bot.services.organisation_file import OrganisationFault, check_source
from bot.services.organisation_series import SeriesRow
from bot.services.organisation_sheet import MOST_ROWS, read_workbook
from bot.texts import sheets

TITLES = Titles(**sheets())
Cells = Sequence[Sequence[Any]]


def book(path: Path, **tables: Cells) -> Path:
    with Workbook(path) as written:
        for name, rows in tables.items():
            sheet = written.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def read(path: Path) -> Mapping[str, Any]:
    return read_workbook(path, TITLES).document


def test_numbers_are_taken_as_people_mean_them(tmp_path: Path) -> None:
    rows: Cells = [["代码", "小区代码", "名称", "单元数", "层数"], [3, "east", "3号楼", "3", 6.0]]
    assert read(book(tmp_path / "a.xlsx", 楼栋=rows))["buildings"] == [
        {"code": "3", "estate": "east", "name": "3号楼", "units": 3, "floors": 6}
    ]


def test_lists_words_and_flags_are_read_as_they_are_written(tmp_path: Path) -> None:
    file = book(
        tmp_path / "a.xlsx",
        工作人员=[
            ["Telegram编号", "名称", "身份", "楼栋代码(可多个)", "负责人", "语言"],
            [7000001, "老周", "志愿者、网格员", "3,5;6", "是", "中文"],
            [7000002, "小吴", "调度", None, "否", None],
        ],
    )
    first, second = read(file)["people"]
    assert first == {
        "telegram_id": 7000001,
        "name": "老周",
        "roles": ["volunteer", "grid_worker"],
        "buildings": ["3", "5", "6"],
        "lead": True,
        "language": "zh_CN",
    }
    assert second == {
        "telegram_id": 7000002,
        "name": "小吴",
        "roles": ["dispatcher"],
        "lead": False,
    }


def test_keywords_have_weights_and_one_without_counts_once(tmp_path: Path) -> None:
    rows = [
        ["代码", "中文名", "英文名", "关键词"],
        ["lighting", "灯", "Light", "灯=2、不亮=1.5、黑"],
    ]
    (row,) = read(book(tmp_path / "a.xlsx", 类别=rows))["categories"]
    assert row["keywords"] == {"灯": 2, "不亮": 1.5, "黑": 1}
    assert row["name"] == {"zh_CN": "灯", "en": "Light"}


def test_empty_rows_and_empty_cells_do_not_count(tmp_path: Path) -> None:
    rows: Cells = [["代码", "名称"], [None, None], ["east", ""], ["", ""], ["west", "西区"]]
    found = read_workbook(book(tmp_path / "a.xlsx", 小区=rows), TITLES)
    assert found.document["estates"] == [{"code": "east"}, {"code": "west", "name": "西区"}]
    assert found.place("estates", 1) == "sheet 小区 row 5"


@pytest.mark.parametrize(
    ("tables", "sentence"),
    [
        ({"我的表": [["代码"]]}, "a.xlsx: sheet '我的表' is unknown."),
        ({"小区": [["代码", "名字"]]}, "a.xlsx: sheet 小区 column B: '名字' is unknown."),
        ({"小区": [["代码"], *([["x"]] * MOST_ROWS)]}, "sheet 小区 has more than 200000 rows."),
    ],
)
def test_what_is_not_understood_is_named(
    tmp_path: Path, tables: dict[str, Cells], sentence: str
) -> None:
    with pytest.raises(OrganisationFault) as fault:
        check_source(read_workbook(book(tmp_path / "a.xlsx", **tables), TITLES))
    assert sentence in str(fault.value)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 rubbish", b"community = 3"])
def test_what_is_no_workbook_is_refused_with_a_sentence(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "a.xlsx"
    file.write_bytes(content)
    with pytest.raises(OrganisationFault, match=r"a\.xlsx is no workbook"):
        read_workbook(file, TITLES)
    with pytest.raises(OrganisationFault, match="cannot be read"):
        read_workbook(tmp_path / "none.xlsx", TITLES)


def test_meetings_are_read_with_words_for_holidays_and_a_secretary_of_their_own(
    tmp_path: Path,
) -> None:
    file = book(
        tmp_path / "a.xlsx",
        会议=[
            ["代码", "名称", "多久一次", "几点开始", "开几分钟", "碰上节假日",
             "书记员(Telegram编号)", "请谁来(可多个)", "先不开"],
            ["weekly", None, None, None, None, None, 7000014, None, None],
            ["feast", "茶话会", "FREQ=MONTHLY;BYDAY=-1SU", "15:00", "90", "推后", None,
             "组织者、志愿者", "是"],
        ],
    )  # fmt: skip
    usual, own = read(file)["series"]
    assert usual == {"code": "weekly", "secretary": 7000014}
    meant = SeriesRow.model_validate(own).meant()
    assert (meant.rule, meant.begins, meant.minutes) == ("FREQ=MONTHLY;BYDAY=-1SU", time(15), 90)
    assert (meant.policy, meant.invites) == ("after", ("organizer", "volunteer"))
    assert meant.paused
