"""A month of notices: nobody is woken, nobody gets too many, and nothing is lost."""

import random
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import pytest_asyncio

from bot.domain.addressees import Addressees
from bot.domain.letter import Drawing, Letter
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.domain.settings import SERVES, Settings
from bot.services import broadcast, broadcast_draft
from storage import person as people
from tests.support.offline import Offline, offline

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = 30
ORGANIZER = 7000012
WHOM = (Addressees(), Addressees(scopes=("building:3",)), Addressees(scopes=("estate:east",)))
WEEK, DAY = timedelta(days=7), timedelta(days=1)
WISHES = {7000002: "daily", 7000003: "less"}


@dataclass(frozen=True)
class Rung:
    """One message that rang: when, at whom, what."""

    at: datetime  # local
    chat: int
    kind: str
    facts: dict[str, Any]

    @property
    def urgent(self) -> bool:
        return bool(self.facts.get("urgent"))


@dataclass
class Month:
    """What was said in a month, who lives there, and what stands in the tables at its end."""

    rung: list[Rung]
    people: dict[int, Person]
    shares: list[Any]
    said: int


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def month(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Month]:
    folder: Path = tmp_path_factory.mktemp("month")
    async with offline(folder) as bot:
        rung: list[Rung] = []
        listen(bot, rung)
        await choose_wishes(bot)
        said = 0
        chance = random.Random(11)
        for _ in range(DAYS * 3):
            await bot.pass_(timedelta(hours=chance.randint(3, 13), minutes=chance.randint(0, 59)))
            said += await say(bot, chance, said + 1)
        await bot.pass_(timedelta(days=9))  # the last digests, weekly ones too
        async with bot.house.database.begin() as uow:
            ids = [row["id"] for row in await bot.rows("SELECT id FROM people")]
            known = await people.find(uow, 1, ids)
        shares = await bot.rows("SELECT * FROM broadcast_people")
        yield Month(rung, {one.telegram_id: one for one in known.values()}, shares, said)
        assert bot.defects == []


def listen(bot: Offline, rung: list[Rung]) -> None:
    send = bot.phones.send

    async def heard(letter: Letter, drawing: Drawing, over: int | None) -> int:
        if letter.kind in {"broadcast.letter", "broadcast.digest"}:
            at = bot.clock.instant.astimezone(SHANGHAI)
            rung.append(Rung(at, letter.chat_id, letter.kind, dict(letter.facts)))
        return await send(letter, drawing, over)

    bot.phones.send = heard  # type: ignore[method-assign]


async def choose_wishes(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        for telegram_id, wish in WISHES.items():
            who = await people.find_by_telegram(uow, telegram_id)
            assert who is not None
            held = replace(Settings.of(who), notices=wish)
            people.change(uow, replace(who, settings=held.stored(who.settings)))


async def say(bot: Offline, chance: random.Random, number: int) -> int:
    """Let an organizer say something now, or in the morning when people rest."""
    async with bot.house.database.begin() as uow:
        who = await people.find_by_telegram(uow, ORGANIZER)
        assert who is not None
        draft = await broadcast_draft.begin(uow, who)
        draft = broadcast_draft.note(uow, draft, html=f"notice {number}", length=9)
        draft = await broadcast_draft.choose(uow, who, draft, chance.choice(WHOM))
        urgent = chance.random() < 0.1
        try:
            made = await broadcast.hand_in(uow, who, draft, uow.now, urgent=urgent)
        except Refusal as refusal:
            if refusal.key != "refusal.quiet_then":
                raise
            return 0
    if made.status.value == "asked":
        async with bot.house.database.begin() as uow:
            second = await people.find_by_telegram(uow, 7000013)
            assert second is not None
            await broadcast.move(uow, second, "approve", made.id, made.version)
    await bot.pass_(timedelta(minutes=1))
    return 1


def residents(month: Month) -> list[int]:
    return [chat for chat, one in month.people.items() if not one.holds_somewhere(*SERVES)]


async def test_much_was_said(month: Month) -> None:
    assert month.said > DAYS
    assert Counter(one.kind for one in month.rung).keys() == {
        "broadcast.letter",
        "broadcast.digest",
    }


async def test_nobody_is_woken(month: Month) -> None:
    for one in month.rung:
        clock = one.at.time()
        at_night = clock >= time(21, 30) or clock < time(8)
        at_noon = time(12, 30) <= clock < time(14)
        rests = at_night or (at_noon and one.chat in residents(month))
        assert one.urgent or not rests, one


async def test_a_resident_gets_two_a_week_and_one_a_day(month: Month) -> None:
    for chat in residents(month):
        mine = [one for one in month.rung if one.chat == chat and not one.urgent]
        direct = [one.at for one in mine if one.kind == "broadcast.letter"]
        for at in direct:
            assert sum(at <= other < at + WEEK for other in direct) <= 2
        days = Counter(one.at.date() for one in mine)
        assert not days or max(days.values()) == 1, (chat, days)
    assert any(
        len([one for one in month.rung if one.chat == chat]) > 2 for chat in residents(month)
    )


async def test_who_wants_fewer_gets_digests_alone(month: Month) -> None:
    for chat, wish in WISHES.items():
        mine = [one for one in month.rung if one.chat == chat and not one.urgent]
        assert {one.kind for one in mine} == {"broadcast.digest"}
        if wish == "less":
            assert {one.at.weekday() for one in mine} == {4}


async def test_nothing_is_lost_and_digests_are_complete(month: Month) -> None:
    assert [one for one in month.shares if one["fate"] is None] == []
    letters = Counter(one.chat for one in month.rung if one.kind == "broadcast.letter")
    listed: Counter[int] = Counter()
    for one in month.rung:
        if one.kind == "broadcast.digest":
            listed[one.chat] += len(one.facts["items"]) + one.facts["more"]
    by_way = Counter((one["chat_id"], one["way"]) for one in month.shares)
    assert {chat: n for (chat, way), n in by_way.items() if way == "letter"} == dict(letters)
    assert {chat: n for (chat, way), n in by_way.items() if way == "digest"} == dict(listed)
