"""When the next letter may go out: so many a second in all, to one chat, to one group.

Counts real (monotonic) seconds; 0 switches a limit off. Knows nothing of letters.
"""

from collections import deque
from collections.abc import Callable

from bot.settings import Settings

SECOND, MINUTE = 1.0, 60.0
BURST = 3  # letters that one chat may get at once
TOGETHER = 3  # letters that may go at once, to different chats: they share a commit
LATE = 0.5  # seconds of their pace that letters to many make up
_MANY = 10_000  # chats that are remembered before the rested ones are forgotten


class Pacer:
    """Says how long a letter to a chat has to wait, and keeps count of those that went."""

    def __init__(
        self, monotonic: Callable[[], float], *, total: float, chat: float, group: float
    ) -> None:
        """Take limits: `total` and `chat` a second, `group` a minute."""
        self._now = monotonic
        self._gap = 1 / total if total else 0.0
        self._chat_gap = 1 / chat if chat else 0.0
        self._group = group
        self._all = _Window(total, SECOND)
        self._next = 0.0
        self._halted_until = 0.0
        self._chats: dict[int, float] = {}  # when the chat's allowance is whole again
        self._groups: dict[int, _Window] = {}

    def wait(self, chat_id: int) -> float:
        """Return the seconds until a letter to the chat may go; 0 means now."""
        ready = max(self._next, self._halted_until, self._all.ready)
        if self._chat_gap and chat_id in self._chats:
            ready = max(ready, self._chats[chat_id] - (BURST - 1) * self._chat_gap)
        if chat_id in self._groups:
            ready = max(ready, self._groups[chat_id].ready)
        return max(0.0, ready - self._now()) if ready else 0.0

    def took(self, chat_id: int) -> None:
        """Count a letter that goes to the chat now."""
        now = self._now()
        if self._gap:
            # What went says how much may go at once now: up to TOGETHER after as many gaps.
            rested = now - (TOGETHER - 1) * self._gap
            self._next = max(self._next, rested) + self._gap
            self._all.took(now)
        if self._chat_gap:
            self._chats[chat_id] = max(self._chats.get(chat_id, now), now) + self._chat_gap
            if len(self._chats) > _MANY:
                self._chats = {one: at for one, at in self._chats.items() if at > now}
        if chat_id < 0 and self._group:
            self._groups.setdefault(chat_id, _Window(self._group, MINUTE)).took(now)

    @property
    def halted(self) -> bool:
        """Whether Telegram has asked everybody to wait."""
        return self.halted_for > 0

    @property
    def halted_for(self) -> float:
        """The seconds for which Telegram has asked everybody to wait."""
        return max(0.0, self._halted_until - self._now()) if self._halted_until else 0.0

    def halt(self, seconds: float) -> None:
        """Let nothing go for `seconds`: Telegram has asked for it."""
        self._halted_until = max(self._halted_until, self._now() + seconds)


class Slower:
    """The pace of one kind of letters: `limit` a second, 0 for none of their own.

    What goes counts for everybody, so that there is always room for what others wait for; `apart`
    (paid for) it counts for itself. When Telegram asks to wait, it waits like all others.
    """

    def __init__(
        self,
        pacer: Pacer,
        monotonic: Callable[[], float],
        limit: float,
        *,
        apart: bool = False,
    ) -> None:
        self._pacer, self._apart, self._now = pacer, apart, monotonic
        self._gap = 1 / limit if limit else 0.0
        self._next = 0.0
        self._begun = 0  # letters that may still follow at once

    def wait(self, chat_id: int) -> float:
        """Return the seconds until such a letter to the chat may go; 0 means now."""
        shared = self._pacer.halted_for if self._apart else self._pacer.wait(chat_id)
        return shared if self._begun or not self._gap else max(shared, self._next - self._now())

    def took(self, chat_id: int) -> None:
        """Count a letter that goes to the chat now."""
        if not self._apart:
            self._pacer.took(chat_id)
        if self._begun:
            self._begun -= 1
        elif self._gap:  # what a busy machine has missed is made up, as fast as all may go
            self._begun = TOGETHER - 1
            self._next = max(self._next, self._now() - LATE) + TOGETHER * self._gap


def paced(settings: Settings, monotonic: Callable[[], float]) -> tuple[Pacer, Slower]:
    """Return the pace of all letters, and that of those which say the same to many."""
    pacer = Pacer(
        monotonic,
        total=settings.pace_total,
        chat=settings.pace_chat,
        group=settings.pace_group,
    )
    paid = settings.paid_broadcast
    return pacer, Slower(pacer, monotonic, settings.broadcast_pace, apart=paid)


class _Window:
    """At most `limit` in any `span` of seconds; a part of one is one in a longer span."""

    def __init__(self, limit: float, span: float) -> None:
        self.ready = 0.0  # when the next may go
        count = max(1, int(limit))
        self._span = span * count / limit if limit else 0.0
        self._sent: deque[float] = deque(maxlen=count)

    def took(self, now: float) -> None:
        self._sent.append(now)
        if len(self._sent) == self._sent.maxlen:
            self.ready = self._sent[0] + self._span
