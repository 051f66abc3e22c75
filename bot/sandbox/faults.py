"""Faults on order: what the next calls of a method meet instead of, or before, their answer.

It decides what happens to a call; the handlers of the Bot API do it.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

from bot.clock import Clock
from bot.sandbox.errors import ApiError, SimError, Wire
from bot.sandbox.fields import Fields, optional, read
from bot.sandbox.methods import NAMES, camel

EVERY = "*"
BROUGHT = "webhook"  # no method: the answer to an update that was brought to the bot is lost
MESSAGES = "messages"  # whatever Telegram counts against its limits: what is sent or edited
_COUNTED = ("send_", "edit_message", "forward_")
_FREE = {"send_chat_action"}
_SECOND = 1.0
_TOO_MANY = 429
_DEFAULTS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; "
    "make sure that only one bot instance is running",
    500: "Internal Server Error",
    502: "Bad Gateway",
}
_FIELDS: Fields = {
    "method": str,
    "times": optional(int),
    "status": optional(int),
    "description": optional(str),
    "retry_after": optional(int),
    "delay": optional(float),
    "drop": optional(str),
    "above": optional(int),
}


@dataclass(slots=True)
class Fault:
    """One order; `times` counts down, -1 stays until it is deleted. `delay` is in seconds.

    With `above` it lets through so many calls in any second of real time, and meets the others.
    """

    method: str
    times: int
    status: int | None
    description: str
    retry_after: int | None
    delay: float
    drop: str | None
    above: int | None = None
    went: deque[float] = field(default_factory=deque)  # in the last second, by a monotonic clock

    def hits(self, method: str) -> bool:
        """Tell whether a method (Python name) meets this fault."""
        if BROUGHT in {self.method, method}:
            return self.times != 0 and self.method == method
        if self.method == MESSAGES:
            return self.times != 0 and method.startswith(_COUNTED) and method not in _FREE
        return self.times != 0 and (self.method == EVERY or NAMES[self.method.lower()] == method)

    def lets_through(self, now: float) -> bool:
        """Say whether a call that it hits may pass at `now` (monotonic), and count that."""
        if self.above is None:
            return False
        while self.went and self.went[0] <= now - _SECOND:
            self.went.popleft()
        if len(self.went) >= self.above:
            return False
        self.went.append(now)
        return True

    def error(self) -> ApiError | None:
        """Return the refusal that it stands for, if it stands for one."""
        if self.status is None:
            return None
        return ApiError(self.status, self.description, retry_after=self.retry_after)

    def shown(self) -> Wire:
        """Return the order as JSON, without what it does not say."""
        facts = {
            "method": self.method,
            "times": self.times,
            "status": self.status,
            "description": self.description or None,
            "retry_after": self.retry_after,
            "delay": self.delay or None,
            "drop": self.drop,
            "above": self.above,
        }
        return {key: value for key, value in facts.items() if value is not None}


class Faults:
    """The orders, met first come first served."""

    def __init__(self, monotonic: Callable[[], float] = Clock.monotonic) -> None:
        self._monotonic = monotonic
        self._orders: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Put one more at the end."""
        self._orders.append(fault)

    def clear(self) -> None:
        """Forget all."""
        self._orders.clear()

    def shown(self) -> list[Wire]:
        """Return what is still to come."""
        return [fault.shown() for fault in self._orders]

    def peek(self, method: str) -> Fault | None:
        """Return the fault that a call is sure to meet now, without using it up."""
        hits = (fault for fault in self._orders if fault.hits(method))
        return next((fault for fault in hits if fault.above is None), None)

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets and count it."""
        now = self._monotonic()
        hits = (one for one in self._orders if one.hits(method) and not one.lets_through(now))
        fault = next(hits, None)
        if fault is not None and fault.times > 0:
            fault.times -= 1
            if fault.times == 0:
                self._orders.remove(fault)
        return fault


def read_fault(body: Wire) -> Fault:
    """Return the order that somebody posted; raises SimError 400."""
    wish = read(body, _FIELDS)
    method = wish["method"]
    if method not in {EVERY, BROUGHT, MESSAGES} and method.lower() not in NAMES:
        names = ", ".join(sorted(camel(name) for name in NAMES.values()))
        raise SimError(400, f'There is no method {method!r}; there is "*" and {names}.')
    times = wish.get("times", 1)
    if times < -1 or times == 0:
        raise SimError(400, "times is a number from 1 on, or -1 for until deleted.")
    if wish.get("drop") not in (None, "before", "after"):
        raise SimError(400, 'drop is "before" or "after".')
    if not 0 <= wish.get("delay", 0) <= 600:  # noqa: PLR2004 - ten minutes are more than any time-out
        raise SimError(400, "delay is in seconds, from 0 to 600.")
    above = wish.get("above")
    if above is not None and above < 1:
        raise SimError(400, "above is a number of calls a second, from 1 on.")
    status, description, seconds = _refusal(wish)
    fault = Fault(
        method, times, status, description, seconds, wish.get("delay", 0), wish.get("drop"), above
    )
    if status is None and not fault.delay and fault.drop is None:
        raise SimError(400, "A fault needs a status, a delay or a drop.")
    return fault


def _refusal(wish: Wire) -> tuple[int | None, str, int | None]:
    """Return status, description and `retry_after`, which no 429 of Telegram's is without."""
    seconds = wish.get("retry_after")
    if seconds is not None and seconds < 0:
        raise SimError(400, "retry_after is in seconds, from 0 on.")
    slows = seconds is not None or "above" in wish
    status = wish.get("status", _TOO_MANY if slows else None)
    if status is None:
        return None, "", None
    if not 400 <= status <= 599:  # noqa: PLR2004 - HTTP's own range of refusals
        raise SimError(400, "status is from 400 to 599.")
    usual = _DEFAULTS.get(status, "Bad Request")
    if status == _TOO_MANY:
        seconds = 1 if seconds is None else seconds
        usual = f"Too Many Requests: retry after {seconds}"
    return status, wish.get("description", usual), seconds
