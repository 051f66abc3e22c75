"""What an import would change: rows that come, change, close or open again. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.services.organisation_model import Organisation

# Rows that others refer to; they are never taken away.
KEPT = (
    *("estates", "grids", "buildings", "spots", "companies", "committees", "groups"),
    *("teams", "categories"),
)
# Nothing in the database refers to these.
_REPLACED = ("emergencies", "clocks", "days", "routes", "templates", "series")
_SINGLE = (
    *("community", "terms", "quiet", "flood", "callback", "board", "privacy", "signals"),
    "figures",
)
_ORDER = ("community", *KEPT, *_REPLACED, *_SINGLE)


class What(StrEnum):
    """What becomes of a row."""

    ADDED = "added"
    CHANGED = "changed"
    CLOSED = "closed"
    REOPENED = "reopened"


@dataclass(frozen=True, slots=True)
class Change:
    """One row that an import changes; `fields` are those that are no longer the same."""

    table: str
    code: str
    what: What
    fields: tuple[str, ...] = ()


def merged(old: Organisation | None, new: Organisation) -> Organisation:
    """Return the new organisation: with what is missing in a table, but was there, as closed.

    A table that the file does not speak of at all stays as it was.
    """
    if old is None:
        return new
    said = new.model_fields_set
    kept = {name: getattr(old, name) for name in Organisation.model_fields if name not in said}
    kept |= {
        table: _with_closed(getattr(old, table), getattr(new, table))
        for table in KEPT
        if table in said
    }
    return new.model_copy(update=kept)


def _with_closed(before: Sequence[Any], after: Sequence[Any]) -> tuple[Any, ...]:
    known = {one.code for one in after}
    gone = [one.model_copy(update={"closed": True}) for one in before if one.code not in known]
    return (*gone, *after)  # the last category stays the one that counts for all others


def changes(old: Organisation | None, new: Organisation) -> list[Change]:
    """Return what is different in `new`, already merged with `old`."""
    before = {} if old is None else old.model_dump(mode="json")
    after = new.model_dump(mode="json")
    found: list[Change] = []
    for table in KEPT:
        found += _rows(table, before.get(table, ()), after[table])
    for table in (*_SINGLE, *_REPLACED):
        if before.get(table) != after[table]:
            what = What.CHANGED if before.get(table) else What.ADDED
            found += [Change(table, "", what, _fields(before.get(table), after[table]))]
    named = [one for one in found if one.what is not What.ADDED or one.code or after[one.table]]
    return sorted(named, key=lambda one: (_ORDER.index(one.table), one.what))


def _rows(table: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Change]:
    known = {row["code"]: row for row in before}
    for row in after:
        was = known.get(row["code"])
        if was is None:
            yield Change(table, row["code"], What.ADDED)
        elif was["closed"] != row["closed"]:
            yield Change(table, row["code"], What.CLOSED if row["closed"] else What.REOPENED)
        elif was != row:
            yield Change(table, row["code"], What.CHANGED, _fields(was, row))


def _fields(before: Any, after: Any) -> tuple[str, ...]:
    if not isinstance(before, Mapping) or not isinstance(after, Mapping):
        return ()
    return tuple(name for name in after if before.get(name) != after[name])
