"""A month of notices and surveys: nobody is woken or gets too many, and nothing is lost."""

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
from bot.domain.recurrence import Rule
from bot.domain.refusal import Refusal
from bot.domain.settings import SERVES, Settings
from bot.domain.survey_question import Kind, Question
from bot.services import broadcast, broadcast_draft, broadcast_series, survey_answer, survey_draft
from bot.services import survey as surveys
from storage import person as people
from storage.survey_letters import RESULTS
from tests.support.offline import Offline, offline

pytestmark = pytest.mark.asyncio(loop_scope="module")
SHANGHAI = ZoneInfo("Asia/Shanghai")
DAYS = 30
ORGANIZER = 7000012
WHOM = (Addressees(), Addressees(scopes=("building:3",)), Addressees(scopes=("estate:east",)))
DIGEST = "broadcast.digest"
OF_SURVEYS = ("survey.invite", "survey.published")
LETTERS = ("broadcast.letter", *OF_SURVEYS)
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
    told: list[Any]  # of surveys: one row for everything that was said to one person
    surveys: dict[int, Any]
    answered: dict[tuple[int, int], datetime]  # by survey and person


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def month(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Month]:
    folder: Path = tmp_path_factory.mktemp("month")
    async with offline(folder) as bot:
        rung: list[Rung] = []
        listen(bot, rung)
        await choose_wishes(bot)
        await repeat(bot)
        said = 0
        answered: dict[tuple[int, int], datetime] = {}
        chance = random.Random(11)
        for turn in range(DAYS * 3):
            await bot.pass_(timedelta(hours=chance.randint(3, 13), minutes=chance.randint(0, 59)))
            said += await say(bot, chance, said + 1)
            if turn % 9 == 0:
                await ask(bot, chance)
            elif turn % 9 == 4:
                await answer_some(bot, chance, answered)
            elif turn % 9 == 8:
                await publish(bot)
        await repeat_no_more(bot)
        await bot.pass_(timedelta(days=9))  # the last digests, weekly ones too
        async with bot.house.database.begin() as uow:
            ids = [row["id"] for row in await bot.rows("SELECT id FROM people")]
            known = await people.find(uow, 1, ids)
        shares = await bot.rows(
            "SELECT p.*, b.series_id IS NOT NULL AS again FROM broadcast_people p"
            " JOIN broadcasts b ON b.id = p.broadcast_id"
        )
        told = await bot.rows("SELECT * FROM survey_letters")
        held = {row["id"]: row for row in await bot.rows("SELECT * FROM surveys")}
        by_chat = {one.telegram_id: one for one in known.values()}
        yield Month(rung, by_chat, shares, said, told, held, answered)
        assert bot.defects == []


def listen(bot: Offline, rung: list[Rung]) -> None:
    send = bot.phones.send

    async def heard(letter: Letter, drawing: Drawing, over: int | None) -> int:
        if letter.kind in {DIGEST, *LETTERS}:
            at = bot.clock.instant.astimezone(SHANGHAI)
            rung.append(Rung(at, letter.chat_id, letter.kind, dict(letter.facts)))
        return await send(letter, drawing, over)

    bot.phones.send = heard  # type: ignore[method-assign]


async def repeat(bot: Offline) -> None:
    """Let an organizer say something every Monday and Thursday."""
    async with bot.house.database.begin() as uow:
        who = await people.find_by_telegram(uow, ORGANIZER)
        assert who is not None
        draft = await broadcast_draft.begin(uow, who)
        draft = broadcast_draft.note(uow, draft, html="again", length=5)
        draft = await broadcast_draft.choose(uow, who, draft, WHOM[0])
        rule = Rule("FREQ=WEEKLY;BYDAY=MO,TH", time(10), timedelta(minutes=1))
        await broadcast_series.keep(uow, who, draft, rule)


