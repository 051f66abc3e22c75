"""The dispatcher declines a case: a reason by tile, one sentence whom to ask, a preview."""

from telegram.ext import MessageHandler

from bot.domain.draft import Draft
from bot.services import case as cases
from bot.services import decision, desk
from handlers.case import guarded, redraw
from handlers.conversation import END, Dialogue, Handlers
from handlers.turn import Turn, on, on_presses
from handlers.words import STOP, WORDS

MOVE = "decline"


async def start(turn: Turn) -> object:
    """Ask for the reason."""
    draft = await decision.begin(
        turn.uow, turn.who, MOVE, turn.pressed.id, turn.pressed.version, message=turn.message_id
    )
    turn.redraw("desk.decline_reason", case=await _facts(turn, draft))
    return "reason"


async def choose_reason(turn: Turn) -> object:
    """Keep the reason and ask for the sentence."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    draft = decision.note(turn.uow, draft, reason=turn.pressed.choice)
    facts = await _facts(turn, draft)
    turn.redraw("desk.decline_whom", case=facts, reason=draft.facts["reason"])
    return "whom"


async def say_whom(turn: Turn) -> object:
    """Show what the resident will read."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    draft = decision.note(turn.uow, draft, whom=turn.words)
    turn.tell("desk.decline_preview", case=await _facts(turn, draft), **_said(draft))
    return "preview"


async def again(turn: Turn) -> object:
    """Ask for the sentence once more."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    facts = await _facts(turn, draft)
    turn.redraw("desk.decline_whom", case=facts, reason=draft.facts["reason"])
    return "whom"


async def send(turn: Turn) -> object:
    """Decline it."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    held = draft.facts
    case = await cases.decline(
        turn.uow, turn.who, held["number"], held["version"], held["reason"], held["whom"]
    )
    decision.done(turn.uow, draft)
    turn.toast("toast.sent", number=case.number)
    await redraw(turn, case)
    return END


async def cancel(turn: Turn) -> object:
    """Leave the case as it is."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    return END


async def _facts(turn: Turn, draft: Draft) -> dict[str, object]:
    case = await decision.case_of(turn.uow, turn.who, draft)
    return await desk.facts_of(turn.uow, turn.who, case)


def _said(draft: Draft) -> dict[str, str]:
    return {"reason": draft.facts["reason"], "whom": draft.facts["whom"]}


def dialogue() -> Dialogue:
    """Return the conversation."""
    steps = {
        "start": start,
        "reason": choose_reason,
        "again": again,
        "send": send,
        "cancel": cancel,
    }
    presses: Handlers = [on_presses(MOVE, {verb: guarded(step) for verb, step in steps.items()})]
    stop: Handlers = [MessageHandler(STOP, on(cancel))]
    return Dialogue(
        MOVE,
        entry=presses,
        steps={
            "reason": presses,
            "whom": [*stop, MessageHandler(WORDS, on(guarded(say_whom))), *presses],
            "preview": [*stop, *presses],
        },
    )
