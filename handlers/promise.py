"""Whoever has a case says when it will be done; the resident answers when that is moved."""

from datetime import datetime

from telegram.ext import CallbackQueryHandler, MessageHandler

from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.services import case as cases
from bot.services import decision, desk
from bot.services import promise as promises
from handlers.context import Context
from handlers.conversation import END, Dialogue, Handlers
from handlers.dates import Asking, ending
from handlers.turn import State, Turn, on, on_presses
from handlers.words import STOP, WORDS

OBJECT = "supplement"  # the move with which a resident says something about it


async def finish(turn: Turn, draft: Draft, at: datetime) -> Case:
    """Promise it."""
    held = draft.facts
    return await promises.promise(
        turn.uow, turn.who, held["number"], held["version"], at, held["reason"]
    )


ASKING = Asking(
    "promise",
    "promise",
    finish,
    wants_reason=lambda case: case.promise_at is not None,
    beyond="promise.beyond",
)


async def acknowledge(turn: Turn) -> State | None:
    """Take the buttons off what the resident has read."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    await desk.check_may_see(turn.uow, turn.who, case)
    turn.toast("toast.known")
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw(_kind(turn), case=facts, known=True)
    return None


async def ask_objection(turn: Turn) -> State | None:
    """Ask what the resident, or who joined, thinks of it; the version does not matter for words."""
    case = await cases.find(turn.uow, turn.who, turn.pressed.id)
    await decision.begin(turn.uow, turn.who, OBJECT, case.number, case.version, about="promise")
    turn.redraw("promise.objection", case=await desk.facts_of(turn.uow, turn.who, case))
    return "objection"


async def say_objection(turn: Turn) -> State | None:
    """Let handler and dispatchers read it."""
    draft = await decision.current(turn.uow, turn.who, OBJECT)
    case = await promises.object_to(turn.uow, turn.who, draft.facts["number"], turn.words)
    decision.done(turn.uow, draft)
    turn.tell("promise.objected", case=await desk.facts_of(turn.uow, turn.who, case))
    return END


async def say_nothing(turn: Turn) -> State | None:
    """Keep quiet after all."""
    draft = await decision.current(turn.uow, turn.who, OBJECT)
    decision.drop(turn.uow, draft)
    case = await decision.case_of(turn.uow, turn.who, draft)
    facts = await desk.facts_of(turn.uow, turn.who, case)
    turn.redraw("case.promise_moved", case=facts, known=True)
    return END


def _kind(turn: Turn) -> str:
    return "case.extended" if turn.pressed.choice == "extended" else "case.promise_moved"


def presses() -> CallbackQueryHandler[Context, object]:
    """Return the handler of the button that stands for itself."""
    return on_presses("promise", {"known": acknowledge})


def dialogues() -> list[Dialogue]:
    """Return the conversations: of whoever has the case, and of the resident."""
    object_: Handlers = [
        on_presses("promise", {"object": ending(ask_objection), "nothing": say_nothing})
    ]
    said: Handlers = [
        MessageHandler(STOP, on(say_nothing)),
        MessageHandler(WORDS, on(ending(say_objection))),
    ]
    return [
        Dialogue("promise_objection", entry=object_, steps={"objection": [*said, *object_]}),
        ASKING.dialogue(),
    ]
