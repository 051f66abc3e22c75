"""The inbox: known by membership, done once, forgotten after three days."""

from datetime import timedelta

import pytest
from sqlalchemy import delete

from storage import inbox
from storage.inbox import Taken
from storage.tables import inbox as inbox_rows
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, rows

BOT, OTHER = 77, 78


def updates(*ids: int, bot: int = BOT) -> list[Taken]:
    return [Taken(bot, one, f"person:{one % 10}", f'{{"update_id":{one}}}') for one in ids]


async def take(database: Database, *ids: int, bot: int = BOT) -> list[int]:
    async with database.begin() as uow:
        taken = await inbox.take_in(uow, bot, updates(*ids, bot=bot), ids[-1] + 1)
    return [one.update_id for one in taken]


async def left(database: Database, bot: int = BOT) -> list[Taken]:
    async with database.reading() as connection:
        return await inbox.unhandled(connection, bot)


async def offset(database: Database, bot: int = BOT) -> int | None:
    async with database.reading() as connection:
        return await inbox.next_offset(connection, bot)


async def test_what_comes_again_is_not_taken_in_again(database: Database) -> None:
    assert await offset(database) is None
    assert await take(database, 10, 11) == [10, 11]
    assert await take(database, 10, 11, 12) == [12]
    assert [one.update_id for one in await left(database)] == [10, 11, 12]
    assert await offset(database) == 13


async def test_a_smaller_number_is_new_when_it_is_not_known(database: Database) -> None:
    await take(database, 5_000_000)
    assert await take(database, 12, 13) == [12, 13]  # numbers fall after a week of silence
    assert await offset(database) == 14
    assert await take(database, 5_000_000) == []


async def test_two_bots_in_one_database_do_not_know_each_others(database: Database) -> None:
    await take(database, 10, 11)
    assert await take(database, 10, bot=OTHER) == [10]
    assert await offset(database, OTHER) == 11
    assert await offset(database) == 12
    assert [one.bot_id for one in await left(database, OTHER)] == [OTHER]


async def test_updates_and_offset_are_kept_together_or_not_at_all(database: Database) -> None:
    async def take_and_fail() -> None:
        async with database.begin() as uow:
            await inbox.take_in(uow, BOT, updates(10), 11)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await take_and_fail()
    assert await left(database) == []
    assert await offset(database) is None


async def test_a_done_update_is_not_found_again(database: Database, clock: HandClock) -> None:
    await take(database, 10, 11)
    clock.pass_(minutes=1)
    async with database.begin() as uow:
        inbox.mark_done(uow, updates(10)[0])
    assert [one.update_id for one in await left(database)] == [11]
    assert await take(database, 10) == []
    sql = "SELECT status, done_at - received_at FROM inbox WHERE update_id = 10"
    assert await rows(database, sql) == [("done", 60_000_000)]


async def test_a_failed_update_counts_its_attempts_and_is_set_aside_in_the_end(
    database: Database,
) -> None:
    await take(database, 10)
    (one,) = await left(database)
    again = START + timedelta(seconds=1)
    async with database.begin() as uow:
        inbox.mark_failed(uow, one, again, "K7M4")
    (one,) = await left(database)
    assert one.attempts == 1
    async with database.begin() as uow:
        inbox.mark_failed(uow, one, None, "AAAA")
    assert await left(database) == []
    sql = "SELECT status, attempts, error_code, done_at IS NULL FROM inbox"
    assert await rows(database, sql) == [("aside", 2, "AAAA", 0)]


async def test_what_was_handled_is_forgotten_after_three_days(
    database: Database, clock: HandClock
) -> None:
    await take(database, 10, 11, 12)
    async with database.begin() as uow:
        inbox.mark_done(uow, updates(10)[0])
        inbox.mark_failed(uow, updates(11)[0], None, "AAAA")
    for hours, gone in ((72, 0), (1, 2)):
        clock.pass_(hours=hours)
        async with database.begin() as uow:
            assert await inbox.forget_old(uow) == gone
    assert [one.update_id for one in await left(database)] == [12]  # never what is still to do


async def test_the_lane_and_the_raw_words_come_back_as_they_were(database: Database) -> None:
    raw = '{"update_id":10,"message":{"text":"灯坏了 <b>&\\u0000"}}'
    async with database.begin() as uow:
        await inbox.take_in(uow, BOT, [Taken(BOT, 10, "chat:-100", raw)], 11)
    assert await left(database) == [Taken(BOT, 10, "chat:-100", raw, 0)]
    async with database.begin() as uow:
        await uow.write_now(delete(inbox_rows))
    assert await offset(database) == 11  # the offset outlives the rows
