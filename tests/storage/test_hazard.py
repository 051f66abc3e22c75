"""What is ticked on a patrol: one case a hazard, and none twice for the same thing."""

from collections.abc import AsyncIterator
from datetime import time, timedelta
from pathlib import Path

import pytest

from bot.domain.recurrence import Rule
from bot.domain.roster import Roster
from bot.domain.shift import HAZARDS, Duty, DutyStatus, Shift
from bot.services import hazard
from bot.services.finding import PATROL
from bot.services.organisation_file import read_organisation
from storage import case as cases
from storage import co_signer, community, person
from storage import roster as rosters
from storage import shift as shifts
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, a_person, make_database, opened
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})
HOUR = timedelta(hours=1)
ROSTER = Roster(1, 1, "night", "gate", Rule("FREQ=DAILY", time(19), HOUR), 2, 1)
TONIGHT = Shift(1, 1, 1, START.date(), START - HOUR, START + HOUR, 2)


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    await make_database(tmp_path / "linli.db", "east")
    async with opened(tmp_path / "linli.db", HandClock()) as held:
        async with held.begin() as uow:
            await community.keep(uow, "east", DOCUMENT)
            rosters.add(uow, ROSTER)
            shifts.add(uow, TONIGHT)
            for n in (1, 2):
                person.add(uow, a_person(n))
                shifts.put(uow, Duty(1, n, 1, n, DutyStatus.CAME, came_at=START))
        yield held


async def _ticks(uow: UnitOfWork, n: int, *seen: str) -> Duty:
    """Let somebody tick and hand in; return their duty as it is then."""
    duty = await shifts.find_duty(uow, 1, n)
    who = (await person.find(uow, 1, [n]))[n]
    assert duty is not None
    return await hazard.report(uow, who, ROSTER, duty.changed(hazards=seen))


async def test_each_hazard_is_a_case_at_the_place_with_its_category(database: Database) -> None:
    async with database.begin() as uow:
        duty = await _ticks(uow, 1, *HAZARDS)
    async with database.begin() as uow:
        assert set(duty.reported) == set(HAZARDS)
        assert len(set(duty.reported.values())) == len(HAZARDS)
        found = {one: await cases.find(uow, 1, number) for one, number in duty.reported.items()}
        again = await shifts.find_duty(uow, 1, 1)
    assert again == duty
    for one in found.values():
        assert one is not None
        assert (one.channel, one.place) == (PATROL, "东区大门")
    kinds = {name: one.category for name, one in found.items() if one}
    assert kinds == {
        "passage": "fire_safety",
        "fire_gear": "fire_safety",
        "charging": "fire_safety",
        "lights": "lighting",
        "doors": "access",
        "height": "building",
    }


async def test_the_same_thing_at_the_same_place_is_joined(database: Database) -> None:
    async with database.begin() as uow:
        first = await _ticks(uow, 1, "passage")
    async with database.begin() as uow:
        second = await _ticks(uow, 2, "passage", "charging")
    async with database.begin() as uow:
        mine = await _ticks(uow, 1, "passage", "charging")
        joined = await co_signer.of_case(uow, 1, first.reported["passage"])
    assert second.reported["passage"] == first.reported["passage"]
    assert second.reported["charging"] != first.reported["passage"], "the same category, another"
    assert [one.person_id for one in joined] == [2]
    assert mine.reported == second.reported


async def test_nothing_is_handed_in_twice(database: Database) -> None:
    async with database.begin() as uow:
        await _ticks(uow, 1, "doors")
    async with database.begin() as uow:
        who = (await person.find(uow, 1, [1]))[1]
        duty = await shifts.find_duty(uow, 1, 1)
        assert duty is not None
        assert await hazard.report(uow, who, ROSTER, duty) == duty
