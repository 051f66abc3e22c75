"""Changes a message that is there: its text, the words below its picture; or takes it away."""

from contextlib import suppress
from typing import Any

from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.delivery.calls import Calls
from bot.domain.letter import Drawing, Letter, Over


async def edit(calls: Calls, letter: Letter, drawing: Drawing, over: int, buttons: Any) -> int:
    """Change the message `over`; return its id. Raises PTB's TelegramError.

    What is to disappear and can no longer be deleted says instead what the drawing says.
    """
    where = {"chat_id": letter.chat_id, "message_id": over}
    if drawing.over is Over.GONE:
        with suppress(BadRequest):
            await calls.call("deleteMessage", **where)
            return over
    words = {"parse_mode": ParseMode.HTML, "reply_markup": buttons}
    if drawing.together:
        await calls.call("editMessageCaption", caption=drawing.text, **words, **where)
    else:
        plain: Any = {"is_disabled": True}
        await calls.call(
            "editMessageText", text=drawing.text, link_preview_options=plain, **words, **where
        )
    return over
