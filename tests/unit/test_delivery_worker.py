"""The outbox loop against a stand-in for Telegram and a real database file: order and time."""

import asyncio
from collections.abc import AsyncIterator
from datetime import timedelta
from functools import partial
from pathlib import Path

import pytest
from sqlalchemy import delete
from sqlalchemy.exc import OperationalError

from bot.delivery.transport import NotSentError, SlowDownError
from bot.domain.letter import Toast
from storage.tables import outbox
from tests.unit.delivery_room import START, Room, open_room


@pytest.fixture
async def room(tmp_path: Path) -> AsyncIterator[Room]:
    async with open_room(tmp_path) as made:
        yield made


async def test_letters_go_out_in_order_and_are_marked_sent(room: Room) -> None:
    await room.queue((1, "a"), (2, "b"), (1, "c"))
    room.start()
    await room.until_idle()
    assert [kind for chat, kind, _ in room.sender.sent if chat == 1] == ["a", "c"]
    assert await room.statuses() == {"a": "sent", "b": "sent", "c": "sent"}
    row = await room.row("a")
    assert (row.copies, row.attempts) == (1, 1)
    assert row.sent_at >= START


async def test_one_letter_a_chat_and_eight_in_all_are_in_flight(room: Room) -> None:
    letters = [(chat, f"{chat}.{n}") for n in range(5) for chat in range(1, 31)]
    await room.queue(*letters)
    room.start()
    await room.until_idle()
    assert sorted(room.sender.kinds) == sorted(kind for _, kind in letters)
    assert room.sender.most_in_a_chat == 1
    assert room.sender.most_in_flight == 8
    for chat in range(1, 31):
        sent = [kind for to, kind, _ in room.sender.sent if to == chat]
        assert sent == [f"{chat}.{n}" for n in range(5)]


async def test_a_chat_with_a_long_queue_does_not_starve_the_others(room: Room) -> None:
    room.sender.gates["0.0"] = asyncio.Event()
    await room.queue(*((100, f"0.{n}") for n in range(200)))
    await room.queue((2, "neighbour"))
    room.start()
    await room.until(lambda: "neighbour" in room.sender.kinds)
    assert room.sender.begun.count("0.0") == 1


async def test_a_slow_letter_does_not_hold_up_those_that_come_later(room: Room) -> None:
    room.sender.gates["slow"] = asyncio.Event()
    await room.queue((1, "slow"))
    room.start()
    await room.until(lambda: room.sender.begun == ["slow"])
    await room.queue((2, "quick"))
    await room.until(lambda: "quick" in room.sender.kinds)
    assert not await room.worker.idle()


async def test_a_retry_holds_back_its_own_chat_only_and_keeps_its_order(room: Room) -> None:
    room.sender.fail["a"] = [NotSentError("no"), NotSentError("no")]
    await room.queue((1, "a"), (1, "b"), (2, "c"))
    room.start()
    await room.until_idle()
    assert room.sender.kinds == ["c"]
    next_due = await room.worker.next_due()
    assert next_due is not None
    room.later(1)
    await room.until(lambda: room.sender.begun.count("a") == 2)
    await room.until_idle()
    assert room.sender.kinds == ["c"]  # the second wait is five seconds
    room.later(5)
    await room.until_idle()
    assert room.sender.kinds == ["c", "a", "b"]


async def test_a_letter_planned_for_later_holds_back_nobody(room: Room) -> None:
    await room.queue((1, "planned"), due_at=START + timedelta(hours=1))
    await room.queue((1, "now"))
    room.start()
    await room.until_idle()
    assert room.sender.kinds == ["now"]
    assert await room.worker.next_due() == START + timedelta(hours=1)
    room.clock.jump_to(START + timedelta(hours=1, seconds=1))
    await room.until_idle()
    assert room.sender.kinds == ["now", "planned"]


async def test_six_hours_without_telegram_lose_nothing(room: Room) -> None:
    kinds = [f"{chat}.{n}" for n in range(3) for chat in range(1, 6)]
    for kind in kinds:
        room.sender.fail[kind] = [NotSentError("Bad Gateway")] * 75
    for chat in range(1, 6):
        await room.queue(*((chat, f"{chat}.{n}") for n in range(3)))
    room.start()
    while room.clock.now() < START + timedelta(hours=6):
        await room.until_idle()
        due = await room.worker.next_due()
        assert due is not None
        room.clock.jump_to(due)
    room.sender.fail.clear()
    for _ in range(2):
        await room.until_idle()
        room.later(301)
    await room.until_idle()
    assert sorted(room.sender.kinds) == sorted(kinds)
    for chat in range(1, 6):
        assert [kind for to, kind, _ in room.sender.sent if to == chat] == [
            f"{chat}.{n}" for n in range(3)
        ]
    assert room.alarms == []


async def test_too_many_requests_halt_everybody_and_count_for_nobody(room: Room) -> None:
    room.sender.fail["a"] = [SlowDownError(timedelta(seconds=30))]
    await room.queue((1, "a"))
    room.start()
    await room.until(lambda: room.pacer.wait(2) > 0)
    assert room.pacer.wait(2) == pytest.approx(30.1)
    await room.queue((2, "b"))
    room.later(31)
    assert not await room.worker.idle()
    assert room.sender.kinds == []
    room.monotonic += 31
    room.worker.wake()
    await room.until_idle()
    assert sorted(room.sender.kinds) == ["a", "b"]
    row = await room.row("a")
    assert (row.attempts, row.copies) == (1, 1)


