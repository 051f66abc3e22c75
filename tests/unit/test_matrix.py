"""Every button that makes a move at once, pressed by everybody in every status, with any version.

Only the cells of the table change anything; what is not theirs is denied, answered and audited.
"""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.domain import permission
from bot.domain.case import MOVES, Status
from bot.domain.case_record import Case
from bot.domain.person import Person
from bot.services.case_facts import actor_in
from storage import person
from tests.support.database import START
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import EVERYBODY, LIU, NUMBER, XIAOLI, begin, put, stands

pytestmark = pytest.mark.asyncio(loop_scope="module")
AT_ONCE = {  # the press, and the move that it makes
    "case:offer": "offer",
    "case:claim": "claim",
    "case:confirm": "confirm",
    "case:contest": "contest",
    "case:withdraw": "withdraw",
    "case:restore": "restore",
    "merge:undo": "unmerge",
    "urgent:calm": "correct",
}

# One stands below a message that is not redrawn; an offer stays good when others are asked as well.
ANY_VERSION = {"urgent:calm", "case:claim"}


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Offline]:
    folder: Path = tmp_path_factory.mktemp("matrix")
    async with offline(folder) as made:
        await begin(made)
        yield made


async def actor_and_case(bot: Offline, who: int, case: Case) -> tuple[Person, Any]:
    async with bot.house.database.begin() as uow:
        found = await person.find_by_telegram(uow, who)
        assert found is not None
        return found, await actor_in(uow, case, found)


async def denials(bot: Offline) -> int:
    return len(await bot.rows("SELECT id FROM audit WHERE what = 'denied'"))


@pytest.mark.parametrize("status", Status)
async def test_only_the_cells_of_the_table_change_anything(bot: Offline, status: Status) -> None:
    case = await put(bot, status)
    for who in EVERYBODY:
        bot.clock.instant += timedelta(minutes=1)  # nobody floods
        allowed: list[str] = []
        denied: list[str] = []
        late: list[str] = []
        _, actor = await actor_and_case(bot, who, case)
        for press, move in AT_ONCE.items():
            if permission.may(case, move, actor, START) and move != "withdraw":
                allowed.append(press)
            else:
                # Nobody takes back what a neighbour has joined.
                entitled = permission._entitled(case, MOVES[move], actor)
                (late if entitled else denied).append(press)
        await nothing_changes(bot, case, who, late, audited=0)
        await nothing_changes(bot, case, who, denied, audited=len(denied))
        for press in allowed:
            await press_at(bot, who, press, case.version)
            assert (await stands(bot)).version > case.version, (who, press, status)
            case = await put(bot, status)


async def nothing_changes(
    bot: Offline, case: Case, who: int, presses: list[str], *, audited: int
) -> None:
    """Press all of them at once: each is answered, and the case stands as it stood."""
    before, answered = await denials(bot), len(bot.phones.toasts)
    updates = [bot.press(who, 1, f"v1:{one}:{NUMBER}:{case.version}") for one in presses]
    if updates:
        await bot.take_in(*updates)
        await bot.settle()
    assert (await stands(bot)) == case, (who, presses)
    assert len(bot.phones.toasts) == answered + len(presses), (who, presses)
    assert await denials(bot) == before + audited, (who, presses)


async def press_at(bot: Offline, who: int, press: str, version: int) -> None:
    await bot.take_in(bot.press(who, 1, f"v1:{press}:{NUMBER}:{version}"))
    await bot.settle()


@pytest.mark.parametrize("press", [one for one in AT_ONCE if one not in ANY_VERSION])
async def test_an_old_press_never_changes_anything(bot: Offline, press: str) -> None:
    """Press it where it is allowed, as whoever may, drawn for any version but that of now."""
    tried = 0
    for status in Status:
        case = await put(bot, status)
        for who in EVERYBODY:
            _, actor = await actor_and_case(bot, who, case)
            if not permission.may(case, AT_ONCE[press], actor, START):
                continue
            bot.clock.instant += timedelta(minutes=1)
            for version in (0, case.version - 1, case.version + 1, 99_999):
                await bot.take_in(bot.press(who, 1, f"v1:{press}:{NUMBER}:{version}"))
            await bot.settle()
            assert (await stands(bot)) == case, (who, status)
            tried += 1
    assert tried, "nobody may press it anywhere"


async def test_an_old_offer_is_good_as_long_as_nobody_took_it(bot: Offline) -> None:
    case = await put(bot, Status.IN_PROGRESS)
    bot.clock.instant += timedelta(minutes=1)
    await bot.take_in(bot.press(LIU, 1, f"v1:case:claim:{NUMBER}:{case.version - 1}"))
    await bot.settle()
    assert (await stands(bot)) == case
    case = await put(bot, Status.OFFERED)
    await press_at(bot, LIU, "case:claim", case.version - 1)
    assert (await stands(bot)).status is Status.IN_PROGRESS


async def test_a_number_that_is_not_there_is_answered(bot: Offline) -> None:
    bot.clock.instant += timedelta(minutes=1)
    answered = len(bot.phones.toasts)
    for press in AT_ONCE:
        await bot.take_in(bot.press(XIAOLI, 1, f"v1:{press}:4711:1"))
    await bot.settle()
    assert len(bot.phones.toasts) == answered + len(AT_ONCE)
    assert bot.defects == []
