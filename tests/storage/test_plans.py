"""How SQLite answers what people wait for: by an index, never by reading every case."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from storage import callback, case, duplicate, signal

_DIALECT = sqlite.dialect(paramstyle="qmark")
_LISTS = {"statuses": ["a", "b"], "numbers": [1, 2], "places": ["a"], "pictures": ["a"]} | {
    "estates": ["a"], "grids": ["a"], "buildings": ["a"], "hidden": ["a"], "people": [1, 2],
    "pieces": ["a", "b"], "periods": ["a", "b"], "but": ["a"], "spots": [("a", "b")],
}  # fmt: skip
WANTED: dict[str, tuple[Select[Any], set[str]]] = {
    "what is open": (case._UNFINISHED, {"ix_cases_open"}),
    "what is open in a part": (case._UNFINISHED_IN_PARTS, {"ix_cases_open"}),
    "how many are open": (case._COUNT_IN, {"ix_cases_open"}),
    "in somebody's hands": (case._OF_HANDLER, {"ix_cases_handler"}),
    "had first": (case._OF_LEAD, {"ix_cases_lead"}),
    "work of each": (case._OPEN_OF, {"ix_cases_handler"}),
    "reported since": (case._REPORTED, {"ix_cases_reported"}),
    "closed since": (case._CLOSED, {"ix_cases_closed"}),
    "reported by": (case._OF_REPORTER, {"ix_cases_reporter"}),
    "nobody is content": (callback._DISSENTING, {"ix_cases_open", "sqlite_autoindex_callbacks_1"}),
    "to be called": (callback._IN_STATUS, {"ix_callbacks_status"}),
    "to be checked": (callback._CHECKS, {"ix_callbacks_check"}),
    "at a place": (duplicate._AT, {"ix_cases_place"}),
    "with a picture": (
        duplicate._SAME_PICTURE,
        {"ix_attachments_unique", "sqlite_autoindex_cases_1"},
    ),
    "alike in a building": (signal._ALIKE, {"ix_cases_alike"}),
}


@pytest.mark.parametrize("name", WANTED)
def test_an_index_answers(file: Path, name: str) -> None:
    query, wanted = WANTED[name]
    steps = plan(file, query)
    used = {word for step in steps for word in step.split() if word.startswith(("ix_", "sqlite_"))}
    assert used == wanted, steps


def plan(file: Path, query: Select[Any]) -> list[str]:
    """Return the steps in which SQLite would answer."""
    names = set(query.compile(dialect=_DIALECT).binds)
    compiled = query.params({name: _LISTS.get(name, 1) for name in names}).compile(
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
    )
    with sqlite3.connect(file) as connection:
        values = [1] * compiled.string.count("?")
        rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.string}", values).fetchall()
    return [row[3] for row in rows]
