"""Me too: a report that may be known already joins the neighbours' case, or is filed after all."""

from typing import Any

from telegram.ext import CallbackQueryHandler

from bot.services import draft as drafts
from bot.services import neighbour
from handlers.case import redraw
from handlers.context import Context
from handlers.conversation import END
from handlers.draft import file_draft, pressed_draft
from handlers.turn import Step, Turn, on_presses


async def join(turn: Turn) -> object:
    """Join the case that the person chose."""
    draft = await pressed_draft(turn)
    choice = turn.pressed.choice
    number = int(choice) if choice.isascii() and choice.isdecimal() else 0
    case = await neighbour.join(turn.uow, turn.who, draft, number)
    turn.toast("toast.joined", number=case.number)
    return END


async def is_another(turn: Turn) -> object:
    """File the report: it is none of those shown."""
    draft = await pressed_draft(turn)
    return await file_draft(turn, drafts.note(turn.uow, draft, another=True))


async def mute(turn: Turn) -> None:
    """Hear only of the result from now on."""
    case = await neighbour.mute(turn.uow, turn.who, turn.pressed.id, muted=True)
    turn.toast("toast.muted")
    await redraw(turn, case)


async def unmute(turn: Turn) -> None:
    """Hear of everything again."""
    case = await neighbour.mute(turn.uow, turn.who, turn.pressed.id, muted=False)
    turn.toast("toast.unmuted")
    await redraw(turn, case)


DRAFT_PRESSES: dict[str, Step] = {"join": join, "another": is_another}


def presses() -> CallbackQueryHandler[Context, Any]:
    """Return the handler of the buttons of those who joined."""
    return on_presses("joined", {"mute": mute, "unmute": unmute})
