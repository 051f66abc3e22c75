"""Staff registers what a resident says on the telephone or at the desk."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.domain.onbehalf import CHANNELS
from bot.services import draft as drafts
from bot.services import guarded as minimal
from bot.services import onbehalf, onbehalf_phone
from handlers import awaited, guarded
from handlers.context import Context
from handlers.turn import State, Step, Turn, on_presses

WAITED, PHONE = "behalf", "phone"  # until the channel is said or something is sent


async def start(turn: Turn) -> State | None:
    """Ask how the resident came."""
    onbehalf.check_may_register(turn.who)
    awaited.wait(turn, WAITED, PHONE)
    turn.redraw("desk.onbehalf", channels=list(CHANNELS))
    return None


async def begin(turn: Turn) -> State | None:
    """Begin the report; what is sent next joins it."""
    await onbehalf.begin(turn.uow, turn.who, turn.pressed.choice)
    awaited.wait_no_more(turn, WAITED)
    turn.redraw("desk.onbehalf_send")
    return None


def registers_first(step: Step) -> Step:
    """Return `step`, before which a report begins for whom somebody was just going to register.

    Whoever listens to a caller types at once: unless they say otherwise it is a call.
    """

    async def careful(turn: Turn) -> object:
        channel = awaited.awaited(turn.who.telegram_id, WAITED)
        plain = turn.message is not None and turn.message.reply_to_message is None
        if channel and plain and await drafts.open_draft(turn.uow, turn.who) is None:
            await onbehalf.begin(turn.uow, turn.who, channel)
            awaited.wait_no_more(turn, WAITED)
        return await step(turn)

    return careful


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
