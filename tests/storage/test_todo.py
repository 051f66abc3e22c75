"""The lists of staff: what the tables answer is what the rules say of each case, one by one."""

from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timedelta
from random import Random
from typing import Any

import pytest

from bot.domain import audience as audiences
from bot.domain.area import ESTATE, GRID, scope
from bot.domain.audience import AGREED, KEPT
from bot.domain.callback import Callback
from bot.domain.case import (
    AT_WORK,
    MAY_TAKE,
    TO_CONFIRM,
    TO_DISPATCH,
    TO_SUPERVISE,
    TO_TAKE,
    UNFINISHED,
    Status,
)
from bot.domain.case_record import Case
from bot.domain.level import LEVELS, acts
from bot.domain.page import AHEAD
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services import audience, todo
from bot.services.community import Community, community_of
from bot.services.organisation import import_organisation
from bot.services.organisation_file import read_organisation
from bot.services.todo import FILTERS
from storage import callback, case, person
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import START, HandClock, a_case, a_person, opened
from tests.support.offline import ORGANISATION

PEOPLE, CASES, HOUR = 6, 150, timedelta(hours=1)
GRIDS = ["g1", "g2"]
EAST, WEST = scope(ESTATE, "east"), scope(ESTATE, "west")
G1 = scope(GRID, "g1")
SERVING = {
    "skills": ["lift"], "buildings": ["1", "3"], "teams": ["night"], "linked": ["3"], "lead": True,
}  # fmt: skip
READERS: dict[str, dict[str, Any]] = {
    "nobody": {},
    "dispatcher": {"roles": {Role.DISPATCHER}},
    "supervisor": {"roles": {Role.SUPERVISOR}},
    "both": {"roles": {Role.DISPATCHER, Role.SUPERVISOR}},
    "dispatcher of an estate": {"parts": {(Role.DISPATCHER, EAST)}},
    "several in parts": {"parts": {(Role.DISPATCHER, EAST), (Role.SUPERVISOR, WEST)}},
    "grid worker": {"roles": {Role.GRID_WORKER}},
    "grid worker of buildings": {"parts": {(Role.GRID_WORKER, G1)}, "serves": SERVING},
    "organizer": {"roles": {Role.ORGANIZER}},
    "organizer of an estate": {"parts": {(Role.ORGANIZER, WEST)}, "serves": SERVING},
    "volunteer": {"roles": {Role.VOLUNTEER}},
    "volunteer of buildings": {"roles": {Role.VOLUNTEER}, "serves": SERVING},
    "property staff": {"parts": {(Role.PROPERTY_STAFF, EAST)}, "serves": {"skills": ["electric"]}},
}


@pytest.fixture(params=range(3))
async def town(empty_url: str, request: pytest.FixtureRequest) -> AsyncIterator[Database]:
    async with opened(empty_url, HandClock()) as database:
        async with database.begin() as uow:
            await import_organisation(uow, read_organisation(ORGANISATION))
            for one in range(9001, 9001 + PEOPLE):
                person.add(uow, a_person(one))
            chance = Random(request.param)
            for number in range(1, CASES + 1):
                filed = some_case(number, chance)
                case.add(uow, filed)
                if chance.random() < 0.5:
                    callback.add(uow, an_answer(filed, chance))
        yield database


def some_case(number: int, chance: Random) -> Case:
    status = chance.choice(list(Status))
    building, estate = chance.choice([("1", "east"), ("3", "east"), ("11", "west"), (None, "west")])
    lies: dict[str, Any] = {"building": building, "estate": estate, "grid": chance.choice(GRIDS)}
    dates = ("dispatch_due", "claim_due", "solution_due", "hold_until")
    times: dict[str, Any] = {one: chance.choice([None, *DUE]) for one in dates}
    return a_case(
        number,
        status=status,
        category=chance.choice(["lighting", "lift", "utilities"]),
        urgent=chance.random() < 0.2,
        reporter_id=somebody(chance),
        handler_id=chance.choice([None, somebody(chance)]),
        former_handler_id=chance.choice([None, None, somebody(chance)]),
        lead_id=chance.choice([None, somebody(chance)]),
        level=chance.choice([None, *LEVELS]),
        audience=chance.choice(AUDIENCES) if status in TO_TAKE else None,
        closed_at=None if status in UNFINISHED else START,
        **times,
        **(lies if chance.random() < 0.9 else {}),
    )


AUDIENCES = (
    *(audiences.POOL, audiences.STAFF, audiences.LEAD, "linked:3", "linked:5", "team:night"),
    *("team:day", audiences.people([9001]), audiences.people([9002, 9001]), "people:90011"),
)
DUE = [START + HOUR * hours for hours in (-30, -1, 0, 1, 9, 30)]


def somebody(chance: Random) -> int:
    return 9001 + chance.randrange(PEOPLE)


def an_answer(one: Case, chance: Random) -> Callback:
    solved, round_ = chance.choice(["yes", "half", "no", None]), chance.choice([0, 0, 1])
    return Callback(1, one.number, round_, somebody(chance), "asked", START, solved=solved)


def reader(name: str) -> Person:
    """Return person 9001 as one of READERS."""
    held = READERS[name]
    key = AGREED if Role.VOLUNTEER in held.get("roles", ()) else KEPT
    return a_person(
        9001,
        *held.get("roles", ()),
        parts=frozenset(held.get("parts", ())),
        settings={key: held["serves"]} if "serves" in held else {},
    )


