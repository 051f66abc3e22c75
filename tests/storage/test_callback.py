"""The callback on a real database: neighbours asked together, rows that fall due once."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.domain import callback as rules
from bot.domain.case import AFTER_REOPENING, SOLVED, TO_CONFIRM, TO_SUPERVISE
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.schedule.jobs import JOBS
from bot.services import callback as answers
from bot.services import callback_call as calls
from bot.services import case as cases
from bot.services import draft as drafts
from bot.services import offer as offers
from bot.services import supervision, todo
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from storage import audit, due
from storage import callback as callbacks
from storage import case as stored
from storage import co_signer as co_signers
from storage import person as people
from storage import remark as remarks
from storage.co_signer import CoSigner
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import HandClock, opened, rows

EXAMPLE = Path(__file__).parents[2] / "bot" / "sandbox" / "organisation.toml"
LI, ZHOU, XIAOLI, DESK, LIU, CHEN, SUN, ZHAO = (7000000 + n for n in (1, 2, 3, 6, 7, 8, 10, 11))


class Street:
    """A community in a database, its people by account, and its clock."""

    def __init__(self, database: Database, clock: HandClock) -> None:
        self.database, self.clock = database, clock

    async def who(self, uow: UnitOfWork, telegram_id: int) -> Person:
        found = await people.find_by_telegram(uow, telegram_id)
        assert found is not None
        return found

    async def case(self, number: int) -> Case:
        async with self.database.begin() as uow:
            found = await stored.find(uow, 1, number)
        assert found is not None
        return found

    async def resolved(self, *joined: int, category: str = "lighting") -> int:
        """Bring a case of Li's, which others joined, to its result; return its number."""
        async with self.database.begin() as uow:
            li = await self.who(uow, LI)
            known = {"kind": category, "place": "3号楼2单元"}
            draft = await drafts.begin(uow, li, {"words": "黑", "photos": [], **known})
            number = (await cases.report(uow, li, draft)).number
            for account in joined:
                person = await self.who(uow, account)
                await co_signers.add(uow, CoSigner(1, number, person.id, uow.now))
        await self.work(number, LIU)
        return number

    async def work(self, number: int, account: int) -> None:
        """Let somebody take the case and say that it is done."""
        async with self.database.begin() as uow:
            desk, worker = await self.who(uow, DESK), await self.who(uow, account)
            case = await cases.find(uow, desk, number)
            if case.status is not AFTER_REOPENING:
                case = await offers.offer(uow, desk, number, case.version)
            await offers.claim(uow, worker, number, case.version)
            await cases.resolve(uow, worker, number, "repaired", no_photo="other")

    async def say(self, account: int, number: int, solved: str, round_: int = 0) -> None:
        async with self.database.begin() as uow:
            await answers.say_solved(uow, await self.who(uow, account), number, round_, solved)

    async def pass_(self, **span: float) -> None:
        """Let time pass, with everything that falls due meanwhile, in order."""
        self.clock.pass_(**span)
        while True:
            async with self.database.reading() as connection:
                fallen = await due.fallen_due(connection, self.clock.now())
            if not fallen:
                return
            for one in fallen:
                async with self.database.begin() as uow:
                    if await due.mark_done(uow, one):
                        await JOBS[one.kind](uow, one)

    async def letters(self, account: int, kind: str) -> int:
        query = "SELECT count(*) FROM outbox WHERE chat_id = :chat AND kind = :kind"
        ((found,),) = await rows(self.database, query, chat=account, kind=kind)
        return int(found)


@pytest.fixture
async def street(empty_url: str) -> AsyncIterator[Street]:
    clock = HandClock()
    async with opened(empty_url, clock) as database:
        async with database.begin() as uow:
            await import_organisation(uow, read_organisation(EXAMPLE))
        yield Street(database, clock)


async def test_everybody_who_joined_is_asked_but_never_the_handler(street: Street) -> None:
    number = await street.resolved(ZHOU, XIAOLI, LIU)
    for account in (LI, ZHOU, XIAOLI):
        assert await street.letters(account, "survey.result") == 1
    assert await street.letters(LIU, "survey.result") == 0

    await street.pass_(hours=25)
    for account in (LI, ZHOU, XIAOLI):
        assert await street.letters(account, "survey.q1") == 1
    assert await street.letters(LIU, "survey.q1") == 0
    with pytest.raises(Refusal):
        await street.say(LIU, number, "yes")


async def test_it_closes_when_two_thirds_say_so(street: Street) -> None:
    number = await street.resolved(ZHOU, XIAOLI)
    await street.say(ZHOU, number, "no")
    await street.say(LI, number, "yes")
    assert (await street.case(number)).status in TO_CONFIRM
    await street.say(XIAOLI, number, "yes")
    closed = await street.case(number)
    assert closed.status is SOLVED
    async with street.database.begin() as uow:
        last = (await stored.history(uow, 1, number))[-1]
    assert (last.move, last.role, last.person_id) == ("confirm", "rule", None)


async def test_a_tie_does_not_close_it_and_the_supervisor_decides(street: Street) -> None:
    number = await street.resolved(ZHOU)
    await street.say(LI, number, "yes")
    await street.say(ZHOU, number, "no")
    assert (await street.case(number)).status in TO_CONFIRM
    async with street.database.begin() as uow:
        waiting = await todo.listing(uow, await street.who(uow, ZHAO), "todo", page=0, per_page=4)
        assert [one["number"] for one in waiting["items"]] == [number]
        case = await cases.move(uow, await street.who(uow, ZHAO), number, "confirm")
    assert case.status is SOLVED


