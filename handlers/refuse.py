"""The supervisor does not let a case be done again: the reason is compulsory and is shown."""

from telegram.ext import MessageHandler

from bot.services import case as cases
from bot.services import decision, desk
from handlers.case import guarded, redraw
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVE = "refuse_reopen"


async def start(turn: Turn) -> object:
    """Ask for the reason."""
    asked = turn.pressed
    draft = await decision.begin(turn.uow, turn.who, MOVE, asked.id, asked.version)
    case = await decision.case_of(turn.uow, turn.who, draft)
    turn.redraw("desk.refuse_reason", case=await desk.facts_of(turn.uow, turn.who, case))
    return "reason"


async def say_reason(turn: Turn) -> object:
    """Close the case as unsolved with this reason."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    case = await cases.refuse_reopen(turn.uow, turn.who, draft.facts["number"], turn.words)
    decision.done(turn.uow, draft)
    turn.tell("desk.refused", case=await desk.facts_of(turn.uow, turn.who, case))
    return END


async def cancel(turn: Turn) -> object:
    """Leave the case as it is."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


def dialogue() -> Dialogue:
    """Return the conversation."""
    presses: Handlers = [on_presses("refuse", {"start": guarded(start), "cancel": guarded(cancel)})]
    said: Handlers = [MessageHandler(WORDS, on(guarded(say_reason)))]
    return Dialogue(
        MOVE,
        entry=presses,
        steps={"reason": [MessageHandler(STOP, on(cancel)), *said, *presses]},
    )
