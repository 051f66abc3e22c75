"""Files that are looked into first: what is due, what was found, and each in its community."""

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.picture import CLEAN, PAPER, REFUSED, WAITING, Key, Verdict
from storage import case, person, picture
from storage.case import Attachment
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, a_case, a_person

KEY = Key(1, 1001, "before", "doc-1")
PAPER_FILE = Attachment("before", "document", "id-1", "doc-1", 1, message_id=9)


@pytest.fixture
async def town(database: Database) -> Database:
    async with database.begin() as uow:
        for number in (1, 2, 3):
            person.add(uow, a_person(number))
    return database


async def filed(town: Database, *more: Attachment) -> None:
    async with town.begin() as uow:
        one = a_case(1001)
        case.add(uow, one)
        for file in (PAPER_FILE, *more):
            case.attach(uow, one, file)
        assert uow.pictures_planned


async def stands(town: Database, key: Key = KEY) -> picture.Picture:
    async with town.reading() as connection:
        found = await picture.look_up(connection, key)
    assert found is not None
    return found


async def due(town: Database, at: timedelta = timedelta()) -> list[str]:
    async with town.reading() as connection:
        return [one.key.unique for one in await picture.fallen_due(connection, START + at, 9)]


async def test_a_file_is_planned_with_its_case_and_a_photo_is_not(town: Database) -> None:
    await filed(town, Attachment("before", "photo", "id-2", "photo-1", 1))
    assert await due(town) == ["doc-1"]
    found = await stands(town)
    assert (found.state, found.file_id, found.message_id) == (WAITING, "id-1", 9)
    assert (found.came_at, found.checks, found.wanted) == (START, 0, ())
    async with town.begin() as uow:
        states = {one.kind: one.state for one in await case.attached(uow, 1, 1001)}
    assert states == {"document": WAITING, "photo": None}


async def test_a_photo_alone_plans_nothing(town: Database) -> None:
    async with town.begin() as uow:
        one = a_case(1001)
        case.add(uow, one)
        case.attach(uow, one, Attachment("before", "photo", "id-2", "photo-1", 1))
        assert not uow.pictures_planned


async def test_what_was_found_ends_it_and_is_seen_in_the_same_transaction(town: Database) -> None:
    await filed(town)
    async with town.begin() as uow:
        before = (await case.attached(uow, 1, 1001))[0]
        picture.want(uow, KEY, [4, 5])
        assert (await case.attached(uow, 1, 1001))[0] == replace(before, wanted=[4, 5])
        picture.settle(uow, KEY, Verdict(REFUSED, "heic"))
        assert (await case.attached(uow, 1, 1001))[0].state == REFUSED
    found = await stands(town)
    assert (found.state, found.reason, found.wanted) == (REFUSED, "heic", ())
    assert await due(town, timedelta(days=9)) == []


async def test_a_rolled_back_verdict_leaves_it_due(town: Database) -> None:
    await filed(town)

    async def fail() -> None:
        async with town.begin() as uow:
            picture.settle(uow, KEY, Verdict(PAPER))
            raise InterruptedError

    with pytest.raises(InterruptedError):
        await fail()
    assert await due(town) == ["doc-1"]


async def test_what_failed_is_due_later_unless_it_was_settled(town: Database) -> None:
    await filed(town)
    later = START + timedelta(seconds=5)
    async with town.begin() as uow:
        picture.postpone(uow, KEY, later, 1)
    assert await due(town) == []
    assert await due(town, timedelta(seconds=5)) == ["doc-1"]
    assert (await stands(town)).checks == 1
    async with town.reading() as connection:
        assert await picture.next_due(connection, START) == later
        assert await picture.next_due(connection, later) is None
    async with town.begin() as uow:
        picture.settle(uow, KEY, Verdict(CLEAN, sha256="abc"))
    async with town.begin() as uow:
        picture.postpone(uow, KEY, later, 2)
    assert await due(town, timedelta(days=9)) == []


async def test_the_new_id_is_kept_until_the_picture_is_made_anew(
    town: Database, clock: HandClock
) -> None:
    await filed(town)
    async with town.begin() as uow:
        picture.check_anew(uow, KEY)  # it is not clean yet: nothing happens
        picture.settle(uow, KEY, Verdict(CLEAN, sha256="abc"))
        picture.remember(uow, KEY, "new-id")
    assert (await stands(town)).clean_id == "new-id"
    clock.pass_(hours=1)
    async with town.begin() as uow:
        picture.check_anew(uow, KEY)
    found = await stands(town)
    assert (found.state, found.clean_id) == (WAITING, None)
    assert await due(town, timedelta(hours=1)) == ["doc-1"]


async def test_a_file_taken_out_is_no_longer_due_and_not_kept(town: Database) -> None:
    await filed(town, Attachment("before", "document", "id-2", "doc-2", 1, remark_id=3))
    second = Key(1, 1001, "before", "doc-2")
    async with town.begin() as uow:
        for key in (KEY, second):
            picture.settle(uow, key, Verdict(CLEAN, sha256="abc"))
        await case.detach(uow, a_case(1001), 3)
        assert await picture.find(uow, second) is None
    async with town.reading() as connection:
        assert await picture.names(connection) == {KEY.file_name}


async def test_the_same_file_of_two_communities_is_two(town: Database) -> None:
    other = Key(2, 1001, "before", "doc-1")
    assert other.file_name != KEY.file_name
    await filed(town)
    async with town.begin() as uow:
        picture.settle(uow, other, Verdict(CLEAN, sha256="abc"))
        assert await picture.find(uow, other) is None
    assert (await stands(town)).state == WAITING


def test_a_key_is_read_from_what_it_says() -> None:
    key = Key(3, 1001, "after", "Ag:AD_-x")
    assert Key.read(3, str(key)) == key
    assert key.file_name.endswith(".jpg")
    assert key.file_name.removesuffix(".jpg").isalnum()
