"""One failure of the database must not be the end of the writer."""

import asyncio

import pytest
from sqlalchemy import insert, select
from sqlalchemy.exc import IntegrityError

from bot.clock import Clock
from storage.tables import communities, counters
from storage.unit_of_work import Database

ADD = insert(communities)
COUNT = insert(counters)


async def opened(url: str) -> Database:
    database = Database(url, Clock().now)
    await database.open()
    return database


async def test_the_writer_goes_on_after_a_failed_commit(empty_url: str) -> None:
    database = await opened(empty_url)
    with pytest.raises(IntegrityError):  # the foreign key is looked at by the commit only
        async with database.begin() as uow:
            uow.write(COUNT, {"community_id": 99, "name": "orphan", "value": 1})
    async with database.begin() as uow:
        uow.write(ADD, {"id": 1, "code": "a", "organisation": {}})
    async with database.begin() as uow:
        assert [row.id for row in await uow.read(select(communities.c.id))] == [1]
        assert await uow.read(select(counters.c.name)) == []
    await database.close()


async def test_a_loop_that_is_cancelled_between_turns_leaves_no_lock(empty_url: str) -> None:
    database = await opened(empty_url)

    async def write_for_ever() -> None:
        while True:
            async with database.begin() as uow:
                await uow.read(select(communities.c.id))

    for _ in range(20):
        loop = asyncio.create_task(write_for_ever())
        await asyncio.sleep(0)
        async with database.between_turns():
            loop.cancel()
        await asyncio.gather(loop, return_exceptions=True)
        async with asyncio.timeout(5), database.begin() as uow:
            assert await uow.read(select(communities.c.id)) == []
    await database.close()