async def repeat_no_more(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        who = await people.find_by_telegram(uow, ORGANIZER)
        assert who is not None
        await broadcast_series.end(uow, who, 1, 1)


async def choose_wishes(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        for telegram_id, wish in WISHES.items():
            who = await people.find_by_telegram(uow, telegram_id)
            assert who is not None
            held = replace(Settings.of(who), notices=wish, surveys=wish, recurring=wish)
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


async def ask(bot: Offline, chance: random.Random) -> None:
    """Let an organizer ask something, for three days or a week."""
    async with bot.house.database.begin() as uow:
        who = await people.find_by_telegram(uow, ORGANIZER)
        assert who is not None
        questions = [Question(Kind.YES_HALF_NO, "good?")]
        draft = await survey_draft.begin(uow, who, "survey", questions, anonymous=False)
        draft = survey_draft.note(uow, draft, days=chance.choice((3, 7)))
        await survey_draft.send(uow, who, draft)


async def answer_some(
    bot: Offline, chance: random.Random, answered: dict[tuple[int, int], datetime]
) -> None:
    """Let half of those who were asked and are silent answer."""
    silent = await bot.rows(
        "SELECT g.* FROM survey_guests g JOIN surveys s ON s.id = g.survey_id"
        " WHERE g.status = 'silent' AND s.status = 'running' ORDER BY g.survey_id, g.person_id"
    )
    for row in silent:
        if chance.random() < 0.5:
            async with bot.house.database.begin() as uow:
                who = (await people.find(uow, 1, [row["person_id"]]))[row["person_id"]]
                await survey_answer.begin(uow, who, row["survey_id"])
            async with bot.house.database.begin() as uow:
                (paper,) = await bot.rows(
                    "SELECT id FROM survey_papers WHERE NOT done"
                    f" AND survey_id = {row['survey_id']} AND person_id = {who.id}"
                )
                await survey_answer.say(uow, who, row["survey_id"], 0, paper["id"], 0)
            answered[row["survey_id"], who.id] = bot.clock.instant


async def publish(bot: Offline) -> None:
    """Let the organizer tell those who took part what came of it."""
    for row in await bot.rows("SELECT id, version FROM surveys WHERE status = 'ended'"):
        async with bot.house.database.begin() as uow:
            who = await people.find_by_telegram(uow, ORGANIZER)
            assert who is not None
            await surveys.publish(uow, who, row["id"], row["version"])


def residents(month: Month) -> list[int]:
    return [chat for chat, one in month.people.items() if not one.holds_somewhere(*SERVES)]


async def test_much_was_said(month: Month) -> None:
    assert month.said > DAYS
    assert sum(one["again"] for one in month.shares) > 4 * len(residents(month))
    assert Counter(one.kind for one in month.rung).keys() == {DIGEST, *LETTERS}
    assert {one["way"] for one in month.told} == {"letter", "digest"}
    assert {one["occasion"] for one in month.told} >= {0, 1, RESULTS}


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
        direct = [one.at for one in mine if one.kind in LETTERS]
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
        if one.kind == DIGEST:
            of_surveys = sum("survey" in item for item in one.facts["items"])
            listed[one.chat] += len(one.facts["items"]) + one.facts["more"] - of_surveys
    by_way = Counter((one["chat_id"], one["way"]) for one in month.shares)
    assert {chat: n for (chat, way), n in by_way.items() if way == "letter"} == dict(letters)
    assert {chat: n for (chat, way), n in by_way.items() if way == "digest"} == dict(listed)


async def test_of_surveys_nothing_is_lost_either(month: Month) -> None:
    assert [one for one in month.told if one["fate"] is None] == []
    chats = {one.id: chat for chat, one in month.people.items()}
    by_letter = Counter(chats[one["person_id"]] for one in month.told if one["way"] == "letter")
    assert by_letter == Counter(one.chat for one in month.rung if one.kind in OF_SURVEYS)
    wanted = Counter(
        (chats[one["person_id"]], one["survey_id"])
        for one in month.told
        if one["way"] == "digest" and still_counts(month, one)
    )
    listed = Counter(
        (one.chat, item["survey"])
        for one in month.rung
        if one.kind == DIGEST
        for item in one.facts["items"]
        if "survey" in item
    )
    assert wanted == listed
    assert wanted


def still_counts(month: Month, told: Any) -> bool:
    """Say whether what waited for a digest had still to be said when it came."""
    if told["occasion"] == RESULTS:
        return True
    answered = month.answered.get((told["survey_id"], told["person_id"]))
    at, ends = told["due_at"], month.surveys[told["survey_id"]]["ends_at"]
    before = answered is not None and answered.timestamp() * 1_000_000 < at
    return bool(at < ends and not before)
