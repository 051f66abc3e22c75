"""Importing an organisation: again and again, closing what is gone, over the wall of nobody."""

from copy import deepcopy
from datetime import date
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.domain.role import Role
from bot.services import seat
from bot.services.community import community_of
from bot.services.organisation import Imported, describe, import_organisation
from bot.services.organisation_diff import Change, What
from bot.services.organisation_file import OrganisationFault, check_organisation, read_toml
from bot.services.organisation_links import find_faults
from storage import home, person
from storage import seat as seats
from storage.tables import communities, homes, people
from storage.unit_of_work import Database
from tests.support.database import HandClock
from tests.support.offline import ORGANISATION

EXAMPLE = dict(read_toml(ORGANISATION).document)
UTILITIES = "utilities"
QIAN = 7000012  # sits in several bodies


def document() -> dict[str, Any]:
    return deepcopy(EXAMPLE)


async def bring(database: Database, given: dict[str, Any]) -> Imported:
    async with database.begin() as uow:
        return await import_organisation(uow, check_organisation(given, "town.toml"))


async def count(database: Database, table: Any) -> int:
    async with database.reading() as connection:
        return int((await connection.execute(select(func.count()).select_from(table))).scalar_one())


async def test_the_same_file_again_changes_nothing(empty: Database) -> None:
    first = await bring(empty, document())
    assert first.is_new
    assert Change("buildings", "3", What.ADDED) in first.changes
    assert first.homes == {What.ADDED: 3}
    again = await bring(empty, document())
    assert (again.id, again.is_new, again.changes, again.homes) == (first.id, False, [], {})
    assert list(describe(again))[1:] == ["  nothing changes"]


async def test_what_is_no_longer_in_the_file_is_closed_and_opened_when_it_is_back(
    empty: Database,
) -> None:
    here = (await bring(empty, document())).id
    less = document()
    less["spots"] = [one for one in less["spots"] if one["code"] != "square"]
    less["homes"] = less["homes"][1:]
    changed = await bring(empty, less)
    assert changed.changes == [Change("spots", "square", What.CLOSED)]
    assert changed.homes == {What.CLOSED: 1}
    async with empty.begin() as uow:
        community = await community_of(uow, here)
        offered = [one["name"] for one in community.place_tiles()]
        assert "中心广场" not in offered
        assert "东区大门" in offered
        shut = [one for one in await home.all_of(uow, here) if one.closed_at is not None]
        assert [one.key for one in shut] == [("3", 2, "302")]
    back = await bring(empty, document())
    assert back.changes == [Change("spots", "square", What.REOPENED)]
    assert back.homes == {What.REOPENED: 1}


async def test_a_table_that_the_file_does_not_speak_of_stays(empty: Database) -> None:
    here = (await bring(empty, document())).id
    short = document()
    for table in ("templates", "spots", "homes", "groups", "flood"):
        del short[table]
    changed = await bring(empty, short)
    assert (changed.changes, changed.homes) == ([], {})
    async with empty.begin() as uow:
        assert (await community_of(uow, here)).templates("ask", UTILITIES, "zh_CN")


async def test_a_change_names_its_fields(empty: Database) -> None:
    await bring(empty, document())
    other = document()
    other["buildings"][0]["units"] = 4
    other["community"]["phone"] = "010-5550 9999"
    other["homes"][0]["area"] = 100
    changed = await bring(empty, other)
    assert changed.changes == [
        Change("community", "", What.CHANGED, ("phone",)),
        Change("buildings", "1", What.CHANGED, ("units",)),
    ]
    assert changed.homes == {What.CHANGED: 1}
    assert list(describe(changed)) == [
        "幸福里社区 (xingfuli): is there already",
        "  community: 1 changed: (phone)",
        "  buildings: 1 changed: 1 (units)",
        "  homes: 1 changed",
    ]


