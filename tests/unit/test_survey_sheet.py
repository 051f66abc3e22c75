"""The workbook of a survey: what stands in it, how wide, and the plain table without the extra."""

import csv
import io
from typing import Any

import openpyxl
import pytest

from bot.paper import survey_sheet

_ONE: dict[str, Any] = {
    "words": "家里几口人?",
    "names": [],
    "n": 6,
    "hidden": False,
    "options": [],
    "mean": None,
    "groups": [],
}
LONG = "电梯老是坏,请修一修" * 30
FACTS: dict[str, Any] = {
    "title": "楼道",
    "anonymous": True,
    "hidden": False,
    "asked": 15,
    "answered": 6,
    "percent": 40,
    "questions": [
        _ONE
        | {
            "what": "number",
            "mean": "3.3",
            "groups": [{"words": "3", "n": 4}, {"words": "4", "n": 2}],
        },
        _ONE | {"what": "free_words", "words": "还想说什么?"},
    ],
    "buildings": [{"name": None, "asked": 15, "answered": 6, "percent": 40}],
    "lines": [(0, "3"), (0, "2.5"), (1, LONG), (1, "=1+1")],
    "papers": [],
}


def test_the_workbook_holds_every_question_and_numbers_are_numbers() -> None:
    name, held = survey_sheet.write(FACTS, "survey")
    assert name == "survey.xlsx"
    book = openpyxl.load_workbook(io.BytesIO(held))
    sums, _, lines = book.worksheets
    rows = list(sums.iter_rows(values_only=True))
    assert rows[1:] == [
        (1, "家里几口人?", "3", 4, None),
        (1, "家里几口人?", "4", 2, None),
        (1, "家里几口人?", "平均", 3.3, None),
        (2, "还想说什么?", "写了的", 6, None),
    ]
    assert [row[2] for row in lines.iter_rows(min_row=2, values_only=True)] == [
        3,
        2.5,
        LONG,
        "'=1+1",
    ]
    cell = lines["C4"]
    assert cell.alignment.wrap_text, "a long line is read in its cell"
    assert lines.column_dimensions["C"].width > 50
    assert lines.column_dimensions["A"].width < 15


def test_without_the_extra_it_is_a_plain_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey_sheet, "can_write", lambda: False)
    name, held = survey_sheet.write(FACTS, "survey")
    assert name == "survey.csv"
    rows = list(csv.reader(io.StringIO(held.decode("utf-8-sig"))))
    assert ["2", "还想说什么?", "'=1+1"] in rows
    assert ["合计", "15", "6", "40"] in rows
