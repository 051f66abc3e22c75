"""Outages in the tables: what stands, what is kept between transactions, what was answered."""

from datetime import timedelta

import pytest

from bot.domain.outage import Outage, Said
from bot.domain.role import Role
from storage import case, outage, person
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, a_case, a_person

HOUR = timedelta(hours=1)


def an_outage(id_: int = 1) -> Outage:
    where = ("building:3", "building:5")
    return Outage(1, id_, 1, 1, "utilities", "water", where, START + HOUR, START, 1)


@pytest.fixture
async def filled(database: Database) -> Database:
    async with database.begin() as uow:
        person.add(uow, a_person(1, Role.DISPATCHER))
        person.add(uow, a_person(2))
        case.add(uow, a_case(1))
        outage.add(uow, an_outage())
    return database


async def test_what_was_written_is_read(filled: Database) -> None:
    async with filled.begin() as uow:
        assert await outage.standing(uow, 1) == (an_outage(),)
        assert await outage.find(uow, 1, 1) == an_outage()
        assert await outage.find(uow, 1, 2) is None


async def test_without_a_change_nothing_is_read_again(
    filled: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with filled.begin() as uow:
        await outage.standing(uow, 1)

    async def never(*_: object) -> None:
        raise AssertionError("the table was read")

    async with filled.begin() as uow:
        monkeypatch.setattr(UnitOfWork, "read", never)
        assert await outage.standing(uow, 1) == (an_outage(),)


async def _end_and_fail(filled: Database) -> None:
    async with filled.begin() as uow:
        outage.change(uow, an_outage().changed(ended_at=START))
        (changed,) = await outage.standing(uow, 1)
        assert changed.ended_at == START
        raise ZeroDivisionError


async def test_what_was_rolled_back_is_not_kept(filled: Database) -> None:
    async with filled.begin() as uow:
        await outage.standing(uow, 1)
    with pytest.raises(ZeroDivisionError):
        await _end_and_fail(filled)
    async with filled.begin() as uow:
        assert await outage.standing(uow, 1) == (an_outage(),)


async def test_answers_are_counted_and_the_last_one_counts(filled: Database) -> None:
    async with filled.begin() as uow:
        outage.ask(uow, an_outage(), [1, 2])
        assert await outage.said_by(uow, an_outage(), 1) == (True, None)
        assert await outage.said_by(uow, an_outage(), 3) == (False, None)
        outage.say(uow, an_outage(), 1, Said.NOT_YET)
        outage.say(uow, an_outage(), 2, Said.BACK)
    async with filled.begin() as uow:
        (found,) = await outage.standing(uow, 1)
        assert (found.asked, found.back, found.not_yet) == (2, 1, 1)
        outage.say(uow, an_outage(), 1, Said.BACK)
        (found,) = await outage.standing(uow, 1)
        assert (found.asked, found.back, found.not_yet) == (2, 2, 0)


async def test_what_ended_days_ago_stands_no_longer(filled: Database, clock: HandClock) -> None:
    async with filled.begin() as uow:
        outage.change(uow, an_outage().changed(ended_at=START))
        outage.add(uow, an_outage(2))
    clock.pass_(days=2)
    async with filled.begin() as uow:
        assert [one.id for one in await outage.standing(uow, 1)] == [2, 1]
        outage.change(uow, an_outage(2))
    clock.pass_(days=2)
    async with filled.begin() as uow:
        assert [one.id for one in await outage.standing(uow, 1)] == [2]
