"""A workbook of the figures, by XlsxWriter: every text a string, never a formula.

What its sheets and columns are called stands in zh_CN_sheets.toml. Called in a thread of its own.
"""

import io
from collections.abc import Mapping, Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from bot.texts import report_sheets

SHEETS = ("details", "kinds", "buildings", "clocks", "callbacks")
CHARTED = "kinds"
_WIDE, _NARROW = 20, 11  # characters
_TEXTS = frozenset({"place", "category", "building", "estate", "name", "status"})
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_BEGIN = ("=", "+", "-", "@", "\t", "\r")  # with which other programs take a text for a formula


def write(tables: Mapping[str, Sequence[Mapping[str, Any]]], title: str) -> bytes:
    """Return the workbook; `tables` has the rows of each sheet, by the names of its columns."""
    titles = report_sheets()
    held = io.BytesIO()
    book = Workbook(held, _OPTIONS)
    book.set_properties({"title": title})
    head = book.add_format({"bold": True, "bg_color": "#e8eef4", "bottom": 1, "text_wrap": True})
    for name in SHEETS:
        sheet = book.add_worksheet(titles["sheets"][name])
        columns = list(titles["columns"][name])
        _fill(sheet, columns, titles, tables[name], name, head)
        if name == CHARTED and tables[name]:
            _chart(book, sheet, len(tables[name]), columns)
    book.close()
    return held.getvalue()


def _fill(
    sheet: Worksheet,
    columns: Sequence[str],
    titles: Mapping[str, Any],
    rows: Sequence[Mapping[str, Any]],
    name: str,
    head: Any,
) -> None:
    for at, column in enumerate(columns):
        sheet.write_string(0, at, titles["columns"][name][column], head)
        sheet.set_column(at, at, _WIDE if column in _TEXTS or column.endswith("_at") else _NARROW)
    for row, held in enumerate(rows, start=1):
        for at, column in enumerate(columns):
            _put(sheet, row, at, held.get(column), titles["words"])
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, max(1, len(rows)), len(columns) - 1)


def _put(sheet: Worksheet, row: int, at: int, value: Any, words: Mapping[str, str]) -> None:
    """Write a number as a number, and everything else as a text that no program calculates."""
    if value is None:
        return
    if isinstance(value, bool):
        sheet.write_string(row, at, words["yes" if value else "no"])
    elif isinstance(value, int | float):
        sheet.write_number(row, at, value)
    else:
        said = words.get(value, str(value))
        sheet.write_string(row, at, f"'{said}" if said.startswith(_BEGIN) else said)


def _chart(book: Workbook, sheet: Worksheet, rows: int, columns: Sequence[str]) -> None:
    """Put a chart of how many cases there were of each category below the table."""
    chart = book.add_chart({"type": "bar"})
    where, at = sheet.get_name(), columns.index("cohort")
    chart.add_series(
        {
            "name": [where, 0, at],
            "categories": [where, 1, 0, rows, 0],
            "values": [where, 1, at, rows, at],
            "data_labels": {"value": True},
        }
    )
    chart.set_legend({"none": True})
    chart.set_y_axis({"reverse": True})
    chart.set_size({"width": 640, "height": 90 + 28 * rows})
    sheet.insert_chart(rows + 2, 0, chart)
