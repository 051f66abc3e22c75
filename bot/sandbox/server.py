"""The sandbox as a whole: one port, one little Telegram, one page, and the bot as its child.

It composes; what the parts do stands in them.
"""

import asyncio
import os
import shutil
import signal
import socket
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import datetime
from pathlib import Path
from typing import Any

from tornado.httpserver import HTTPServer
from tornado.web import Application, StaticFileHandler

from bot.clock import Clock, start_task
from bot.sandbox import sim, sim_control, sim_group, sim_vote
from bot.sandbox.api import FileHandler, MethodHandler
from bot.sandbox.bot_process import COMMAND, BotProcess, environment, fake_token
from bot.sandbox.control_server import ControlHandler
from bot.sandbox.errors import SandboxFault, Wire
from bot.sandbox.events import Events, EventsHandler
from bot.sandbox.faults import BROUGHT
from bot.sandbox.groups import found_demo
from bot.sandbox.people import read_organisation
from bot.sandbox.state import State
from bot.sandbox.timing import last_tuesday
from bot.sandbox.web import HomeHandler
from bot.sandbox.world import World

__all__ = ["Sandbox", "SandboxFault", "application", "build_state", "serve"]

PAGE = Path(__file__).parent / "page"
_TRIES = 4
_LARGEST = 120 * 1024 * 1024


class PageHandler(HomeHandler, StaticFileHandler):
    """The page and its parts."""

    def set_extra_headers(self, path: str) -> None:  # noqa: ARG002 - Tornado's signature
        """Let nothing be cached: the page belongs to this run."""
        self.set_header("Cache-Control", "no-store")


def build_state(organisation: Path, now: datetime | None, token: str | None) -> State:
    """Return a sandbox that does not serve yet; raises OrganisationFault."""
    read = read_organisation(organisation)
    start = last_tuesday(Clock().now(), read.zone) if now is None else now
    if start.tzinfo is None:
        start = start.replace(tzinfo=read.zone)
    events = Events()
    clock = Clock(start)
    state = State(World(read, clock, events.tell), clock, start, events, token)
    found_demo(state.world)
    state.world.webhook.loses_answer = lambda: state.faults.take(BROUGHT) is not None
    state.control.told = lambda up: events.tell(_bot_event(up))
    return state


def _bot_event(up: bool) -> Wire:
    return {"bot": "up" if up else "down"}


def application(state: State) -> Application:
    """Return the Tornado application of one sandbox; it logs no addresses (they hold tokens)."""
    shared = {"state": state}

    def welcome() -> Wire:
        return {"op": "welcome", "now": state.clock.now().isoformat()}

    def greet() -> list[Wire]:
        now = state.world.local(state.clock.now().timestamp())
        return [_bot_event(state.control.serving.is_set()), {"clock": now}]

    return Application(
        [
            (r"/bot([^/]+)/(\w+)", MethodHandler, shared),
            (r"/file/bot([^/]+)/(.+)", FileHandler, shared),
            (r"/control", ControlHandler, {"line": state.control, "welcome": welcome}),
            (r"/sim/events", EventsHandler, {"events": state.events, "greet": greet}),
            *_person_side(shared),
            (r"/(.*)", PageHandler, {"path": str(PAGE), "default_filename": "index.html"}),
        ],
        default_handler_class=HomeHandler,
        log_function=lambda _handler: None,
    )


def _person_side(shared: dict[str, State]) -> list[Any]:
    return [
        (r"/sim/people", sim.PeopleHandler, shared),
        (r"/sim/message", sim.MessageHandler, shared),
        (r"/sim/edit", sim.EditHandler, shared),
        (r"/sim/delete", sim.DeleteHandler, shared),
        (r"/sim/press", sim.PressHandler, shared),
        (r"/sim/vote", sim_vote.VoteHandler, shared),
        (r"/sim/block", sim.BlockHandler, shared | {"blocked": True}),
        (r"/sim/unblock", sim.BlockHandler, shared | {"blocked": False}),
        (r"/sim/kick", sim.KickHandler, shared | {"kicked": True}),
        (r"/sim/invite", sim.KickHandler, shared | {"kicked": False}),
        (r"/sim/groups", sim_group.GroupsHandler, shared),
        (r"/sim/topics", sim_group.TopicsHandler, shared),
        (r"/sim/place", sim_group.PlaceHandler, shared),
        (r"/sim/permissions", sim_group.PermissionsHandler, shared),
        (r"/sim/language", sim_group.LanguageHandler, shared),
        (r"/sim/deactivate", sim.DeactivateHandler, shared),
        (r"/sim/chats/(-?\d+)", sim.ChatHandler, shared),
        (r"/sim/menu", sim.MenuHandler, shared),
        (r"/sim/files/([\w-]+)", sim.SimFileHandler, shared),
        (r"/sim/calls", sim.CallsHandler, shared),
        (r"/sim/faults", sim.FaultsHandler, shared),
        (r"/sim/idle", sim_control.IdleHandler, shared),
        (r"/sim/clock", sim_control.ClockHandler, shared),
        (r"/sim/bot", sim_control.BotHandler, shared),
        (r"/sim/reset", sim_control.ResetHandler, shared),
    ]