async def every(uow: UnitOfWork) -> list[Case]:
    found = [await case.find(uow, 1, number) for number in range(1, CASES + 1)]
    return [one for one in found if one is not None]


async def is_disputed(uow: UnitOfWork, one: Case) -> bool:
    said = await callback.of_round(uow, 1, one.number, one.round)
    return any(answer.solved in {"half", "no"} for answer in said)


def is_seen(one: Case, who: Person, *, disputed: bool) -> bool:
    """Say, by the rules, whether the case is one to do something about."""
    others = one.handler_id != who.id
    supervises = who.holds_in(one.area, Role.SUPERVISOR) and others
    waits = who.holds_in(one.area, Role.DISPATCHER) or acts(one, who)
    return (
        (one.handler_id == who.id and one.status in AT_WORK)
        or (one.lead_id == who.id and others)
        or (one.status in TO_DISPATCH and waits)
        or (supervises and one.status in TO_SUPERVISE)
        or (supervises and one.status in TO_CONFIRM and disputed)
    )


def fits(one: Case, who: Person, name: str, now: datetime, day: tuple[datetime, datetime]) -> bool:
    return {
        "all": True,
        "dispatch": one.status in TO_DISPATCH,
        "late": one.due is not None and one.due < now,
        "urgent": one.urgent,
        "today": one.due is not None and day[0] <= one.due < day[1],
        "mine": one.handler_id == who.id,
        "supervise": one.status in TO_SUPERVISE,
    }[name]


def ordered(found: Iterator[Case] | list[Case]) -> list[int]:
    last = datetime.max.replace(tzinfo=START.tzinfo)
    return [one.number for one in sorted(found, key=lambda one: (one.due or last, one.number))]


@pytest.mark.parametrize("kind", ["todo", "tasks"])
async def test_each_reader_is_shown_what_the_rules_say(town: Database, kind: str) -> None:
    async with town.begin() as uow:
        for name in READERS:
            await CHECKS[kind](uow, name)


async def check_what_is_to_be_done(uow: UnitOfWork, name: str) -> None:
    who = reader(name)
    community = await community_of(uow, 1)
    midnight = community.calendar.local(uow.now).replace(hour=0, minute=0, second=0)
    day = (midnight, midnight + timedelta(days=1))
    wide = (Role.DISPATCHER, Role.SUPERVISOR)
    counts = await todo.counts(uow, who)
    for at, named in enumerate(FILTERS):
        expected = [
            one
            for one in await every(uow)
            if one.status in UNFINISHED
            and one.reporter_id != who.id
            and fits(one, who, named, uow.now, day)
            and (
                is_seen(one, who, disputed=await is_disputed(uow, one))
                or (named != "all" and who.holds_in(one.area, *wide))
            )
        ]
        found = await todo.listing(uow, who, "todo", page=0, per_page=AHEAD, only=at)
        assert [one["number"] for one in found["items"]] == ordered(expected), (name, named)
        assert found["total"] == counts[named] == len(expected) < AHEAD, (name, named)


async def check_what_could_be_taken(uow: UnitOfWork, name: str) -> None:
    who = reader(name)
    community = await community_of(uow, 1)
    open_ = [one for one in await every(uow) if one.status in UNFINISHED]
    mine = [one for one in open_ if one.handler_id == who.id and one.status in AT_WORK]
    offered = [one for one in open_ if is_offered(community, one, who)]
    led = [one for one in open_ if one.lead_id == who.id != one.handler_id]
    expected = [*ordered(mine), *ordered(offered), *ordered(led)]
    found = await todo.listing(uow, who, "tasks", page=0, per_page=AHEAD)
    assert [one["number"] for one in found["items"]] == list(dict.fromkeys(expected)), name


CHECKS = {"todo": check_what_is_to_be_done, "tasks": check_what_could_be_taken}


def is_offered(community: Community, one: Case, who: Person) -> bool:
    may = who.holds_in(one.area, *MAY_TAKE)
    return one.status in TO_TAKE and may and audience.suits(community, one, who)


async def test_a_long_list_is_turned_to_its_end_and_counted_as_far_as_one_looks(
    empty_url: str,
) -> None:
    async with opened(empty_url, HandClock()) as database:
        await fill_long(database)
        await turn_long(database)


async def fill_long(database: Database) -> None:
    async with database.begin() as uow:
        await import_organisation(uow, read_organisation(ORGANISATION))
        person.add(uow, a_person(9001))
        for number in range(1, 251):
            case.add(uow, a_case(number, reporter_id=9001, dispatch_due=START - HOUR * number))


async def turn_long(database: Database) -> None:
    async with database.begin() as uow:
        who = a_person(9002, Role.DISPATCHER)
        seen: list[int] = []
        for page in range(63):
            found = await todo.listing(uow, who, "todo", page=page, per_page=4)
            seen += [one["number"] for one in found["items"]]
            left = 250 - page * 4
            assert found["beyond"] is (left >= AHEAD)
            assert found["total"] == page * 4 + min(left, AHEAD)
        assert seen == list(range(250, 0, -1)), "what is due first comes first"
        assert (await todo.counts(uow, who))["late"] == AHEAD
        for page in (63, 10**40):  # of a button from a day on which there was more
            found = await todo.listing(uow, who, "todo", page=page, per_page=4)
            assert [one["number"] for one in found["items"]] == [2, 1]
        mine = await todo.listing(uow, a_person(9001), "my", page=0, per_page=6)
        assert [one["number"] for one in mine["items"]] == list(range(250, 244, -1))
        assert mine["beyond"]
