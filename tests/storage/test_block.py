"""A block comes along with the person: their roles rest until it ends, to the instant."""

from dataclasses import replace
from datetime import timedelta

from bot.domain.block import Block, BlockStatus
from bot.domain.role import Role
from storage import block, person
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, a_person

DAY = timedelta(days=1)


async def test_roles_rest_while_it_stands_and_come_back_by_themselves(
    database: Database, clock: HandClock
) -> None:
    one = Block(1, 1, 1, "spam", None, BlockStatus.STANDS, "day", START + DAY, 2, START)
    async with database.begin() as uow:
        for id_ in (1, 2):
            person.add(uow, a_person(id_, Role.DISPATCHER, telegram_id=7000 + id_))
    async with database.begin() as uow:
        assert len(await person.holders(uow, 1, [Role.DISPATCHER])) == 2
        block.add(uow, one)  # seen at once, in the same transaction
        assert [who.id for who in await person.holders(uow, 1, [Role.DISPATCHER])] == [2]
        found = await person.find_by_telegram(uow, 7001)
        assert found is not None
        assert (found.block_id, found.roles) == (1, frozenset())
    clock.pass_(days=1)
    async with database.begin() as uow:
        found = await person.find_by_telegram(uow, 7001)
        assert found is not None
        assert found.block_id is None
        assert Role.DISPATCHER in found.roles


async def test_what_was_stays_as_history_and_only_what_stands_counts(database: Database) -> None:
    first = Block(1, 1, 1, "other", "words", BlockStatus.STANDS, "day", START + DAY, 2, START)
    async with database.begin() as uow:
        for id_ in (1, 2):
            person.add(uow, a_person(id_, telegram_id=7000 + id_))
        block.add(uow, first)
        block.change(uow, replace(first, status=BlockStatus.LIFTED, judged_by=2, judged_at=START))
        asked = replace(first, id=2, status=BlockStatus.ASKED, ends_at=None)
        block.add(uow, asked)
    async with database.begin() as uow:
        held = [(one.id, one.status, one.judged_by) for one in await block.of(uow, 1, 1)]
        assert held == [(1, BlockStatus.LIFTED, 2), (2, BlockStatus.ASKED, None)]
        found = await person.find(uow, 1, [1])
        assert found[1].block_id is None
