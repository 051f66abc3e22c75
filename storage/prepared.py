"""Writes that were compiled once: rows in, what the driver takes out.

For every row SQLAlchemy looks at each parameter of a statement anew; under a backlog that cost
more than the database did. The statements are constants, so what never changes is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

from storage import driver
from storage.driver import Written

Values = Mapping[str, Any]
Group = tuple[UpdateBase, Sequence[Values]]
Convert = Callable[[Any], Any]


@dataclass(frozen=True, slots=True)
class Prepared:
    """SQL with positions, whose value stands at each, and how it is kept in this database."""

    sql: str
    names: tuple[str, ...]
    always: Values  # values of the statement itself, the same for every row
    converts: tuple[tuple[int, Convert], ...]  # by position

    def rows(self, gathered: Sequence[Values]) -> list[tuple[Any, ...]]:
        """Return the rows as the driver takes them; raises KeyError when one lacks a value."""
        return [self._row({**self.always, **one} if self.always else one) for one in gathered]

    def _row(self, values: Values) -> tuple[Any, ...]:
        row = [values[name] for name in self.names]
        for at, convert in self.converts:
            row[at] = convert(row[at])
        return tuple(row)


async def write_groups(connection: AsyncConnection, groups: Sequence[Group]) -> None:
    """Execute each statement, a constant of its module, for its rows, in their order.

    The rows of a statement have the same names.
    """
    dialect, ready = connection.dialect, list[Written]()
    for statement, rows in groups:
        prepared = prepare(statement, tuple(rows[0]), dialect)
        if prepared is not None:
            ready.append((prepared.sql, prepared.rows(rows)))
            continue
        await _write(connection, ready)
        ready = []
        await connection.execute(statement, rows)
    await _write(connection, ready)


async def _write(connection: AsyncConnection, ready: Sequence[Written]) -> None:
    if connection.dialect.name == "sqlite" and ready:
        await driver.write_all(connection, ready)
        return
    for sql, rows in ready:
        await connection.exec_driver_sql(sql, list(rows))


@dataclass(frozen=True, slots=True)
class _Speech:
    """A dialect; all of one driver say the same, whichever database they are opened for."""

    driver: str
    dialect: Dialect = field(compare=False)


def prepare(statement: UpdateBase, names: tuple[str, ...], dialect: Dialect) -> Prepared | None:
    """Return `statement` for rows that have values of these `names`.

    None when it cannot be kept: it is compiled anew for its values, has defaults that are made
    in Python, or the driver takes values by name.
    """
    return _prepare(statement, names, _Speech(dialect.driver, dialect))


@lru_cache(maxsize=1024)
def _prepare(statement: UpdateBase, names: tuple[str, ...], speech: _Speech) -> Prepared | None:
    dialect = speech.dialect
    compiled = statement.compile(dialect=dialect, column_keys=list(names))
    made_here = compiled.insert_prefetch or compiled.update_prefetch
    places = compiled.positiontup
    if places is None or compiled.post_compile_params or made_here:
        return None
    always = {name: value for name, value in compiled.params.items() if name not in names}
    kinds = {name: bind.type for bind, name in compiled.bind_names.items()}
    converts = [kinds[name].dialect_impl(dialect).bind_processor(dialect) for name in places]
    return Prepared(
        compiled.string,
        tuple(places),
        always,
        tuple((at, convert) for at, convert in enumerate(converts) if convert is not None),
    )