async def test_pacing_holds_letters_back(room: Room) -> None:
    room.new_worker(total=2)
    await room.queue((1, "a"), (2, "b"), (3, "c"))
    room.start()
    await room.until(lambda: room.sender.kinds == ["a"])
    assert not await room.worker.idle()
    for expected in ("ab", "abc"):
        room.monotonic += 0.6
        room.worker.wake()
        await room.until(partial(_has_sent, room, expected))


def _has_sent(room: Room, kinds: str) -> bool:
    return room.sender.kinds == list(kinds)


async def test_each_letter_takes_from_the_pace_once(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    took: list[int] = []
    monkeypatch.setattr(room.pacer, "took", took.append)
    room.sender.gates["a"] = asyncio.Event()
    await room.queue((1, "a"), (1, "b"))
    room.start()
    await room.until(lambda: room.sender.begun == ["a"])
    room.worker.wake()  # more may be due: it is looked for when "b" is picked, not yet marked
    room.sender.gates["a"].set()
    await room.until_idle()
    assert room.sender.kinds == ["a", "b"]
    assert took == [1, 1]


async def test_after_a_kill_each_class_gets_what_it_is_due(room: Room) -> None:
    await room.queue((1, "must"), (1, "after"), (2, "twice"), (3, "case.thanks"))
    await room.queue((4, "edit"), message_id=77)
    await room.change("must", status="sending")
    await room.change("twice", status="sending", copies=1)
    await room.change("case.thanks", status="sending")
    await room.change("edit", status="sending", copies=5)
    await room.worker.recover()
    room.start()
    await room.until_idle()
    assert await room.statuses() == {
        "must": "sent",
        "after": "sent",
        "twice": "unknown",
        "case.thanks": "unknown",
        "edit": "sent",
    }
    assert [kind for chat, kind, _ in room.sender.sent if chat == 1] == ["must", "after"]
    assert (await room.row("must")).copies == 2
    assert [what for what, _ in room.alarms] == ["letter_unknown"]


async def test_a_restart_remembers_which_chats_wait_for_a_retry(room: Room) -> None:
    room.sender.fail["a"] = [NotSentError("no")] * 2
    await room.queue((1, "a"), (1, "b"))
    room.start()
    await room.until_idle()
    await room.stop()
    room.new_worker()
    await room.worker.recover()
    room.start()
    await room.until_idle()
    assert room.sender.begun == ["a"]
    await room.stop()
    room.later(10)  # a's turn has come while nobody was there
    room.sender.fail.clear()
    room.new_worker()
    await room.worker.recover()
    room.start()
    await room.until_idle()
    assert room.sender.kinds == ["a", "b"]


async def test_drain_lets_what_is_in_flight_finish_and_starts_nothing(room: Room) -> None:
    room.sender.gates["a"] = asyncio.Event()
    await room.queue((1, "a"), (1, "b"))
    room.start()
    await room.until(lambda: room.sender.begun == ["a"])
    draining = asyncio.create_task(room.worker.drain(5))
    room.sender.gates["a"].set()
    await draining
    assert await room.statuses() == {"a": "sent", "b": "queued"}


async def test_drain_gives_up_after_its_time(room: Room) -> None:
    room.sender.gates["a"] = asyncio.Event()
    await room.queue((1, "a"))
    room.start()
    await room.until(lambda: room.sender.begun == ["a"])
    await room.worker.drain(0.01)
    assert await room.statuses() == {"a": "sending"}


async def test_answers_go_at_once_and_nobody_notices_their_failure(room: Room) -> None:
    toast = Toast("77", "done")
    room.worker.answer_now([toast])
    assert not await room.worker.idle()
    await room.until_idle()
    assert room.sender.answered == [toast]


async def test_an_answer_that_comes_too_fast_halts_the_letters(room: Room) -> None:
    room.sender.not_answered = SlowDownError(timedelta(seconds=30))
    room.worker.answer_now([Toast("77", "done")])
    await room.until_idle()
    assert room.pacer.wait(2) == pytest.approx(30.1)


async def test_a_database_that_fails_for_a_while_loses_nothing(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    room.sender.gates["a"] = asyncio.Event()
    await room.queue((1, "a"), (1, "b"), (2, "c"))
    room.start()
    await room.until(lambda: "c" in room.sender.kinds)
    broken = OperationalError("COMMIT", None, Exception("disk is full"))
    begin, tried = room.database.begin, asyncio.Event()

    def fail() -> None:
        tried.set()
        raise broken

    monkeypatch.setattr(room.database, "begin", fail)
    room.sender.gates["a"].set()
    await asyncio.wait_for(tried.wait(), 5)
    monkeypatch.setattr(room.database, "begin", begin)
    room.later(2)
    await room.until_idle()
    assert room.sender.kinds == ["c", "a", "b"]
    assert room.sender.begun.count("a") == 1


async def test_a_reset_forgets_what_was_on_its_way(room: Room) -> None:
    room.sender.gates["old"] = asyncio.Event()
    await room.queue((1, "old"))
    room.start()
    await room.until(lambda: room.sender.begun == ["old"])
    async with room.database.begin() as uow:
        await uow.write_now(delete(outbox))
    room.worker.forget()
    await room.queue((1, "new"))
    await room.until_idle()
    assert room.sender.kinds == ["new"]
    assert await room.statuses() == {"new": "sent"}
