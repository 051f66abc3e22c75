"""The outbox loop: letters are marked, drawn, sent, and what became of them is committed.

At most 8 letters are in flight, one a chat; one commit settles those that came back and marks
the next, so after a kill at most 8 letters are unknown. Knows no kind of letter.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy.exc import DBAPIError

from bot.clock import Clock, start_task
from bot.delivery.attempt import Render, after_kill, attempt
from bot.delivery.lanes import Lanes
from bot.delivery.pace import Pacer, Slower
from bot.delivery.retry import Trouble, classify, pause_of
from bot.delivery.telegram import Sender
from bot.domain.letter import QUESTIONS, TELL_BACK, Immediate, Letter, LetterClass
from bot.logging import log
from bot.pulse import Pulse
from storage import outbox
from storage.engine import cannot_write
from storage.guests import HostFailedError
from storage.outbox import Going, Queued, Result
from storage.unit_of_work import Database, UnitOfWork

IN_FLIGHT = 8
ANSWERS = 24  # toasts and reactions at once: connections have to be left for letters
GATHER = 0.02  # seconds that results wait for others to be committed with them
LINGER = 0.2  # seconds at most that a letter in bulk waits for the commit of the next one
_AFTER_A_FAULT = 1.0  # seconds
_ALARM = "admin.alarm"  # an alarm about an alarm would never end

OnBlocked = Callable[[UnitOfWork, int, datetime], Awaitable[None]]
OnReply = Callable[[UnitOfWork, Letter, Mapping[str, Any]], Awaitable[None]]
OnGoing = Callable[[UnitOfWork, Letter], Awaitable[Letter]]
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
        on_reply: OnReply,
        on_going: OnGoing | None = None,  # what may leave of a letter
        slower: Slower | None = None,
    ) -> None:
        self._database, self._sender, self._render = database, sender, render
        self._clock, self._pacer = clock, pacer
        self._on_blocked, self._on_alarm, self._on_reply = on_blocked, on_alarm, on_reply
        self._on_going = on_going
        self._lanes = Lanes(pacer, slower or pacer)
        self._flying: dict[int, asyncio.Task[None]] = {}  # by chat
        self._landed: list[tuple[Queued, Result]] = []  # came back, not yet committed
        self._answers: set[asyncio.Task[None]] = set()
        self._mouths = asyncio.Semaphore(ANSWERS)
        self._wake = asyncio.Event()
        self._turn = asyncio.Lock()
        self.pulse = Pulse(clock.monotonic)
        self._stopping = False
        self._rebuild = True  # the letters to be tried again have to be read from the outbox
        self._age = 0  # letters of before a reset must not be taken for those after it

    def wake(self, *, bulk: bool = True) -> None:
        """Look for letters: some were just committed, perhaps some in bulk."""
        self._lanes.look_again(bulk=bulk)
        self._wake.set()

    def forget(self) -> None:
        """Drop what is remembered of letters that no longer exist (a reset of the sandbox)."""
        self._age += 1
        for task in self._flying.values():
            task.cancel()
        self._flying.clear()
        self._landed.clear()
        self._lanes.forget()
        self.wake()

    def answer_now(self, answers: Sequence[Immediate]) -> None:
        """Send toasts and reactions at once: best effort, never stored, never tried again."""
        for one in answers:
            task = start_task(self._answer(one), name="answer", ended=self._answers.discard)
            self._answers.add(task)

    async def recover(self) -> None:
        """Settle what was in flight when a former run was ended; call it before `run`."""
        async with self._database.begin() as uow:
            left = await outbox.left_sending(uow)
            await self._settle(uow, [after_kill(one) for one in left])
        self._rebuild = True

    async def idle(self) -> bool:
        """Say whether nothing is in flight and nothing that is due could go now."""
        if self.is_busy:
            return False
        now = self._clock.now()
        async with self._database.reading() as connection:
            waiting = await outbox.any_due(connection, now, self._lanes.held(now))
        # Looked at again: what was due may have been taken off the queue meanwhile.
        return not waiting and not self.is_busy

    @property
    def is_busy(self) -> bool:
        """Whether a letter or an answer is under way."""
        return bool(self._flying or self._landed or self._answers) or self._turn.locked()

    async def next_due(self) -> datetime | None:
        """Return when the next letter falls due or is tried again, after now (UTC)."""
        async with self._database.reading() as connection:
            return await outbox.next_due(connection, self._clock.now())

    async def run(self) -> None:
        """Send letters for ever, or until all are back after `drain`."""
        while not self._stopping or self._flying or self._landed:
            try:
                self.pulse.works()
                await self._take_turn()
                self.pulse.rests()
                await self._rest()
            except Exception as error:  # noqa: BLE001 - a full disk, say: it must go on afterwards
                trace = None if cannot_write(error) else error
                _log.error("letters cannot be marked", error=type(error).__name__, exc_info=trace)
                await self._clock.sleep(_AFTER_A_FAULT)

    async def drain(self, seconds: float) -> None:
        """Start nothing more, let what is in flight come back and commit it.

        Gives up after `seconds`; what is not back by then counts as ended by a kill.
        """
        self._stopping = True
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                async with self._turn:  # one that is under way may still be starting letters
                    flying = {*self._flying.values(), *self._answers}
                if flying:
                    await asyncio.wait(flying)
                await self._take_turn()
        self._wake.set()

    async def _take_turn(self) -> None:
        async with self._turn:
            self._wake.clear()
            if not self._landed and not self._may_start():
                return
            try:
                going = await self._mark()
            except HostFailedError:  # somebody else's fault: look again at once
                self._take_back()
                self._wake.set()
                return
            except BaseException:
                self._take_back()
                raise
            for queued, one in going:
                task = self._send(queued, one, self._age)
                self._flying[queued.chat_id] = start_task(task, name="letter")

    def _may_start(self) -> bool:
        return self._free() > 0 and self._lanes.wait(self._clock.now()) == 0

    def _free(self) -> int:
        return 0 if self._stopping else IN_FLIGHT - len(self._flying)

    async def _mark(self) -> list[tuple[Queued, Going]]:
        """In one commit settle what came back and mark what goes next; return the latter."""
        settled, going = await self._database.join(self._write)
        self._rebuild = False
        del self._landed[:settled]
        return going

    async def _write(self, uow: UnitOfWork) -> tuple[int, list[tuple[Queued, Going]]]:
        """Do that in the open transaction; return how many were settled, and what goes."""
        if self._rebuild:
            for one in await outbox.waiting(uow):
                self._lanes.put_back(one, one.due_at)
        landed = tuple(self._landed)
        await self._settle(uow, [result for _, result in landed])
        for queued, result in landed:
            self._note(queued, result)
        going = await self._pick(uow)
        return len(landed), going

    async def _pick(self, uow: UnitOfWork) -> list[tuple[Queued, Going]]:
        """Mark as many as may go; what was superseded since it was looked up makes room."""
        going: list[tuple[Queued, Going]] = []
        while picked := await self._lanes.take(uow, self._free() - len(going)):
            marked = await outbox.mark_sending(uow, [one.id for one in picked])
            for one in picked:
                if one.id in marked:
                    going.append((one, await self._as_it_may_leave(uow, marked[one.id])))
                else:
                    self._lanes.landed(one)
        return going

    async def _as_it_may_leave(self, uow: UnitOfWork, one: Going) -> Going:
        if self._on_going is None:
            return one
        return replace(one, letter=await self._on_going(uow, one.letter))

    def _note(self, queued: Queued, result: Result) -> None:
        if result.status == outbox.QUEUED:
            self._lanes.put_back(queued, None if result.anew else result.due_at)
        else:
            self._lanes.landed(queued)

    def _take_back(self) -> None:
        """Nothing was committed: what is remembered of the queue has to be read again."""
        self._rebuild = True
        self._lanes.forget()
        self._lanes.fly([*self._flying, *(one.chat_id for one, _ in self._landed)])

    async def _send(self, queued: Queued, going: Going, age: int) -> None:
        result = await attempt(going, self._sender, self._render, self._clock, self._pacer)
        if age != self._age:
            return
        del self._flying[queued.chat_id]
        self._landed.append((queued, result))
        if self._may_linger(queued, result):
            asyncio.get_running_loop().call_later(LINGER, self._wake.set)
        elif not self._flying:
            self._wake.set()
        elif not queued.bulk or len(self._landed) == 1:
            asyncio.get_running_loop().call_later(GATHER, self._wake.set)

    def _may_linger(self, queued: Queued, result: Result) -> bool:
        """Say whether the commit that marks the next letter may settle this one as well.

        So a notice costs one commit for three letters and not two. Only while the pace holds the
        next ones back, for which the loop wakes by itself.
        """
        if not queued.bulk or result.status != outbox.SENT or self._stopping or self._free() <= 1:
            return False
        wait = self._lanes.wait(self._clock.now())
        return wait is not None and wait > 0

    async def _rest(self) -> None:
        """Wait until something can be done: a result, a letter, its time, the pace."""
        now = self._clock.now()
        wait = self._lanes.wait(now) if self._free() else None
        if wait == 0:
            return
        timer = wait and asyncio.get_running_loop().call_later(wait, self._wake.set)
        due = self._lanes.next_due(now) if self._free() else None
        await self._clock.sleep_until(due, wake=self._wake)
        if timer:
            timer.cancel()

    async def _settle(self, uow: UnitOfWork, results: Sequence[Result]) -> None:
        outbox.settle(uow, results)
        for one in results:
            try:
                await self._tell(uow, one)
            except DBAPIError:
                raise
            except Exception as error:  # noqa: BLE001 - the result counts more than its news
                _log.error("nobody could be told of a letter", exc_info=error)

    async def _tell(self, uow: UnitOfWork, one: Result) -> None:
        letter = one.going.letter
        if one.blocked:
            await self._on_blocked(uow, letter.chat_id, uow.now)
        if letter.kind in TELL_BACK and one.status != outbox.QUEUED:
            await self._on_reply(uow, letter, one.reply or {})
        if (
            letter.kind not in QUESTIONS
            and not one.blocked
            and one.status in {outbox.DEAD, outbox.UNKNOWN}
        ):
            _log.error("a letter did not arrive", letter=letter.id, kind=letter.kind,
                       status=one.status, error=one.error)  # fmt: skip
            if letter.kind != _ALARM and one.going.letter_class is not LetterClass.AT_MOST_ONCE:
                facts = {"kind": letter.kind, "letter": letter.id}
                await self._on_alarm(uow, f"letter_{one.status}", facts)

    async def _answer(self, one: Immediate) -> None:
        try:
            async with self._mouths:
                await self._sender.answer(one)
        except Exception as error:  # noqa: BLE001 - best effort: nobody waits for the outcome
            if classify(error) is Trouble.TOO_MANY:
                self._pacer.halt(pause_of(error).total_seconds())
            _log.info("an answer did not arrive", error=type(error).__name__)
