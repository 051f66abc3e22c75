"""The table of ticks: what the clock may have to do, and the service that does it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from bot.services import case, clocks
from bot.services.unit_of_work import UnitOfWork
from storage.due import Due

Tick = Callable[[UnitOfWork, Due], Awaitable[None]]

JOBS: Mapping[str, Tick] = MappingProxyType({clocks.CLAIM_LIMIT: case.nobody_took})
