"""Reads the organisation from a workbook: a sheet for each table, a row for each thing.

What the sheets and columns are called is handed in, so that no language stands here.
"""

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.services.organisation_columns import SHEETS, SINGLE, Titles
from bot.services.organisation_file import OrganisationFault, Source

MOST_ROWS = 200_000  # of a sheet: a column that was filled to the end by mistake


@dataclass(frozen=True, slots=True)
class _Row:
    number: int  # as the workbook counts, from 1
    values: dict[str, Any]


def read_workbook(path: Path, titles: Titles) -> Source:
    """Return what stands in a workbook; raises OrganisationFault when it is none."""
    # Only an import reads one: a fifth of the time that a start of the bot takes.
    from openpyxl import load_workbook  # noqa: PLC0415 - as said
    from openpyxl.utils.exceptions import InvalidFileException  # noqa: PLC0415 - as said

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except OSError as error:
        raise OrganisationFault(f"{path.name} cannot be read: {error.strerror}.") from None
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError):
        raise OrganisationFault(f"{path.name} is no workbook (.xlsx).") from None
    tables: dict[str, list[_Row]] = {}
    faults: list[str] = []
    known = {title: table for table, title in titles.sheets.items()}
    try:
        for sheet in book.worksheets:
            table = known.get(sheet.title.strip())
            if table is None:
                faults.append(f"sheet {sheet.title!r} is unknown")
            elif table in SHEETS:
                reader = _Reader(table, sheet.title, titles)
                tables[table] = list(reader.rows(sheet.iter_rows(values_only=True)))
                faults += reader.faults
    finally:
        book.close()
    return _source(path.name, tables, titles, faults)


class _Reader:
    """Reads one sheet."""

    def __init__(self, table: str, title: str, titles: Titles) -> None:
        self._parse, self._title, self._titles = SHEETS[table], title, titles
        self._fields = {titles.column(table, field): field for field in self._parse}
        self.faults: list[str] = []

    def rows(self, lines: Iterator[Sequence[Any]]) -> Iterator[_Row]:
        """Return the rows below the titles; empty ones do not count."""
        fields = self._header(next(lines, ()))
        for number, cells in enumerate(lines, 2):
            if number > MOST_ROWS:
                self.faults.append(f"sheet {self._title} has more than {MOST_ROWS} rows")
                return
            given = {
                field: self._parse[field](cell, self._titles)
                for field, cell in zip(fields, cells, strict=False)
                if field is not None and cell is not None and cell != ""
            }
            if given:
                yield _Row(number, _nested(given))

    def _header(self, cells: Sequence[Any]) -> list[str | None]:
        found: list[str | None] = []
        for at, cell in enumerate(cells, 1):
            said = "" if cell is None else str(cell).strip()
            field = self._fields.get(said)
            if said and field is None:
                column = _letters(at)
                self.faults.append(f"sheet {self._title} column {column}: {said!r} is unknown")
            found.append(field)
        return found


def _letters(column: int) -> str:
    """Return what a workbook calls its column, counted from 1: A, ..., Z, AA, ..."""
    rest, last = divmod(column - 1, 26)
    return (_letters(rest) if rest else "") + chr(ord("A") + last)


def _nested(given: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for field, value in given.items():
        outer, _, inner = field.partition(", ")
        if inner:
            found.setdefault(outer, {})[inner] = value
        else:
            found[field] = value
    return {name: _one_by_one(value) for name, value in found.items()}


def _one_by_one(value: Any) -> Any:
    """Return several in two languages as they belong together: the first with the first."""
    if not isinstance(value, dict) or not all(isinstance(one, list) for one in value.values()):
        return value
    many = range(max(len(one) for one in value.values()))
    return [{name: one[at] for name, one in value.items() if at < len(one)} for at in many]


def _source(
    name: str, tables: Mapping[str, list[_Row]], titles: Titles, faults: Sequence[str]
) -> Source:
    document: dict[str, Any] = {
        table: [row.values for row in rows]
        for table, rows in tables.items()
        if table not in {"urgent", *SINGLE}
    }
    for table in (one for one in SINGLE if tables.get(one)):
        document[table] = tables[table][0].values
        rest = tables[table][1:]
        title_ = titles.sheets[table]
        faults = [*faults, *(f"sheet {title_} row {one.number}: one row is enough" for one in rest)]
    words = [row.values for row in tables.get("urgent", ())]
    for community in document.get("communities", ()):
        community["urgent_words"] = [str(one["word"]) for one in words if not one.get("calm")]
        community["calm_words"] = [str(one["word"]) for one in words if one.get("calm")]
    numbers = {table: [row.number for row in rows] for table, rows in tables.items()}

    def place(table: str, row: int | None) -> str:
        table = "communities" if table == "community" else table
        sheet = f"sheet {titles.sheets.get(table, table)}"
        known = numbers.get(table, ())
        row = 0 if table in SINGLE else row
        return sheet if row is None or row >= len(known) else f"{sheet} row {known[row]}"

    def title(field: str) -> str:
        outer, separator, inner = field.partition(", " if ", " in field else " ")
        whole = titles.columns.get(field)
        return whole or f"{titles.columns.get(outer, outer)}{separator}{inner}"

    return Source(name, document, place, tuple(faults), title)
