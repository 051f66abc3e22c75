"""Searching: all pieces must be there, one's own when asked, never over the wall."""

from dataclasses import replace

from bot.domain.search import pieces_of, wanted
from bot.services import search_index
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from storage import case, person, search
from storage.search import Eyes
from storage.unit_of_work import Database
from tests.support.database import a_case, a_person
from tests.support.offline import ORGANISATION

ALL = Eyes(0, frozenset({""}))


async def test_what_has_all_pieces_is_found_newest_first(database: Database) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        person.add(uow, a_person(2))
        for number, reporter, words in (
            (1001, 1, "电梯坏了"),
            (1002, 2, "电梯吵"),
            (1003, 1, "灯坏了"),
        ):
            one = a_case(number, reporter_id=reporter)
            case.add(uow, one)
            search.put(uow, {(1, number): pieces_of([words])})
    async with database.begin() as uow:

        async def found(query: str, eyes: Eyes = ALL, community: int = 1) -> list[int]:
            numbers = await search.page(uow, community, wanted(query), eyes=eyes, passed=0, most=10)
            assert len(numbers) == await search.count(uow, community, wanted(query), eyes=eyes)
            return numbers

        assert await found("电梯") == [1002, 1001]
        assert await found("电梯坏") == [1001]
        assert await found("坏") == [1003, 1001]
        assert await found("电梯", eyes=Eyes(1)) == [1001]
        assert await found("电梯", eyes=Eyes(3)) == []
        assert await found("电梯", community=2) == []
        assert await search.page(uow, 1, wanted("坏"), eyes=ALL, passed=1, most=1) == [1001]


async def test_somebody_who_serves_in_a_part_finds_what_lies_there_and_their_own(
    database: Database,
) -> None:
    lying = {1001: "east", 1002: "west", 1003: None, 1004: "west"}
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        person.add(uow, a_person(2))
        for number, estate in lying.items():
            one = a_case(number, estate=estate, grid=f"g-{estate}", building=f"b-{estate}")
            case.add(uow, replace(one, handler_id=2 if number == 1004 else None))
            search.put(uow, {(1, number): pieces_of(["电梯"])})
    async with database.begin() as uow:
        for scope in ("estate:east", "grid:g-east", "building:b-east"):
            eyes, looked_for = Eyes(2, frozenset({scope})), wanted("电梯")
            found = await search.page(uow, 1, looked_for, eyes=eyes, passed=0, most=9)
            assert found == [1004, 1003, 1001]
            assert await search.count(uow, 1, looked_for, eyes=eyes) == 3


async def test_new_words_take_the_place_of_the_old(database: Database) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        case.add(uow, a_case(1001))
        search.put(uow, {(1, 1001): pieces_of(["电梯"])})
    async with database.begin() as uow:
        search.put(uow, {(1, 1001): pieces_of(["电灯"])})
        assert await search.count(uow, 1, wanted("电灯"), eyes=ALL) == 1
        assert await search.count(uow, 1, wanted("电梯"), eyes=ALL) == 0


async def test_what_a_case_says_is_written_by_and_by(database: Database) -> None:
    async with database.begin() as uow:
        here = (await import_organisation(uow, read_organisation(ORGANISATION))).id
    filed = a_case(1001, community=here, words="502室电梯坏了", reporter_id=9001)
    async with database.begin() as uow:
        person.add(uow, a_person(9001, community=here))
        for number in (1001, 1002, 1003):
            one = replace(filed, number=number)
            case.add(uow, one)
            search_index.index(uow, None, one)
    assert await are_any_marked(database)
    async with database.begin() as uow:
        assert await search_index.catch_up(uow, most=2)
        assert await search.page(uow, here, wanted("电梯"), eyes=ALL, passed=0, most=9) == [
            1002,
            1001,
        ]
        assert not await search_index.catch_up(uow, most=2)
        assert await search.count(uow, here, wanted("电梯"), eyes=ALL) == 3
        assert await search.count(uow, here, wanted("502"), eyes=ALL) == 0
    assert not await are_any_marked(database)
    async with database.begin() as uow:
        search_index.index(uow, filed, replace(filed, reason="no"))
    assert not await are_any_marked(database)
    async with database.begin() as uow:
        for _ in range(2):
            changed = replace(filed, outcome="换了钢丝绳")
            await case.save(uow, replace(changed, version=2), 1)
            search_index.index(uow, filed, changed)
    async with database.begin() as uow:
        assert not await search_index.catch_up(uow)
        assert await search.count(uow, here, wanted("钢丝绳"), eyes=ALL) == 1
        assert await search.count(uow, here, wanted("电梯"), eyes=ALL) == 3


async def are_any_marked(database: Database) -> bool:
    async with database.reading() as connection:
        return await search.any_marked(connection)
