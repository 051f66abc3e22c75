"""The dispatcher declines a case: a reason by tile, one sentence whom to ask, a preview."""

from typing import Any

from telegram.ext import MessageHandler

from bot.domain.draft import Draft
from bot.domain.refusal import Refusal
from bot.services import case as cases
from bot.services import decision, desk, remark
from handlers.case import guarded
from handlers.conversation import Dialogue, Handlers
from handlers.decision import ended, left_off
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
    await _ask_whom(turn, draft)
    return "whom"


async def _current(turn: Turn, needed: str) -> Draft:
    """Return what is being written; raises Refusal when it has begun anew since the button."""
    draft = await decision.current(turn.uow, turn.who, MOVE)
    if needed not in draft.facts:
        raise Refusal("toast.stale")
    return draft


async def _ask_whom(turn: Turn, draft: Draft) -> None:
    reason, tiles = draft.facts["reason"], await _tiles(turn, draft)
    facts = await _facts(turn, draft)
    turn.redraw("desk.decline_whom", case=facts, reason=reason, tiles=tiles)


async def _tiles(turn: Turn, draft: Draft) -> list[dict[str, Any]]:
    """Return the ready sentences for the reason."""
    case = await decision.case_of(turn.uow, turn.who, draft)
    held = await remark.templates(turn.uow, turn.who, case, MOVE)
    return [one for one in held if one["reason"] in {None, draft.facts["reason"]}]


async def pick_whom(turn: Turn) -> object:
    """Take a ready sentence."""
    draft = await _current(turn, "reason")
    for one in await _tiles(turn, draft):
        if one["code"] == turn.pressed.choice:
            return await _preview(turn, draft, one["words"])
    raise Refusal("toast.stale")


async def say_whom(turn: Turn) -> object:
    """Take the words that were typed."""
    draft = await _current(turn, "reason")
    return await _preview(turn, draft, turn.words)


async def _preview(turn: Turn, draft: Draft, whom: str) -> object:
    """Show what the resident will read."""
    draft = decision.note(turn.uow, draft, whom=remark.check_length(whom, MOVE))
    turn.redraw("desk.decline_preview", case=await _facts(turn, draft), **_said(draft))
    return "preview"


async def again(turn: Turn) -> object:
    """Ask for the sentence once more."""
    draft = await _current(turn, "reason")
    await _ask_whom(turn, draft)
    return "whom"


async def send(turn: Turn) -> object:
    """Decline it."""
    draft = await _current(turn, "whom")
    held = draft.facts
    case = await cases.decline(
        turn.uow, turn.who, held["number"], held["version"], held["reason"], held["whom"]
    )
    return await ended(turn, draft, case, "toast.sent", "desk.declined")


async def cancel(turn: Turn) -> object:
    """Leave the case as it is."""
    return await left_off(turn, MOVE)


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
        "pick": pick_whom,
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
