"""A delivery room with a real outbox and a stand-in for Telegram."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable, Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import create_engine, insert, select, update

from bot.clock import Clock
from bot.delivery.pace import Pacer
from bot.delivery.worker import DeliveryWorker
from bot.domain.letter import Drawing, Immediate, Letter, Notification, Recipient
from storage import card, letter
from storage.tables import cards, communities, metadata, outbox
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import VAULT

START = datetime(2026, 11, 17, 1, 10, tzinfo=UTC)
PATIENCE = 30.0  # seconds of real time; machines are noisy


class FakeSender:
    """Notes what is sent; `fail` and `gates` say what happens to the letters of a chat."""

    def __init__(self) -> None:
        self.sent: list[tuple[int, str, int | None]] = []  # chat, kind, message edited
        self.begun: list[str] = []
        self.in_flight: dict[int, int] = {}
        self.most_in_flight = self.most_in_a_chat = 0
        self.fail: dict[str, list[Exception]] = {}  # by kind, one for each attempt
        self.gates: dict[str, asyncio.Event] = {}
        self.answered: list[Immediate] = []
        self.not_answered: Exception = RuntimeError("nobody may notice")
        self._last_id = 100

    async def send(self, what: Letter, drawing: Drawing, over: int | None) -> int:
        assert drawing.text == f"drawn {what.kind}"
        self.begun.append(what.kind)
        self.in_flight[what.chat_id] = self.in_flight.get(what.chat_id, 0) + 1
        self.most_in_a_chat = max(self.most_in_a_chat, self.in_flight[what.chat_id])
        self.most_in_flight = max(self.most_in_flight, sum(self.in_flight.values()))
        try:
            await self.gates[what.kind].wait() if what.kind in self.gates else await asyncio.sleep(
                0
            )
            if self.fail.get(what.kind):
                raise self.fail[what.kind].pop(0)
        finally:
            self.in_flight[what.chat_id] -= 1
        self.sent.append((what.chat_id, what.kind, over))
        self._last_id += 1
        return self._last_id if over is None else over

    async def ask_place(self, chat_id: int, user_id: int) -> dict[str, Any]:
        self.begun.append(f"place of {user_id} in {chat_id}")
        if self.fail.get("group.place"):
            raise self.fail["group.place"].pop(0)
        return {"person": "creator", "may_write": True}

    async def answer(self, one: Immediate) -> None:
        self.answered.append(one)
        raise self.not_answered

    @property
    def kinds(self) -> list[str]:
        return [kind for _, kind, _ in self.sent]


def draw(what: Letter, now: datetime) -> Drawing:
    assert now.tzinfo is not None
    if what.kind.startswith("undrawable"):
        raise KeyError("fact")
    if what.kind == "group.place":
        return Drawing("", asks_for=55)
    return Drawing(f"drawn {what.kind}")


class Room:
    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.sender = FakeSender()
        self.monotonic = 0.0
        self.blocked: list[int] = []
        self.alarms: list[tuple[str, dict[str, Any]]] = []
        self.replies: list[tuple[str, dict[str, Any]]] = []
        self.worker = self.new_worker()
        self._running: asyncio.Task[None] | None = None

    def new_worker(self, **pace: float) -> DeliveryWorker:
        limits = {"total": 0.0, "chat": 0.0, "group": 0.0} | pace
        self.pacer = Pacer(lambda: self.monotonic, **limits)
        self.worker = DeliveryWorker(
            self.database,
            self.sender,  # type: ignore[arg-type]
            draw,
            self.clock,
            self.pacer,
            on_blocked=self._note_blocked,
            on_alarm=self._note_alarm,
            on_reply=self._note_reply,
        )
        return self.worker

    async def _note_blocked(self, uow: UnitOfWork, chat_id: int, at: datetime) -> None:
        assert at == uow.now
        self.blocked.append(chat_id)

    async def _note_alarm(self, _uow: UnitOfWork, what: str, facts: dict[str, Any]) -> None:
        self.alarms.append((what, facts))

    async def _note_reply(self, _uow: UnitOfWork, one: Letter, reply: Mapping[str, Any]) -> None:
        self.replies.append((one.kind, dict(reply)))

    async def queue(self, *letters: tuple[int, str], **given: Any) -> None:
        """Queue letters (chat, kind) in one transaction."""
        async with self.database.begin() as uow:
            for chat, kind in letters:
                letter.queue(uow, Recipient(1, chat, "en"), Notification(kind), **given)
        self.worker.wake()

    async def show(self, chat: int, kind: str) -> None:
        """Queue a drawing of the one live card of the chat."""
        async with self.database.begin() as uow:
            known = await card.of(uow, 1, "case", chat)
            shown = known[0] if known else await card.add(uow, 1, chat, "case", chat)
            letter.queue(uow, Recipient(1, chat, "en"), Notification(kind), card=shown)
        self.worker.wake()

    async def change(self, kind: str, **values: Any) -> None:
        async with self.database.begin() as uow:
            changed = await uow.write_now(
                update(outbox).where(outbox.c.kind == kind).values(**values)
            )
            assert changed == 1

    async def row(self, kind: str) -> Any:
        async with self.database.reading() as connection:
            return (await connection.execute(select(outbox).where(outbox.c.kind == kind))).one()

    async def statuses(self) -> dict[str, str]:
        async with self.database.reading() as connection:
            rows = await connection.execute(select(outbox.c.kind, outbox.c.status))
            return {row.kind: row.status for row in rows}

    async def shown_by(self, chat: int) -> int | None:
        async with self.database.reading() as connection:
            found = await connection.execute(
                select(cards.c.message_id).where(cards.c.chat_id == chat)
            )
            message_id: int | None = found.scalar_one()
            return message_id

    def start(self) -> None:
        self._running = asyncio.create_task(self.worker.run())

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not met():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0)

    async def until_idle(self) -> None:
        async with asyncio.timeout(PATIENCE):
            while not await self.worker.idle():  # noqa: ASYNC110
                await asyncio.sleep(0)

    def later(self, seconds: float) -> None:
        self.clock.jump_to(self.clock.now() + timedelta(seconds=seconds))

    async def stop(self) -> None:
        """End the loop, as at a planned stop."""
        await self.worker.drain(PATIENCE)
        if self._running is not None:
            await asyncio.wait_for(self._running, PATIENCE)
            self._running = None


@contextlib.asynccontextmanager
async def open_room(folder: Path) -> AsyncIterator[Room]:
    file = folder / "linli.db"
    engine = create_engine(f"sqlite:///{file}")
    metadata.create_all(engine)
    with engine.begin() as connection:
        connection.execute(insert(communities).values(id=1, code="one", organisation={}))
    engine.dispose()
    async with room_over(f"sqlite+aiosqlite:///{file}") as made:
        yield made


@contextlib.asynccontextmanager
async def room_over(url: str) -> AsyncIterator[Room]:
    """Open a room over a database that has community 1."""
    clock = Clock(START)
    database = Database(url, clock.now, vault=VAULT)
    await database.open()
    made = Room(database, clock)
    try:
        yield made
    finally:
        for gate in made.sender.gates.values():
            gate.set()
        await made.stop()
        await database.close()
