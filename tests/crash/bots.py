"""The bot that is tormented, over either database."""

import asyncio
import os
import signal
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Protocol

from storage.copying import copy_database
from tests.support import postgres
from tests.support.sandbox import Sandbox, bot_by_hand, running


class Bot(Protocol):
    """The bot that is tormented."""

    file: Path  # everything that it has kept, after `stop`

    def kill(self) -> None: ...
    def start(self) -> None: ...
    def stop(self) -> None: ...
    def disturb(self) -> None: ...


class OfTheSandbox:
    """The sandbox's child, which keeps everything in a file."""

    def __init__(self, town: Sandbox, folder: Path) -> None:
        self._town, self.file = town, folder / "data" / "sandbox" / "linli.db"

    def kill(self) -> None:
        """End it without a word."""
        self._town.post("/sim/bot", action="kill")

    def start(self) -> None:
        """Start it and wait until it serves."""
        self._town.post("/sim/bot", action="start")

    def stop(self) -> None:
        """End it gently."""
        self._town.post("/sim/bot", action="stop")

    def disturb(self) -> None:
        """Do nothing: nobody takes a file away."""


class OnPostgres:
    """A child of ours, which keeps everything on a server."""

    def __init__(self, town: Sandbox, folder: Path, settings: dict[str, str]) -> None:
        self._town, self._folder, self._settings = town, folder, settings
        self._url = settings["DATABASE_URL"]
        self._held, self._pid, self.file = ExitStack(), 0, folder / "copied.db"
        self.start()

    def kill(self) -> None:
        """End it without a word."""
        os.kill(self._pid, signal.SIGKILL)
        self._held.close()

    def start(self) -> None:
        """Start it and wait until it serves."""
        made = bot_by_hand(self._folder, self._town, **self._settings)  # type: ignore[arg-type]
        self._pid = self._held.enter_context(made)

    def stop(self) -> None:
        """End it gently, and copy what it kept into a file."""
        self._held.close()
        target = f"sqlite+aiosqlite:///{self.file}"
        asyncio.run(copy_database(self._url, target, self._folder, lambda *_: None))

    def disturb(self) -> None:
        """Let the server end every connection, whatever is going on in it."""
        postgres.end_connections(self._url)


@contextmanager
def running_over(kind: str, **settings: str) -> Iterator[tuple[Sandbox, Bot]]:
    """Run a sandbox with a bot, with these `settings`, that keeps all in a `kind` of database."""
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory()))
        if kind != "postgres":
            town = held.enter_context(running(folder, **settings))
            yield town, OfTheSandbox(town, folder)
            return
        url = held.enter_context(postgres.new_database())
        town = held.enter_context(running(folder, "--no-bot"))
        bot = OnPostgres(town, folder, {"DATABASE_URL": url, **settings})
        held.callback(bot._held.close)
        yield town, bot
