"""Presses on outages: forged, stale, by two at once; what a report costs without any."""

from collections.abc import AsyncIterator

import pytest

from storage.unit_of_work import Database
from tests.support.chat_room import DESK, LI, ZHAO, ChatRoom, chat_room
from tests.support.database import HandClock, rows

EVENING = "2611171800"


@pytest.fixture
async def room(database: Database, clock: HandClock) -> AsyncIterator[ChatRoom]:
    async with chat_room(database, clock) as made:
        await made.hand_in(made.text("3号楼2单元停水了", LI))
        draft = await rows(database, "SELECT max(id) FROM drafts")
        await made.hand_in(made.press(f"v1:draft:file:{draft[0][0]}:0", LI))
        yield made


async def _case(room: ChatRoom) -> tuple[int, int]:
    found = await rows(room.database, "SELECT number, version FROM cases ORDER BY number DESC")
    return int(found[0][0]), int(found[0][1])


async def _begin(room: ChatRoom, person: int = DESK) -> tuple[int, int]:
    number, version = await _case(room)
    for verb in ("start", "here", f"at:{EVENING}"):
        name, _, choice = verb.partition(":")
        behind = f":{choice}" if choice else ""
        await room.hand_in(room.press(f"v1:outage:{name}:{number}:{version}{behind}", person))
    return number, version


async def _outages(room: ChatRoom) -> list[tuple[int, int | None]]:
    found = await rows(room.database, "SELECT version, ended_at FROM outages ORDER BY id")
    return [(row[0], row[1]) for row in found]


async def test_a_resident_can_neither_begin_nor_end_one(room: ChatRoom) -> None:
    await _begin(room, LI)
    await _begin(room, ZHAO)
    assert await _outages(room) == []
    await _begin(room)
    for verb in ("end", "move", "show"):
        await room.hand_in(room.press(f"v1:off:{verb}:1:1", LI))
    assert await _outages(room) == [(1, None)]


async def test_what_was_begun_or_ended_by_another_is_said(room: ChatRoom) -> None:
    await _begin(room)
    number, version = await _case(room)
    await room.hand_in(room.press(f"v1:outage:start:{number}:{version}", DESK))
    assert room.toasts[-1] == "这件事已经按停水停电在办了"
    presses = [room.press("v1:off:end:1:1", DESK), room.press("v1:off:end:1:1", DESK)]
    await room.hand_in(*presses)
    assert room.toasts[-2:] == ["好的,这就问大家", "已经到点,问过大家了"]
    (ended,) = await _outages(room)
    assert ended[0] == 2
    assert await room.count("outage_answers") == 1
    assert await room.count("outbox WHERE kind = 'outage.ask'") == 1


async def test_a_button_of_before_the_end_was_moved_is_stale(room: ChatRoom) -> None:
    await _begin(room)
    number, version = await _case(room)
    await room.hand_in(room.press("v1:off:move:1:1", DESK))
    press = f"v1:outage:at:{number}:{version}:2611180800"
    assert "outage.moved" not in await room.kinds(room.press(press, DESK))
    assert (await _outages(room))[0][0] == 2
    await room.hand_in(room.press("v1:off:end:1:1", DESK))
    assert room.toasts[-1] == "时间刚被别人改过,请再点开看看"
    assert (await _outages(room))[0][1] is None


@pytest.mark.parametrize("choice", ["", "x", "9913312599", "2011171800", "2712010800"])
async def test_no_time_that_is_over_or_was_never_offered(room: ChatRoom, choice: str) -> None:
    number, version = await _case(room)
    await room.hand_in(room.press(f"v1:outage:start:{number}:{version}", DESK))
    await room.hand_in(room.press(f"v1:outage:here:{number}:{version}", DESK))
    await room.hand_in(room.press(f"v1:outage:at:{number}:{version}:{choice}", DESK))
    assert await _outages(room) == []


async def test_who_was_not_asked_answers_nothing(room: ChatRoom) -> None:
    await _begin(room)
    await room.hand_in(room.press("v1:off:back:1:0", LI))
    assert await room.count("outage_answers") == 0
    await room.hand_in(room.press("v1:off:end:1:1", DESK))
    for verb in ("back", "not_yet"):
        await room.hand_in(room.press(f"v1:off:{verb}:1:0", ZHAO))
        await room.hand_in(room.press(f"v1:off:{verb}:9:0", LI))
    assert await room.count("outage_answers WHERE said IS NOT NULL") == 0
    await room.hand_in(room.press("v1:off:not_yet:1:0", LI))
    await room.hand_in(room.press("v1:off:not_yet:1:0", LI))
    assert await room.count("outage_answers WHERE said = 'not_yet'") == 1
    assert await room.count("outbox WHERE kind = 'desk.outage_not_yet'") == 1


async def test_what_joined_is_taken_out_once_and_only_by_who_sent_it(room: ChatRoom) -> None:
    await _begin(room)
    number, _ = await _case(room)
    kinds = await room.kinds(room.text("3号楼1单元停水了", ZHAO))
    assert "outage.joined" in kinds
    assert (await _case(room))[0] == number
    draft = (await rows(room.database, "SELECT max(id) FROM drafts WHERE status = 'joined'"))[0][0]
    assert await room.count("co_signers") == 1
    await room.hand_in(room.press(f"v1:off:apart:{draft}:0", LI))
    assert await room.count("co_signers") == 1
    await room.hand_in(room.press(f"v1:off:apart:{draft}:0", ZHAO))
    await room.hand_in(room.press(f"v1:off:apart:{draft}:0", ZHAO))
    assert await room.count("co_signers") == 0
    assert (await _case(room))[0] == number + 1
    assert await room.count("remarks WHERE taken_back_at IS NOT NULL") == 1


async def test_the_reporter_of_the_case_adds_to_it(room: ChatRoom) -> None:
    await _begin(room)
    number, _ = await _case(room)
    assert "outage.joined" in await room.kinds(room.text("3号楼2单元还停水呢", LI))
    assert await room.count("co_signers") == 0
    assert (await _case(room))[0] == number
    assert await room.count("remarks WHERE kind = 'supplement'") == 1
