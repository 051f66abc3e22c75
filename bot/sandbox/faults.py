"""Faults on order: what the next calls of a method meet instead of, or before, their answer.

It decides what happens to a call; the handlers of the Bot API do it.
"""

from dataclasses import dataclass

from bot.sandbox.errors import ApiError, SimError, Wire
from bot.sandbox.fields import Fields, optional, read
from bot.sandbox.methods import NAMES, camel

EVERY = "*"
BROUGHT = "webhook"  # no method: the answer to an update that was brought to the bot is lost
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
}


@dataclass(slots=True)
class Fault:
    """One order; `times` counts down, -1 stays until it is deleted. `delay` is in seconds."""

    method: str
    times: int
    status: int | None
    description: str
    retry_after: int | None
    delay: float
    drop: str | None

    def hits(self, method: str) -> bool:
        """Tell whether a method (Python name) meets this fault."""
        if BROUGHT in {self.method, method}:
            return self.times != 0 and self.method == method
        return self.times != 0 and (self.method == EVERY or NAMES[self.method.lower()] == method)

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
        }
        return {key: value for key, value in facts.items() if value is not None}


class Faults:
    """The orders, met first come first served."""

    def __init__(self) -> None:
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
        """Return the fault that a call would meet now, without using it up."""
        return next((fault for fault in self._orders if fault.hits(method)), None)

    def take(self, method: str) -> Fault | None:
        """Return the fault that this call meets and count it."""
        fault = self.peek(method)
        if fault is not None and fault.times > 0:
            fault.times -= 1
            if fault.times == 0:
                self._orders.remove(fault)
        return fault


def read_fault(body: Wire) -> Fault:
    """Return the order that somebody posted; raises SimError 400."""
    wish = read(body, _FIELDS)
    method = wish["method"]
    if method not in {EVERY, BROUGHT} and method.lower() not in NAMES:
        names = ", ".join(sorted(camel(name) for name in NAMES.values()))
        raise SimError(400, f'There is no method {method!r}; there is "*" and {names}.')
    times = wish.get("times", 1)
    if times < -1 or times == 0:
        raise SimError(400, "times is a number from 1 on, or -1 for until deleted.")
    if wish.get("drop") not in (None, "before", "after"):
        raise SimError(400, 'drop is "before" or "after".')
    if not 0 <= wish.get("delay", 0) <= 600:  # noqa: PLR2004 - ten minutes are more than any time-out
        raise SimError(400, "delay is in seconds, from 0 to 600.")
    status, description, seconds = _refusal(wish)
    fault = Fault(
        method, times, status, description, seconds, wish.get("delay", 0), wish.get("drop")
    )
    if status is None and not fault.delay and fault.drop is None:
        raise SimError(400, "A fault needs a status, a delay or a drop.")
    return fault


def _refusal(wish: Wire) -> tuple[int | None, str, int | None]:
    """Return status, description and `retry_after`, which no 429 of Telegram's is without."""
    seconds = wish.get("retry_after")
    if seconds is not None and seconds < 0:
        raise SimError(400, "retry_after is in seconds, from 0 on.")
    status = wish.get("status", None if seconds is None else _TOO_MANY)
    if status is None:
        return None, "", None
    if not 400 <= status <= 599:  # noqa: PLR2004 - HTTP's own range of refusals
        raise SimError(400, "status is from 400 to 599.")
    usual = _DEFAULTS.get(status, "Bad Request")
    if status == _TOO_MANY:
        seconds = 1 if seconds is None else seconds
        usual = f"Too Many Requests: retry after {seconds}"
    return status, wish.get("description", usual), seconds
