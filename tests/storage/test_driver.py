"""One errand a statement does what SQLAlchemy's own adapter does in four."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, delete, insert, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine

from storage import driver

METADATA = MetaData()
PEOPLE = Table(
    "people", METADATA, Column("id", Integer, primary_key=True), Column("name", String(20))
)


@pytest.fixture(params=["one errand", "four errands"])
async def connection(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[AsyncConnection]:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    if request.param == "one errand":
        driver.shorten(engine)
    async with engine.connect() as open_one:
        await open_one.run_sync(METADATA.create_all)
        yield open_one
    await engine.dispose()


async def errands(connection: AsyncConnection) -> tuple[Any, list[str]]:
    """Return the connection of aiosqlite and the list that its errands are written to."""
    inner: Any = (await connection.get_raw_connection()).driver_connection
    done: list[str] = []
    went = inner._execute

    async def counted(function: Any, *arguments: Any, **named: Any) -> Any:
        done.append(getattr(function, "__qualname__", "?"))
        return await went(function, *arguments, **named)

    inner._execute = counted
    return inner, done


async def test_rows_counts_and_keys_are_the_same(connection: AsyncConnection) -> None:
    one = await connection.execute(insert(PEOPLE), {"name": "王芳"})
    assert one.inserted_primary_key is not None
    assert tuple(one.inserted_primary_key) == (1,)
    await connection.execute(insert(PEOPLE), [{"name": "李强"}, {"name": "赵敏"}])
    everybody = await connection.execute(select(PEOPLE.c.name).order_by(PEOPLE.c.id))
    assert everybody.keys() == ["name"]
    assert everybody.scalars().all() == ["王芳", "李强", "赵敏"]
    changed = await connection.execute(update(PEOPLE).where(PEOPLE.c.id > 1).values(name="邻居"))
    assert changed.rowcount == 2
    back = await connection.execute(delete(PEOPLE).where(PEOPLE.c.id == 3).returning(PEOPLE.c.name))
    assert back.first() == ("邻居",)
    assert (await connection.execute(select(PEOPLE).where(PEOPLE.c.id == 9))).first() is None
    await connection.rollback()
    assert (await connection.execute(select(PEOPLE))).all() == []


async def test_errors_are_the_same(connection: AsyncConnection) -> None:
    await connection.execute(insert(PEOPLE), {"id": 1, "name": "王芳"})
    with pytest.raises(IntegrityError):
        await connection.execute(insert(PEOPLE), {"id": 1, "name": "李强"})
    with pytest.raises(IntegrityError):
        await connection.execute(insert(PEOPLE), [{"id": 2, "name": "a"}, {"id": 1, "name": "b"}])
    with pytest.raises(DBAPIError):
        await connection.exec_driver_sql("SELECT nothing FROM nowhere")
    assert (await connection.execute(select(PEOPLE.c.id))).scalars().all()[0] == 1


async def test_a_closed_connection_is_a_fault_of_the_database(connection: AsyncConnection) -> None:
    inner, _ = await errands(connection)
    await inner.close()
    with pytest.raises(DBAPIError) as caught:
        await connection.execute(select(PEOPLE))
    assert caught.value.connection_invalidated or "closed" in str(caught.value)
    await connection.invalidate()


async def test_a_statement_is_one_errand(tmp_path: Path) -> None:
    engine = create_async_engine(f"sqlite+aiosqlite:///{tmp_path / 'x.db'}")
    driver.shorten(engine)
    async with engine.connect() as connection:
        await connection.run_sync(METADATA.create_all)
        _, done = await errands(connection)
        await connection.execute(insert(PEOPLE), [{"name": "王芳"}, {"name": "李强"}])
        (await connection.execute(select(PEOPLE))).all()
        assert len(done) == 2
    await engine.dispose()


async def test_several_statements_go_in_one_errand(connection: AsyncConnection) -> None:
    work: list[driver.Written] = [
        ("INSERT INTO people (id, name) VALUES (?, ?)", [(1, "李"), (2, "王")]),
        ("UPDATE people SET name = ? WHERE id = ?", [("张", 2)]),
    ]
    await driver.write_all(connection, work)
    rows = await connection.execute(select(PEOPLE.c.name).order_by(PEOPLE.c.id))
    assert [row.name for row in rows] == ["李", "张"]


async def test_an_errand_that_fails_says_at_which_statement(connection: AsyncConnection) -> None:
    again = "INSERT INTO people (id, name) VALUES (?, ?)"
    work: list[driver.Written] = [
        ("DELETE FROM people", [()]),
        (again, [(1, "a secret"), (1, "a secret")]),
    ]
    with pytest.raises(IntegrityError) as caught:
        await driver.write_all(connection, work)
    assert caught.value.statement == again
    assert "a secret" not in str(caught.value)
