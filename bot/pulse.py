"""Whether a loop goes on: it says when it begins a piece of work, and when it rests.

A loop that rests may do so for hours; one that is at the same piece of work for minutes is stuck.
"""

from collections.abc import Callable

STUCK = 180.0  # seconds at one piece of work; a long poll takes 35


class Pulse:
    """The pulse of one loop, in monotonic seconds."""

    def __init__(self, monotonic: Callable[[], float]) -> None:
        self._monotonic = monotonic
        self._since: float | None = None

    def works(self) -> None:
        """Note that a piece of work begins."""
        self._since = self._monotonic()

    def rests(self) -> None:
        """Note that nothing is to be done now."""
        self._since = None

    @property
    def is_stuck(self) -> bool:
        """Whether it has been at one piece of work for too long."""
        return self._since is not None and self._monotonic() - self._since > STUCK
