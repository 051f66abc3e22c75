"""/audit: those who give roles read who was denied what, and who looked at what is guarded."""

from bot.services import audit
from handlers.turn import Presses, Turn, on_presses


async def command(turn: Turn) -> None:
    """Show what was written down last."""
    turn.tell("audit.list", **await audit.listing(turn.uow, turn.who, 0))


async def page(turn: Turn) -> None:
    """Show another page."""
    choice = turn.pressed.choice
    at = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("audit.list", **await audit.listing(turn.uow, turn.who, at))


def presses() -> Presses:
    """Return the handler of the buttons."""
    return on_presses("audit", {"list": page})