async def test_the_reporters_no_is_never_outvoted(street: Street) -> None:
    number = await street.resolved(ZHOU, XIAOLI, CHEN)
    await street.say(LI, number, "no")
    for account in (ZHOU, XIAOLI, CHEN):
        await street.say(account, number, "yes")
    assert (await street.case(number)).status in TO_CONFIRM
    await street.pass_(hours=24)
    asked = await street.case(number)
    assert asked.status in TO_SUPERVISE, "and it asks for it again by itself"
    assert await street.letters(LI, "case.reopen_requested") == 1


async def test_any_co_signer_may_contest(street: Street) -> None:
    number = await street.resolved(ZHOU)
    await street.say(LI, number, "yes")
    await street.say(ZHOU, number, "no")
    async with street.database.begin() as uow:
        await answers.wish(uow, await street.who(uow, ZHOU), number, 0, "again")
    assert (await street.case(number)).status in TO_SUPERVISE


async def test_a_late_answer_counts_until_it_is_closed(street: Street) -> None:
    number = await street.resolved(ZHOU)
    await street.pass_(hours=25)
    await street.pass_(hours=48)
    await street.pass_(hours=48)
    async with street.database.begin() as uow:
        asked = await callbacks.of_round(uow, 1, number, 0)
    assert {one.status for one in asked} == {rules.PHONE}
    await street.say(ZHOU, number, "yes")
    assert (await street.case(number)).status is SOLVED, "of those who answered all say so"
    await street.say(LI, number, "no")
    assert (await street.case(number)).status is SOLVED
    async with street.database.begin() as uow:
        late = await callbacks.find(uow, 1, number, 0, (await street.who(uow, LI)).id)
    assert late is not None
    assert late.solved is None


async def test_what_is_asked_falls_due_once_a_round(street: Street) -> None:
    number = await street.resolved()
    await street.say(LI, number, "no")
    async with street.database.begin() as uow:
        await answers.wish(uow, await street.who(uow, LI), number, 0, "again")
        zhao = await street.who(uow, ZHAO)
        case = await cases.find(uow, zhao, number)
        await supervision.reopen(uow, zhao, number, case.version, None)
    await street.work(number, CHEN)
    await street.pass_(hours=25)
    assert await street.letters(LI, "survey.q1") == 1
    planned = await rows(street.database, "SELECT occurrence FROM due WHERE kind = 'callback'")
    assert sorted(one[0][:2] for one in planned) == ["0/", "1/", "1/"]


async def test_the_second_reopening_goes_up_and_onto_the_agenda(street: Street) -> None:
    number = await street.resolved()
    for round_, worker in ((0, CHEN), (1, LIU)):
        await street.say(LI, number, "no", round_)
        async with street.database.begin() as uow:
            await answers.wish(uow, await street.who(uow, LI), number, round_, "again")
            zhao = await street.who(uow, ZHAO)
            case = await cases.find(uow, zhao, number)
            await supervision.reopen(uow, zhao, number, case.version, None)
        if round_ == 0:
            assert (await street.case(number)).level is None
            await street.work(number, worker)
    assert (await street.case(number)).level == "community"
    async with street.database.begin() as uow:
        (said,) = await remarks.of(uow, 1, number)
    assert (said.kind.value, said.facts["series"]) == ("agenda", "weekly")


async def test_nobody_is_asked_twice_within_a_day(street: Street) -> None:
    await street.resolved()
    await street.pass_(hours=30)  # the bot was down until ten past three
    assert await street.letters(LI, "survey.q1") == 1
    await street.resolved(category="sanitation")
    for _ in range(24):
        await street.pass_(hours=1)
    assert await street.letters(LI, "survey.q1") == 1, "ten o'clock is less than a day later"
    for _ in range(24):
        await street.pass_(hours=1)
    assert await street.letters(LI, "survey.q1") == 2


async def test_the_supervisor_hears_a_tenth_once_more(street: Street) -> None:
    street.database._given = {**street.database._given, "chance": lambda: 0.0}
    number = await street.resolved()
    await street.say(LI, number, "yes")
    async with street.database.begin() as uow:
        li, liu, sun, zhao = [await street.who(uow, one) for one in (LI, LIU, SUN, ZHAO)]
        assert await calls.counts(uow, zhao) == {"call": 0, "check": 1}
        for other in (li, liu, sun):
            with pytest.raises(Refusal):
                await calls.find(uow, other, calls.CHECK, number, 0, li.id)
        one, resident = await calls.find(uow, zhao, calls.CHECK, number, 0, li.id)
        one = await calls.write_check(uow, zhao, one, resident, "q1", "no")
        one = await calls.write_check(uow, zhao, one, resident, "q2", "so_so")
        assert one.differs
        facts = await calls.card(uow, zhao, calls.CHECK, one)
        assert (facts["step"], facts["differs"]) == ("reopen", True)
        await calls.write_check(uow, zhao, one, resident, "reopen", "again")
        noted = (await audit.of(uow, 1))[::-1]
    assert [(row.person_id, row.facts["choice"]) for row in noted] == [
        (zhao.id, choice) for choice in ("no", "so_so", "again")
    ]
    assert (await street.case(number)).status in TO_SUPERVISE


async def test_chance_leaves_the_others_alone(street: Street) -> None:
    number = await street.resolved(ZHOU)
    await street.say(LI, number, "yes")
    async with street.database.begin() as uow:
        asked = await callbacks.of_round(uow, 1, number, 0)
    assert {one.check_status for one in asked} == {None}
