"""The person side over HTTP, /sim/*: waiting, the clock, the bot's process, beginning anew.

Documented in docs/sandbox.md and kept stable: other programs drive it.
"""

from bot.sandbox.driving import begin_anew, move_clock, wait_until_idle
from bot.sandbox.errors import SandboxFault, SimError, Wire
from bot.sandbox.fields import finite, optional, read
from bot.sandbox.sim import SimHandler
from bot.sandbox.timing import check_span, read_instant, read_span

_LONGEST = 600


class IdleHandler(SimHandler):
    """GET /sim/idle."""

    async def get(self) -> None:
        """Answer when the bot has nothing to do."""
        seconds = _seconds(self.query("timeout").get("timeout", "10"))
        await wait_until_idle(self.state, seconds)
        self.send_json({"idle": True})


def _seconds(text: str) -> float:
    try:
        seconds = finite(text)
    except ValueError:
        seconds = 0
    if not 0 < seconds <= _LONGEST:
        raise SimError(400, f"timeout is in seconds, above 0 and up to {_LONGEST}.")
    return seconds


class ClockHandler(SimHandler):
    """GET and POST /sim/clock."""

    async def get(self) -> None:
        """Tell the time."""
        self.query()
        self._show()

    async def post(self) -> None:
        """Move the clock forward, by a span or to an instant."""
        wish = read(self.body(), {"advance": optional(str), "to": optional(str)})
        if len(wish) != 1:
            raise SimError(400, "Exactly one of advance, to is needed.")
        now = self.state.clock.now()
        if "advance" in wish:
            target = now + read_span(wish["advance"])
        else:
            target = read_instant(wish["to"], self.state.world.organisation.zone)
        if target < now:
            raise SimError(400, "The clock only moves forward.")
        check_span(target - now)
        await move_clock(self.state, target)
        self._show()

    def _show(self) -> None:
        world = self.state.world
        now = world.local(self.state.clock.now().timestamp())
        self.send_json({"now": now, "time_zone": world.organisation.zone.key})


class BotHandler(SimHandler):
    """GET and POST /sim/bot."""

    async def get(self) -> None:
        """Tell whether the bot serves."""
        self.query()
        self._show()

    async def post(self) -> None:
        """Kill, stop or start the child."""
        action = read(self.body(), {"action": str})["action"]
        process = self.state.process
        if process is None:
            raise SimError(409, "This sandbox was started without a bot of its own (--no-bot).")
        does = {"kill": process.kill, "stop": process.stop, "start": process.start}
        if action not in does:
            raise SimError(400, f"action is one of {', '.join(does)}.")
        try:
            await does[action]()
        except SandboxFault as fault:
            raise SimError(409, str(fault)) from fault
        self._show()

    def _show(self) -> None:
        up = self.state.control.serving.is_set()
        shown: Wire = {"bot": "up" if up else "down", "own": self.state.process is not None}
        self.send_json(shown)


class ResetHandler(SimHandler):
    """POST /sim/reset."""

    async def post(self) -> None:
        """Begin anew."""
        read(self.body(), {})
        await begin_anew(self.state)
        self.send_json({"reset": True})
