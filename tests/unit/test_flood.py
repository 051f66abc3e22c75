"""How much one resident may send: the rule, and that it is counted from the tables."""

import json
from datetime import timedelta

import pytest

from bot.domain.flood import MINUTE, Allowance, Passage
from bot.services import flood
from storage import inbox
from storage.inbox import Taken
from storage.unit_of_work import Database
from tests.support.database import HandClock

NOW = timedelta(0)


@pytest.mark.parametrize(
    ("nth", "waited", "wanted"),
    [
        (1, NOW, Passage.GOES_ON),
        (30, NOW, Passage.GOES_ON),
        (31, NOW, Passage.NOTICE),
        (32, NOW, Passage.DROPPED),
        (9999, NOW, Passage.DROPPED),
        (31, MINUTE, Passage.NOTICE),
        (31, timedelta(hours=6), Passage.GOES_ON),  # the bot was away, not the person fast
    ],
)
def test_thirty_updates_a_minute_and_one_notice(
    nth: int, waited: timedelta, wanted: Passage
) -> None:
    assert Allowance().of_update(nth, waited) is wanted


@pytest.mark.parametrize(
    ("in_hour", "in_day", "may"),
    [(0, 0, True), (4, 4, True), (5, 5, False), (0, 14, True), (0, 15, False)],
)
def test_five_reports_an_hour_and_fifteen_a_day(*, in_hour: int, in_day: int, may: bool) -> None:
    assert Allowance().may_report(in_hour, in_day) is may


def taken(number: int, lane: str) -> Taken:
    return Taken(1, number, lane, json.dumps({"update_id": number}))


async def test_updates_are_counted_in_the_table_by_lane_and_minute(
    database: Database, clock: HandClock
) -> None:
    async with database.begin() as uow:
        await inbox.take_in(uow, 1, [taken(n, "person:5") for n in range(1, 8)], 8)
        await inbox.take_in(uow, 1, [taken(n, "person:6") for n in range(8, 10)], 10)
    batch = [taken(6, "person:5"), taken(10, "person:6"), taken(11, "person:7")]

    async with database.begin() as uow:
        assert await flood.sent_before(uow, batch) == {"person:5": 5, "person:6": 0, "person:7": 0}
    clock.pass_(seconds=61)
    async with database.begin() as uow:
        assert await flood.sent_before(uow, batch) == dict.fromkeys(
            ("person:5", "person:6", "person:7"), 0
        )
