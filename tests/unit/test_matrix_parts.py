"""Every move and every role, held in the whole community, at the place, elsewhere, or nowhere.

A role of another estate counts for no move; presses are denied, answered and audited, and nothing
of the case is shown.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from itertools import product
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from sqlalchemy import text

from bot.domain import permission
from bot.domain.area import Area
from bot.domain.audience import POOL
from bot.domain.case import Status
from bot.domain.person import Person
from bot.domain.role import Role
from bot.services.case_facts import actor_of, view_of
from storage import person
from tests.support.database import START, a_case, a_person
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import NUMBER, begin, put, stands

EAST, WEST = "estate:east", "estate:west"
PLACES = {"east": Area("east", "g1", "3"), "unknown": Area()}
CANARY = "3楼灯不亮"
SCOPED = {8_000_010: Role.DISPATCHER, 8_000_011: Role.SUPERVISOR, 8_000_012: Role.PROPERTY_STAFF}


def moves_of(who: Person, status: Status, area: Area) -> tuple[str, ...]:
    lies: dict[str, Any] = {**area.codes(), "came_from": (Status.SUBMITTED,)}
    case = a_case(1, reporter_id=99, status=status, audience=POOL, **lies)
    return permission.moves_for(case, actor_of(case, who), START)


@pytest.mark.parametrize("role", Role)
def test_a_role_counts_where_it_is_held(role: Role) -> None:
    everywhere, nobody = a_person(1, role), a_person(1)
    for status, area in product(Status, PLACES.values()):
        expected = moves_of(everywhere, status, area)
        for scope in (EAST, "grid:g1", "building:3"):
            there = a_person(1, parts=frozenset({(role, scope)}))
            assert moves_of(there, status, area) == expected, (status, scope)
        elsewhere = a_person(1, parts=frozenset({(role, WEST)}))
        counts = expected if not area.is_known else moves_of(nobody, status, area)
        assert moves_of(elsewhere, status, area) == counts, status


@pytest.mark.parametrize("role", [one for one in Role if one is not Role.RESIDENT])
def test_who_serves_elsewhere_only_looks_on(role: Role) -> None:
    elsewhere = a_person(1, parts=frozenset({(role, WEST)}))
    for status in Status:
        case = a_case(1, reporter_id=99, status=status, audience=POOL, estate="east")
        assert view_of(case, elsewhere) == "onlooker"


def test_an_emergency_that_calls_somebody_from_elsewhere_is_theirs_to_take() -> None:
    elsewhere = a_person(1, parts=frozenset({(Role.PROPERTY_STAFF, WEST)}))
    case = a_case(1, reporter_id=99, status=Status.OFFERED, audience="people:1", estate="east",
                  urgent=True)  # fmt: skip
    assert permission.may(case, "claim", actor_of(case, elsewhere), START)
    resident = a_person(1)
    assert not permission.may(case, "claim", actor_of(case, resident), START)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("parts")
    async with offline(folder) as made:
        await begin(made)
        async with made.house.database.begin() as uow:
            for telegram_id, role in SCOPED.items():
                parts = frozenset({(role, WEST)})
                more: dict[str, Any] = {"telegram_id": telegram_id, "parts": parts}
                person.add(uow, a_person(telegram_id - 7_999_000, **more))
        yield made


async def letters_to(bot: Offline, who: int) -> str:
    """Return all that was ever queued for somebody, drawn or not."""
    rows = await bot.rows("SELECT facts FROM outbox WHERE chat_id = :who", who=who)
    return "\n".join(str(row["facts"]) for row in rows)


ASKED = (  # what shows something of a case, or does something with it
    *("case:show", "case:pics", "case:full", "case:offer", "case:assign", "case:up", "case:nudge"),
    *("case:up_ask", "case:urgent", "case:ask_whom", "case:claim", "case:contest", "reopen:ask"),
)

LISTS = (
    "list:todo:0:0:0",
    "list:todo:1:0:0",
    "list:todo:6:0:0",
    "list:tasks:0:0:0",
    f"case:show:{NUMBER}:0",
)


@pytest.mark.asyncio(loop_scope="module")
@pytest.mark.parametrize("who", SCOPED)
async def test_nothing_of_another_estate_is_shown_and_nothing_changes(
    bot: Offline, who: int
) -> None:
    for status in Status:
        case = await put(bot, status)
        assert case.estate == "east"
        bot.clock.instant += timedelta(minutes=1)
        presses = [bot.press(who, 1, f"v1:{one}:{NUMBER}:{case.version}") for one in ASKED]
        lists = [bot.press(who, 1, f"v1:{one}") for one in LISTS]
        await bot.take_in(
            *presses, *lists, bot.message(who, "找 灯不亮"), bot.message(who, f"找 {NUMBER}")
        )
        await bot.settle()
        assert await stands(bot) == case
    rows = await bot.rows("SELECT person_id FROM audit WHERE what = 'denied'")
    assert sum(row["person_id"] == who - 7_999_000 for row in rows) >= len(Status)
    assert bot.phones.chats[who]
    assert CANARY not in await letters_to(bot, who)
    assert bot.defects == []


@pytest.mark.asyncio(loop_scope="module")
async def test_the_same_roles_at_the_place_see_it(bot: Offline) -> None:
    async with bot.house.database.begin() as uow:
        await uow.write_now(text("UPDATE roles SET scope = 'estate:east' WHERE scope <> ''"))
    await put(bot, Status.SUBMITTED)
    bot.clock.instant += timedelta(minutes=1)
    for who in SCOPED:
        await bot.take_in(bot.press(who, 1, f"v1:case:show:{NUMBER}:0"))
        await bot.settle()
        assert CANARY in await letters_to(bot, who)
