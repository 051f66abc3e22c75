"""Somebody moves house: chooses the community, looks at what becomes of it all, and goes."""

from bot.services import moving, settings
from handlers.turn import Presses, Turn, on_presses


async def ask(turn: Turn) -> None:
    """Show a page of the other communities."""
    choice = turn.pressed.choice
    page = int(choice) if choice.isascii() and choice.isdecimal() else 0
    turn.redraw("moving.ask", **await moving.facts(turn.uow, turn.who, page))


async def look(turn: Turn) -> None:
    """Say what becomes of homes and cases, and ask once more."""
    turn.redraw("moving.look", **await moving.look_at(turn.uow, turn.who, turn.pressed.id))


async def go(turn: Turn) -> None:
    """Move, and ask for the building there."""
    before = await moving.look_at(turn.uow, turn.who, turn.pressed.id)
    turn.who = await moving.go(turn.uow, turn.who, turn.pressed.id)
    turn.redraw("moving.done", **before)
    facts = await settings.home_to_ask(turn.uow, turn.who)
    if facts is not None:
        turn.tell("menu.bind", **facts)


def presses() -> Presses:
    """Return the handler of these buttons."""
    return on_presses("moving", {"ask": ask, "look": look, "go": go})
