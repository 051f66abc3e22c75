"""Presses on signals: whose they are, and what stands in them."""

from collections.abc import AsyncIterator

import pytest

from storage.unit_of_work import Database
from tests.support.chat_room import DESK, LI, ZHAO, ChatRoom, chat_room
from tests.support.database import HandClock, rows

PLACES = ("5号楼1单元", "5号楼2单元", "5号楼1单元")


@pytest.fixture
async def room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    async with chat_room(database, clock) as made:
        for place in PLACES:
            await made.hand_in(made.text(f"{place}楼道灯不亮了", LI))
            draft = await rows(database, "SELECT max(id) FROM drafts")
            await made.hand_in(made.press(f"v1:draft:another:{draft[0][0]}:0", LI))
        yield made


async def _open(room: ChatRoom) -> int:
    sql = "SELECT count(*) FROM signals WHERE closed_at IS NULL"
    return int((await rows(room.database, sql))[0][0])


@pytest.mark.parametrize("verb", ["agenda", "known", "show", "list"])
async def test_residents_may_not_touch_signals(room: ChatRoom, verb: str) -> None:
    assert await _open(room) == 1
    for person in (LI, ZHAO):
        assert await room.kinds(room.press(f"v1:signal:{verb}:1:0", person)) == []
    assert await _open(room) == 1
    assert await room.count("audit") >= 2


async def test_a_signal_that_never_was_is_stale(room: ChatRoom) -> None:
    await room.hand_in(room.press("v1:signal:agenda:99:0", DESK))
    assert await _open(room) == 1
    assert await room.kinds(room.press("v1:signal:list:0:0:x", DESK)) == ["signal.list"]


async def test_two_press_at_once(room: ChatRoom) -> None:
    presses = [room.press("v1:signal:agenda:1:0", DESK), room.press("v1:signal:known:1:0", DESK)]
    await room.hand_in(*presses)
    assert await _open(room) == 0
    assert await room.count("remarks WHERE kind = 'agenda'") == 1
