"""A file that describes a whole street: one document for each of its communities."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.services.organisation_links import Fault, rows_of

# Rows of these say to which community they belong; of all others they may count for every one.
PLACED = (
    *("estates", "grids", "buildings", "homes", "spots", "companies", "committees", "groups"),
    *("teams", "people", "seats"),
)
SHARED = ("emergencies", "categories", "clocks", "days", "routes", "templates", "series")
_STREET = "street"


@dataclass(frozen=True, slots=True)
class Piece:
    """The document of one community, and for each row its number in the file."""

    document: dict[str, Any]
    numbers: Mapping[str, Sequence[int]] = field(default_factory=dict)

    def at(self, fault: Fault) -> Fault:
        """Return the fault with the number that its row has in the file."""
        known = self.numbers.get(fault.table, ())
        if fault.table == "community" and known:
            return replace(fault, row=known[0])
        if fault.row is None or fault.row >= len(known):
            return fault
        return replace(fault, row=known[fault.row])


def split(document: Mapping[str, Any]) -> tuple[list[Piece], list[Fault]]:
    """Return a piece for each community, and the rows that belong nowhere."""
    whole = dict(document)
    street = whole.pop(_STREET, None)
    listed = whole.pop("communities", None)
    if listed is None:
        return [Piece(_in_street(whole, street))], []
    if "community" in whole or not isinstance(listed, list):
        return [], [Fault("communities", None, "several communities are wanted, or one community")]
    codes = [row.get("code") if isinstance(row, dict) else None for row in listed]
    faults = list(_lost(whole, codes))
    pieces = [_piece(whole, listed, at, len(codes) == 1) for at in range(len(listed))]
    return [Piece(_in_street(one.document, street), one.numbers) for one in pieces], faults


def _in_street(document: dict[str, Any], street: Any) -> dict[str, Any]:
    """Return the document with the street's name and number where it says none of its own."""
    held = document.get("community")
    if street is None or not isinstance(held, dict) or not isinstance(street, dict):
        return document if street is None else {**document, _STREET: street}
    phone = street.get("phone")
    given = {"street": street.get("name"), "phone": phone, "street_phone": phone}
    return {
        **document,
        "community": {name: one for name, one in given.items() if one is not None} | held,
    }


def _lost(whole: Mapping[str, Any], codes: Sequence[Any]) -> Iterator[Fault]:
    seen = set()
    for number, code in enumerate(codes):
        if code in seen:
            yield Fault("communities", number, f"code {code!r} stands twice")
        seen.add(code)
    for table in (*PLACED, *SHARED):
        for number, row in rows_of(whole, table):
            code = row.get("community")
            if code is None and table in PLACED and len(codes) > 1:
                yield Fault(table, number, "is missing: there are several", "community")
            elif code is not None and code not in codes:
                yield Fault(table, number, f"there is no community {code!r}", "community")


def _piece(whole: Mapping[str, Any], listed: list[Any], at: int, alone: bool) -> Piece:
    code = listed[at].get("code") if isinstance(listed[at], dict) else None
    document: dict[str, Any] = {
        name: held for name, held in whole.items() if name not in (*PLACED, *SHARED)
    }
    document["community"] = listed[at]
    numbers: dict[str, list[int]] = {"community": [at]}
    for table in (one for one in (*PLACED, *SHARED) if one in whole):
        if not isinstance(whole[table], list):
            document[table] = whole[table]
            continue
        mine = [
            (number, {name: one for name, one in row.items() if name != "community"})
            for number, row in rows_of(whole, table)
            if row.get("community") == code
            or (row.get("community") is None and (alone or table in SHARED))
        ]
        document[table] = [row for _, row in mine]
        numbers[table] = [number for number, _ in mine]
    return Piece(document, numbers)
