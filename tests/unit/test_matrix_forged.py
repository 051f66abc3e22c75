"""Every button there is, pressed by everybody at a case in every status, with words behind it.

Presses are forged: nobody looks whether the button ever stood in that chat. Whatever comes of it,
the dialogues' ends too, has to be a cell of the table for who they are; and nothing that somebody
of another community does or sees touches the case.

Whoever decides most presses in each status, the others in every second one; with the environment
variable FORGED=all everybody presses in every status, which takes minutes.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

from bot.domain.case import MOVES, Relation, Status
from bot.domain.role import WORKERS, Role
from handlers.conversation import Dialogue
from storage import case as cases
from storage import person as people
from tests.support.database import a_case
from tests.support.offline import Offline, offline
from tests.unit.matrix_room import (
    DESK,
    HANDLER,
    LI,
    LIU,
    NUMBER,
    STRANGER,
    SUN,
    XIAOLI,
    ZHAO,
    ZHOU,
    begin,
    buttons,
    clear,
    found_another_community,
    put,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
CANARY = "灯不亮"
WORDS = "要等明天下午3点的零件"
ELSEWHERE = {
    "home",
    "list",
    "settings",
    "draft",
    "group",
    "moving",
}  # their number is of something else
PRESSING = (LI, ZHOU, XIAOLI, DESK, LIU, HANDLER, SUN, ZHAO, STRANGER)
DECIDING = (LI, DESK, HANDLER)
A_MINUTE = 29  # updates: more would be a flood
FIRST = {Status.RETURNED: "case:up"}  # else something that moves it always comes before
Choices = dict[str, set[str]]


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def bot(tmp_path_factory: pytest.TempPathFactory) -> Any:
    async with offline(tmp_path_factory.mktemp("forged")) as made:
        await begin(made)
        await report_elsewhere(made)
        yield made


async def report_elsewhere(bot: Offline) -> None:
    """Add another community with a case of the same number."""
    await found_another_community(bot)
    async with bot.house.database.begin() as uow:
        cases.add(uow, a_case(NUMBER, community=2, reporter_id=2, words="别处的事"))


def note_choices(bot: Offline, known: Choices) -> None:
    """Remember what stands behind the buttons of any chat."""
    for chat in list(bot.phones.chats):
        for _, button in bot.phones.buttons(chat):
            parts = button.data.split(":", 5)
            if len(parts) > 5:
                known[f"{parts[1]}:{parts[2]}"].add(parts[5])


def forged(
    bot: Offline, who: int, version: int, known: Choices, first: str = ""
) -> Iterator[dict[str, Any]]:
    """Yield every press at the case; where a dialogue may have begun, words follow.

    What moves the case makes all that comes later stale: so one may come `first`.
    """
    dialogues = [one for one in bot.house.application.handlers[0] if isinstance(one, Dialogue)]
    talks = {noun for one in dialogues for noun in one._nouns}
    for noun, verb in sorted(set(buttons(bot)), key=lambda one: (":".join(one) != first, one)):
        if noun in ELSEWHERE:
            continue
        choice = min((f":{one}" for one in known[f"{noun}:{verb}"]), default="")
        yield bot.press(who, 1, f"v1:{noun}:{verb}:{NUMBER}:{version}{choice}")
        if noun in talks:
            yield bot.message(who, WORDS)


async def history(bot: Offline, community: int) -> list[dict[str, Any]]:
    rows = await bot.rows(
        "SELECT h.*, c.words FROM case_history h JOIN cases c USING (community_id)"
        " WHERE c.number = h.case_number AND h.case_number = :number"
        " AND h.community_id = :community ORDER BY version",
        number=NUMBER,
        community=community,
    )
    return [dict(row) for row in rows]


async def is_theirs(bot: Offline, who: int, row: dict[str, Any], handler: int | None) -> bool:
    """Say whether the one who made the move really is what the history says."""
    async with bot.house.database.begin() as uow:
        person = await people.find_by_telegram(uow, who)
    assert person is not None
    if row["person_id"] not in (person.id, None):
        return False
    role = row["role"]
    if role in {Relation.CLOCK, Relation.RULE}:
        return row["person_id"] is None
    relations = {
        Relation.REPORTER: who == LI,
        Relation.CO_SIGNER: who == ZHOU,
        Relation.HANDLER: who == handler,
        Relation.AUDIENCE: person.holds(*WORKERS),
        Role.RESIDENT: True,
    }
    return relations[role] if role in relations else person.holds(Role(role))


def pressing(status: Status) -> tuple[int, ...]:
    """Return who presses while a case is in the status."""
    if os.environ.get("FORGED") == "all":
        return PRESSING
    turn = list(Status).index(status) % 2
    return tuple(one for at, one in enumerate(PRESSING) if one in DECIDING or at % 2 == turn)


async def press_everything(bot: Offline, status: Status, choices: Choices) -> None:
    """Let everybody press every button at a case in the status, and look what came of it."""
    for who in pressing(status):
        await clear(bot)
        case = await put(bot, status)
        taken = case.handler_id is not None
        before, theirs = await history(bot, 1), await history(bot, 2)
        updates = list(forged(bot, who, case.version, choices, FIRST.get(status, "")))
        for at in range(0, len(updates), A_MINUTE):
            bot.clock.instant += timedelta(minutes=1)
            await bot.take_in(*updates[at : at + A_MINUTE])
            await bot.settle()
            note_choices(bot, choices)  # what is pressed later may take the buttons away again
        made = (await history(bot, 1))[len(before) :]
        if who == STRANGER:
            assert made == [], status
            assert not any(CANARY in one.text for one in bot.phones.chats[STRANGER].values())
        else:
            assert await history(bot, 2) == theirs
        handler = HANDLER if taken else None
        for row in made:
            move = MOVES[row["move"]]
            assert Status(row["from_status"]) in move.from_, (who, row)
            assert row["role"] in {party.value for party in move.needs}, (who, row)
            assert await is_theirs(bot, who, row, handler), (who, row)
            choices["made"].add(row["move"])
            handler = who if row["move"] == "claim" else handler
        found, bot.defects[:] = list(bot.defects), []
        assert found == [], who


async def test_whatever_is_pressed_only_cells_of_the_table_come_of_it(bot: Offline) -> None:
    choices: Choices = defaultdict(set)  # in one test: what one status shows is tried in the next
    for status in Status:
        await press_everything(bot, status, choices)
    assert choices["made"] >= {
        *("appeal_decline", "arrive", "claim", "confirm", "contest", "correct", "note", "offer"),
        *("raise_urgency", "reopen", "restore", "supplement", "transfer", "unmerge"),
    }
