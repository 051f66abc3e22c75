"""A workbook of the figures, by XlsxWriter (the extra `reports`), and one plain table without it.

In both every text is a text, never a formula. What the sheets and columns are called stands in
zh_CN_sheets.toml. Called in a thread of its own.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from importlib.util import find_spec
from typing import Any

from bot.texts import report_sheets

SHEETS = ("details", "kinds", "buildings", "clocks", "callbacks")
CHARTED = "kinds"
TOTALLED = frozenset({"kinds", "clocks", "callbacks"})  # their last row is the sum of all
Tables = Mapping[str, Sequence[Mapping[str, Any]]]
_WIDE, _NARROW = 20, 11  # characters
_TEXTS = frozenset({"place", "category", "building", "estate", "name", "status"})
OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
# With which other programs take a text for a formula; of full width too, behind spaces too.
_BEGIN, _BREAKS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20"), ("\t", "\r", "\n")


def can_write() -> bool:
    """Say whether XlsxWriter is installed (the extra `reports`)."""
    return find_spec("xlsxwriter") is not None


def write(tables: Tables, name: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it; `name` is without its ending.

    `tables` has the rows of each sheet, by the names of its columns.
    """
    if can_write():
        return f"{name}.xlsx", _workbook(tables, name)
    text = "\r\n".join(_plain(tables))
    return f"{name}.csv", text.encode("utf-8-sig")  # the mark tells a workbook that it is UTF-8


def _plain(tables: Tables) -> Iterator[str]:
    """Yield each sheet as comma-separated values below its title."""
    titles = report_sheets()
    for name in SHEETS:
        columns, held = titles["columns"][name], io.StringIO()
        writer = csv.writer(held)
        writer.writerow([titles["sheets"][name]])
        writer.writerow(columns.values())
        for row in tables[name]:
            writer.writerow([cell(row.get(column), titles["words"]) for column in columns])
        yield held.getvalue()


def _workbook(tables: Tables, title: str) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - it is an extra

    titles = report_sheets()
    held = io.BytesIO()
    book = Workbook(held, OPTIONS)
    book.set_properties({"title": title})
    head = book.add_format({"bold": True, "bg_color": "#e8eef4", "bottom": 1, "text_wrap": True})
    for name in SHEETS:
        sheet = book.add_worksheet(titles["sheets"][name])
        columns = list(titles["columns"][name])
        _fill(sheet, columns, titles, tables[name], name, head)
        if name == CHARTED and len(tables[name]) > 1:
            _chart(book, sheet, len(tables[name]) - 1, columns)
    book.close()
    return held.getvalue()


def _fill(
    sheet: Any,
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
            put(sheet, row, at, cell(held.get(column), titles["words"]))
    sheet.freeze_panes(1, 1)
    last = len(rows) - (name in TOTALLED)
    sheet.autofilter(0, 0, max(1, last), len(columns) - 1)


def cell(value: Any, words: Mapping[str, str]) -> str | int | float | None:
    """Return a number as it is, and everything else as a text that no program calculates."""
    if isinstance(value, bool):
        return words["yes" if value else "no"]
    if value is None or isinstance(value, int | float):
        return value
    said = words.get(value, str(value))
    risky = said.startswith(_BREAKS) or said.lstrip().startswith(_BEGIN)
    return f"'{said}" if risky else said


def put(sheet: Any, row: int, at: int, held: str | float | None, how: Any = None) -> None:
    """Write what `cell` has returned into a sheet of XlsxWriter, in the format `how`."""
    if isinstance(held, str):
        sheet.write_string(row, at, held, how)
    elif held is not None:
        sheet.write_number(row, at, held, how)


def _chart(book: Any, sheet: Any, rows: int, columns: Sequence[str]) -> None:
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
    sheet.insert_chart(rows + 3, 0, chart)
