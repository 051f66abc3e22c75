"""The five stages of a case that becomes late: each once, in order, whatever happens to the bot."""

import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.domain.body import Seat
from bot.domain.case_record import Case
from bot.domain.question import Question
from bot.schedule.jobs import JOBS
from bot.schedule.runner import Runner
from bot.services import case as cases
from bot.services import draft as drafts
from bot.services import offer, overdue, question, request, supervision
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from bot.services.sent import Sent
from storage import agenda, ledger
from storage import case as stored
from storage import person as people
from storage import seat as seats
from storage.due import Due
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, opened, rows

EXAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "organisation.toml"
LI, DESK, LIU, WANG, ZHAO = (7000000 + n for n in (1, 6, 7, 9, 11))
SECRETARY, WU = 7000013, 7000014  # not yet the secretary; the other supervisor
STAGES = ["late.half", "late.most", "late.over", "late.over_desk", "late.notice", "late.agenda"]


class Desk:
    """A community whose bot is only its clock: no chat, every use case called by hand."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock
        self.runner = Runner(database, clock, JOBS)  # type: ignore[arg-type]

    async def given(self, category: str = "sanitation") -> int:
        """Bring a case of Li's to the volunteer Liu; return its number."""
        async with self.database.begin() as uow:
            li, desk = await self.who(uow, LI), await self.who(uow, DESK)
            known = {"kind": category, "place": "3号楼2单元", "building": "3"}
            draft = await drafts.begin(uow, li, {"words": "脏", "photos": [], **known})
            number = (await cases.report(uow, li, draft)).number
            liu = await self.who(uow, LIU)
            await cases.assign(uow, desk, number, 1, liu.id)
        return number

    async def who(self, uow: UnitOfWork, account: int) -> Any:
        return await people.find_by_telegram(uow, account)

    async def case(self, number: int) -> Case:
        async with self.database.begin() as uow:
            found = await stored.find(uow, 1, number)
        assert found is not None
        return found

    async def told(self) -> list[str]:
        """Return the kinds of what three of them were told of lateness, in order."""
        sql = "SELECT kind, chat_id FROM outbox ORDER BY id"
        found = await rows(self.database, sql)
        return [kind for kind, chat in found if kind in STAGES and chat in {LIU, DESK, ZHAO}]

    async def until(self, instant: datetime) -> None:
        self.clock.instant = instant
        await self.runner.tick()


@pytest.fixture
async def desk(empty_url: str) -> AsyncIterator[Desk]:
    clock = HandClock()
    async with opened(empty_url, clock) as database:
        async with database.begin() as uow:
            await import_organisation(uow, read_organisation(EXAMPLE))
        yield Desk(database, clock)


async def test_each_stage_comes_at_its_time_and_once(desk: Desk) -> None:
    number = await desk.given()  # Tuesday 09:10, three working days: until Friday 20:00
    case = await desk.case(number)
    assert case.solution_due is not None
    due = case.solution_due
    seen: dict[str, datetime] = {}
    while desk.clock.instant < due + timedelta(days=14):
        await desk.until(desk.clock.instant + timedelta(hours=1))
        for kind in await desk.told():
            seen.setdefault(kind, desk.clock.instant)
    zone = timedelta(hours=8)
    local = {kind: f"{at + zone:%m-%d %H}" for kind, at in seen.items()}
    # 46 h 50 min of service: half of them are over on Thursday at 08:35, four fifths on Friday.
    assert local == {
        "late.half": "11-19 09",
        "late.most": "11-20 11",
        "late.over": "11-20 20",
        "late.over_desk": "11-20 20",
        "late.notice": "11-23 20",
        "late.agenda": "11-27 20",
    }
    assert await desk.told() == STAGES
    async with desk.database.begin() as uow:
        (item,) = await agenda.of_series(uow, 1, "weekly")
        (entry,) = await ledger.of_company(uow, 1, "anju")
    assert (item.kind, item.case_number, item.company) == ("overdue", number, "anju")
    assert (entry.kind, entry.case_number) == ("overdue", number)
    assert entry.facts["due"] == due.isoformat()


