"""Sends a page to put on file: it is made now, from the facts of the letter, off the loop."""

import asyncio
from typing import Any

from telegram import Bot
from telegram.constants import ParseMode

from bot.domain.letter import Drawing, Letter
from bot.paper import notice


async def send_paper(bot: Bot, letter: Letter, drawing: Drawing, buttons: Any) -> int:
    """Send the page with the text and the buttons below it; return the id of the message.

    Raises PTB's TelegramError.
    """
    assert drawing.paper is not None
    name, data = await asyncio.to_thread(notice.write, drawing.paper, letter.language)
    message = await bot.send_document(
        letter.chat_id,
        data,
        filename=name,
        caption=drawing.text,
        parse_mode=ParseMode.HTML,
        disable_notification=letter.silent or None,
        reply_markup=buttons,
        message_thread_id=letter.topic,
    )
    return message.message_id