class Sandbox:
    """One running sandbox; `port` is known after `listen`."""

    def __init__(self, state: State) -> None:
        self.state = state
        self.port = 0
        self.note = ""
        self._server: HTTPServer | None = None

    def listen(self, port: int) -> None:
        """Serve on 127.0.0.1 at `port` or one of the next three; 0 is any free one.

        Raises SandboxFault when all are busy.
        """
        busy: list[int] = []
        for candidate in range(port, port + (_TRIES if port else 1)):
            try:
                door = _open_door(candidate)
            except (OSError, OverflowError):
                busy.append(candidate)
                continue
            self._server = HTTPServer(
                application(self.state), max_buffer_size=_LARGEST, max_body_size=_LARGEST
            )
            self._server.add_socket(door)
            self.port = int(door.getsockname()[1])
            self.note = f" (port {', '.join(map(str, busy))} is busy)" if busy else ""
            return
        raise SandboxFault(f"The ports {', '.join(map(str, busy))} are busy; set SANDBOX_PORT.")

    @property
    def address(self) -> str:
        """Where the page is."""
        return f"http://127.0.0.1:{self.port}/"

    def adopt(
        self, data_dir: Path, organisation: Path, command: Sequence[str] | None = None
    ) -> None:
        """Prepare the child: an empty folder, its environment, its token."""
        folder = data_dir.resolve() / "sandbox"
        try:
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True)
        except OSError as error:
            raise SandboxFault(f"{folder} cannot be emptied and used: {error}") from error
        assert self.state.token is not None
        environ = environment(
            port=self.port,
            token=self.state.token,
            data_dir=folder,
            organisation=organisation.resolve(),
            now=self.state.start.isoformat(),
        )
        self.state.process = BotProcess(command or COMMAND, environ, self.state.control)

    async def close(self) -> None:
        """End the child gently, then every connection."""
        if self.state.process is not None:
            await self.state.process.stop()
        self.state.events.close()
        self.state.world.webhook.delete()
        self.state.world.updates.wake()
        if self._server is not None:
            self._server.stop()
            await self._server.close_all_connections()


async def serve(
    *,
    port: int,
    data_dir: Path,
    organisation: Path,
    now: datetime | None,
    with_bot: bool,
    announce: Callable[[str], None],
) -> None:
    """Run the sandbox until SIGINT or SIGTERM; `announce` gets the one line with its address.

    `now` (aware, or local to the community) is where the clock starts, None the last Tuesday.
    Raises SandboxFault with one sentence when it cannot run.
    """
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    sandbox = Sandbox(build_state(organisation, now, own_token() if with_bot else None))
    try:
        sandbox.listen(port)
        if with_bot:
            sandbox.adopt(data_dir, organisation)
        announce(f"Linli's sandbox: {sandbox.address}{sandbox.note}")
        await _run(sandbox, stopped)
    finally:
        await sandbox.close()
        for number in (signal.SIGINT, signal.SIGTERM):
            loop.remove_signal_handler(number)


def _open_door(port: int) -> socket.socket:
    door = socket.socket(socket.AF_INET)
    try:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", port))
        door.listen(1024)
    except BaseException:
        door.close()
        raise
    door.setblocking(False)
    return door


def own_token() -> str:
    """Return the child's token: BOT_TOKEN of the environment (a test's), else a fake one."""
    return os.environ.get("BOT_TOKEN") or fake_token()


async def _run(sandbox: Sandbox, stopped: asyncio.Event) -> None:
    end = start_task(stopped.wait(), name="until the sandbox is stopped")
    if sandbox.state.process is not None:
        birth = start_task(sandbox.state.process.start(), name="the bot's first start")
        await asyncio.wait((end, birth), return_when=asyncio.FIRST_COMPLETED)
        if end.done():
            birth.cancel()
            with suppress(asyncio.CancelledError, SandboxFault):
                await birth
            return
        birth.result()
    await end