async def test_a_category_that_is_closed_is_neither_offered_nor_guessed(empty: Database) -> None:
    here = (await bring(empty, document())).id
    less = document()
    less["categories"] = [one for one in less["categories"] if one["code"] != "lift"]
    less["routes"] = []
    await bring(empty, less)
    async with empty.begin() as uow:
        community = await community_of(uow, here)
        shown = community.kind_tiles()
        assert "lift" not in [one["code"] for one in shown]
        assert community.guess_category("电梯坏了") is None
        assert community.category_or_other("lift").name.zh_CN == "电梯"  # of what was reported
        assert community.category_or_other("never").code == "other"


async def test_who_serves_in_one_community_is_not_taken_into_another(empty: Database) -> None:
    await bring(empty, document())
    other = document()
    other["community"] = {**other["community"], "code": "hehe", "name": "和合社区"}
    with pytest.raises(OrganisationFault, match=r"people: .* belongs to another community"):
        await bring(empty, other)
    assert await count(empty, communities) == 1
    assert await count(empty, homes) == 3
    other["seats"] = []
    other["people"] = [{"telegram_id": 7990001, "name": "和合调度", "roles": ["dispatcher"]}]
    there = await bring(empty, other)
    async with empty.begin() as uow:
        new = await person.find_by_telegram(uow, 7990001)
        assert new is not None
        assert (new.community_id, new.roles) == (there.id, frozenset({Role.DISPATCHER}))
        assert len(await home.all_of(uow, there.id)) == 3
    assert await count(empty, people) == len(EXAMPLE["people"]) + 1


async def test_people_who_are_listed_again_keep_what_they_were_granted_since(
    empty: Database, clock: HandClock
) -> None:
    await bring(empty, document())
    clock.pass_(days=1)
    async with empty.begin() as uow:
        wang = await person.find_by_telegram(uow, EXAMPLE["people"][0]["telegram_id"])
        assert wang is not None
        person.grant(uow, wang, Role.VOLUNTEER, clock.now())
    await bring(empty, document())
    async with empty.begin() as uow:
        wang = await person.find_by_telegram(uow, EXAMPLE["people"][0]["telegram_id"])
        assert wang is not None
        assert Role.VOLUNTEER in wang.roles


async def test_one_person_serves_in_two_parts_with_different_roles_until_a_day(
    empty: Database, clock: HandClock
) -> None:
    row = {"telegram_id": 7999001, "name": "两头跑"}
    crossing = document()
    crossing["people"] = [
        {**row, "roles": ["dispatcher"], "estates": ["east"], "teams": ["engineering"]},
        {**row, "roles": ["volunteer"], "estates": ["west"], "until": date(2026, 11, 18)},
    ]
    crossing["seats"] = []
    for _ in range(2):  # the second time changes nothing
        await bring(empty, crossing)
    both = {(Role.DISPATCHER, "estate:east"), (Role.VOLUNTEER, "estate:west")}
    # From ten past nine on the 17th to midnight after the 18th, local.
    for hours, held in ((0, both), (38, both), (1, {(Role.DISPATCHER, "estate:east")})):
        clock.pass_(hours=hours)
        async with empty.begin() as uow:
            who = await person.find_by_telegram(uow, 7999001)
            assert who is not None
            assert (who.roles, set(who.parts)) == (frozenset(), held)
            assert who.settings["serves"]["teams"] == ["engineering"]


async def held(database: Database, telegram_id: int) -> list[tuple[str, str | None, str | None]]:
    """Return what the card of somebody shows of their seats: name, since, until."""
    async with database.begin() as uow:
        who = await person.find_by_telegram(uow, telegram_id)
        assert who is not None
        shown = await seat.shown(uow, await community_of(uow, who.community_id), who)
    return [(one["name"] or one["body"], one["since"], one["until"]) for one in shown]


