"""The outbox loop: letters are marked, drawn, sent, and what became of them is committed.

At most 8 letters are in flight, one a chat; one commit settles those that came back and marks
the next. After a kill therefore at most 8 letters are unknown.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

from telegram.error import TelegramError

from bot.clock import Clock, pause, start_task
from bot.delivery.pace import Pacer
from bot.delivery.retry import MOST_COPIES, Outcome, Trouble, classify, decide, pause_of
from bot.delivery.telegram import Sender
from bot.domain.letter import Drawing, Immediate, Letter, LetterClass
from bot.logging import log
from storage import outbox
from storage.engine import cannot_write
from storage.outbox import Result
from storage.unit_of_work import Database, UnitOfWork

IN_FLIGHT = 8
WINDOW = 512  # letters looked at ahead
GATHER = 0.02  # seconds that results wait for others to be committed with them
_WHILE_DISK_IS_FULL = 1.0

Render = Callable[[Letter, datetime], Drawing]
OnBlocked = Callable[[UnitOfWork, int, datetime], Awaitable[None]]
OnAlarm = Callable[[UnitOfWork, str, dict[str, Any]], Awaitable[None]]

_log = log("delivery")


class DeliveryWorker:
    """The one loop that sends."""

    def __init__(
        self,
        database: Database,
        sender: Sender,
        render: Render,
        clock: Clock,
        pacer: Pacer,
        *,
        on_blocked: OnBlocked,
        on_alarm: OnAlarm,
    ) -> None:
        self._database, self._sender, self._render = database, sender, render
        self._clock, self._pacer = clock, pacer
        self._on_blocked, self._on_alarm = on_blocked, on_alarm
        self._window: list[Letter] = []
        self._flying: dict[int, asyncio.Task[Result]] = {}  # by chat
        self._held: dict[int, datetime] = {}  # chats that wait for a retry, until when
        self._halted_until: datetime | None = None
        self._wake = asyncio.Event()
        self._stopping = False
        self._answers: set[asyncio.Task[None]] = set()

    def wake(self) -> None:
        """Look for letters: some were just committed."""
        self._wake.set()

    def forget(self) -> None:
        """Drop what is remembered of letters that no longer exist (a reset of the sandbox)."""
        self._window.clear()
        self._held.clear()
        self._halted_until = None
        self.wake()

    def answer_now(self, answers: Sequence[Immediate]) -> None:
        """Send toasts and reactions at once: best effort, never stored, never tried again."""
        for one in answers:
            task = start_task(self._answer(one), name="answer", ended=self._answers.discard)
            self._answers.add(task)

    async def recover(self) -> None:
        """Settle what was in flight when a former run was ended, and see which chats wait."""
        async with self._database.reading() as connection:
            left = await outbox.left_sending(connection)
            self._held = await outbox.held_chats(connection)
        if left:
            async with self._database.begin() as uow:
                await self._settle(uow, [_after_kill(letter, uow.now) for letter in left])
        self.wake()

    async def idle(self) -> bool:
        """Say whether nothing is in flight and nothing that is due could go now."""
        if self._flying or self._answers:
            return False
        async with self._database.reading() as connection:
            letters = await outbox.ready(connection, self._clock.now(), WINDOW)
        return all(self._is_held(letter) for letter in letters)

    async def next_due(self) -> datetime | None:
        """Return when the next letter may go (UTC)."""
        async with self._database.reading() as connection:
            due = await outbox.next_due(connection)
        if due is None:
            return None
        return max(due, self._halted_until) if self._halted_until else due

    async def run(self) -> None:
        """Send letters for ever."""
        while True:
            try:
                await self._turn()
            except Exception as error:
                if not cannot_write(error):
                    raise
                _log.error("the database cannot be written")
                await self._clock.sleep(_WHILE_DISK_IS_FULL)

    async def drain(self, seconds: float) -> None:
        """Let what is in flight come back, and commit it; gives up after `seconds`."""
        self._stopping = True
        if self._flying:
            await asyncio.wait(self._flying.values(), timeout=seconds)
        await self._turn_once(picked=[])
        if self._answers:
            await asyncio.wait(self._answers, timeout=seconds)

    async def _turn(self) -> None:
        self._wake.clear()
        picked = [] if self._stopping else await self._pick()
        back = [task for task in self._flying.values() if task.done()]
        if picked or back:
            await self._turn_once(picked)
        else:
            await self._wait()

    async def _turn_once(self, picked: Sequence[Letter]) -> None:
        """In one commit settle what came back and mark what goes next; then send that."""
        back = [(chat, task.result()) for chat, task in self._flying.items() if task.done()]
        async with self._database.begin() as uow:
            await self._settle(uow, [result for _, result in back])
            marked = await outbox.mark_sending(uow, picked) if picked else set()
            going = [letter for letter in picked if letter.id in marked]
            over = await outbox.shown_by(uow, going)
        for chat, _ in back:
            del self._flying[chat]
        for letter in going:
            message = letter.message_id or over.get((letter.community_id, letter.card_id))
            self._pacer.took(letter.chat_id)
            self._flying[letter.chat_id] = start_task(
                self._send(letter, message), name="letter", ended=lambda _: self._wake.set()
            )

    async def _pick(self) -> list[Letter]:
        """Return the letters that may go now, in their order, one a chat."""
        free = IN_FLIGHT - len(self._flying)
        if free <= 0 or self._is_halted():
            return []
        picked = self._choose(free)
        if len(picked) < free:
            await self._look()
            picked += self._choose(free - len(picked), {letter.chat_id for letter in picked})
        gone = {letter.id for letter in picked}
        self._window = [letter for letter in self._window if letter.id not in gone]
        return picked

    def _choose(self, free: int, taken: frozenset[int] | set[int] = frozenset()) -> list[Letter]:
        chosen: list[Letter] = []
        busy = set(self._flying) | set(taken)
        for letter in self._window:
            if len(chosen) >= free:
                break
            if letter.chat_id in busy:
                continue
            busy.add(letter.chat_id)
            if not self._is_held(letter) and self._pacer.wait(letter.chat_id) == 0:
                chosen.append(letter)
        return chosen

    async def _look(self) -> None:
        async with self._database.reading() as connection:
            found = await outbox.ready(connection, self._clock.now(), WINDOW)
        self._window = found

    async def _wait(self) -> None:
        if self._flying:
            await asyncio.wait(self._flying.values(), return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait(self._flying.values(), timeout=GATHER)
            return
        paced = [self._pacer.wait(letter.chat_id) for letter in self._window]
        if paced and min(paced) > 0 and not self._is_halted():
            await pause(min(paced))
            return
        due = await self._next_try()
        await self._clock.sleep_until(due, wake=self._wake)

    async def _next_try(self) -> datetime | None:
        due = await self.next_due()
        if due is None or due > self._clock.now():
            return due
        # Something is due but its chat waits for a retry, or everybody has been halted.
        return min(self._held.values(), default=self._halted_until)

    def _is_held(self, letter: Letter) -> bool:
        if self._is_halted():
            return True
        until = self._held.get(letter.chat_id)
        if until is not None and until <= self._clock.now():
            del self._held[letter.chat_id]
            return False
        return until is not None

    def _is_halted(self) -> bool:
        return self._halted_until is not None and self._clock.now() < self._halted_until

    async def _send(self, letter: Letter, over: int | None) -> Result:
        now = self._clock.now()
        try:
            drawing = self._render(letter, now)
        except Exception as error:  # noqa: BLE001 - one letter must not stop the others
            _log.error("a letter cannot be drawn", letter=letter.id, kind=letter.kind,
                       exc_info=error)  # fmt: skip
            return _result(letter, outbox.DEAD, now, error="cannot be drawn")
        try:
            shown_by = await self._sender.send(letter, drawing, over)
        except TelegramError as error:
            return self._failed(letter, error)
        return _result(letter, outbox.SENT, self._clock.now(), message_id=shown_by)

    def _failed(self, letter: Letter, error: TelegramError) -> Result:
        now, trouble = self._clock.now(), classify(error)
        wait = pause_of(error) if trouble is Trouble.TOO_MANY else timedelta()
        decision = decide(
            trouble,
            letter.letter_class,
            attempts=letter.attempts,
            copies=letter.copies,
            now=now,
            pause=wait,
        )
        if trouble is Trouble.TOO_MANY:
            self._halted_until = max(self._halted_until or now, now + wait)
        if decision.again_at is not None:
            self._held[letter.chat_id] = decision.again_at
        status = {
            Outcome.SENT: outbox.SENT,
            Outcome.DEAD: outbox.DEAD,
            Outcome.UNKNOWN: outbox.UNKNOWN,
        }.get(decision.outcome, outbox.QUEUED)
        counted = trouble is not Trouble.TOO_MANY
        return Result(
            letter,
            status,
            due_at=decision.again_at or now,
            attempts=letter.attempts + counted,
            copies=letter.copies + decision.counts,
            anew=decision.outcome is Outcome.ANEW,
            error="blocked" if decision.blocked else type(error).__name__,
            sent_at=now if decision.outcome is Outcome.SENT else None,
        )

    async def _settle(self, uow: UnitOfWork, results: Sequence[Result]) -> None:
        outbox.settle(uow, results)
        for one in results:
            if one.error == "blocked":
                await self._on_blocked(uow, one.letter.chat_id, uow.now)
            elif one.status in {outbox.DEAD, outbox.UNKNOWN}:
                await self._raise_alarm(uow, one)

    async def _raise_alarm(self, uow: UnitOfWork, one: Result) -> None:
        _log.error("a letter did not arrive", letter=one.letter.id, kind=one.letter.kind,
                   status=one.status, error=one.error)  # fmt: skip
        if one.letter.kind != "admin.alarm":  # an alarm about an alarm would never end
            facts = {"kind": one.letter.kind, "letter": one.letter.id}
            await self._on_alarm(uow, f"letter_{one.status}", facts)

    async def _answer(self, one: Immediate) -> None:
        try:
            await self._sender.answer(one)
        except TelegramError as error:
            _log.info("an answer did not arrive", error=type(error).__name__)


def _result(letter: Letter, status: str, now: datetime, **known: Any) -> Result:
    sent_at = now if status == outbox.SENT else None
    return Result(
        letter, status, now, letter.attempts + 1, letter.copies + 1, sent_at=sent_at, **known
    )


def _after_kill(letter: Letter, now: datetime) -> Result:
    """Decide about a letter that was in flight when the process was ended."""
    copies = letter.copies + 1
    again = letter.letter_class is LetterClass.IDEMPOTENT or (
        letter.letter_class is LetterClass.MUST_ARRIVE and copies < MOST_COPIES
    )
    status = outbox.QUEUED if again else outbox.UNKNOWN
    return Result(letter, status, now, letter.attempts + 1, copies, error="killed in flight")
