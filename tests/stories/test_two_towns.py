"""Two communities full of canaries, walked by everybody: nobody sees anything of the other."""

from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from datetime import timedelta
from typing import Any

import pytest
import pytest_asyncio

import handlers
from bot.domain.case import Status
from bot.domain.press import Press
from handlers import home
from tests.support.offline import Offline, offline
from tests.support.two_towns import BOTH, EAST, SIDES, WEST, Side, Walk, found, other
from tests.unit.matrix_room import (
    ADMIN,
    DESK,
    LI,
    LIU,
    QIAN,
    SUN,
    WANG,
    ZHAO,
    buttons,
)

pytestmark = pytest.mark.asyncio(loop_scope="module")
EVERYBODY = (LI, LIU, WANG, DESK, SUN, ZHAO, QIAN, ADMIN)
CASES = 4  # reported on both sides, with the same numbers
ONLY_THERE = 1000 + CASES + 1  # a number that one side alone has
PRESSES_EACH = 2  # of one kind of button, by one person
AWAY = "moving:go"  # who has moved to the other side sees that side
MOST_PRESSES = 75  # by one person
FIRST = 1001
WORKED_ON = (
    Status.OFFERED,
    Status.IN_PROGRESS,
    Status.RETURNED,
    Status.RESOLVED,
    Status.DECLINED,
    Status.REOPEN_REQUESTED,
    Status.CLOSED_SOLVED,
)
# These have no meetings, so all buttons about one are forged.
ABSENT = {"meeting", "agenda", "minutes", "action", "series"}
LEAST_REAL = 0.2  # of all buttons stood in a chat; the rest were forged
WHERE_IT_STANDS = 16  # presses at the case, by one person
SEARCHED = ("/find 灯", f"/find {BOTH}", f"/find {FIRST}", f"/find {ONLY_THERE}", "/find 3号楼")
LOOKED_UP = ("/people", "/people 李", "/people 师傅")
TYPED = (str(FIRST), f"查 {ONLY_THERE}", "1", "谢谢", "你好", "帮助", "取消")


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def walk(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Walk]:
    async with offline(tmp_path_factory.mktemp("towns")) as made:
        await found(made)
        walk = Walk(made)
        for side in SIDES:
            await report(walk, side, CASES + (side is WEST))
        yield walk


def command(bot: Offline, who: int, words: str) -> dict[str, Any]:
    name = words.partition(" ")[0]
    entity = {"type": "bot_command", "offset": 0, "length": len(name)}
    return bot.message(who, words, entities=[entity])


async def report(walk: Walk, side: Side, many: int) -> None:
    """Report cases with the mark, a picture and a home; the same numbers on both sides."""
    for number in range(many):
        who = side.who(LI)
        size = {"file_id": f"{side.mark}{number}", "file_unique_id": f"{side.mark}{number}"}
        photo = [{**size, "width": 9, "height": 9}]
        words = f"{side.mark}{BOTH}第{number}件:3号楼2单元灯不亮"
        await walk.do(walk.bot.message(who, photo=photo, caption=words))
        sent = [
            (at, one)
            for at, one in walk.bot.phones.buttons(who)
            if (press := Press.parse(one.data)) and (press.noun, press.verb) == ("draft", "file")
        ]
        await walk.do(walk.bot.press(who, sent[-1][0], sent[-1][1].data))
    rows = await walk.bot.rows(
        "SELECT number FROM cases WHERE community_id = :side ORDER BY number", side=side.id
    )
    assert [row["number"] for row in rows] == [FIRST + at for at in range(many)]


def said_by(bot: Offline, who: int) -> Iterator[dict[str, Any]]:
    """Yield every command, key and search."""
    for name in handlers.COMMANDS:
        yield command(bot, who, f"/{name}")
    for words in (*SEARCHED, *LOOKED_UP):
        yield command(bot, who, words)
    for key in handlers.KEYS:
        yield bot.message(who, home.labels(key)[0])
    for words in TYPED:
        yield bot.message(who, words)


