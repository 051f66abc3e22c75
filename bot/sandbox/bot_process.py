"""The bot as a child process: started, stopped, killed, and started again under one Telegram.

It knows how the child is told where Telegram is, and nothing of what the child does.
"""

import asyncio
import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from bot.clock import new_id, start_task
from bot.sandbox.control_server import ControlLine
from bot.sandbox.errors import SandboxFault

COMMAND = (sys.executable, "-m", "bot", "run")
_ENDING = 20.0  # seconds: what a bot that drains for all of its 15 needs to close as well
_START = 60.0
_CLOSING = 5.0


def fake_token() -> str:
    """Return a token of the right form that nobody can take for a real one."""
    return f"7000000001:SANDBOX_TOKEN{new_id()}"


def environment(
    *, port: int, token: str, data_dir: Path, organisation: Path, now: str
) -> dict[str, str]:
    """Return the child's environment: ours, with the sandbox in Telegram's place."""
    # DATABASE_URL is named although it is the default: a line of `.env` must not bring the demo
    # into somebody's real database.
    return dict(os.environ) | {
        "BOT_TOKEN": token,
        "BOT_API_URL": f"http://127.0.0.1:{port}/bot",
        "BOT_FILE_URL": f"http://127.0.0.1:{port}/file/bot",
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": f"sqlite+aiosqlite:///{data_dir / 'linli.db'}",
        "ORGANISATION": str(organisation),
        "SANDBOX_CONTROL": f"ws://127.0.0.1:{port}/control",
        "SANDBOX_NOW": now,
    }


class BotProcess:
    """One child at a time."""

    def __init__(
        self, command: Sequence[str], environ: Mapping[str, str], control: ControlLine
    ) -> None:
        self._command = command
        self._environ = environ
        self._control = control
        self._process: asyncio.subprocess.Process | None = None
        self._starting = True  # or about to be started
        self._lock = asyncio.Lock()

    @property
    def running(self) -> bool:
        """Whether the child lives, serving already or not."""
        return self._process is not None and self._process.returncode is None

    @property
    def expected(self) -> bool:
        """Whether it lives or is being started: whoever waits for it need not give up."""
        return self.running or self._starting

    async def start(self) -> None:
        """Start the child and wait until it serves; raises SandboxFault when it ends instead."""
        self._starting = True
        async with self._lock:
            try:
                await self._start()
            finally:
                self._starting = False

    async def _start(self) -> None:
        if not self.running:
            # A session of its own: Ctrl-C reaches the parent only, which ends the child gently.
            self._process = await asyncio.create_subprocess_exec(
                *self._command,
                env=self._environ,
                stdin=asyncio.subprocess.DEVNULL,
                start_new_session=True,
            )
        await self._until_serving()

    async def _until_serving(self) -> None:
        assert self._process is not None
        serving = start_task(self._control.serving.wait(), name="until the bot serves")
        ended = start_task(self._process.wait(), name="until the bot ends")
        waits = (serving, ended)
        await asyncio.wait(waits, timeout=_START, return_when=asyncio.FIRST_COMPLETED)
        for wait in waits:
            wait.cancel()
        if serving.done() and not serving.cancelled():
            return
        code = self._process.returncode
        if code is not None:
            raise SandboxFault(f"The bot ended with code {code} before it served.")
        await self._end(gently=False)
        raise SandboxFault(f"The bot did not serve within {_START:.0f} s.")

    async def stop(self) -> None:
        """End the child with SIGTERM; SIGKILL when it has not ended within 20 s."""
        async with self._lock:
            await self._end(gently=True)

    async def kill(self) -> None:
        """End the child with SIGKILL."""
        async with self._lock:
            await self._end(gently=False)

    async def _end(self, *, gently: bool) -> None:
        process = self._process
        if process is None or process.returncode is not None:
            return
        process.terminate() if gently else process.kill()
        try:
            await asyncio.wait_for(process.wait(), _ENDING if gently else None)
        except TimeoutError:
            process.kill()
            await process.wait()
        with suppress(TimeoutError):
            await asyncio.wait_for(self._control.gone.wait(), _CLOSING)
