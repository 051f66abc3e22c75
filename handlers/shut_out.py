"""What becomes of what somebody sends who is shut out: an emergency is filed, an appeal is kept.

Whatever else comes is answered shortly, presses over the chat and messages once an hour.
"""

from typing import Any

from telegram import Update
from telegram.ext import BaseHandler

from bot.services import appeal, block
from handlers import urgent
from handlers.awaited import awaited, stops, wait, wait_no_more
from handlers.context import Context
from handlers.turn import Step, Turn, on

NAME = "appeal"  # of what is waited for
OPEN: dict[str, Step] = {"safe": urgent.say_safe, "calm": urgent.calm}  # below an emergency


async def hear(turn: Turn) -> object:
    """Look at what came."""
    if turn.press is not None and turn.callback_id:
        return await _press(turn)
    if turn.in_group:
        return None
    return await _message(turn)


async def _press(turn: Turn) -> object:
    asked = turn.pressed
    if asked.noun == "urgent" and asked.verb in OPEN:
        return await OPEN[asked.verb](turn)
    if (asked.noun, asked.verb) != ("block", "appeal"):
        turn.toast("toast.shut_out", alert=True)
        return None
    standing = await appeal.begin(turn.uow, turn.who, asked.id)
    wait(turn, NAME, str(standing.id))
    turn.tell("block.appeal_ask")
    return None


async def _appeal(turn: Turn) -> object:
    about = awaited(turn.who.telegram_id, NAME)
    if about is None or not turn.words:
        return await _rest(turn)
    if stops(turn):
        turn.tell("block.left")
    else:
        await appeal.say(turn.uow, turn.who, int(about), turn.words)
    wait_no_more(turn, NAME)
    return None


async def _answer(turn: Turn) -> None:
    await block.say_again(turn.uow, turn.who)


_rest: Step = urgent.joins_emergency(_answer)
_message: Step = urgent.emergencies_first(_appeal)


class ShutOut(BaseHandler[Any, Context, Any]):
    """The handler of everything that somebody writes or presses who is shut out."""

    def __init__(self) -> None:
        super().__init__(on(hear))

    def check_update(self, update: object) -> bool:
        """Say whether it is theirs; what the messenger says of them goes its usual way."""
        if not isinstance(update, Update) or update.effective_user is None:
            return False
        said = update.message or update.edited_message or update.callback_query
        return said is not None and block.is_shut_out(update.effective_user.id)
