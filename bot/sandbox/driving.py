"""Waiting until the bot has nothing to do, moving the clock, beginning anew.

It knows the bot only through the control line.
"""

import asyncio
from contextlib import suppress
from datetime import datetime, timedelta

from bot.clock import pause
from bot.sandbox.control_server import first_of
from bot.sandbox.errors import SimError, Wire
from bot.sandbox.groups import found_demo
from bot.sandbox.methods import GET_UPDATES
from bot.sandbox.polls import end_due
from bot.sandbox.state import State

_BREATH, _FIRST_BREATH = 0.02, 0.002
_SOON = timedelta(seconds=2)
_STEP = 30.0
_RESET = 10.0
_LAST_WORDS = 0.25
_STUCK = 1000
_PROGRESS = 0.5


async def wait_until_idle(state: State, seconds: float) -> None:
    """Return when the bot has handled everything; raises SimError 408 after `seconds`, 409.

    What falls due within two seconds belongs to it: the clock moves there, nobody waits.
    """
    try:
        async with asyncio.timeout(seconds):
            await _until_serving(state)
            while (due := _due(await _settle(state, fetch=True))) is not None:
                if due > state.clock.now() + _SOON:
                    return
                await _step_to(state, due)
                await pause(_FIRST_BREATH)
    except TimeoutError:
        raise SimError(408, await _why(state, seconds)) from None


async def _until_serving(state: State) -> None:
    while not state.control.serving.is_set():
        expected = state.process is not None and state.process.expected
        if not state.control.connected and not expected:
            raise SimError(409, no_bot(state))
        await pause(_BREATH)


def no_bot(state: State) -> str:
    """Return why there is nobody to ask."""
    if state.process is None:
        return "No bot is connected: start one with SANDBOX_CONTROL set to this sandbox."
    return 'The bot is stopped: POST /sim/bot {"action": "start"} starts it.'


async def _why(state: State, seconds: float) -> str:
    waiting = len(state.world.updates)
    if waiting:
        return f"After {seconds:g} s {waiting} updates were not fetched and confirmed."
    return f"After {seconds:g} s the bot still had something to do."


async def _settle(state: State, *, fetch: bool) -> Wire:
    """Wait until all is quiet; return the bot's last answer."""
    breath = _FIRST_BREATH
    while True:
        if fetch and len(state.world.updates):
            await first_of(state.world.updates.emptied, state.control.gone)
        answer = await state.control.ask("idle")
        fetched = not fetch or not len(state.world.updates)
        if answer.get("idle") and fetched and not state.working:
            return answer
        await pause(breath)
        breath = min(2 * breath, _BREATH)


def _due(answer: Wire) -> datetime | None:
    return datetime.fromisoformat(answer["next_due"]) if answer.get("next_due") else None


async def move_clock(state: State, target: datetime) -> None:
    """Move to `target` through everything that falls due before it, in order.

    Without a running bot the clock moves alone; the bot learns of it when it says hello.
    """
    async with state.moving:
        if state.control.connected:
            await _step_by_step(state, target)
        elif state.process is None:
            raise SimError(409, no_bot(state))
        state.clock.jump_to(target)
        tell_time(state)


async def _step_by_step(state: State, target: datetime) -> None:
    stuck = 0
    while stuck < _STUCK:
        before = state.clock.now()
        if await _one_step(state, target):
            return
        moved = (state.clock.now() - before).total_seconds()
        stuck = 0 if moved > _PROGRESS else stuck + 1
    raise SimError(408, "The bot names the same thing as due again and again.")


async def _one_step(state: State, target: datetime) -> bool:
    # When nobody can fetch, waiting for the fetch would stop the clock for ever.
    fetch = state.faults.peek(GET_UPDATES) is None
    try:
        async with asyncio.timeout(_STEP):
            answer = await _settle(state, fetch=fetch)
    except TimeoutError:
        raise SimError(408, await _why(state, _STEP)) from None
    now, due = state.clock.now(), _due(answer)
    if now >= target and (due is None or due > target):
        return True
    await _step_to(state, target if due is None else min(target, max(due, now)))
    return False


async def _step_to(state: State, instant: datetime) -> None:
    """Move the clock to `instant`, or leave it where it is, and let the bot do what is due."""
    state.clock.jump_to(instant)
    end_due(state.world)
    await state.control.ask("clock", now=state.clock.now().isoformat())
    tell_time(state)


def tell_time(state: State) -> None:
    """Tell the pages what time it is."""
    state.events.tell({"clock": state.world.local(state.clock.now().timestamp())})


async def begin_anew(state: State) -> None:
    """Go back to the seed, the first instant and no faults; the bot does its part meanwhile."""
    async with state.moving:
        if not state.control.connected:
            raise SimError(409, no_bot(state))
        state.faults.clear()
        state.world.updates.clear()
        # What the bot is busy with belongs to the old life: let it come out before, not after.
        with suppress(TimeoutError):
            async with asyncio.timeout(_LAST_WORDS):
                await _settle(state, fetch=True)
        state.clock.set_to(state.start)
        now = state.clock.now().isoformat()
        await state.control.ask("reset", patience=_RESET, now=now)
        # Only now: a letter that was on its way when the bot forgot it is gone with the rest.
        state.world.populate()
        found_demo(state.world)
        state.events.tell({"reset": True})
        state.calls.clear()
        tell_time(state)
