"""What rows of an organisation file say of each other: codes that stand twice, or nowhere.

Works on the rows as they were written, so that every fault of a file is found at once, whatever
else is wrong with the row.
"""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from unicodedata import category

from bot.domain.body import ONE_EACH, WITH_CODE

Document = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: in which row of which table, and what it is."""

    table: str
    row: int | None  # from 0
    text: str
    field: str = ""


# Table, field and the table that has to hold such a code; a field may name several.
_LINKS = (
    ("buildings", "estate", "estates"),
    ("spots", "estate", "estates"),
    ("grids", "estates", "estates"),
    ("grids", "buildings", "buildings"),
    ("companies", "estates", "estates"),
    ("committees", "estate", "estates"),
    ("groups", "estate", "estates"),
    ("homes", "building", "buildings"),
    ("teams", "buildings", "buildings"),
    ("routes", "categories", "categories"),
    ("routes", "estates", "estates"),
    ("routes", "grids", "grids"),
    ("routes", "buildings", "buildings"),
    ("routes", "spots", "spots"),
    ("people", "teams", "teams"),
    ("people", "buildings", "buildings"),
    ("people", "linked", "buildings"),
    ("people", "estates", "estates"),
    ("people", "grids", "grids"),
)
_PARTS = ("estates", "grids")  # in which the roles of a row of people may hold
_NEEDED = {"estates", "buildings", "categories"}
_NAMES = {
    "estates": "estate",
    "grids": "grid",
    "buildings": "building",
    "spots": "spot",
    "categories": "category",
    "teams": "team",
}
_ONCE = (
    *((table, "code") for table in ("estates", "categories", "teams", "templates", "grids")),
    ("series", "code"),
    *((table, "code") for table in ("buildings", "spots", "companies", "committees", "groups")),
    ("clocks", "kind"),
    ("days", "date"),
)


def find_faults(document: Document) -> Iterator[Fault]:
    """Return everything in which the rows of a community contradict each other."""
    yield from _odd_characters(document)
    yield from _doubles(document)
    for table, field, target in _LINKS:
        yield from _dangling(document, table, field, target)
    yield from _misplaced_homes(document)
    yield from _people_twice(document)
    yield from _people_at_home(document)
    yield from _routes_to_nobody(document)
    yield from _empty_seats(document)
    yield from _seats_twice(document)


def _odd_characters(document: Document) -> Iterator[Fault]:
    """Return the texts and names that hold control characters, line breaks within as well."""
    for table, held in document.items():
        rows = enumerate(held) if isinstance(held, list) else [(None, held)]
        for number, row in rows:
            for place in _odd(row, ""):
                yield Fault(table, number, "control characters are not wanted", place)


def _odd(found: Any, place: str) -> Iterator[str]:
    if isinstance(found, str):
        if any(category(one) == "Cc" for one in found.strip(" \t\r\n")):
            yield place
    elif isinstance(found, Mapping):
        for name, value in found.items():
            yield from _odd(name, place)
            yield from _odd(value, f"{place}, {name}" if place else str(name))
    elif isinstance(found, list):
        for number, value in enumerate(found, 1):
            yield from _odd(value, f"{place} no. {number}")


def rows_of(document: Document, table: str) -> Iterator[tuple[int, Mapping[str, Any]]]:
    """Return the rows of a table that are rows at all, with their numbers from 0."""
    held = document.get(table)
    for number, row in enumerate(held if isinstance(held, Sequence) else ()):
        if isinstance(row, Mapping):
            yield number, row


def _codes(document: Document, *tables: str) -> set[Any]:
    return {
        row["code"]
        for table in tables
        for _, row in rows_of(document, table)
        if isinstance(row.get("code"), str)
    }


def _doubles(document: Document) -> Iterator[Fault]:
    for table, field in _ONCE:
        seen: set[Any] = set()
        for number, row in rows_of(document, table):
            value = row.get(field)
            if isinstance(value, Hashable) and value is not None and value in seen:
                yield Fault(table, number, f"{field} {value!r} stands twice")
            seen.add(value if isinstance(value, Hashable) else None)
    buildings = _codes(document, "buildings")
    for number, row in rows_of(document, "spots"):
        if isinstance(row.get("code"), str) and row["code"] in buildings:
            yield Fault("spots", number, f"code {row['code']!r} stands twice: a building has it")


def _dangling(document: Document, table: str, field: str, target: str) -> Iterator[Fault]:
    known = _codes(document, target)
    if not known and target in _NEEDED:
        return  # that the table is missing says it all
    for number, row in rows_of(document, table):
        said = row.get(field)
        for code in dict.fromkeys([said] if isinstance(said, str) else _words(said)):
            if code not in known:
                yield Fault(table, number, f"there is no {_NAMES[target]} {code!r}", field)


def _words(said: Any) -> list[str]:
    return [one for one in said if isinstance(one, str)] if isinstance(said, list | tuple) else []


def _misplaced_homes(document: Document) -> Iterator[Fault]:
    units = {row.get("code"): row.get("units") for _, row in rows_of(document, "buildings")}
    seen: set[Any] = set()
    for number, row in rows_of(document, "homes"):
        building, unit = row.get("building"), row.get("unit", 0)
        most = units.get(building)
        if isinstance(unit, int) and isinstance(most, int) and not min(most, 1) <= unit <= most:
            yield Fault("homes", number, f"building {building!r} has {most} units", "unit")
        key = (building, unit, row.get("number"))
        if all(isinstance(one, Hashable) for one in key):
            if key in seen:
                yield Fault("homes", number, f"number {key[2]!r} stands twice in this unit")
            seen.add(key)


def _people_twice(document: Document) -> Iterator[Fault]:
    """Return who has two rows for the same parts; one person may serve differently in others."""
    seen: set[Any] = set()
    for number, row in rows_of(document, "people"):
        who = row.get("telegram_id")
        parts = frozenset((name, one) for name in _PARTS for one in _words(row.get(name)))
        if isinstance(who, Hashable) and who is not None:
            if (who, parts) in seen:
                yield Fault("people", number, f"telegram_id {who!r} stands twice")
            seen.add((who, parts))


def _people_at_home(document: Document) -> Iterator[Fault]:
    homes = {
        f"{row['code']}-{unit}"
        for _, row in rows_of(document, "buildings")
        if isinstance(row.get("code"), str) and isinstance(row.get("units"), int)
        for unit in range(1, min(row["units"], 99) + 1)
    }
    for number, row in rows_of(document, "people"):
        if isinstance(row.get("home"), str) and row["home"] not in homes:
            yield Fault("people", number, f"there is no home {row['home']!r}", "home")


def _empty_seats(document: Document) -> Iterator[Fault]:
    """Return the seats of nobody, and those in a body that there is not.

    A table of which the file does not speak is as it was at the last import.
    """
    people = {row.get("telegram_id") for _, row in rows_of(document, "people")}
    codes = {body: _codes(document, table) for body, table in WITH_CODE.items()}
    for number, row in rows_of(document, "seats"):
        who, body, code = (row.get(name) for name in ("telegram_id", "body", "code"))
        if "people" in document and isinstance(who, int) and who not in people:
            yield Fault("seats", number, f"{who} is not among the people", "telegram_id")
        if body in ONE_EACH and code is not None:
            yield Fault("seats", number, f"{body} has no code: there is one", "code")
        elif body not in WITH_CODE:
            continue
        elif code is None or (WITH_CODE[body] in document and code not in codes[body]):
            yield Fault("seats", number, f"there is no {body} {code!r}", "code")


def _seats_twice(document: Document) -> Iterator[Fault]:
    """Return the seats that begin on the same day in the same body for the same person."""
    seen: set[Any] = set()
    for number, row in rows_of(document, "seats"):
        key = tuple(str(row.get(name)) for name in ("telegram_id", "body", "code", "since"))
        if key in seen:
            yield Fault("seats", number, f"telegram_id {key[0]} stands twice in this body")
        seen.add(key)


def _routes_to_nobody(document: Document) -> Iterator[Fault]:
    teams = _codes(document, "teams")
    for number, row in rows_of(document, "routes"):
        kind, _, code = str(row.get("to", "")).partition(":")
        if kind == "team" and code not in teams:
            yield Fault("routes", number, f"there is no team {code!r}", "to")
