"""Somebody who took part in a survey with names is erased: what they said goes with them."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.services import survey_due as dues
from bot.services.survey_result import sheets
from storage import due, erase
from storage import person as people
from storage import survey as surveys
from tests.support.offline import Offline, offline
from tests.unit.survey_room import FIRST_ID, SURVEY, account, answer, begin, press

N = 6


@pytest.fixture
async def bot(tmp_path: Path) -> AsyncIterator[Offline]:
    async with offline(tmp_path) as made:
        await begin(made, N, anonymous=False)
        yield made
        assert made.defects == []


async def erase_first(bot: Offline) -> None:
    """Erase the first neighbour, who has no account here any more."""
    async with bot.house.database.begin() as uow:
        who = (await people.find(uow, 1, [FIRST_ID]))[FIRST_ID]
        await erase.person(uow, who, "\ue000", -FIRST_ID)


async def test_who_has_answered_is_gone_from_the_workbook_and_hears_nothing(bot: Offline) -> None:
    for n in range(N):
        await answer(bot, n, n % 3, n % 3, f"话{n}")
    await erase_first(bot)
    async with bot.house.database.begin() as uow:
        held = await surveys.find(uow, 1, SURVEY)
        assert held is not None
        facts = await sheets(uow, held)
    assert len(facts["papers"]) == N - 1
    assert "话0" not in str(facts)
    await bot.pass_(timedelta(days=8))
    before = len(bot.phones.sent)
    async with bot.house.database.begin() as uow:
        (held,) = await surveys.latest(uow, 1)
        due.plan_new(uow, dues.row(held, dues.TELL, uow.now))
        surveys.change(uow, held.moved("publish"))
    await bot.pass_(timedelta(days=2))
    told = {one.chat_id for one, _ in bot.phones.sent[before:] if "survey" in one.kind}
    assert account(0) not in told
    assert account(1) in told


async def test_who_is_erased_half_way_is_asked_no_more(bot: Offline) -> None:
    await press(bot, account(0), "begin")
    await press(bot, account(0), "say", "1")
    await erase_first(bot)
    before = len(bot.phones.sent)
    await bot.pass_(timedelta(days=4))
    assert account(0) not in {one.chat_id for one, _ in bot.phones.sent[before:]}
    await press(bot, account(0), "say", "1")
    assert await bot.rows("SELECT id FROM survey_papers") == []