async def test_one_person_sits_in_several_bodies_each_for_its_days(
    empty: Database, clock: HandClock
) -> None:
    crossing = document()
    one = {"telegram_id": QIAN, "body": "party", "since": date(2025, 1, 1)}
    crossing["seats"] = [
        {**one, "title": "书记", "lead": True},
        {**one, "body": "owners", "code": "east_owners", "until": date(2026, 11, 17)},
        {**one, "body": "branch", "code": "anju", "since": date(2026, 11, 18)},
    ]
    assert (await bring(empty, crossing)).seats == {What.ADDED: 3}
    assert (await bring(empty, crossing)).seats == {}, "the same again changes nothing"
    party, branch = ("party", "2025-01-01", None), ("安居物业党支部", "2026-11-18", None)
    owners = ("幸福里东区业委会", "2025-01-01", "2026-11-17")
    assert await held(empty, QIAN) == [owners, party, branch]
    clock.pass_(hours=14, minutes=49)  # it was ten past nine: one minute to midnight, local
    assert await held(empty, QIAN) == [owners, party, branch]
    clock.pass_(minutes=1)
    assert await held(empty, QIAN) == [party, branch]


async def test_a_seat_that_is_no_longer_in_the_file_ends_and_stays_as_history(
    empty: Database, clock: HandClock
) -> None:
    first = await bring(empty, document())
    assert first.seats == {What.ADDED: len(EXAMPLE["seats"])}
    less = document()
    gone = less["seats"].pop(0)
    less["seats"][0]["title"] = "副主任"
    clock.pass_(days=1)
    changed = await bring(empty, less)
    assert changed.seats == {What.CHANGED: 1, What.CLOSED: 1}
    assert "  seats: 1 changed" in list(describe(changed))
    async with empty.begin() as uow:
        ended = [one for one in await seats.all_of(uow, 1) if one.body == gone["body"]]
        assert [one.ends_at for one in ended] == [clock.now()]
    del less["seats"]  # a file that does not speak of them
    assert (await bring(empty, less)).seats == {}


def test_each_fault_of_a_seat_is_named() -> None:
    one = {"telegram_id": 1, "body": "party", "since": date(2026, 1, 1)}
    given = {
        "people": [{"telegram_id": 1}],
        "companies": [{"code": "anju"}],
        "committees": [],
        "seats": [
            one,
            one,
            {**one, "telegram_id": 2},
            {**one, "code": "anju"},
            {**one, "body": "branch"},
            {**one, "body": "owners", "code": "anju"},
            {**one, "body": "branch", "code": "anju"},
        ],
    }
    assert [(fault.row, fault.text) for fault in find_faults(given)] == [
        (2, "2 is not among the people"),
        (3, "party has no code: there is one"),
        (4, "there is no branch None"),
        (5, "there is no owners 'anju'"),
        (1, "telegram_id 1 stands twice in this body"),
    ]


async def test_a_role_begins_at_midnight_of_its_day(empty: Database, clock: HandClock) -> None:
    later = document()
    row = {"telegram_id": 7999001, "name": "明天上任", "roles": ["dispatcher"]}
    later["people"] = [{**row, "since": date(2026, 11, 18)}]
    later["seats"] = []
    for _ in range(2):
        await bring(empty, later)
    for minutes, roles in ((14 * 60 + 49, set()), (1, {Role.DISPATCHER})):
        clock.pass_(minutes=minutes)
        await bring(empty, later)  # again changes nothing
        async with empty.begin() as uow:
            who = await person.find_by_telegram(uow, 7999001)
            assert who is not None
            assert who.roles == roles


def test_days_that_end_before_they_begin_are_named() -> None:
    given = document()
    given["people"][0] |= {"since": date(2026, 2, 1), "until": date(2026, 1, 31)}
    given["seats"][0] |= {"until": date(2024, 1, 1)}
    with pytest.raises(OrganisationFault) as fault:
        check_organisation(given, "town.toml")
    assert str(fault.value).splitlines() == [
        "town.toml: people no. 1: until must not be earlier than since.",
        "town.toml: seats no. 1: until must not be earlier than since.",
    ]


def test_unknown_parts_and_rows_that_stand_twice_are_named() -> None:
    row = {"telegram_id": 1, "estates": ["nowhere"], "grids": ["g9"]}
    said = {one.text for one in find_faults({"people": [row, row], "estates": [{"code": "a"}]})}
    assert said >= {
        "there is no estate 'nowhere'",
        "there is no grid 'g9'",
        "telegram_id 1 stands twice",
    }
