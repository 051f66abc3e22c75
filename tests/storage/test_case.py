"""Cases in the database: every field comes back, a save with an old version is refused."""

import asyncio
from dataclasses import fields, replace
from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.case import Status
from bot.domain.case_record import Case
from storage import case, person
from storage.case import Attachment, Entry
from storage.unit_of_work import Database
from tests.support.database import START, a_case, a_person, rows

FULL = Case(
    community_id=1,
    number=1001,
    status=Status.NEEDS_INFO,
    version=9,
    category="lighting",
    place="3号楼2单元",
    words="灯坏了 <b>&",
    channel="chat",
    urgent=True,
    reporter_id=1,
    reported_at=START + timedelta(microseconds=1),
    handler_id=2,
    former_handler_id=3,
    audience="pool",
    came_from=(Status.OFFERED, Status.NEEDS_INFO),
    round=1,
    returns=2,
    appeals=1,
    claimed_at=START + timedelta(minutes=1),
    first_contact_at=START + timedelta(minutes=2),
    resolved_at=START + timedelta(minutes=3),
    closed_at=START + timedelta(minutes=4),
    dispatch_due=START + timedelta(minutes=5),
    claim_due=START + timedelta(minutes=6),
    contact_due=START + timedelta(minutes=7),
    solution_due=START + timedelta(minutes=8),
    promise_at=START + timedelta(minutes=9),
    reason="because",
    outcome="done",
    door="301",
    no_photo="other",
    place_key="east/3/2",
    level="property",
    lead_id=3,
    master=1000,
    hold_until=START + timedelta(minutes=10),
    asked={"what": "hold"},
    held_at=START + timedelta(minutes=12),
    arrived_at=START + timedelta(minutes=13),
    tier=2,
    original_due=START + timedelta(minutes=11),
    estate="east",
    grid="g1",
    building="3",
    clock_from=START + timedelta(minutes=12),
    nudged=2,
    company="anju",
    due_on="2026-11-17",
    dispatched_at=START + timedelta(minutes=14),
    responded_at=START + timedelta(minutes=15),
    done_at=START + timedelta(minutes=16),
)


@pytest.fixture
async def town(database: Database) -> Database:
    async with database.begin() as uow:
        for number in (1, 2, 3):
            person.add(uow, a_person(number))
    return database


async def found(database: Database, number: int = 1001) -> Case:
    async with database.begin() as uow:
        read = await case.find(uow, 1, number)
    assert read is not None
    return read


async def test_every_field_comes_back_as_it_was(town: Database) -> None:
    assert all(getattr(FULL, one.name) not in (None, False) for one in fields(Case))
    async with town.begin() as uow:
        await person.find(uow, 1, [FULL.reporter_id])
        case.add(uow, FULL)
        assert await case.find(uow, 1, 1001) == FULL
    assert await found(town) == FULL


async def test_every_field_that_may_change_is_saved(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1001))
    changed = replace(FULL, version=2, reported_at=START)
    async with town.begin() as uow:
        assert await case.save(uow, changed, seen=1)
        assert await case.find(uow, 1, 1001) == changed
    assert await found(town) == changed


async def test_an_empty_way_back_is_none(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1001))
    assert (await found(town)).came_from == ()


async def test_a_save_with_an_old_version_is_refused(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1001))
    async with town.begin() as uow:
        assert await case.save(uow, a_case(1001, version=2, words="first"), seen=1)
    async with town.begin() as uow:
        assert not await case.save(uow, a_case(1001, version=2, words="second"), seen=1)
        assert not await case.save(uow, a_case(9999, version=2), seen=1)
    assert (await found(town)).words == "first"


async def test_of_two_who_save_at_once_one_wins(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1001, status=Status.OFFERED))

    async def claim(handler: int) -> bool:
        async with town.begin() as uow:
            taken = a_case(1001, version=2, status=Status.IN_PROGRESS, handler_id=handler)
            return await case.save(uow, taken, seen=1)

    assert sorted(await asyncio.gather(claim(2), claim(3))) == [False, True]


