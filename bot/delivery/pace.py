"""When the next letter may go out: so many a second in all, to one chat, to one group.

Counts real (monotonic) seconds; 0 switches a limit off. Knows nothing of letters.
"""

from collections import deque
from collections.abc import Callable

MINUTE = 60.0
BURST = 3  # letters that one chat may get at once


class Pacer:
    """Says how long a letter to a chat has to wait, and keeps count of those that went."""

    def __init__(
        self, monotonic: Callable[[], float], *, total: float, chat: float, group: float
    ) -> None:
        self._now = monotonic
        self._gap = 1 / total if total else 0.0
        self._chat_gap = 1 / chat if chat else 0.0
        self._group = int(group)
        self._next = 0.0
        self._chats: dict[int, float] = {}  # when the chat's allowance is whole again
        self._groups: dict[int, deque[float]] = {}

    def wait(self, chat_id: int) -> float:
        """Return the seconds until a letter to the chat may go; 0 means now."""
        now = self._now()
        ready = max(self._next, self._chat_ready(chat_id))
        if chat_id < 0:
            ready = max(ready, self._group_ready(chat_id, now))
        return max(0.0, ready - now)

    def took(self, chat_id: int) -> None:
        """Count a letter that goes to the chat now."""
        now = self._now()
        self._next = max(self._next, now - self._gap) + self._gap
        if self._chat_gap:
            self._chats[chat_id] = max(self._chats.get(chat_id, now), now) + self._chat_gap
        if chat_id < 0 and self._group:
            self._groups.setdefault(chat_id, deque(maxlen=self._group)).append(now)
        if len(self._chats) > 10_000:  # noqa: PLR2004 - forget the chats that are rested
            self._chats = {one: at for one, at in self._chats.items() if at > now}

    def _chat_ready(self, chat_id: int) -> float:
        return self._chats.get(chat_id, 0.0) - (BURST - 1) * self._chat_gap

    def _group_ready(self, chat_id: int, now: float) -> float:
        sent = self._groups.get(chat_id)
        if not self._group or sent is None or len(sent) < self._group:
            return now
        return sent[0] + MINUTE