@pytest.mark.parametrize(
    ("secretary", "blocked", "readers"),
    [
        (SECRETARY, False, [SECRETARY]),
        (SECRETARY, True, [ZHAO, WU]),
        (4242, False, [ZHAO, WU]),  # has never pressed START
        (None, False, [ZHAO, WU]),
    ],
)
async def test_the_notice_goes_to_the_secretary_of_the_branch_or_to_the_supervisors(
    desk: Desk, tmp_path: Path, secretary: int | None, blocked: bool, readers: list[int]
) -> None:
    text = EXAMPLE.read_text("utf-8")
    assert "# secretary = 123456789 " in text
    if secretary is not None:
        text = text.replace("# secretary = 123456789 ", f"secretary = {secretary} #")
    file = tmp_path / "organisation.toml"
    file.write_text(text, "utf-8")
    async with desk.database.begin() as uow:
        await import_organisation(uow, read_organisation(file))
        if blocked:
            people.change(uow, replace(await desk.who(uow, SECRETARY), blocked_at=uow.now))
    number = await desk.given()
    due = (await desk.case(number)).solution_due
    assert due is not None
    await desk.until(due + timedelta(days=3))
    sql = "SELECT chat_id, facts FROM outbox WHERE kind = 'late.notice' ORDER BY chat_id"
    found = await rows(desk.database, sql)
    assert [chat for chat, _ in found] == readers
    facts = [json.loads(one) if isinstance(one, str) else one for _, one in found]
    assert {one["branch"] for one in facts} == {"安居物业党支部"}


async def test_the_notice_goes_to_who_leads_the_branch_on_that_day(desk: Desk) -> None:
    zone = timedelta(hours=8)
    first = START.replace(hour=16, minute=0) - timedelta(days=30)  # a local midnight
    async with desk.database.begin() as uow:
        wang, zhao = await desk.who(uow, WANG), await desk.who(uow, ZHAO)
        change = first + timedelta(days=35)
        seats.add(
            uow,
            [
                Seat(1, wang.id, "branch", "anju", first, change, "书记", lead=True),
                Seat(1, zhao.id, "branch", "anju", first, title="委员"),
                Seat(1, zhao.id, "branch", "anju", change, title="书记", lead=True),
            ],
        )
    await desk.given()  # the notice is due on Monday the 23rd at 20:00
    assert (change + zone).date().isoformat() == "2026-11-23"
    await desk.until(desk.clock.instant + timedelta(days=8))
    told = await rows(desk.database, "SELECT chat_id FROM outbox WHERE kind = 'late.notice'")
    assert [chat for (chat,) in told] == [ZHAO]


async def test_weeks_down_all_comes_once_and_in_order(desk: Desk) -> None:
    await desk.given()
    await desk.until(desk.clock.instant + timedelta(days=20))
    assert await desk.told() == STAGES
    again = Runner(desk.database, desk.clock, JOBS)  # type: ignore[arg-type]
    await again.tick()
    await desk.runner.tick()
    assert await desk.told() == STAGES


async def test_a_kill_in_the_middle_of_a_stage_doubles_nothing(desk: Desk) -> None:
    """At the very second: the transaction is gone with the process, and made once afterwards."""
    number = await desk.given()
    case = await desk.case(number)
    assert case.solution_due is not None
    killed: list[str] = []

    async def dies(uow: UnitOfWork, row: Due) -> None:
        await JOBS[row.kind](uow, row)
        if len(killed) < 3:
            killed.append(row.occurrence)
            raise KeyboardInterrupt

    desk.clock.instant = case.solution_due
    for _ in range(3):
        dying = Runner(desk.database, desk.clock, {**JOBS, overdue.WATCH: dies})  # type: ignore[arg-type]
        with pytest.raises(KeyboardInterrupt):
            await dying.tick()
    assert len(set(killed)) == 1, "the same stage was begun three times"
    assert await desk.told() == []
    await desk.runner.tick()
    assert await desk.told() == STAGES[:4]


