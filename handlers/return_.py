"""Giving a case back, and the dispatcher's "have a look first"."""

from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.domain.case_record import Case
from bot.services import decision, desk
from bot.services import return_ as returns
from handlers.case import deed
from handlers.context import Context
from handlers.conversation import END, Dialogue, Handlers
from handlers.dates import OWN_WORDS, ending, leave_others
from handlers.decision import ended, left_off
from handlers.turn import State, Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVE, OVERRULE = "return_", "overrule_return"


async def cannot_come(turn: Turn) -> Case:
    """Give it back: one tap, no questions, nothing held against anybody."""
    return await returns.cannot_come(turn.uow, turn.who, turn.pressed.id, turn.pressed.version)


async def start(turn: Turn) -> State | None:
    """Ask why it is given back."""
    asked = turn.pressed
    await decision.begin(turn.uow, turn.who, MOVE, asked.id, asked.version)
    leave_others(turn, "return")
    await _show(turn, MOVE, "return.reason")
    return "reason"


async def choose_reason(turn: Turn) -> State | None:
    """Give it back for this reason; "other" asks for words."""
    if turn.pressed.choice == OWN_WORDS:
        await _show(turn, MOVE, "return.words")
        return "reason"
    return await _give_back(turn, turn.pressed.choice)


async def say_reason(turn: Turn) -> State | None:
    """Give it back for the reason that was written."""
    return await _give_back(turn, turn.words)


async def _give_back(turn: Turn, reason: str) -> object:
    draft = await decision.current(turn.uow, turn.who, MOVE)
    held = draft.facts
    case = await returns.give_back(turn.uow, turn.who, held["number"], held["version"], reason)
    return await ended(turn, draft, case, "toast.returned")


async def cancel(turn: Turn) -> State | None:
    """Keep it."""
    return await left_off(turn, MOVE)


async def start_overrule(turn: Turn) -> State | None:
    """Ask for the words that whoever gave it back will read."""
    asked = turn.pressed
    await decision.begin(turn.uow, turn.who, OVERRULE, asked.id, asked.version)
    await _show(turn, OVERRULE, "return.overrule")
    return "words"


async def say_overrule(turn: Turn) -> State | None:
    """Let them have a look first."""
    draft = await decision.current(turn.uow, turn.who, OVERRULE)
    case = await returns.overrule(turn.uow, turn.who, draft.facts["number"], turn.words)
    decision.done(turn.uow, draft)
    turn.tell("return.overruled", case=await desk.facts_of(turn.uow, turn.who, case))
    return END


async def cancel_overrule(turn: Turn) -> State | None:
    """Leave it given back."""
    return await left_off(turn, OVERRULE)


async def _show(turn: Turn, move: str, kind: str) -> None:
    draft = await decision.current(turn.uow, turn.who, move)
    case = await decision.case_of(turn.uow, turn.who, draft)
    turn.redraw(kind, case=await desk.facts_of(turn.uow, turn.who, case))


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the button that stands for itself."""
    return on_presses("case", {"return_": deed(cannot_come, "toast.returned")})


def dialogues() -> list[Dialogue]:
    """Return the conversations."""
    steps = {"start": start, "reason": choose_reason, "cancel": cancel}
    mine: Handlers = [on_presses("return", {verb: ending(step) for verb, step in steps.items()})]
    said: Handlers = [
        MessageHandler(STOP, on(cancel)),
        MessageHandler(WORDS, on(ending(say_reason))),
    ]
    over = {"start": start_overrule, "cancel": cancel_overrule}
    desks: Handlers = [on_presses("overrule", {verb: ending(step) for verb, step in over.items()})]
    words: Handlers = [
        MessageHandler(STOP, on(cancel_overrule)),
        MessageHandler(WORDS, on(ending(say_overrule))),
    ]
    return [
        Dialogue("return", entry=mine, steps={"reason": [*said, *mine]}),
        Dialogue("overrule", entry=desks, steps={"words": [*words, *desks]}),
    ]
