"""Small changes that are written at the end of somebody else's transaction: one flush for both.

A backlog holds one transaction after another; letters that came back would each time wait for
its end and then need a flush to disk of their own.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any


class HostFailedError(Exception):
    """The transaction that had taken this work in was rolled back; nothing of it was kept."""


@dataclass(slots=True, eq=False)
class _Guest:
    work: Callable[[Any], Awaitable[Any]]
    done: asyncio.Future[Any]
    found: Any = None


class Guests:
    """Who waits for the end of the open transaction, and who was served in it."""

    def __init__(self) -> None:
        self.welcome = False  # whether the open transaction still takes guests in
        self._waiting: list[_Guest] = []
        self._served: list[_Guest] = []

    def __bool__(self) -> bool:
        return bool(self._waiting)

    async def come(self, work: Callable[[Any], Awaitable[Any]]) -> Any:
        """Wait until the work was done and kept; raises HostFailedError when it was not."""
        guest = _Guest(work, asyncio.get_running_loop().create_future())
        self._waiting.append(guest)
        return await guest.done

    async def serve(self, uow: Any) -> None:
        """Do everybody's work in the open transaction."""
        while self._waiting:
            guest = self._waiting.pop(0)
            if not guest.done.done():  # nobody waits for it any more
                self._served.append(guest)
                guest.found = await guest.work(uow)
        self.welcome = False

    def committed(self) -> None:
        """Tell those who were served that it is kept."""
        served, self._served = self._served, []
        for guest in served:
            if not guest.done.done():
                guest.done.set_result(guest.found)

    def turn_away(self) -> None:
        """Tell everybody that nothing was kept."""
        told, self._waiting, self._served = [*self._served, *self._waiting], [], []
        self.welcome = False
        for guest in told:
            if not guest.done.done():
                guest.done.set_exception(HostFailedError())
