"""Tells systemd that Linli is ready, and again and again that it goes on: only while it does.

The protocol of sd_notify(3): lines of text to a socket that systemd names; without one, nothing.
"""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress

from bot.clock import pause
from bot.logging import log
from bot.pulse import Pulse

_log = log("watchdog")
READY, ALIVE, STOPPING = "READY=1", "WATCHDOG=1", "STOPPING=1"

Tell = Callable[[str], None]


def notify(said: str) -> None:
    """Tell systemd, without ever waiting for it; nobody listens where it does not run us."""
    name = os.environ.get("NOTIFY_SOCKET", "")
    if not name:
        return
    with suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as line:
        line.setblocking(False)  # whoever does not read must not hold up the bot
        line.connect("\0" + name[1:] if name.startswith("@") else name)
        line.sendall(said.encode())


def interval(environ: Mapping[str, str]) -> float | None:
    """Return how often systemd wants to hear of us, in seconds: half of its patience.

    None when it does not want to, or means another process.
    """
    patience, whom = environ.get("WATCHDOG_USEC", ""), environ.get("WATCHDOG_PID", "")
    if not patience.isdecimal() or int(patience) == 0:
        return None
    if whom and whom != str(os.getpid()):
        return None
    return int(patience) / 1_000_000 / 2


async def watch(loops: Mapping[str, Pulse], seconds: float | None, tell: Tell = notify) -> None:
    """Tell every so many seconds that all loops go on, for ever; not while one is stuck."""
    if seconds is None:
        return
    while True:
        stuck = [name for name, pulse in loops.items() if pulse.is_stuck]
        if stuck:
            _log.error("a loop does not go on", loops=",".join(stuck))
        else:
            tell(ALIVE)
        await pause(seconds)
