"""Live cards: one a thing and chat, found again, handed on, sent anew."""

import pytest
from sqlalchemy.exc import IntegrityError

from storage import card
from storage.card import Card
from storage.tables import cards
from storage.unit_of_work import Database
from tests.support.database import rows


async def stored(database: Database) -> list[tuple[object, ...]]:
    sql = "SELECT id, chat_id, noun, subject_id, message_id FROM cards ORDER BY id"
    return [tuple(row) for row in await rows(database, sql)]


async def test_a_card_is_found_in_the_same_and_in_the_next_transaction(
    database: Database,
) -> None:
    async with database.begin() as uow:
        assert await card.of(uow, 1, "case", 1001) == ()
        made = await card.add(uow, 1, 7001, "case", 1001)
        other = await card.add(uow, 1, 7002, "case", 1001)
        assert await card.of(uow, 1, "case", 1001) == (made, other)
    async with database.begin() as uow:
        assert sorted(one.chat_id for one in await card.of(uow, 1, "case", 1001)) == [7001, 7002]
        assert await card.of(uow, 1, "case", 1002) == ()
        assert await card.of(uow, 1, "draft", 1001) == ()
    assert made == Card(1, 1, 7001, "case", 1001, None)


async def test_a_chat_has_one_card_of_a_thing(database: Database) -> None:
    async def add_twice() -> None:
        async with database.begin() as uow:
            await card.add(uow, 1, 7001, "case", 1001)
            await card.add(uow, 1, 7001, "case", 1001)

    with pytest.raises(IntegrityError):
        await add_twice()
    assert await stored(database) == []


async def test_each_topic_of_a_group_has_one_of_its_own(database: Database) -> None:
    async with database.begin() as uow:
        first = await card.add(uow, 1, -100, "case", 1001, 5)
        other = await card.add(uow, 1, -100, "case", 1001, 6)
        general = await card.add(uow, 1, -100, "case", 1001)
    async with database.begin() as uow:
        assert await card.of(uow, 1, "case", 1001) == (general, first, other)


async def test_the_drafts_card_becomes_that_of_the_case(database: Database) -> None:
    async with database.begin() as uow:
        made = await card.add(uow, 1, 7001, "draft", 5)
        card.begin(uow, 1, "case", 1001)
        changed = await card.become(uow, made, "case", 1001)
        assert await card.of(uow, 1, "draft", 5) == ()
        assert await card.of(uow, 1, "case", 1001) == (changed,)
    assert await stored(database) == [(1, 7001, "case", 1001, None)]
    async with database.begin() as uow:
        assert await card.of(uow, 1, "case", 1001) == (changed,)


async def test_a_card_that_is_sent_anew_or_moved_stays_the_card(database: Database) -> None:
    async with database.begin() as uow:
        await card.add(uow, 1, 7001, "case", 1001)
        await card.add(uow, 1, 7002, "case", 1001)
        await uow.write_now(cards.update().values(message_id=50))
    async with database.begin() as uow:
        first = next(one for one in await card.of(uow, 1, "case", 1001) if one.id == 1)
        assert first.message_id == 50
        detached = await card.show_in(uow, first, None)
        assert detached == Card(1, 1, 7001, "case", 1001, None)
        assert {one.message_id for one in await card.of(uow, 1, "case", 1001)} == {None, 50}
    assert [row[4] for row in await stored(database)] == [None, 50]
    async with database.begin() as uow:
        moved = await card.show_in(uow, first, 60)
        assert moved.message_id == 60
        assert {one.message_id for one in await card.of(uow, 1, "case", 1001)} == {60, 50}
    assert [row[4] for row in await stored(database)] == [60, 50]
    async with database.begin() as uow:  # PostgreSQL puts what was changed behind the rest
        assert [one.chat_id for one in await card.of(uow, 1, "case", 1001)] == [7001, 7002]


async def test_numbers_go_on_after_a_transaction_that_failed(database: Database) -> None:
    async def add_and_fail() -> None:
        async with database.begin() as uow:
            await card.add(uow, 1, 7001, "case", 1)
            raise ConnectionError

    with pytest.raises(ConnectionError):
        await add_and_fail()
    async with database.begin() as uow:
        assert (await card.add(uow, 1, 7001, "case", 1)).id == 1
        assert (await card.add(uow, 1, 7002, "case", 1)).id == 2
