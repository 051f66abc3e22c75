"""How every dialogue about a case ends: the move was made, or nothing was changed."""

from bot.domain.case_record import Case
from bot.domain.draft import Draft
from bot.services import decision, desk, tell_case
from handlers.case import redraw
from handlers.conversation import END
from handlers.turn import Turn


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
