"""What minimal mode keeps out of messages, told over the chat to whoever may know it."""

from telegram.ext import CallbackQueryHandler

from bot.domain.refusal import Refusal
from bot.services import guarded
from handlers.context import Context
from handlers.turn import Turn, on_presses


async def see(turn: Turn) -> None:
    """Show the door of a case and whom to telephone, where no chat keeps it."""
    check_tapped(turn)
    facts = await guarded.look(turn.uow, turn.who, turn.pressed.id)
    turn.toast("toast.guarded" if facts["said"] else "toast.guarded_door", alert=True, **facts)


def check_tapped(turn: Turn) -> None:
    """Raise Refusal for a press that was typed: its answer would stay in the chat."""
    if not turn.callback_id:
        raise Refusal("refusal.tap_it")


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the button."""
    return on_presses("guarded", {"see": see})