async def test_a_number_is_given_once(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1001))

    async def add_again() -> None:
        async with town.begin() as uow:
            case.add(uow, a_case(1001))

    with pytest.raises(IntegrityError):
        await add_again()


async def test_the_history_is_in_order_with_what_caused_it_and_a_version_stands_once(
    town: Database,
) -> None:
    filed = a_case(1001)
    report = Entry(1, "report", None, "submitted", 1, "resident", None, START)
    offer = Entry(2, "offer", "submitted", "offered", 2, "dispatcher", "why", START)
    async with town.begin() as uow:
        case.add(uow, filed)
        uow.cause = 500
        case.note(uow, filed, offer)
        case.note(uow, filed, report)
        assert await case.history(uow, 1, 1001) == [report, offer]
        assert await case.last_of(uow, 1, 1001, ["report", "offer"]) == offer
        assert await case.last_of(uow, 1, 1001, ["report"]) == report
        assert await case.last_of(uow, 1, 1001, ["claim"]) is None
    assert await rows(town, "SELECT DISTINCT update_id FROM case_history") == [(500,)]

    async def note_again() -> None:
        async with town.begin() as uow:
            case.note(uow, filed, offer)

    with pytest.raises(IntegrityError):
        await note_again()


async def test_the_same_picture_belongs_once_to_a_stage(town: Database) -> None:
    before = Attachment("before", "photo", "file-1", "unique-1", 1)
    after = Attachment("after", "photo", "file-2", "unique-1", 2)
    filed = a_case(1001)
    async with town.begin() as uow:
        case.add(uow, filed)
        assert await case.attached(uow, 1, 1001) == ()
        case.attach(uow, filed, before)
        assert await case.attached(uow, 1, 1001) == (before,)
        case.attach(uow, filed, after)
    async with town.begin() as uow:
        assert set(await case.attached(uow, 1, 1001)) == {before, after}

    async def attach_again() -> None:
        async with town.begin() as uow:
            case.attach(uow, filed, before)

    with pytest.raises(IntegrityError):
        await attach_again()


async def test_lists_are_by_person_and_status_in_their_order(town: Database) -> None:
    async with town.begin() as uow:
        for number, status, handler in (
            (1, Status.SUBMITTED, None),
            (2, Status.IN_PROGRESS, 2),
            (3, Status.IN_PROGRESS, 3),
            (4, Status.IN_PROGRESS, 2),
            (5, Status.CLOSED_SOLVED, 2),
        ):
            case.add(uow, a_case(number, status=status, handler_id=handler,
                                 closed_at=START if number == 5 else None))  # fmt: skip
        case.add(uow, a_case(6, reporter_id=2, reported_at=START - timedelta(days=9)))
    async with town.begin() as uow:
        mine = await case.reported_by(uow, 1, 1)
        assert [one.number for one in mine] == [5, 4, 3, 2, 1]
        assert [one.number for one in await case.reported_by(uow, 1, 1, most=2)] == [5, 4]
        new = await case.in_status(uow, 1, ["submitted", "closed_solved"])
        assert [one.number for one in new] == [1, 6]  # what is closed is in no such list
        assert await case.open_work(uow, 1, [1, 2, 3], ["in_progress"]) == {2: 2, 3: 1}
        assert await case.count_reported(uow, 1, START) == 5
        assert await case.count_closed(uow, 1, "closed_solved", START) == 1
        later = START + timedelta(microseconds=1)
        assert await case.count_closed(uow, 1, "closed_solved", later) == 0
        assert await case.count_in(uow, 1, ["in_progress"]) == 3


async def test_lists_see_what_was_written_in_the_same_transaction(town: Database) -> None:
    async with town.begin() as uow:
        case.add(uow, a_case(1))
        assert [one.number for one in await case.in_status(uow, 1, ["submitted"])] == [1]
        assert await case.save(uow, a_case(1, version=2, status=Status.OFFERED), seen=1)
        assert await case.in_status(uow, 1, ["submitted"]) == []