async def test_a_pause_moves_what_is_ahead_and_repeats_nothing(desk: Desk) -> None:
    number = await desk.given("building")
    case = await desk.case(number)
    assert case.solution_due is not None
    await desk.until(case.reported_at + (case.solution_due - case.reported_at) * 0.6)
    assert await desk.told() == STAGES[:1]
    held = desk.clock.instant
    async with desk.database.begin() as uow:
        liu = await desk.who(uow, LIU)
        until = held + timedelta(days=2)
        await request.ask_hold(uow, liu, number, case.version, "parts", until)
    await desk.until(held + timedelta(days=1, hours=23))
    assert await desk.told() == STAGES[:1], "nothing falls due while it stands"
    await desk.until(held + timedelta(days=2))
    moved = await desk.case(number)
    assert moved.solution_due == case.solution_due + timedelta(days=2)
    await desk.until(moved.solution_due - timedelta(minutes=1))
    assert await desk.told() == STAGES[:2]
    await desk.until(moved.solution_due)
    assert await desk.told() == STAGES[:4]


async def test_more_time_begins_a_clock_of_its_own(desk: Desk) -> None:
    number = await desk.given("building")
    case = await desk.case(number)
    assert case.solution_due is not None
    later = case.solution_due + timedelta(days=7)
    await desk.until(case.solution_due - timedelta(minutes=1))
    assert await desk.told() == STAGES[:2]
    async with desk.database.begin() as uow:
        liu, head = await desk.who(uow, LIU), await desk.who(uow, DESK)
        asked = await request.ask_extension(uow, liu, number, case.version, "parts", later)
        await request.agree(uow, head, number, asked.version)
    await desk.until(case.solution_due + timedelta(days=2))
    assert await desk.told() == STAGES[:2]
    await desk.until(later)
    assert await desk.told() == [*STAGES[:2], *STAGES[:4]]


async def test_what_is_done_in_time_hears_nothing_more(desk: Desk) -> None:
    number = await desk.given()
    async with desk.database.begin() as uow:
        liu = await desk.who(uow, LIU)
        await cases.resolve(uow, liu, number, "扫了", no_photo="privacy")
    await desk.until(desk.clock.instant + timedelta(days=30))
    assert await desk.told() == []


async def test_a_new_round_has_stages_of_its_own(desk: Desk) -> None:
    number = await desk.given()
    await desk.until(desk.clock.instant + timedelta(days=20))
    async with desk.database.begin() as uow:
        liu, li, zhao = [await desk.who(uow, one) for one in (LIU, LI, ZHAO)]
        await cases.resolve(uow, liu, number, "扫了", no_photo="privacy")
        contested = await cases.move(uow, li, number, "contest", given=["answer"])
        await supervision.reopen(uow, zhao, number, contested.version, liu.id)
    assert (await desk.case(number)).nudged == 0
    await desk.until(desk.clock.instant + timedelta(days=20))
    assert await desk.told() == [*STAGES, *STAGES]


async def test_nobody_takes_it_and_the_desk_hears(desk: Desk) -> None:
    async with desk.database.begin() as uow:
        li = await desk.who(uow, LI)
        known = {"kind": "sanitation", "place": "3号楼2单元", "building": "3"}
        draft = await drafts.begin(uow, li, {"words": "脏", "photos": [], **known})
        number = (await cases.report(uow, li, draft)).number
    await desk.until(desk.clock.instant + timedelta(hours=2))
    sql = "SELECT kind FROM outbox WHERE kind LIKE 'late.%' ORDER BY id"
    found = [kind for (kind,) in await rows(desk.database, sql)]
    assert found == ["late.dispatch_half", "late.dispatch_over"]
    async with desk.database.begin() as uow:
        head = await desk.who(uow, DESK)
        await offer.offer(uow, head, number, 1)
    await desk.until(desk.clock.instant + timedelta(hours=12))
    found = [kind for (kind,) in await rows(desk.database, sql)]
    assert found[2:] == ["late.claim_half"]


