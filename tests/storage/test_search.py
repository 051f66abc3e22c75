"""Searching: all pieces must be there, one's own when asked, never over the wall."""

from dataclasses import replace
from random import Random

import pytest

from bot.domain.role import Role
from bot.domain.search import pieces_of, tidy, wanted
from bot.services import search as finding
from bot.services import search_index
from bot.services.community import community_of
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from storage import case, person, search
from storage.search import Eyes
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, a_case, a_person, opened
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
            looked = await search.look(uow, community, wanted(query), eyes=eyes, most=10)
            assert looked.older is None
            return looked.numbers

        assert await found("电梯") == [1002, 1001]
        assert await found("电梯坏") == [1001]
        assert await found("坏") == [1003, 1001]
        assert await found("电梯", eyes=Eyes(1)) == [1001]
        assert await found("电梯", eyes=Eyes(3)) == []
        assert await found("电梯", community=2) == []
        assert (await search.look(uow, 1, wanted("坏"), eyes=ALL, most=1)).numbers == [1003]
        below = await search.look(uow, 1, wanted("坏"), eyes=ALL, most=9, below=1003)
        assert below.numbers == [1001]


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
            found = await search.look(uow, 1, looked_for, eyes=eyes, most=9)
            assert found.numbers == [1004, 1003, 1001]


async def test_new_words_take_the_place_of_the_old(database: Database) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        case.add(uow, a_case(1001))
        search.put(uow, {(1, 1001): pieces_of(["电梯"])})
    async with database.begin() as uow:
        search.put(uow, {(1, 1001): pieces_of(["电灯"])})
        assert await found_by(uow, "电灯") == [1001]
        assert await found_by(uow, "电梯") == []


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
        assert await found_by(uow, "电梯", here) == [1002, 1001]
        assert not await search_index.catch_up(uow, most=2)
        assert len(await found_by(uow, "电梯", here)) == 3
        assert await found_by(uow, "502", here) == []
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
        assert await found_by(uow, "钢丝绳", here) == [1001]
        assert len(await found_by(uow, "电梯", here)) == 3


async def found_by(uow: UnitOfWork, query: str, community: int = 1) -> list[int]:
    return (await search.look(uow, community, wanted(query), eyes=ALL, most=9)).numbers


@pytest.mark.parametrize("eyes", [ALL, Eyes(2, frozenset({"estate:east"})), Eyes(2)])
async def test_one_look_goes_so_far_and_the_next_one_goes_on_from_there(
    database: Database, monkeypatch: pytest.MonkeyPatch, eyes: Eyes
) -> None:
    monkeypatch.setattr(search, "LOOKED", 7)
    chance, expected = Random(3), list[int]()
    async with database.begin() as uow:
        for one in (1, 2):
            person.add(uow, a_person(one))
        for number in range(1, 121):
            estate, reporter = chance.choice(["east", "west"]), chance.choice([1, 2])
            handler = chance.choice([None, 1, 2])
            said = chance.choice(["电梯吵", "3号楼电梯坏了", "3号楼的灯", "灯坏了"])
            filed = a_case(number, estate=estate, reporter_id=reporter)
            case.add(uow, replace(filed, handler_id=handler))
            search.put(uow, {(1, number): pieces_of([said])})
            own = 2 in {reporter, handler}
            if "3号楼电梯" in said and (eyes is ALL or own or (eyes.scopes and estate == "east")):
                expected.insert(0, number)
    found, below, looks = list[int](), search.NEWEST, 0
    async with database.begin() as uow:
        while below:
            looked = await search.look(uow, 1, wanted("电梯 3号"), eyes=eyes, most=3, below=below)
            found, looks = found + looked.numbers, looks + 1
            below = looked.numbers[-1] if len(looked.numbers) == 3 else looked.older or 0
    assert found == expected
    assert looks >= 8, "and none of them goes to the end"


async def test_staff_looks_further_back_page_by_page(
    empty_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search, "LOOKED", 10)
    desk = a_person(9001, Role.DISPATCHER)
    async with opened(empty_url, HandClock()) as town:
        async with town.begin() as uow:
            await import_organisation(uow, read_organisation(ORGANISATION))
            person.add(uow, desk)
            for number in range(1, 26):
                case.add(uow, a_case(number, reporter_id=9001))
                search.put(uow, {(1, number): pieces_of(["电梯" if number != 20 else "灯"])})
        seen = list[list[int]]()
        async with town.begin() as uow:
            here = await community_of(uow, 1)
            for page, below, older in (
                (0, 0, 15),
                (1, 0, 15),
                (9, 0, 15),
                (0, 15, 5),
                (0, 5, None),
            ):
                found = await finding.find(
                    uow, here, desk, "电梯", page=page, per_page=6, below=below
                )
                assert (found["older"], found["below"]) == (older, below)
                seen.append([one["number"] for one in found["items"]])
    assert seen[:2] == [[25, 24, 23, 22, 21, 19], [18, 17, 16, 15]]
    assert seen[2:] == [seen[1], [14, 13, 12, 11, 10, 9], [4, 3, 2, 1]]


async def test_so_many_pieces_as_a_query_can_have(database: Database) -> None:
    async with database.begin() as uow:
        for query in ("1 2 3 4 5 6 7 8 9 a b c d e f g h", "一二三四五六七八九十百"):
            assert await found_by(uow, tidy(query)) == []


async def are_any_marked(database: Database) -> bool:
    async with database.reading() as connection:
        return await search.any_marked(connection)
