"""A worker over a real inbox, whose handler does as the test orders."""

import asyncio
import json
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import timedelta
from typing import Any

from sqlalchemy import insert
from sqlalchemy.exc import OperationalError

from bot.clock import Clock
from bot.domain.letter import Notification, Recipient
from bot.intake.worker import Enough, InboxWorker
from storage import conversation, inbox, letter
from storage.inbox import Taken
from storage.tables import meta
from storage.unit_of_work import Database, UnitOfWork
from tests.support.database import rows

BOT = 77
PATIENCE = 10.0
PUT = insert(meta)


class Room:
    """A worker whose handler does as the test orders."""

    def __init__(self, database: Database, clock: Clock) -> None:
        self.database, self.clock = database, clock
        self.begun: list[int] = []
        self.batches: list[int] = []
        self.failures: dict[int, int] = {}  # update -> how often it still fails
        self.disk_full = 0
        self.apologies: list[tuple[int, str]] = []
        self.apology_fails = False
        self.answered: list[object] = []
        database.on_commit.append(lambda uow: self.answered.extend(uow.immediate))
        self.worker = self.new_worker()
        self._running: asyncio.Task[None] | None = None

    def new_worker(self) -> InboxWorker:
        self.worker = InboxWorker(
            self.database, self.clock, handle=self._handle, apologise=self._apologise
        )
        return self.worker

    async def _handle(self, uow: UnitOfWork, batch: Sequence[Taken], enough: Enough) -> int:
        self.batches.append(len(batch))
        read = [(one, json.loads(one.raw)) for one in batch]
        people = {int(one.lane.partition(":")[2]) for one in batch}
        await conversation.load(uow, people)
        for done, (one, raw) in enumerate(read):
            if done and enough():
                return done
            self.begun.append(one.update_id)
            person = int(one.lane.partition(":")[2])
            # Twice the same key would raise: nothing is handled twice.
            await uow.write_now(PUT, {"key": str(one.update_id), "value": raw["text"]})
            steps = conversation.state(uow, "report", (person, person)) or ""
            conversation.move(uow, "report", (person, person), f"{steps}{raw['text']}")
            letter.queue(uow, Recipient(1, person, "en"), Notification(raw["text"]))
            uow.immediate.append(one.update_id)
            if self.disk_full:
                self.disk_full -= 1
                full = OSError("full")
                full.sqlite_errorname = "SQLITE_FULL"  # type: ignore[attr-defined]
                raise OperationalError("INSERT", None, full)
            if self.failures.get(one.update_id, 0) > 0:
                self.failures[one.update_id] -= 1
                raise RuntimeError("a defect")
        return len(batch)

    async def _apologise(self, uow: UnitOfWork, one: Taken, code: str) -> None:
        if self.apology_fails:
            raise LookupError("nobody there")
        self.apologies.append((one.update_id, code))
        letter.queue(uow, Recipient(1, 1, "en"), Notification("common.sorry"))

    async def send(self, *updates: tuple[int, int, str], raw: str | None = None) -> list[Taken]:
        """Take in updates (number, person, text), as polling does."""
        made = [
            Taken(BOT, number, f"person:{person}", raw or json.dumps({"text": text}))
            for number, person, text in updates
        ]
        async with self.database.begin() as uow:
            fresh = await inbox.take_in(uow, BOT, made, made[-1].update_id + 1)
        self.worker.offer(fresh)
        return fresh

    async def until(self, met: Callable[[], bool]) -> None:
        async with asyncio.timeout(PATIENCE):
            while not met():  # noqa: ASYNC110 - what is waited for has no event of its own
                await asyncio.sleep(0.001)

    async def until_quiet(self) -> None:
        """Wait until nothing can be done now; what waits for a retry may be left."""
        await self.until(lambda: self.worker.idle)

    async def retry(self) -> timedelta:
        """Jump to the next retry and return how far that was."""
        due = self.worker.next_due()
        assert due is not None
        span = due - self.clock.now()
        begun = len(self.begun)
        self.clock.jump_to(due)
        await self.until(lambda: len(self.begun) > begun)
        await self.until_quiet()
        return span

    def start(self) -> None:
        self._running = asyncio.create_task(self.worker.run())

    async def stop(self) -> None:
        if self._running is not None:
            async with self.database.between_turns():
                self._running.cancel()
            with suppress(asyncio.CancelledError):
                await self._running
            self._running = None

    async def done(self) -> list[int]:
        return sorted(int(row[0]) for row in await rows(self.database, "SELECT key FROM meta"))

    async def status(self, number: int) -> tuple[Any, ...]:
        sql = "SELECT status, attempts, error_code FROM inbox WHERE update_id = :number"
        (row,) = await rows(self.database, sql, number=number)
        return tuple(row)

    async def steps(self, person: int) -> str | None:
        sql = "SELECT state FROM conversations WHERE user_id = :person"
        found = await rows(self.database, sql, person=person)
        return str(found[0][0]) if found else None

    async def letters(self) -> list[str]:
        return [row[0] for row in await rows(self.database, "SELECT kind FROM outbox ORDER BY id")]


class Lines:
    """What is logged; drawing every traceback would take most of the time."""

    def __init__(self) -> None:
        self.facts: list[dict[str, Any]] = []

    def error(self, event: str, **facts: Any) -> None:
        self.facts.append({"event": event, **facts})
