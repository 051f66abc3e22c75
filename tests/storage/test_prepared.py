"""Writes that are compiled once do what SQLAlchemy itself would do."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlalchemy import bindparam, delete, update
from sqlalchemy.dialects.postgresql import asyncpg, psycopg
from sqlalchemy.dialects.sqlite import aiosqlite

from storage.prepared import prepare
from storage.tables import drafts, inbox

NOW = datetime(2026, 11, 17, 1, 2, 3, 456789, tzinfo=UTC)
SQLITE = aiosqlite.dialect()
CLOSE = (
    update(drafts)
    .where(drafts.c.id == bindparam("draft"))
    .values(status="filed", facts=bindparam("new"), changed_at=bindparam("at"))
)


def test_it_is_compiled_once_and_says_what_sqlalchemy_says() -> None:
    made = prepare(CLOSE, ("draft", "new", "at"), SQLITE)
    assert made is not None
    assert made is prepare(CLOSE, ("draft", "new", "at"), SQLITE)
    assert made.sql == str(CLOSE.compile(dialect=SQLITE, column_keys=["draft", "new", "at"]))
    (row,) = made.rows([{"draft": 5, "new": {"a": 1}, "at": NOW}])
    at = int(NOW.timestamp()) * 1_000_000 + 456789
    assert row == ('{"a": 1}', "filed", at, 5)


def test_a_row_that_lacks_a_value_is_a_defect() -> None:
    made = prepare(CLOSE, ("draft", "new", "at"), SQLITE)
    assert made is not None
    with pytest.raises(KeyError, match="at"):
        made.rows([{"draft": 5, "new": {}}])


@pytest.mark.parametrize("dialect", [SQLITE, asyncpg.dialect()])  # type: ignore[no-untyped-call]
def test_what_is_compiled_anew_for_its_values_is_left_alone(dialect: Any) -> None:
    some = delete(inbox).where(inbox.c.update_id.in_(bindparam("ids", expanding=True)))
    assert prepare(some, ("ids",), dialect) is None


def test_a_driver_that_takes_values_by_name_is_left_alone() -> None:
    by_name = psycopg.dialect()  # type: ignore[no-untyped-call]
    assert by_name.paramstyle == "pyformat"
    assert prepare(CLOSE, ("draft", "new", "at"), by_name) is None
