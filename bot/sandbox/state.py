"""What the handlers of one sandbox share."""

import asyncio
from dataclasses import dataclass, field
from datetime import datetime

from bot.clock import Clock
from bot.sandbox.bot_process import BotProcess
from bot.sandbox.calls import CallLog
from bot.sandbox.control_server import ControlLine
from bot.sandbox.events import Events
from bot.sandbox.faults import Faults
from bot.sandbox.world import World


@dataclass(slots=True)
class State:
    """One sandbox. `token` None accepts any well-formed one; `process` None is --no-bot."""

    world: World
    clock: Clock
    start: datetime
    events: Events
    token: str | None = None
    process: BotProcess | None = None
    faults: Faults = field(default_factory=Faults)
    calls: CallLog = field(default_factory=CallLog)
    control: ControlLine = field(default_factory=ControlLine)
    working: int = 0
    moving: asyncio.Lock = field(default_factory=asyncio.Lock)
    """Held while the clock moves or everything is reset."""
