"""Two windows on the one outbox: what people wait for goes before what is said to many.

So a neighbour's answer never stands behind two thousand letters, whoever it is meant for, and
takes its part of the pace first. One letter at a time goes to a chat, whatever its lane.
"""

from collections.abc import Collection
from datetime import datetime

from bot.delivery.pace import Pacer, Slower
from bot.delivery.window import Window
from storage import outbox
from storage.outbox import Queued
from storage.unit_of_work import UnitOfWork

PAGE = 64  # letters looked up at once
FEW = 16  # letters in bulk that can go; with more than that none are looked up


class Lanes:
    """All letters that are due, as far as they were looked up."""

    def __init__(self, pacer: Pacer, slower: Pacer | Slower) -> None:
        self._flying: set[int] = set()
        # By whether they are sent in bulk; the first lane goes first.
        self._lanes = {
            False: Window(pacer, self._flying),
            True: Window(slower, self._flying),
        }

    def look_again(self, *, bulk: bool) -> None:
        """Note that more may be due than is known here, perhaps in bulk too."""
        for lane, one in self._lanes.items():
            one.stale = one.stale or bulk or not lane

    def forget(self) -> None:
        """Forget everything: it has to be looked up again."""
        for one in self._lanes.values():
            one.forget()

    def held(self, now: datetime) -> frozenset[int]:
        """Return the chats that wait for another attempt after `now` (UTC)."""
        return frozenset().union(*(one.held(now) for one in self._lanes.values()))

    async def take(self, uow: UnitOfWork, free: int) -> list[Queued]:
        """Return up to `free` letters that may go now; their chats are in flight."""
        picked: list[Queued] = []
        for bulk, lane in self._lanes.items():
            taken = lane.take(free - len(picked), uow.now)
            short = not bulk or not taken or lane.count_ready(uow.now) < FEW
            if len(picked) + len(taken) < free and lane.stale and short:
                found = await outbox.page(uow, lane.chats(), PAGE, bulk=bulk)
                lane.fill(found, PAGE, uow.now, taken)
                taken += lane.take(free - len(picked) - len(taken), uow.now)
            picked += taken
        return picked

    def fly(self, chats: Collection[int]) -> None:
        """Note that a letter to each of the chats is in flight."""
        self._flying.update(chats)

    def landed(self, one: Queued) -> None:
        """Note that the letter is not in flight any more."""
        self._lanes[one.bulk].landed(one.chat_id)

    def put_back(self, one: Queued, until: datetime | None = None) -> None:
        """Put a letter first in its chat, to be tried again, after `until` (UTC) if given."""
        self._lanes[one.bulk].put_back(one, until)

    def next_due(self, now: datetime) -> datetime | None:
        """Return when, after `now` (UTC), a letter falls due or is tried again."""
        found = (one.next_due(now) for one in self._lanes.values())
        return min((at for at in found if at is not None), default=None)

    def wait(self, now: datetime) -> float | None:
        """Return the seconds of real time until a letter may go or is worth looking up."""
        found = (one.wait(now) for one in self._lanes.values())
        return min((seconds for seconds in found if seconds is not None), default=None)
