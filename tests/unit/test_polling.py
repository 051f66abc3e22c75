"""Polling: nothing is confirmed before it is kept, and only a wrong token ends the loop."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy.exc import OperationalError
from telegram.error import Conflict, InvalidToken, NetworkError, TelegramError, TimedOut

from bot.clock import Clock
from bot.delivery.transport import SlowDownError
from bot.intake import polling as module
from bot.intake.polling import Polling
from bot.intake.taking import lane_of
from storage import inbox
from storage.inbox import Taken
from storage.unit_of_work import Database
from tests.support.database import START, VAULT, rows, url_of

BOT = 77
PATIENCE = 10.0
Raw = dict[str, Any]


def message(number: int, person: int = 5, text: str = "hello") -> Raw:
    chat = {"id": person, "type": "private"}
    return {"update_id": number, "message": {"message_id": 1, "chat": chat, "text": text}}


class Source:
    """Answers what the test has put in, one after the other, then never again."""

    def __init__(self, database: Database) -> None:
        self.answers: asyncio.Queue[list[Raw] | Exception] = asyncio.Queue()
        self.asked: list[int | None] = []
        self.kept_when_asked: list[int] = []
        self.ended = 0
        self._database = database

    async def updates(self, offset: int | None, wait: int) -> Sequence[Raw]:
        assert wait > 0
        self.kept_when_asked.append(len(await rows(self._database, "SELECT * FROM inbox")))
        self.asked.append(offset)
        answer = await self.answers.get()
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def bring_nowhere(self) -> None:
        self.ended += 1


class Lines:
    def __init__(self) -> None:
        self.said: list[str] = []

    def error(self, event: str, **facts: Any) -> None:
        self.said.append(f"{event} {facts}")

    warning = error


class Room:
    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.source = Source(database)
        self.taken: list[Taken] = []
        self.not_kept: list[int] = []
        self.polling = self.new_polling()
        self.running: asyncio.Task[None] | None = None

    def new_polling(self) -> Polling:
        self.polling = Polling(
            self.database,
            self.source,
            self.clock,
            BOT,
            taken_in=self.taken.extend,
            cannot_keep=self._cannot_keep,
        )
        return self.polling

    async def _cannot_keep(self, raw: Sequence[Raw]) -> None:
        self.not_kept.extend(one["update_id"] for one in raw)

    async def run(self, *answers: list[Raw] | Exception) -> None:
        """Let the loop go on until it has had all answers and asks again."""
        for answer in answers:
            self.source.answers.put_nowait(answer)
        asks = len(self.source.asked) + len(answers) + (self.running is None)
        if self.running is None:
            self.running = asyncio.create_task(self.polling.run())
        await self.until(lambda: len(self.source.asked) >= asks)

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not met():
                self.clock.jump_to(self.clock.now() + timedelta(seconds=5))  # end any back-off
                await asyncio.sleep(0.001)

    async def stop(self) -> None:
        if self.running is not None:
            self.running.cancel()
            with suppress(asyncio.CancelledError, InvalidToken):
                await self.running
            self.running = None


@pytest.fixture
def lines(monkeypatch: pytest.MonkeyPatch) -> Lines:
    made = Lines()
    monkeypatch.setattr(module, "_log", made)
    return made


@pytest.fixture
async def room(file: Path, lines: Lines) -> AsyncIterator[Room]:
    assert lines.said == []
    clock = Clock(START)
    database = Database(url_of(file), clock.now, vault=VAULT)
    await database.open()
    made = Room(database, clock)
    try:
        yield made
    finally:
        await made.stop()
        await database.close()


async def test_updates_are_kept_before_telegram_hears_of_the_next_offset(room: Room) -> None:
    await room.run([message(10), message(11)], [message(15)], [])
    assert room.source.asked == [None, 12, 16, 16]
    assert room.source.kept_when_asked == [0, 2, 3, 3]
    assert [one.update_id for one in room.taken] == [10, 11, 15]
    assert json.loads(room.taken[0].raw) == message(10)


async def test_a_restart_goes_on_where_it_stopped(room: Room) -> None:
    await room.run([message(10)])
    await room.stop()
    room.new_polling()
    await room.run([message(11)])
    assert room.source.asked == [None, 11, 11, 12]


async def test_what_comes_twice_is_handed_on_once(room: Room) -> None:
    await room.run([message(10), message(11)], [message(10), message(11), message(12)])
    assert [one.update_id for one in room.taken] == [10, 11, 12]


async def test_numbers_may_fall(room: Room) -> None:
    await room.run([message(9_000_000)], [message(3)])
    assert room.source.asked == [None, 9_000_001, 4]
    assert [one.update_id for one in room.taken] == [9_000_000, 3]


@pytest.mark.parametrize(
    "trouble",
    [
        Conflict("terminated by other getUpdates request"),
        NetworkError("Bad Gateway"),
        TimedOut(),
        TelegramError("Invalid server response"),
        SlowDownError(timedelta(seconds=3)),
    ],
    ids=lambda one: type(one).__name__,
)
async def test_trouble_with_telegram_backs_off_and_goes_on(
    room: Room, lines: Lines, trouble: Exception
) -> None:
    await room.run([message(10)], trouble, trouble, [message(11)], trouble)
    assert [one.update_id for one in room.taken] == [10, 11]
    assert room.source.asked == [None, 11, 11, 11, 12, 12]
    assert lines.said
    assert room.polling.last_success is not None


async def test_the_back_off_grows_by_the_clock_and_starts_anew_after_a_success(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(room.clock, "sleep", sleep)
    down = NetworkError("down")
    await room.run(down, down, down, down, [message(1)], down)
    assert slept == [1, 2, 5, 5, 1]


async def test_an_outage_is_said_once_and_a_second_program_each_time(
    room: Room, lines: Lines
) -> None:
    down = NetworkError("https://api.telegram.org/botSECRET/getUpdates")
    await room.run(*[down] * 5)
    assert len(lines.said) == 1
    assert "SECRET" not in lines.said[0]
    await room.run(*[Conflict("other")] * 2)
    assert sum("another program" in line for line in lines.said) == 2


async def test_a_webhook_that_was_there_before_is_ended(room: Room, lines: Lines) -> None:
    active = Conflict("can't use getUpdates method while webhook is active; use deleteWebhook to")
    await room.run([message(10)], active, [message(11)])
    assert [one.update_id for one in room.taken] == [10, 11]
    assert room.source.ended == 1
    assert not any("another program" in line for line in lines.said)


async def test_a_wrong_token_comes_out(room: Room) -> None:
    room.source.answers.put_nowait([message(10)])
    room.source.answers.put_nowait(InvalidToken("Unauthorized"))
    with pytest.raises(InvalidToken):
        await asyncio.wait_for(room.polling.run(), PATIENCE)
    assert [one.update_id for one in room.taken] == [10]


@pytest.mark.parametrize(("failures", "told"), [(1, []), (2, [10, 11]), (3, [10, 11] * 2)])
async def test_what_cannot_be_kept_is_not_confirmed_and_told_unless_it_is_over_at_once(
    room: Room, monkeypatch: pytest.MonkeyPatch, failures: int, told: list[int]
) -> None:
    really, left = inbox.take_in, [True] * failures

    async def take_in(*given: Any) -> list[Taken]:
        kept = await really(*given)
        if left:
            left.pop()
            raise OperationalError("INSERT", None, OSError("database or disk is full"))
        return kept

    monkeypatch.setattr(inbox, "take_in", take_in)
    await room.run(*[[message(10), message(11)]] * (failures + 1))
    assert room.source.asked == [None] * (failures + 1) + [12]
    assert room.source.kept_when_asked == [0] * (failures + 1) + [2]
    assert room.not_kept == told
    assert [one.update_id for one in room.taken] == [10, 11]


async def test_words_stand_neither_in_the_log_nor_in_an_error(
    room: Room, lines: Lines, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def take_in(*given: Any) -> list[Taken]:
        raise OperationalError("INSERT", given[2], OSError("disk I/O error"))

    monkeypatch.setattr(inbox, "take_in", take_in)
    await room.run([message(10, text="my secret")])
    assert lines.said
    assert "my secret" not in "".join(lines.said)


@pytest.mark.parametrize(
    "odd",
    [
        {"update_id": 10},
        {"update_id": 10, "message": None},
        {"update_id": 10, "message": "text"},
        {"update_id": 10, "message": {"chat": {"id": 5}}},
        {"update_id": 10, "callback_query": {"data": "v1"}},
        {"update_id": 10, "callback_query": []},
        {"update_id": 10, "message": {"chat": [], "text": None}},
        {"update_id": 10, "something_new": {"a": [1, 2, {"b": None}]}},
        message(10, text="\ud83d half an emoji \x00 \u202e"),
        message(10, text="灯坏了" * 2000),
    ],
    ids=str,
)
async def test_an_update_of_any_shape_is_kept_as_it_came_and_stops_nothing(
    room: Room, odd: Raw
) -> None:
    await room.run([odd, message(11)])
    assert [json.loads(one.raw) for one in room.taken] == [odd, message(11)]
    found = await rows(room.database, "SELECT raw FROM inbox ORDER BY update_id")
    assert json.loads(found[0][0]) == odd


PRIVATE = {"id": 5, "type": "private"}
GROUP = {"id": -100, "type": "supergroup"}


@pytest.mark.parametrize(
    ("raw", "lane"),
    [
        ({"message": {"chat": PRIVATE, "from": {"id": 5}}}, "person:5"),
        ({"edited_message": {"chat": PRIVATE}}, "person:5"),
        ({"message": {"chat": GROUP, "from": {"id": 5}}}, "chat:-100"),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": GROUP}}}, "person:5"),
        ({"callback_query": {"from": {"id": 5}, "message": {"chat": PRIVATE}}}, "person:5"),
        ({"my_chat_member": {"chat": PRIVATE}}, "person:5"),
        ({"poll": {"id": "1"}}, "poll:1"),
        ({}, "nobody"),
    ],
)
def test_order_is_kept_by_person_or_by_chat(raw: Raw, lane: str) -> None:
    assert lane_of(raw) == lane


async def test_it_waits_as_long_as_telegram_asks(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(room.clock, "sleep", sleep)
    await room.run(SlowDownError(timedelta(seconds=17)), NetworkError("away"), [])
    assert slept == [17.0, 2]
