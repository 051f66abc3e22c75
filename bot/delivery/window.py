"""Which letters go next: the due ones by chat, in order, with one in flight for each chat.

A letter that waits for another attempt holds back the later ones of its chat; one that is only
planned for later is not here yet and holds back nobody. Kept in memory and filled from the
outbox; knows neither the table nor Telegram.
"""

from collections import deque
from collections.abc import Collection, Iterable
from datetime import datetime

from bot.delivery.pace import Pacer, Slower
from storage.outbox import Queued

NOBODY = 0  # no chat: only the limits that all share count


class Window:
    """The letters that are due, as far as they were looked up.

    Two windows may share the chats that are in flight: one letter at a time to a chat.
    """

    def __init__(self, pacer: Pacer | Slower, flying: set[int] | None = None) -> None:
        self._pacer = pacer
        self._flying = set() if flying is None else flying
        self.forget()

    def forget(self) -> None:
        """Forget everything: it has to be looked up again."""
        self.stale = True  # more may be due than is known here
        self.planned: datetime | None = None  # when the next unknown letter falls due (UTC)
        self._chats: dict[int, deque[Queued]] = {}  # never an empty one
        self._held: dict[int, datetime] = {}  # chats whose first letter is tried again then
        self._flying.clear()
        self._left_out: frozenset[int] = frozenset()  # chats that the last look passed over

    def chats(self) -> frozenset[int]:
        """Return the chats whose next letter is known, so that none has to be looked up."""
        return frozenset(self._chats)

    def held(self, now: datetime) -> frozenset[int]:
        """Return the chats that wait for another attempt after `now` (UTC)."""
        return frozenset(chat for chat, until in self._held.items() if until > now)

    def fill(
        self, page: Iterable[Queued], most: int, now: datetime, taken: Collection[Queued] = ()
    ) -> None:
        """Take up a page of up to `most` letters outside `chats()`, ordered by due time.

        Those `taken` just now still stand in the outbox as waiting, and are passed over.
        """
        known = {one.id for one in taken}
        self._left_out = self.chats()
        self.planned, count = None, 0
        for one in page:
            if one.due_at > now:
                self.planned = one.due_at
                break
            if one.id not in known:
                self._chats.setdefault(one.chat_id, deque()).append(one)
            count += 1
        self.stale = count == most

    def take(self, free: int, now: datetime) -> list[Queued]:
        """Return up to `free` letters that may go at `now` (UTC); their chats are in flight."""
        taken: list[Queued] = []
        for chat in self._ready(now):
            if len(taken) == free or self._pacer.wait(NOBODY) > 0:
                break  # what all share lets nobody go: the other chats need not be asked
            if self._pacer.wait(chat) > 0:
                continue
            self._pacer.took(chat)
            self._flying.add(chat)
            self._held.pop(chat, None)
            taken.append(self._chats[chat].popleft())
        for one in taken:
            self._drop_if_empty(one.chat_id)
        return taken

    def fly(self, chat_id: int) -> None:
        """Note that a letter to the chat is in flight."""
        self._flying.add(chat_id)

    def landed(self, chat_id: int) -> None:
        """Note that nothing of the chat is in flight any more."""
        self._flying.discard(chat_id)

    def put_back(self, one: Queued, until: datetime | None = None) -> None:
        """Put a letter first in its chat, to be tried again, after `until` (UTC) if given."""
        self._flying.discard(one.chat_id)
        self._chats.setdefault(one.chat_id, deque()).appendleft(one)
        if until is not None:
            self._held[one.chat_id] = until

    def next_due(self, now: datetime) -> datetime | None:
        """Return when, after `now` (UTC), a letter falls due or is tried again."""
        known = [until for until in self._held.values() if until > now]
        if self.planned is not None:
            known.append(self.planned)
        return min(known, default=None)

    def wait(self, now: datetime) -> float | None:
        """Return the seconds of real time until a letter may go or is worth looking up.

        None when nothing is due at `now` (UTC).
        """
        if self.planned is not None and self.planned <= now:
            self.stale = True
        least = self._pacer.wait(NOBODY)  # nobody waits less than what all share
        if self.stale:
            return least
        waits: list[float] = []
        for chat in self._ready(now):
            waits.append(self._pacer.wait(chat))
            if waits[-1] <= least:
                break
        return min(waits, default=None)

    def count_ready(self, now: datetime) -> int:
        """Return how many chats have a letter that only waits for the pace at `now` (UTC)."""
        return sum(1 for _ in self._ready(now))

    def _ready(self, now: datetime) -> Iterable[int]:
        for chat in self._chats:
            if chat not in self._flying and not (chat in self._held and self._held[chat] > now):
                yield chat

    def _drop_if_empty(self, chat_id: int) -> None:
        if not self._chats[chat_id]:
            del self._chats[chat_id]
            # Others of this chat may have been passed over while it was known here.
            self.stale = self.stale or chat_id in self._left_out
