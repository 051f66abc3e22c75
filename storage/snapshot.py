"""Everything that a database holds: thrown away, taken, put back. For the sandbox's reset only."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from sqlalchemy import Table, delete, update

from storage.copying import insert_of, select_of
from storage.tables import metadata
from storage.unit_of_work import UnitOfWork

Snapshot = Mapping[Table, Sequence[dict[str, Any]]]


async def empty(uow: UnitOfWork) -> None:
    """Delete every row of every table."""
    for table in reversed(metadata.sorted_tables):
        for column in _of_its_own(table):
            await uow.write_now(update(table).values({column: None}))
        await uow.write_now(delete(table))
    uow.cache.clear()
    uow.kept.clear()


def _of_its_own(table: Table) -> list[str]:
    """Return the columns with which rows of a table name others of the same: these hold them."""
    own = [one for one in table.foreign_key_constraints if one.referred_table is table]
    return [column.name for one in own for column in one.columns if column.nullable]


def take(uow: UnitOfWork, taken: Callable[[Snapshot], None]) -> None:
    """Let `taken` have every row as the transaction will have left it."""

    async def last(uow: UnitOfWork) -> None:
        if uow.before_commit:  # others have something to write yet
            uow.before_commit["snapshot"] = last
            return
        taken({
            table: [row._asdict() for row in await uow.read(select_of(table))]
            for table in metadata.sorted_tables
        })  # fmt: skip

    uow.before_commit["snapshot"] = last


async def put_back(uow: UnitOfWork, taken: Snapshot) -> None:
    """Fill an empty database with the rows of a snapshot of this very database."""
    for table, rows in taken.items():
        if rows:
            await uow.write_now(insert_of(table, as_json=uow.dialect == "postgresql"), rows)
