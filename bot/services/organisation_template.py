"""Writes an organisation file to be filled in, from the complete example."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from bot.services.organisation_columns import SHEETS, Titles

_EVERYBODY = "resident"
_DEMO = "# People of the demo."
_PEOPLE = """\
# Who serves; residents come by themselves.
# [[people]]
# telegram_id = 123456789       # the account's number, such as the bot @userinfobot tells
# name = "..."
# roles = ["dispatcher"]        # volunteer, property_staff, dispatcher, grid_worker, supervisor,
#                               # organizer, admin; several are possible
# estates = ["east"]            # where the roles of this row hold, or grids = ["g1"]; left out: in
#                               # all of it. Somebody may have several rows, for different parts
# since = 2027-01-01            # the first day; left out: at once
# until = 2027-12-31            # the last day; left out: for good

# Who sits in which body of the community, from when to when; one person may sit in several.
# [[seats]]
# telegram_id = 123456789       # of somebody above
# body = "branch"               # party, residents (committee), branch (of a company), owners, group
# code = "property"             # of the company, the owners' committee or the group
# title = "..."
# lead = true                   # its secretary or chair
# since = 2026-01-01
# until = 2028-12-31            # the last day; left out: until it is known
"""
_CODES = {
    "kind",
    "hours",
    "to",
    "language",
    "use",
    "body",
    "holidays",
}  # are written as people say them
# What stands between several that are no code words: 21:30-08:00; None: what usually does.
_AS_SAID = {"night": "-", "noon": "-", "answers, zh_CN": None, "answers, en": None}
_WIDE = 18  # characters of a column
_AS_TEXT = "@"  # so that what is typed into it is taken as it stands


def as_template(example: str) -> str:
    """Return the example without its people, for somebody to make it theirs."""
    return example.partition(_DEMO)[0] + _PEOPLE


def for_template(example: Mapping[str, Any]) -> dict[str, Any]:
    """Return the example with one person for each role, whom its own people replace."""
    shown: dict[str, Any] = {}
    for row in example["people"]:
        for role in row.get("roles", ()):
            shown.setdefault(role, row)
    people = {row["telegram_id"]: row for role, row in shown.items() if role != _EVERYBODY}
    seats = [row for row in example.get("seats", ()) if row["telegram_id"] in people]
    return {**example, "people": list(people.values()), "seats": seats}


def write_workbook(path: Path, document: Mapping[str, Any], titles: Titles) -> None:
    """Write a workbook with a sheet for each table and a row for each thing of `document`."""
    # Only this command writes one: a fifth of the time that a start of the bot takes.
    from openpyxl import Workbook  # noqa: PLC0415 - as said

    book = Workbook()
    _write_notes(book.active, titles)
    for table, fields in SHEETS.items():
        sheet = book.create_sheet(titles.sheets[table])
        _write_head(sheet, [titles.column(table, field) for field in fields])
        for number, row in enumerate(_rows(document, table), 2):
            for at, field in enumerate(fields, 1):
                _write(sheet.cell(number, at), _cell(row, field, titles))
    book.save(path)


def _write_head(sheet: Any, columns: Sequence[str]) -> None:
    from openpyxl.styles import Font, PatternFill  # noqa: PLC0415 - as above
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    sheet.freeze_panes = "A2"
    for at, said in enumerate(columns, 1):
        head = sheet.cell(1, at, said)
        head.font, head.fill = Font(bold=True), PatternFill("solid", "DDEBF7")
        column = sheet.column_dimensions[get_column_letter(at)]
        column.width, column.number_format = _WIDE, _AS_TEXT


def _write(cell: Any, value: Any) -> None:
    """Write a value; also what looks like a formula or a link is a text."""
    cell.value, cell.number_format = value, _AS_TEXT
    if isinstance(value, str):
        cell.data_type = "s"


def _write_notes(sheet: Any, titles: Titles) -> None:
    sheet.title = titles.sheets["notes"]
    sheet.column_dimensions["A"].width = 100
    for line in titles.notes:
        sheet.append([line])


def _rows(document: Mapping[str, Any], table: str) -> Sequence[Mapping[str, Any]]:
    communities: Sequence[Mapping[str, Any]] = document.get("communities") or [
        document["community"]
    ]
    if table == "communities":
        return communities
    if table == "urgent":
        return list(_urgent(communities[0]))
    held: Any = document.get(table, ())
    return [held] if isinstance(held, Mapping) else list(held)


def _urgent(community: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    for name, calm in (("urgent_words", False), ("calm_words", True)):
        for word in community[name]:
            yield {"word": word, "calm": calm or None}


def _part(value: Any, name: str) -> Any:
    """Return a field of something, or of each of several."""
    if isinstance(value, list):
        return [one.get(name) for one in value]
    return value.get(name) if isinstance(value, Mapping) else None


def _cell(row: Mapping[str, Any], field: str, titles: Titles) -> Any:
    """Return what stands in a cell: lists with commas, code words as people say them."""
    value: Any = row
    for part in field.split(", "):
        value = _part(value, part)
    if field in _AS_SAID and isinstance(value, list):
        return (_AS_SAID[field] or titles.separators[0]).join(value) or None
    said = {code: word for word, code in titles.words.items()}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, bool):
        return said["yes" if value else "no"]
    if isinstance(value, Mapping | list):
        return titles.separators[0].join(_several(value, said)) or None
    if isinstance(value, str) and field in _CODES:
        return said.get(value, value)
    return value if value is None or isinstance(value, str | int | float) else json.dumps(value)


def _several(held: Mapping[str, Any] | list[Any], said: Mapping[str, str]) -> Iterator[str]:
    """Yield what stands between commas: code words as people say them, words with their weight."""
    if isinstance(held, Mapping):
        yield from (f"{word}={one}" for word, one in held.items())
    else:
        yield from (said.get(str(one), str(one)) for one in held)
