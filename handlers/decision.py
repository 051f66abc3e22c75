"""How every dialogue about a case ends: the move was made, or nothing was changed."""

from typing import Any

from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.services import decision, desk, tell_case
from bot.services.letter import show_card
from handlers.case import redraw
from handlers.conversation import END
from handlers.turn import Turn


async def ask(turn: Turn, case: Case, kind: str, **facts: Any) -> None:
    """Ask the next question on the live card, which goes along with the dialogue.

    Under what was pressed it stands there; below what was sent it is a message of its own, and
    the one before points on: nobody has two that can be pressed.
    """
    turn.spoke = True
    over = turn.message_id if turn.press is not None else None
    facts = {"case": await desk.facts_of(turn.uow, turn.who, case), **facts}
    thing = (tell_case.NOUN, case.number)
    await show_card(turn.uow, turn.who, thing, kind, anew=over is None, over=over, **facts)


async def ended(turn: Turn, draft: Draft, case: Case, toast: str, kind: str = "") -> object:
    """End the dialogue: the move was made.

    The live card shows the case as it is now. A message of the dialogue beside it says `kind`, so
    that nobody has the same card twice; without one it shows the case too.
    """
    decision.done(turn.uow, draft)
    turn.toast(toast, number=case.number)
    if kind and not await tell_case.is_live(turn.uow, case, turn.who, turn.message_id):
        turn.redraw(kind, case=await desk.facts_of(turn.uow, turn.who, case))
    else:
        await redraw(turn, case)
    return END


async def left_off(turn: Turn, move: str, *, keep: bool = False) -> object:
    """End the dialogue and leave the case as it is; `keep` what was sent for the next time."""
    draft = await decision.current(turn.uow, turn.who, move)
    if not keep:
        decision.drop(turn.uow, draft)
    await redraw(turn, await decision.case_of(turn.uow, turn.who, draft))
    if turn.press is None:
        turn.tell("toast.left_as_it_is")
    return END
