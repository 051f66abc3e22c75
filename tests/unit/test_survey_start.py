"""Who was found among the news while pages of people are still being taken in, is asked once."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services import survey_due as dues
from storage import due
from storage import survey as surveys
from tests.support.offline import Offline, offline
from tests.unit.survey_room import SURVEY, account, begin


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        yield made
        assert made.defects == []


async def test_a_page_goes_on_behind_somebody_who_is_known(bot: Offline) -> None:
    await begin(bot, 3)
    async with bot.house.database.begin() as uow:
        held = await surveys.find(uow, 1, SURVEY)
        assert held is not None
        due.plan_new(uow, dues.row(held, dues.START, uow.now, "1"))
    await bot.pass_(timedelta(minutes=1))
    assert len(await bot.rows("SELECT person_id FROM survey_guests")) == 3
    for n in range(3):
        invitations = [one for one, _ in bot.phones.sent if one.chat_id == account(n)]
        assert sum(one.kind == "survey.invite" for one in invitations) == 1