async def press_what_appears(walk: Walk, who: int, most: int = MOST_PRESSES) -> None:
    """Press the buttons of the chat, the newest first, each kind a few times."""
    done: dict[str, int] = defaultdict(int)
    tried: set[tuple[int, str]] = set()
    for _ in range(most):
        for at, button in reversed(list(walk.bot.phones.buttons(who))):
            press = Press.parse(button.data)
            if press is None or (at, button.data) in tried:
                continue
            kind = f"{press.noun}:{press.verb}"
            if done[kind] >= PRESSES_EACH or kind == AWAY:
                continue
            done[kind] += 1
            tried.add((at, button.data))
            walk.real.add(kind)
            await walk.do(walk.bot.press(who, at, button.data))
            break
        else:
            return


def forged(bot: Offline, who: int, theirs: Side) -> Iterator[dict[str, Any]]:
    """Yield every press that is listened to, with numbers and choices of the other side."""
    choices: dict[str, set[str]] = defaultdict(set)
    for chat in [one for one in bot.phones.chats if theirs.has(one)]:
        for _, button in bot.phones.buttons(chat):
            press = Press.parse(button.data)
            if press is not None and press.choice:
                choices[f"{press.noun}:{press.verb}"].add(press.choice)
    for noun, verb in sorted(set(buttons(bot))):
        yield bot.press(who, 1, f"v1:{noun}:{verb}:{ONLY_THERE}:1")
        for choice in sorted(choices[f"{noun}:{verb}"])[:1]:
            yield bot.press(who, 1, f"v1:{noun}:{verb}:{FIRST}:1:{choice}")


@pytest.mark.parametrize("side", SIDES, ids=["east", "west"])
@pytest.mark.parametrize("like", EVERYBODY)
async def test_whatever_one_says_and_presses_nothing_of_the_other_side_is_seen(
    walk: Walk, side: Side, like: int
) -> None:
    who = side.who(like)
    await walk.do(*said_by(walk.bot, who))
    await press_what_appears(walk, who)
    await walk.do(*forged(walk.bot, who, other(side)))
    await press_what_appears(walk, who)
    assert walk.faults == []


@pytest.mark.parametrize("side", SIDES, ids=["east", "west"])
@pytest.mark.parametrize("status", WORKED_ON)
async def test_whatever_can_be_pressed_at_a_case_that_is_worked_on_shows_one_side(
    walk: Walk, side: Side, status: Status
) -> None:
    """The number is that of a case of the other side as well."""
    for like in (WANG, DESK, ZHAO, LI):
        await walk.put(side, FIRST, status, side.who(WANG))
        await walk.do(command(walk.bot, side.who(like), f"/find {FIRST}"))
        await press_what_appears(walk, side.who(like), WHERE_IT_STANDS)
    assert walk.faults == []


async def test_codes_and_links_of_the_other_side_are_none_of_theirs(walk: Walk) -> None:
    for side in SIDES:
        code = min(other(side).secrets)
        for who in (side.who(LI), side.who(ADMIN)):
            await walk.do(command(walk.bot, who, f"/start p_{code}"))
    assert walk.faults == []


async def test_presses_in_the_group_of_the_other_side_show_nothing(walk: Walk) -> None:
    for side in SIDES:
        theirs = other(side).group
        chat = {"id": theirs, "type": "supergroup", "title": "群"}
        for like in (LI, DESK, ADMIN):
            held = []
            for at, button in walk.bot.phones.buttons(theirs):
                press = walk.bot.press(side.who(like), at, button.data)
                press["callback_query"]["message"]["chat"] = chat
                held.append(press)
            await walk.do(*held)
    assert walk.faults == []


async def test_what_the_clock_brings_stays_on_its_side(walk: Walk) -> None:
    """Deadlines, morning letters, callbacks, what was held in the night."""
    before = walk.looked_at
    for _ in range(6):
        await walk.bot.pass_(timedelta(hours=12))
        walk.look()
    assert walk.looked_at > before
    assert walk.faults == []


async def test_the_walk_came_everywhere(walk: Walk) -> None:
    listened = {f"{noun}:{verb}" for noun, verb in buttons(walk.bot)}
    assert walk.pressed >= listened
    here = {one for one in listened if one.partition(":")[0] not in ABSENT}
    assert len(walk.real & here) >= LEAST_REAL * len(here), sorted(here - walk.real)
    for side in SIDES:  # both were in it, with their groups
        assert any(side.mark in repr(one) for one in walk.bot.phones.chats[side.group].values())


async def test_the_search_would_find_a_canary(walk: Walk) -> None:
    walk._search(EAST.who(LI), "made up", f"…{WEST.mark}…")
    assert len(walk.faults) == 1
    walk.faults.clear()
