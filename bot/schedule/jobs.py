"""The table of ticks: what the clock may have to do, and the service that does it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.services.unit_of_work import UnitOfWork
from storage.due import Due

Tick = Callable[[UnitOfWork, Due], Awaitable[None]]


def table(jobs: Mapping[str, Tick]) -> Mapping[str, Tick]:
    """Return the table of ticks by kind of due row."""
    return MappingProxyType(dict(jobs))
