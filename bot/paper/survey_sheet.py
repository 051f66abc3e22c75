"""A workbook of the results of a survey, and one plain table where XlsxWriter is missing.

Every text is a text, never a formula. What the sheets and columns are called
stands in zh_CN_sheets.toml. Called in a thread of its own.
"""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.domain.survey_question import Kind
from bot.paper.workbook import OPTIONS, can_write, cell, put
from bot.texts import survey_sheets

Facts = Mapping[str, Any]
_NARROW, _WIDE = 8, 60  # characters
_LATIN = 0x2E7F  # behind it signs are as wide as two


def write(facts: Facts, name: str) -> tuple[str, bytes]:
    """Return the name of the file and what is in it; `name` is without its ending.

    In it: sums, who took part by building, what was written, and papers with names.
    """
    tables = dict(_tables(facts))
    if can_write():
        return f"{name}.xlsx", _workbook(facts["title"], tables)
    held = io.StringIO()
    writer = csv.writer(held)
    for title, rows in tables.items():
        writer.writerow([title])
        writer.writerows([cell(value, {}) for value in row] for row in rows)
        writer.writerow([])
    return f"{name}.csv", held.getvalue().encode("utf-8-sig")


def _tables(facts: Facts) -> Iterator[tuple[str, list[Sequence[Any]]]]:
    """Yield the title of each sheet and its rows, the names of the columns first."""
    titles = survey_sheets()
    said = [
        (number + 1, (one := facts["questions"][number])["words"], _written(one, words))
        for number, words in facts["lines"]
    ]
    found: dict[str, list[Sequence[Any]]] = {
        "sums": _sums(facts, titles["words"]),
        "buildings": _buildings(facts, titles["words"]),
        "lines": [*said],
        "papers": _papers(facts, titles["words"]),
    }
    for name, rows in found.items():
        if name == "papers" and facts["anonymous"]:
            continue
        columns = [*titles["columns"][name].values()]
        if name == "papers":
            columns += [one["words"] for one in facts["questions"]]
        yield titles["sheets"][name], [columns, *rows]


def _workbook(title: str, tables: Mapping[str, Sequence[Sequence[Any]]]) -> bytes:
    from xlsxwriter import Workbook  # noqa: PLC0415 - it is an extra

    held = io.BytesIO()
    book = Workbook(held, OPTIONS)
    book.set_properties({"title": title})
    inside = book.add_format({"text_wrap": True, "valign": "top"})
    head = book.add_format(
        {"bold": True, "bg_color": "#e8eef4", "bottom": 1, "text_wrap": True, "valign": "top"}
    )
    for name, rows in tables.items():
        sheet = book.add_worksheet(name)
        for at in range(len(rows[0])):
            sheet.set_column(at, at, _width([row[at] for row in rows if at < len(row)]))
        for row, values in enumerate(rows):
            for at, value in enumerate(values):
                put(sheet, row, at, cell(value, {}), inside if row else head)
        sheet.freeze_panes(1, 0)
    book.close()
    return held.getvalue()


def _width(held: Sequence[Any]) -> int:
    """Return how wide a column is, in characters, of which a Chinese one takes two."""
    widest = max(sum(1 + (ord(sign) > _LATIN) for sign in str(one)) for one in held)
    return min(max(widest + 2, _NARROW), _WIDE)


def _written(one: Facts, words: str) -> str | float:
    """Return what was sent as an answer: a number as such, so that it can be reckoned with."""
    return float(words) if Kind(one["what"]) is Kind.NUMBER else words


def _sums(facts: Facts, words: Mapping[str, str]) -> list[Sequence[Any]]:
    if facts["hidden"]:
        return [(None, words["hidden"])]
    rows: list[Sequence[Any]] = []
    for number, one in enumerate(facts["questions"], start=1):
        if one["hidden"]:
            rows.append((number, one["words"], words["hidden"]))
            continue
        rows += [
            (number, one["words"], _name(one, option, words), held["n"], held["percent"])
            for option, held in enumerate(one["options"])
        ]
        kind = Kind(one["what"])
        if kind is Kind.NUMBER:
            rows += [(number, one["words"], held["words"], held["n"]) for held in one["groups"]]
        if kind in {Kind.WORDS, Kind.PHOTO}:
            rows.append((number, one["words"], words["written"], one["n"]))
        if one["mean"] is not None:
            rows.append((number, one["words"], words["mean"], float(one["mean"])))
    return rows


def _buildings(facts: Facts, words: Mapping[str, str]) -> list[Sequence[Any]]:
    found = [
        (one["name"] or words["elsewhere"], one["asked"], one["answered"], one["percent"])
        for one in facts["buildings"]
    ]
    return [*found, (words["total"], facts["asked"], facts["answered"], facts["percent"])]


def _papers(facts: Facts, words: Mapping[str, str]) -> list[Sequence[Any]]:
    return [
        (
            paper["name"],
            *(
                _answer(one, paper["answers"].get(str(at)), words)
                for at, one in enumerate(facts["questions"])
            ),
        )
        for paper in facts["papers"]
    ]


def _answer(one: Facts, answer: Any, words: Mapping[str, str]) -> Any:
    """Return an answer as it stands in a cell; a picture only as there being one."""
    kind = Kind(one["what"])
    if answer is None or kind in {Kind.NUMBER, Kind.WORDS}:
        return answer
    if kind is Kind.PHOTO:
        return words["photo"]
    chosen = answer if isinstance(answer, list) else [answer]
    return words["between"].join(str(_name(one, option, words)) for option in chosen)


def _name(one: Facts, option: int, words: Mapping[str, str]) -> str:
    kind = Kind(one["what"])
    if kind is Kind.RATING:
        return f"{option + 1} ★"
    if kind is Kind.YES_HALF_NO:
        return words[("yes", "half", "no")[option]]
    return str(one["names"][option])
