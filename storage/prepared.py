"""Writes that were compiled once: rows in, what the driver takes out.

For every row SQLAlchemy looks at each parameter of a statement anew; under a backlog that cost
more than the database did. The statements are constants, so what never changes is kept.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlalchemy import Dialect
from sqlalchemy.ext.asyncio import AsyncConnection
from sqlalchemy.sql.dml import UpdateBase

Values = Mapping[str, Any]
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


async def write_rows(
    connection: AsyncConnection, statement: UpdateBase, rows: Sequence[Values]
) -> None:
    """Execute `statement`, a constant of its module, for rows that have the same names."""
    prepared = prepare(statement, tuple(rows[0]), connection.dialect)
    if prepared is None:
        await connection.execute(statement, rows)
    else:
        await connection.exec_driver_sql(prepared.sql, prepared.rows(rows))


@lru_cache(maxsize=512)
def prepare(statement: UpdateBase, names: tuple[str, ...], dialect: Dialect) -> Prepared | None:
    """Return `statement` for rows that have values of these `names`.

    None when it cannot be kept: it is compiled anew for its values, has defaults that are made
    in Python, or the driver takes values by name.
    """
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
