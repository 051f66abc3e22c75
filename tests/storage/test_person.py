"""People and their roles: held from when to when, known by account, never asked twice."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlalchemy import insert, text
from sqlalchemy.exc import IntegrityError

from bot.domain.audience import KEPT
from bot.domain.onbehalf import PHONE
from bot.domain.person import ERASED, Person
from bot.domain.role import Role
from storage import key, person
from storage.tables import people, roles
from storage.unit_of_work import Database
from storage.vault import BrokenSealError
from tests.support.database import START, HandClock, a_person, rows


async def add(database: Database, *newcomers: Person) -> None:
    async with database.begin() as uow:
        for one in newcomers:
            person.add(uow, one)


async def known(database: Database, telegram_id: int) -> Person | None:
    async with database.begin() as uow:
        return await person.find_by_telegram(uow, telegram_id)


async def give(
    database: Database, number: int, role: Role, since: datetime, until: datetime | None
) -> None:
    row = {
        "community_id": 1,
        "person_id": number,
        "role": role.value,
        "scope": "",
        "starts_at": since,
        "ends_at": until,
    }
    async with database.begin() as uow:
        await uow.write_now(insert(roles), row)


async def test_somebody_comes_back_as_they_were(database: Database) -> None:
    somebody = a_person(
        1, Role.VOLUNTEER, Role.ORGANIZER, home="3-2", name="王阿姨", blocked_at=START
    )
    await add(database, somebody)
    assert await known(database, somebody.telegram_id) == somebody
    async with database.begin() as uow:
        assert await person.find(uow, 1, [1, 2]) == {1: somebody}
    assert await known(database, 12345) is None


async def test_an_account_beyond_32_bits_is_kept(database: Database) -> None:
    await add(database, a_person(1, telegram_id=7_123_456_789_012))
    assert await known(database, 7_123_456_789_012) is not None


async def test_a_role_counts_from_its_start_to_its_end(
    database: Database, clock: HandClock
) -> None:
    await add(database, a_person(1))
    hour = timedelta(hours=1)
    await give(database, 1, Role.DISPATCHER, START + hour, START + 2 * hour)
    expected = [(0, False), (1, True), (0.99, True), (0.01, False), (5, False)]
    for hours, holds in expected:
        clock.pass_(hours=hours)
        found = await known(database, 7001)
        assert found is not None
        assert found.holds(Role.DISPATCHER) is holds
        async with database.begin() as uow:
            assert bool(await person.holders(uow, 1, [Role.DISPATCHER])) is holds


async def test_a_role_that_is_over_does_not_hide_one_that_is_held(database: Database) -> None:
    await add(database, a_person(1, Role.VOLUNTEER))
    await give(database, 1, Role.DISPATCHER, START - timedelta(days=9), START)
    found = await known(database, 7001)
    assert found is not None
    assert found.roles == {Role.VOLUNTEER}


async def test_holders_come_with_all_their_roles_in_the_order_they_joined(
    database: Database,
) -> None:
    await add(
        database,
        a_person(3, Role.VOLUNTEER),
        a_person(1, Role.VOLUNTEER, Role.ADMIN),
        a_person(2, Role.DISPATCHER),
    )
    async with database.begin() as uow:
        found = await person.holders(uow, 1, [Role.VOLUNTEER, Role.PROPERTY_STAFF])
        assert [one.id for one in found] == [1, 3]
        assert found[0].roles == {Role.VOLUNTEER, Role.ADMIN}
        assert [one.id for one in await person.holders(uow, 1, [Role.SUPERVISOR])] == []


async def test_who_is_granted_a_role_is_a_holder_in_the_same_transaction(
    database: Database,
) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        person.grant(uow, a_person(1), Role.SUPERVISOR, START)
        assert [one.id for one in await person.holders(uow, 1, [Role.SUPERVISOR])] == [1]


async def test_a_change_is_written_and_seen_at_once(database: Database) -> None:
    await add(database, a_person(1))
    changed = a_person(1, name="new", language="zh_CN", home="5-1", blocked_at=START)
    async with database.begin() as uow:
        await person.find(uow, 1, [1])
        person.change(uow, changed)
        assert await person.find(uow, 1, [1]) == {1: changed}
    assert await known(database, 7001) == changed


async def test_somebody_who_blocked_the_bot_is_marked_and_can_be_reached_again(
    database: Database,
) -> None:
    await add(database, a_person(1), a_person(2))
    for at in (START, None):
        async with database.begin() as uow:
            assert await person.find_by_telegram(uow, 7001) is not None
            await person.mark_blocked(uow, 7001, at)
            by_id = (await person.find(uow, 1, [1]))[1]
            assert by_id.blocked_at == at
            after = await person.find_by_telegram(uow, 7001)
            assert after == by_id
    other = await known(database, 7002)
    assert other is not None
    assert other.blocked_at is None


async def test_an_account_is_one_person_of_a_community(database: Database) -> None:
    await add(database, a_person(1))
    with pytest.raises(IntegrityError):
        await add(database, a_person(2, telegram_id=7001))
    async with database.begin() as uow:
        assert len(await person.find(uow, 1, [1])) == 1


async def test_people_are_read_in_one_query_and_then_remembered(database: Database) -> None:
    await add(database, *(a_person(number) for number in range(1, 6)))
    async with database.begin() as uow:
        await person.load_by_telegram(uow, [7001, 7002, 7003, 9999])
        await uow.write_now(people.update().values(language="fr"))
        for telegram_id in (7001, 7002, 7003):
            found = await person.find_by_telegram(uow, telegram_id)
            assert found is not None
            assert found.language == "en"
        assert await person.find_by_telegram(uow, 9999) is None
    assert await rows(database, "SELECT DISTINCT language FROM people") == [("fr",)]


SETTINGS = {PHONE: "13800001234", "large": True, KEPT: {PHONE: "010-55501240", "lead": True}}


async def raw(database: Database) -> str:
    return repr(await rows(database, "SELECT * FROM people"))


async def test_a_name_and_a_telephone_are_read_but_do_not_stand_there(database: Database) -> None:
    somebody = a_person(1, name="王秀兰", settings=SETTINGS)
    await add(database, somebody)
    assert await known(database, somebody.telegram_id) == somebody
    before = await raw(database)
    assert "王秀兰" not in before
    assert not [one for one in ("13800001234", "010-55501240") if one in before]
    assert "large" in before
    async with database.begin() as uow:
        await person.find(uow, 1, [1])
        person.change(uow, replace(somebody, name="李桂英", settings={PHONE: "010-66668888"}))
    found = await known(database, somebody.telegram_id)
    assert found is not None
    assert (found.name, found.settings) == ("李桂英", {PHONE: "010-66668888"})
    after = await raw(database)
    assert not [one for one in ("李桂英", "010-66668888") if one in after]


async def test_what_was_moved_to_another_row_does_not_open_there(database: Database) -> None:
    await add(database, a_person(1), a_person(2))
    async with database.begin() as uow:
        swap = "UPDATE people SET name = (SELECT name FROM people WHERE id = 1)"
        await uow.write_now(text(swap))
        with pytest.raises(BrokenSealError, match=r"people\.name"):
            await person.find(uow, 1, [2])


async def named(database: Database, words: str) -> list[str]:
    async with database.begin() as uow:
        return [one.name for one in await person.named(uow, 1, words)]


async def test_people_are_found_by_any_part_of_their_name(database: Database) -> None:
    names = ("王秀兰", "王兰秀", "兰王秀兰", "Anna Wang", "50%_\\\\", "")
    await add(
        database,
        *(a_person(number, name=name) for number, name in enumerate(names, start=1)),
        a_person(99, name="王秀兰", left_at=START),
        a_person(1, community=2, name="王秀兰"),
    )
    for words, expected in {
        "王": ["王秀兰", "王兰秀", "兰王秀兰"],
        "秀兰": ["王秀兰", "兰王秀兰"],
        "王秀兰": ["王秀兰", "兰王秀兰"],
        "兰秀": ["王兰秀"],
        "wANG": ["Anna Wang"],
        "a w": ["Anna Wang"],
        "%_": ["50%_\\\\"],
        "aa": [],
        "秀王": [],
        "李": [],
    }.items():
        assert await named(database, words) == expected, words


async def test_a_new_name_is_found_and_the_old_is_not(database: Database) -> None:
    await add(database, a_person(1, name="王秀兰"))
    async with database.begin() as uow:
        found = (await person.find(uow, 1, [1]))[1]
        person.change(uow, replace(found, name="李兰"))
    assert await named(database, "王秀") == []
    assert await named(database, "兰") == ["李兰"]
    kept = await rows(database, "SELECT mark FROM name_pieces")
    assert len(kept) == len("李兰") + 1
    assert not [one for (one,) in kept if one in {"李", "兰", "李兰"}]


async def test_who_was_erased_has_no_name_and_no_number(database: Database) -> None:
    await add(database, a_person(1, name="王秀兰", settings={PHONE: "13800001234", "large": True}))
    async with database.begin() as uow:
        found = (await person.find(uow, 1, [1]))[1]
        key.destroy(uow, 1, 1)
        person.change(uow, replace(found, home="3-2"))
    found = (await known(database, 7001)) or found
    assert (found.name, found.home) == (ERASED, "3-2")
    assert found.settings == {PHONE: None, "large": True}
    assert await named(database, "王") == []
    assert await rows(database, "SELECT name FROM people") == [("",)]
    assert await rows(database, "SELECT * FROM name_pieces") == []


async def test_nobody_is_changed_whose_key_was_not_read(database: Database) -> None:
    await add(database, a_person(1))
    async with database.begin() as uow:
        with pytest.raises(LookupError, match="person 1 was not read"):
            person.change(uow, a_person(1))
