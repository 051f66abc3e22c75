"""How SQLite answers what people wait for: by an index, never by reading every case."""

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Select
from sqlalchemy.dialects import sqlite

from storage import (
    board,
    callback,
    case,
    co_signer,
    duplicate,
    figures,
    search,
    signal,
    task,
    todo,
)
from storage.search import Sought

_DIALECT = sqlite.dialect(paramstyle="qmark")
_LISTS = {"statuses": ["a", "b"], "numbers": [1, 2], "places": ["a"], "pictures": ["a"]} | {
    "estates": ["a"], "grids": ["a"], "buildings": ["a"], "hidden": ["a"], "people": [1, 2],
    "periods": ["a", "b"], "running": ["a"], "but": ["a"], "own_buildings": ["a"], "chosen": ["a"],
    "linked": ["a"], "unable": ["a"], **{f"{of}_{kind}": ["a"] for of in ("dispatch", "supervise",
    "grid", "serves", "take") for kind in ("estates", "grids", "buildings")}, "spots": [("a", "b")],
}  # fmt: skip
EVERYWHERE = frozenset({("dispatch", True), ("supervise", True)})
PARTS = frozenset({("dispatch", False), ("supervise", False), ("grid", False)})
TO_DO = {"ix_cases_open", "sqlite_autoindex_callbacks_1"}
KEYS = "sqlite_autoindex_keys_1"  # with which the doors are opened
PIECES = {"sqlite_autoindex_case_pieces_1"}
WANTED: dict[str, tuple[Select[Any], set[str]]] = {
    "all that is open": (case._UNFINISHED, {"ix_cases_open", KEYS}),
    "how many are open": (case._COUNT_IN, {"ix_cases_open"}),
    "how many are late": (figures._OPEN, {"ix_cases_open"}),
    "since when it is open": (figures._REPORTED, {"ix_cases_open"}),
    "open in the lobby": (board._COUNT, {"ix_cases_open"}),
    "to do everywhere": (todo._numbers(EVERYWHERE, "all", limited=False), TO_DO),
    "to do in a part": (todo._numbers(PARTS, "all", limited=True), TO_DO),
    "late": (todo._numbers(EVERYWHERE, "late", limited=False), {"ix_cases_open"}),
    "due today": (todo._numbers(EVERYWHERE, "today", limited=False), {"ix_cases_open"}),
    "to take": (task._numbers(frozenset({("take", True)}), limited=True), {"ix_cases_open"}),
    "work of each": (case._OPEN_OF, {"ix_cases_handler"}),
    "reported since": (case._REPORTED, {"ix_cases_reported"}),
    "closed since": (case._CLOSED, {"ix_cases_closed"}),
    "reported by": (case._OF_REPORTER, {"ix_cases_reporter", KEYS}),
    "one's own": (co_signer._CONCERNING, {"ix_cases_reporter", "ix_co_signers_person"}),
    "to be called": (
        callback._waiting("status", frozenset({("serves", True)})),
        {"ix_callbacks_status", "sqlite_autoindex_cases_1"},
    ),
    "to be checked": (
        callback._waiting("check_status", frozenset({("serves", False)})),
        {"ix_callbacks_check", "sqlite_autoindex_cases_1"},
    ),
    "where a look ends": (search._ends(3), PIECES),
    "what has all pieces": (search._cases(Sought.ALL, 3), PIECES),
    "one's own with a piece": (
        search._cases(Sought.OWN, 1),
        {"ix_cases_reporter", "ix_cases_handled", *PIECES},
    ),
    "at a place": (duplicate._AT, {"ix_cases_place"}),
    "with a picture": (
        duplicate._SAME_PICTURE,
        {"ix_attachments_unique", "sqlite_autoindex_cases_1"},
    ),
    "alike in a building": (signal._ALIKE, {"ix_cases_alike"}),
}
# These end when they are filled, so their rows have to come in the order of the index.
WALKED = {"to do everywhere", "to do in a part", "late", "due today", "what has all pieces"}


@pytest.mark.parametrize("name", WANTED)
def test_an_index_answers(file: Path, name: str) -> None:
    query, wanted = WANTED[name]
    steps = plan(file, query)
    assert not any("TEMP B-TREE FOR ORDER" in step for step in steps if name in WALKED), steps
    used = {word for step in steps for word in step.split() if word.startswith(("ix_", "sqlite_"))}
    assert used == wanted, steps


def plan(file: Path, query: Select[Any]) -> list[str]:
    """Return the steps in which SQLite would answer."""
    binds = query.compile(dialect=_DIALECT).binds.items()
    given = {name: _LISTS.get(name, 1) for name, bind in binds if bind.required}
    compiled = query.params(given).compile(
        dialect=_DIALECT, compile_kwargs={"render_postcompile": True}
    )
    with sqlite3.connect(file) as connection:
        values = [1] * compiled.string.count("?")
        rows = connection.execute(f"EXPLAIN QUERY PLAN {compiled.string}", values).fetchall()
    return [row[3] for row in rows]
