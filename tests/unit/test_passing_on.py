"""Presses that pass a case on and are not theirs to make, too old, or lead nowhere."""

from collections.abc import AsyncIterator

import pytest

from storage.unit_of_work import Database
from tests.support.chat_room import DESK, LI, ChatRoom, chat_room
from tests.support.database import HandClock, rows

VOLUNTEER, ORGANIZER = 7000007, 7000012


@pytest.fixture
async def room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    async with chat_room(database, clock) as made:
        yield made


async def case(room: ChatRoom) -> tuple[int, int, str | None]:
    """Return number, version and level of the only case."""
    ((number, version, level),) = await rows(
        room.database, "SELECT number, version, level FROM cases"
    )
    return int(number), int(version), level


async def report(room: ChatRoom, words: str = "3楼灯不亮了") -> int:
    await room.hand_in(room.text(words))
    ((draft,),) = await rows(room.database, "SELECT id FROM drafts")
    await room.hand_in(room.press(f"v1:draft:file:{draft}:0"))
    return (await case(room))[0]


@pytest.mark.parametrize("person", [LI, VOLUNTEER, ORGANIZER])
async def test_whoever_does_not_decide_here_passes_nothing_on(room: ChatRoom, person: int) -> None:
    number = await report(room)
    for data in (f"v1:case:up:{number}:1", f"v1:case:up:{number}:1:community"):
        await room.hand_in(room.press(data, person))
        assert await case(room) == (number, 1, None)


@pytest.mark.parametrize("to", ["street", "grid", "property", "nowhere"])
async def test_only_the_next_level_or_that_of_the_route(room: ChatRoom, to: str) -> None:
    number = await report(room)
    await room.hand_in(room.press(f"v1:case:up:{number}:1:{to}", DESK))
    assert await case(room) == (number, 1, None)
    assert "这条更新过了,给您看最新的" in room.toasts


async def test_an_old_button_and_the_street_pass_nothing_on(room: ChatRoom) -> None:
    number = await report(room)
    await room.hand_in(room.press(f"v1:case:up:{number}:1:community", DESK))
    assert await case(room) == (number, 2, "community")
    await room.hand_in(room.press(f"v1:case:up:{number}:1:street", DESK))
    assert await case(room) == (number, 2, "community")
    await room.hand_in(room.press(f"v1:case:up:{number}:2", ORGANIZER))
    assert await case(room) == (number, 3, "street")
    for data in (f"v1:case:up:{number}:3", f"v1:case:up_ask:{number}:3"):
        await room.hand_in(room.press(data, DESK))
        assert await case(room) == (number, 3, "street")
