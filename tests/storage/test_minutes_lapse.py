"""Minutes that nobody writes: the agenda comes back once, and climbs the second time."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.agenda import AGAIN, CLIMBED, TOPIC, Conclusion, Item, ItemStatus
from bot.domain.meeting import COORDINATION, OFF, TO_FILL, WEEKLY, Meeting
from bot.services import minutes_lapse
from bot.services.community import community_of
from bot.services.organisation_file import read_organisation
from storage import agenda, community, person
from storage import meeting as meetings
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, a_person, make_database, opened
from tests.support.offline import ORGANISATION

DOCUMENT = read_organisation(ORGANISATION).model_dump(mode="json", exclude={"homes", "people"})
(DRAFT,) = TO_FILL


def a_topic(words: str, **more: object) -> Item:
    return Item(1, 0, WEEKLY, TOPIC, None, None, START, words=words, person_id=1,
                status=ItemStatus.PLACED, meeting_id=1, **more)  # type: ignore[arg-type]  # fmt: skip


@pytest.fixture
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    await make_database(tmp_path / "linli.db", "east")
    async with opened(tmp_path / "linli.db", HandClock()) as held:
        async with held.begin() as uow:
            await community.keep(uow, "east", DOCUMENT)
            person.add(uow, a_person(1))
            meetings.add(uow, Meeting(1, 1, WEEKLY, "2026-11-05", DRAFT, 4, "", "",
                                      START - timedelta(days=10), 60, None))  # fmt: skip
            agreed = {"owner": 1, "until": "2026-12-01"}
            await agenda.keep(uow, a_topic("长椅", facts=agreed, conclusion=Conclusion.AGREED))
            await agenda.keep(uow, a_topic("路灯", facts={minutes_lapse.TIMES: 1}))
        yield held


async def _lapse(uow: UnitOfWork) -> None:
    one = await meetings.find(uow, 1, 1)
    assert one is not None
    await minutes_lapse.lapse(uow, await community_of(uow, 1), one)


async def test_it_comes_back_unspoken_and_climbs_the_second_time(database: Database) -> None:
    async with database.begin() as uow:
        await _lapse(uow)
    async with database.begin() as uow:
        one = await meetings.find(uow, 1, 1)
        (back,) = await agenda.of_series(uow, 1, WEEKLY)
        (up,) = await agenda.of_series(uow, 1, COORDINATION)
        (settled,) = await agenda.of_meeting(uow, 1, 1)
    assert one is not None
    assert one.status in OFF
    assert (back.words, back.meeting_id, back.conclusion) == ("长椅", None, None)
    assert back.facts == {minutes_lapse.TIMES: 1}, "nobody is named for what was not published"
    assert (up.words, up.kind, up.facts) == ("路灯", CLIMBED, {"from": settled.id})
    assert (settled.words, settled.conclusion) == ("路灯", Conclusion.CLIMB)
    assert AGAIN not in {back.kind, up.kind}
