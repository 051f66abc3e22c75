"""Remarks: kept in order, numbered within their case, never lost when taken back."""

from datetime import timedelta

from bot.domain.remark import RemarkKind
from storage import case, person, remark
from storage.unit_of_work import Database
from tests.support.database import START, HandClock, a_case, a_person


async def test_remarks_are_numbered_within_their_case(database: Database) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        for number in (1001, 1002):
            case.add(uow, a_case(number))
        for number, words in ((1001, "一"), (1002, "二"), (1001, "三")):
            one = await case.find(uow, 1, number)
            assert one is not None
            await remark.add(uow, one, RemarkKind.NOTE, 1, words, n=number)
    async with database.begin() as uow:
        first = await remark.of(uow, 1, 1001)
        second = await remark.of(uow, 1, 1002)
    assert [(one.id, one.words, one.facts) for one in first] == [
        (1, "一", {"n": 1001}),
        (2, "三", {"n": 1001}),
    ]
    assert [(one.id, one.words, one.kind) for one in second] == [(1, "二", RemarkKind.NOTE)]


async def test_what_is_taken_back_stays_in_the_record(database: Database, clock: HandClock) -> None:
    async with database.begin() as uow:
        person.add(uow, a_person(1))
        case.add(uow, a_case(1001))
        one = await remark.add(uow, a_case(1001), RemarkKind.SUPPLEMENT, 1, "more")
    clock.pass_(minutes=5)
    async with database.begin() as uow:
        await remark.take_back(uow, one)
        seen = await remark.of(uow, 1, 1001)
    async with database.begin() as uow:
        assert await remark.of(uow, 1, 1001) == seen
    assert [one.taken_back_at for one in seen] == [START + timedelta(minutes=5)]
