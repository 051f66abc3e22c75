"""What all tables share: the names of their constraints, instants, and whose they are."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Column,
    Dialect,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    MetaData,
    text,
)
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class Instant(TypeDecorator[datetime]):
    """An aware UTC instant, kept as whole microseconds since 1970: exact, ordered, portable."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:  # noqa: ARG002
        """Return the microseconds; a naive time is a defect and raises TypeError."""
        return None if value is None else (value - _EPOCH) // _MICROSECOND

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        """Return the instant in UTC."""
        return None if value is None else _EPOCH + timedelta(microseconds=value)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def index_of_some(name: str, *columns: Column[Any], where: str) -> Index:
    """Return an index of the rows of `where` alone, on both databases."""
    return Index(name, *columns, sqlite_where=text(where), postgresql_where=text(where))


def tenant() -> Column[int]:
    """Return the first column of the key of a table that belongs to a community."""
    return Column(
        "community_id",
        ForeignKey("communities.id", deferrable=True, initially="DEFERRED", ondelete="RESTRICT"),
        primary_key=True,
        autoincrement=False,
    )


def belongs(table: str, *columns: str, to: str = "id") -> ForeignKeyConstraint:
    """Return the reference to a row of the same community, by `columns`."""
    return ForeignKeyConstraint(
        ["community_id", *columns],
        [f"{table}.community_id", f"{table}.{to}"],
        deferrable=True,
        initially="DEFERRED",
        ondelete="RESTRICT",
    )
