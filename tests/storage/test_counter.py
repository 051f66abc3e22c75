"""Numbers are given out one after the other, and each counter is written once a transaction."""

import pytest

from storage.counter import next_number, set_number
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import rows

KEPT = "SELECT community_id, name, value FROM counters ORDER BY community_id, name"


async def test_numbers_go_on_where_the_last_transaction_left_off(database: Database) -> None:
    async with database.begin() as uow:
        set_number(uow, 1, "case", 1000)
    async with database.begin() as uow:
        assert [await next_number(uow, 1, "case") for _ in range(3)] == [1001, 1002, 1003]
        assert await next_number(uow, 1, "draft") == 1
        assert await next_number(uow, 2, "draft") == 1
    assert await rows(database, KEPT) == [(1, "case", 1003), (1, "draft", 1), (2, "draft", 1)]
    async with database.begin() as uow:
        assert await next_number(uow, 1, "draft") == 2
    assert await rows(database, KEPT) == [(1, "case", 1003), (1, "draft", 2), (2, "draft", 1)]


async def test_a_number_given_out_while_committing_is_kept_too(database: Database) -> None:
    async def late(uow: UnitOfWork) -> None:
        assert await next_number(uow, 1, "case") == 2

    async with database.begin() as uow:
        assert await next_number(uow, 1, "case") == 1
        uow.before_commit["late"] = late
    assert await rows(database, KEPT) == [(1, "case", 2)]


async def test_what_is_rolled_back_was_not_given_out(database: Database) -> None:
    async def give_one_and_fail() -> None:
        async with database.begin() as uow:
            await next_number(uow, 1, "case")
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await give_one_and_fail()
    async with database.begin() as uow:
        assert await next_number(uow, 1, "case") == 1
