"""Small changes at the end of somebody else's transaction: together or not at all."""

import asyncio
import contextvars
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from sqlalchemy import insert

from storage.guests import HostFailedError
from storage.tables import meta
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import rows

PUT = insert(meta)
KEYS = "SELECT key FROM meta ORDER BY key"
Work = Callable[[UnitOfWork], Awaitable[str]]


def writes(key: str, *, fails: bool = False) -> Work:
    async def work(uow: UnitOfWork) -> str:
        assert (uow.cause, uow.acting) == (None, ())
        uow.write(PUT, {"key": key, "value": 1})
        if fails:
            raise ConnectionError
        return key

    return work


def comes(database: Database, work: Work) -> asyncio.Task[str]:
    """Let somebody come while a transaction is open, in a context of their own."""
    return asyncio.create_task(database.join(work), context=contextvars.Context())


async def host(database: Database, *guests: Work) -> list[asyncio.Task[str]]:
    """Open a transaction, let the guests come in it, and end it."""
    came: list[asyncio.Task[str]] = []
    async with database.begin(takes_guests=True) as uow:
        uow.cause, uow.acting = 7, (5,)
        uow.write(PUT, {"key": "host", "value": 1})
        assert not database.others_wait
        came += [comes(database, one) for one in guests]
        await asyncio.sleep(0)
        assert database.others_wait == bool(guests)
    assert (uow.cause, uow.acting) == (7, (5,))
    return came


async def test_without_a_host_it_is_a_transaction_of_its_own(database: Database) -> None:
    assert await database.join(writes("own")) == "own"
    assert await rows(database, KEYS) == [("own",)]


async def test_guests_are_kept_with_the_host_in_one_commit(database: Database) -> None:
    commits: list[UnitOfWork] = []
    database.on_commit.append(commits.append)
    first, second = await host(database, writes("a"), writes("b"))
    assert [await first, await second] == ["a", "b"]
    assert await rows(database, KEYS) == [("a",), ("b",), ("host",)]
    assert len(commits) == 1


async def test_a_host_that_fails_takes_its_guests_along(database: Database) -> None:
    came: list[asyncio.Task[str]] = []

    async def fail() -> None:
        async with database.begin(takes_guests=True):
            came.append(comes(database, writes("a")))
            await asyncio.sleep(0)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await fail()
    with pytest.raises(HostFailedError):
        await came[0]
    assert await rows(database, KEYS) == []
    assert await database.join(writes("a")) == "a"


async def test_a_guest_that_fails_takes_the_host_along(database: Database) -> None:
    guests: list[asyncio.Task[str]] = []

    async def serve() -> None:
        async with database.begin(takes_guests=True) as uow:
            uow.write(PUT, {"key": "host", "value": 1})
            guests.extend(comes(database, one) for one in (writes("a", fails=True), writes("b")))
            await asyncio.sleep(0)

    with pytest.raises(ConnectionError):
        await serve()
    for one in guests:
        with pytest.raises(HostFailedError):
            await one
    assert await rows(database, KEYS) == []
    assert not database.others_wait


async def test_who_no_longer_waits_writes_nothing(database: Database) -> None:
    async with database.begin(takes_guests=True):
        guest = comes(database, writes("a"))
        await asyncio.sleep(0)
        guest.cancel()
        await asyncio.sleep(0)
    assert await rows(database, KEYS) == []


async def test_a_transaction_without_room_lets_them_wait_for_their_turn(database: Database) -> None:
    order: list[Any] = []
    database.on_commit.append(lambda uow: order.append(uow.cause))
    async with database.begin() as uow:
        uow.cause = 1
        guest = comes(database, writes("a"))
        await asyncio.sleep(0)
        assert database.others_wait
    assert await guest == "a"
    assert order == [1, None]
