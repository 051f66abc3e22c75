"""A PostgreSQL server for tests: databases of their own, migrated once, emptied for each test.

`LINLI_POSTGRES` holds its address, such as `.ci/postgres` prints; its user may make databases.
"""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from storage.tables import metadata

ADDRESS = "LINLI_POSTGRES"
_PREFIX = f"linli_test_{os.getpid()}"
_made = 0
# Nobody but a superuser may end what is not their own, such as a process that vacuums.
_END = (
    "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
    " WHERE datname = '{name}' AND usename = current_user AND pid <> pg_backend_pid()"
)


@cache
def server() -> str:
    """Return the address of the server; without one the test is skipped, or fails if required."""
    address = os.environ.get(ADDRESS, "")
    if not address and "postgres" in os.environ.get("LINLI_REQUIRE", ""):
        pytest.fail(f"LINLI_REQUIRE names postgres, and {ADDRESS} names no server")
    if not address:
        pytest.skip(f"{ADDRESS} names no PostgreSQL server")
    return address


def tell(address: str, *commands: str) -> None:
    """Do what is said to the database at `address`, each thing outside a transaction."""
    asyncio.run(tell_it(address, *commands))


async def tell_it(address: str, *commands: str) -> None:
    """Do the same inside a loop."""
    plain = make_url(address).set(drivername="postgresql").render_as_string(hide_password=False)
    connection = await asyncpg.connect(plain)
    try:
        for one in commands:
            await connection.execute(one)
    finally:
        await connection.close()


def _address_of(name: str) -> str:
    return make_url(server()).set(database=name).render_as_string(hide_password=False)


@contextmanager
def new_database() -> Iterator[str]:
    """Make a database, yield its address, and drop it."""
    global _made  # noqa: PLW0603 - a counter
    _made += 1
    name = f"{_PREFIX}_{_made}"
    tell(server(), f"CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8'")
    try:
        yield _address_of(name)
    finally:
        tell(server(), f"DROP DATABASE {name} WITH (FORCE)")


def end_connections(address: str) -> None:
    """End every connection to the database, as a server does that is started again."""
    tell(server(), _END.format(name=make_url(address).database))


@contextmanager
def away(address: str) -> Iterator[None]:
    """Let nobody reach the database."""
    name = make_url(address).database
    tell(server(), f"ALTER DATABASE {name} ALLOW_CONNECTIONS false", _END.format(name=name))
    try:
        yield
    finally:
        tell(server(), f"ALTER DATABASE {name} ALLOW_CONNECTIONS true")


def empty(address: str, *codes: str) -> None:
    """Delete everything in a migrated database and make a community for each code.

    Copying a database instead takes a hundred times as long: it is three hundred files.
    """
    tables = reversed(metadata.sorted_tables)
    communities = ", ".join(f"({at}, '{code}', '{{}}')" for at, code in enumerate(codes, start=1))
    commands = [
        _END.format(name=make_url(address).database),  # what the last test has left open
        "; ".join(f'DELETE FROM "{one.name}"' for one in tables),
        "ALTER SEQUENCE outbox_id_seq RESTART",
    ]
    if codes:
        commands.append(f"INSERT INTO communities (id, code, organisation) VALUES {communities}")
    tell(address, *commands)
