"""The dispatcher merges a case into another: one of those alike, or any by its number."""

from telegram.ext import MessageHandler

from bot.services import case as cases
from bot.services import decision, desk, dispatching, merge
from bot.services.duplicate import similar_facts
from handlers.case import guarded, redraw
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVE = merge.MOVE


async def start(turn: Turn) -> object:
    """Show what it could be merged into."""
    asked = turn.pressed
    await decision.begin(turn.uow, turn.who, MOVE, asked.id, asked.version)
    case = await cases.find(turn.uow, turn.who, asked.id)
    masters = await dispatching.masters_for(turn.uow, case)
    turn.redraw(
        "desk.merge",
        case=await desk.facts_of(turn.uow, turn.who, case),
        masters=await similar_facts(turn.uow, turn.who, masters),
    )
    return "master"


async def choose(turn: Turn) -> object:
    """Merge it into the one that was pressed."""
    return await _merge(turn, turn.pressed.choice)


async def say(turn: Turn) -> object:
    """Merge it into the one whose number was typed."""
    return await _merge(turn, turn.words.lstrip("#"))


async def _merge(turn: Turn, said: str) -> object:
    draft = await decision.current(turn.uow, turn.who, MOVE)
    number = int(said) if said.isascii() and said.isdecimal() and len(said) < _LONGEST else 0
    held = draft.facts
    case = await merge.into(turn.uow, turn.who, held["number"], held["version"], number)
    decision.done(turn.uow, draft)
    turn.toast("toast.merged", number=case.number, master=number)
    if turn.press is not None:
        await redraw(turn, case)
    return END


_LONGEST = 10  # digits; a number never has more


async def cancel(turn: Turn) -> object:
    """Leave the case as it is."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


async def undo(turn: Turn) -> object:
    """Let the case stand alone again."""
    asked = turn.pressed
    case = await merge.undo(turn.uow, turn.who, asked.id, asked.version)
    turn.toast("toast.unmerged", number=case.number)
    await redraw(turn, case)
    return None


def dialogue() -> Dialogue:
    """Return the conversation."""
    steps = {"start": start, "into": choose, "cancel": cancel, "undo": undo}
    presses: Handlers = [on_presses(MOVE, {verb: guarded(step) for verb, step in steps.items()})]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    words: Handlers = [MessageHandler(WORDS, on(guarded(say)))]
    return Dialogue(MOVE, entry=presses, steps={"master": [*stop, *words, *presses]})
