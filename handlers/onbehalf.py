"""Staff registers what a resident says on the telephone or at the desk."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.onbehalf import CHANNELS
from bot.services import guarded as minimal
from bot.services import onbehalf, onbehalf_phone
from handlers import guarded
from handlers.context import Context
from handlers.turn import State, Turn, on_presses


async def start(turn: Turn) -> State | None:
    """Ask how the resident came."""
    onbehalf.check_may_register(turn.who)
    turn.redraw("desk.onbehalf", channels=list(CHANNELS))
    return None


async def begin(turn: Turn) -> State | None:
    """Begin the report; what is sent next joins it."""
    await onbehalf.begin(turn.uow, turn.who, turn.pressed.choice)
    turn.redraw("desk.onbehalf_send")
    return None


async def phone(turn: Turn) -> State | None:
    """Tell the handler in private whom to call; that they looked is written down."""
    if await minimal.is_minimal(turn.uow, turn.who):
        await guarded.see(turn)
        return None
    asked = turn.pressed
    turn.tell("desk.phone", **await onbehalf_phone.look(turn.uow, turn.who, asked.id))
    return None


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of its buttons."""
    return on_presses("behalf", {"start": start, "channel": begin, "phone": phone})