@pytest.mark.parametrize(
    ("asked_after", "nudges"),
    [
        (80, ["late.dispatch_half", "late.dispatch_half", "late.dispatch_over"]),
        (150, ["late.dispatch_half", "late.dispatch_over"]),  # it was late, and that was told
    ],
)
async def test_while_the_resident_is_asked_the_time_to_dispatch_stands(
    desk: Desk, asked_after: int, nudges: list[str]
) -> None:
    begin = desk.clock.instant
    async with desk.database.begin() as uow:
        li = await desk.who(uow, LI)
        known = {"kind": "sanitation", "place": "3号楼2单元", "building": "3"}
        draft = await drafts.begin(uow, li, {"words": "脏", "photos": [], **known})
        filed = await cases.report(uow, li, draft)
    due = begin + timedelta(hours=2)
    assert filed.dispatch_due == due
    await desk.until(begin + timedelta(minutes=asked_after))
    async with desk.database.begin() as uow:
        head = await desk.who(uow, DESK)
        await question.ask(uow, head, filed.number, filed.version, Question("哪一层?", ()))
    await desk.until(begin + timedelta(hours=5))
    async with desk.database.begin() as uow:
        li = await desk.who(uow, LI)
        await question.keep_answer(uow, li, filed.number, Sent("二楼"))
    left = max(due - begin - timedelta(minutes=asked_after), timedelta())
    again = (await desk.case(filed.number)).dispatch_due
    assert again == (begin + timedelta(hours=5) + left if left else due)
    await desk.until(begin + timedelta(hours=8))
    sql = "SELECT kind FROM outbox WHERE kind LIKE 'late.%' ORDER BY id"
    assert [kind for (kind,) in await rows(desk.database, sql)] == nudges


async def contacts(desk: Desk) -> list[tuple[str, int]]:
    sql = "SELECT kind, chat_id FROM outbox WHERE kind LIKE 'late.contact%' ORDER BY id"
    return [(kind, chat) for kind, chat in await rows(desk.database, sql)]


async def test_nobody_has_contacted_the_resident_and_that_is_said_once(desk: Desk) -> None:
    number = await desk.given()
    due = (await desk.case(number)).contact_due
    assert due == desk.clock.instant + timedelta(hours=24)
    await desk.until(due - timedelta(minutes=1))
    assert await contacts(desk) == []
    await desk.until(due)
    assert await contacts(desk) == [("late.contact", LIU), ("late.contact_desk", DESK)]
    await desk.until(due + timedelta(days=2))
    assert len(await contacts(desk)) == 2


@pytest.mark.parametrize("name", ["contact", "arrive"])
async def test_whoever_was_contacted_in_time_is_not_spoken_of(desk: Desk, name: str) -> None:
    number = await desk.given()
    await desk.until(desk.clock.instant + timedelta(hours=23))
    async with desk.database.begin() as uow:
        await cases.move(uow, await desk.who(uow, LIU), number, name)
    await desk.until(desk.clock.instant + timedelta(days=2))
    assert await contacts(desk) == []


async def test_while_the_resident_is_asked_the_limit_for_the_contact_stands(desk: Desk) -> None:
    number = await desk.given()
    async with desk.database.begin() as uow:
        head = await desk.who(uow, DESK)
        seen = (await cases.find(uow, head, number)).version
        await question.ask(uow, head, number, seen, Question("哪一层?", ()))
    await desk.until(desk.clock.instant + timedelta(hours=20))
    async with desk.database.begin() as uow:
        await question.keep_answer(uow, await desk.who(uow, LI), number, Sent("二楼"))
    await desk.until(desk.clock.instant + timedelta(hours=23))
    assert await contacts(desk) == []
    await desk.until(desk.clock.instant + timedelta(hours=1))
    assert len(await contacts(desk)) == 2
