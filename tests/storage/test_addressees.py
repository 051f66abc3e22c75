"""Who is meant by a description of addressees: counted, read in pages, the same one by one."""

from collections.abc import AsyncIterator
from dataclasses import replace

import pytest
from sqlalchemy import insert

from bot.domain.addressees import Addressees, Count
from bot.domain.onbehalf import account_of
from bot.domain.residence import Residence
from bot.domain.role import Role
from bot.services import addressees
from storage import case as cases
from storage import co_signer as co_signers
from storage import home, person, residence
from storage.co_signer import CoSigner
from storage.home import Home
from storage.tables import communities
from storage.unit_of_work import Database, UnitOfWork
from tests.support.chat_room import chat_room
from tests.support.database import START, HandClock, a_case, a_person

IN_3 = Addressees(scopes=("building:3",))
FIRST = 101  # the people of the example have smaller ids
BLOCKED, BY_PHONE = FIRST + 3, FIRST + 4


@pytest.fixture
async def town(database: Database, clock: HandClock) -> AsyncIterator[Database]:
    async with chat_room(database, clock):
        async with database.begin() as uow:
            fill(uow)
        yield database


def fill(uow: UnitOfWork) -> None:
    """Add five who live in building 3, in different ways, and three in other places."""
    for number, told, more in (
        (FIRST, "3-1", {}),
        (FIRST + 1, "3-2", {"roles": frozenset({Role.VOLUNTEER})}),
        (FIRST + 2, None, {}),  # has shown it
        (BLOCKED, "3-1", {"blocked_at": START}),
        (BY_PHONE, "3-1", {"telegram_id": account_of(BY_PHONE)}),
        (FIRST + 5, "5-1", {"parts": frozenset({(Role.GRID_WORKER, "building:3")})}),
        (FIRST + 6, None, {}),
    ):
        person.add(uow, replace(a_person(number, home=told), **more))
    home.add(uow, 1, [Home("3", 1, str(door)) for door in range(101, 106)])
    residence.add(uow, Residence(1, 1, FIRST + 2, "3", 1, "101", START, 1))
    residence.add(uow, Residence(1, 2, FIRST, "3", 1, "102", START, 1))


async def ids(town: Database, whom: Addressees) -> list[int]:
    """Return those of our people who are meant."""
    async with town.begin() as uow:
        found = [one.id async for one in addressees.everyone(uow, 1, whom)]
    return [one for one in found if one >= FIRST]


async def test_a_building_is_who_says_so_and_who_has_shown_it(town: Database) -> None:
    assert await ids(town, IN_3) == [FIRST, FIRST + 1, FIRST + 2]
    assert FIRST + 5 in await ids(town, Addressees(scopes=("building:5",)))
    assert await ids(town, Addressees(scopes=("building:99",))) == []


async def test_it_counts_whom_a_message_reaches_and_the_homes_without(town: Database) -> None:
    async with town.begin() as uow:
        before = await addressees.count(uow, 1, IN_3)
        lost = [one.id for one in await addressees.missed(uow, 1, IN_3)]
    assert (before.blocked, before.without_chat) == (1, 1)
    assert lost == [BLOCKED, BY_PHONE]
    assert before.homes is not None, "two of five are shown; whoever says only a unit is one more"
    async with town.begin() as uow:
        person.add(uow, a_person(FIRST + 7, home="3-2"))
        after = await addressees.count(uow, 1, IN_3)
    assert after.reached == before.reached + 1
    assert after.homes == max(0, before.homes - 1)


async def test_roles_teams_cases_and_people(town: Database) -> None:
    everywhere = Addressees(roles=(Role.GRID_WORKER,))
    assert await ids(town, everywhere) == [FIRST + 5]
    assert await ids(town, replace(everywhere, scopes=("building:3",))) == [FIRST + 5]
    assert await ids(town, replace(everywhere, scopes=("building:5",))) == []
    assert await ids(town, Addressees(people=(FIRST + 6, BLOCKED))) == [FIRST + 6]
    async with town.begin() as uow:
        case = a_case(900, reporter_id=FIRST)
        cases.add(uow, case)
        await co_signers.add(uow, CoSigner(1, 900, FIRST + 6, START))
    assert await ids(town, Addressees(case=900)) == [FIRST, FIRST + 6]
    assert await ids(town, Addressees(case=901)) == []
    async with town.begin() as uow:
        nobody = await addressees.count(uow, 1, Addressees(case=901))
        team = [one.name async for one in addressees.everyone(uow, 1, Addressees(team="linye"))]
    assert nobody == Count()
    assert team == []


async def test_pages_follow_each_other_and_one_by_one_it_is_the_same(town: Database) -> None:
    everybody = Addressees()
    async with town.begin() as uow:
        whole = [one.id async for one in addressees.everyone(uow, 1, everybody)]
        first = await addressees.page(uow, 1, everybody, most=4)
        second = await addressees.page(uow, 1, everybody, after=first[-1].id, most=400)
        assert [one.id for one in [*first, *second]] == whole
        for whom in (everybody, IN_3, Addressees(roles=(Role.VOLUNTEER,))):
            meant = {one.id async for one in addressees.everyone(uow, 1, whom)}
            for id_ in whole:
                one = (await person.find(uow, 1, [id_]))[id_]
                assert await addressees.means(uow, whom, one) is (id_ in meant), (whom, one)


async def test_the_other_community_is_never_meant(town: Database) -> None:
    async with town.begin() as uow:
        await uow.write_now(insert(communities), {"id": 2, "code": "west", "organisation": {}})
        person.add(uow, a_person(FIRST, community=2, telegram_id=9_000))
        found = [one async for one in addressees.everyone(uow, 1, Addressees())]
    assert found
    assert {one.community_id for one in found} == {1}


def test_what_is_stored_is_read_again() -> None:
    for one in (
        Addressees(),
        IN_3,
        Addressees(roles=(Role.VOLUNTEER,), scopes=("grid:g1",)),
        Addressees(team="a"),
        Addressees(case=1),
        Addressees(people=(1, 2)),
    ):
        assert Addressees.read(one.stored()) == one
