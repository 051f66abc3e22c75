"""What says the same to many gives way: no answer stands behind a notice, not even in one chat."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage import outbox
from tests.unit.delivery_room import Room, open_room

MANY = [(chat, f"notice.{chat}") for chat in range(1, 201)]


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as made:
        yield made


async def test_an_answer_overtakes_two_hundred_notices(room: Room) -> None:
    await room.queue(*MANY, bulk=True)
    await room.queue((150, "answer"), (900, "other"))
    room.start()
    await room.until_idle()
    assert set(room.sender.begun[:2]) == {"answer", "other"}
    assert len(room.sender.sent) == len(MANY) + 2
    assert room.sender.begun.index("notice.150") > room.sender.begun.index("answer")
    assert room.sender.most_in_a_chat == 1
    assert room.sender.most_in_flight == 8


async def test_each_goes_once_and_in_order(room: Room) -> None:
    await room.queue(*MANY, bulk=True)
    room.start()
    await room.until_idle()
    assert [kind for _, kind, _ in room.sender.sent] == [kind for _, kind in MANY]


async def test_the_lanes_are_looked_up_apart(room: Room) -> None:
    await room.queue((1, "notice"), bulk=True)
    await room.queue((1, "answer"))
    async with room.database.begin() as uow:
        bulk = await outbox.page(uow, [], 9, bulk=True)
        others = await outbox.page(uow, [], 9)
    assert [(one.chat_id, one.bulk) for one in bulk] == [(1, True)]
    assert [(one.chat_id, one.bulk) for one in others] == [(1, False)]
