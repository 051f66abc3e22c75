"""The words of a message with their marks, as HTML that Telegram reads back as they were."""

import re
from html import escape

from telegram import Message, MessageEntity

from bot.texts import unmarked

_COMMAND = re.compile(r"^/\w+(?:@\w+)?\s*")


def html_of(message: Message | None) -> str:
    """Return what was written, or stands below a picture; addresses of links are escaped.

    PTB writes them as they are, and a quotation mark in one would end it; of the language of code
    it leaves out what Telegram knows it by.
    """
    if message is None:
        return ""
    marks = message.entities or message.caption_entities
    said = Message(
        message.message_id,
        message.date,
        message.chat,
        text=message.text or message.caption or "",
        entities=[_escaped(one) for one in marks],
    )
    return unmarked(said.text_html or "")


def behind_command(said: str) -> str:
    """Return what stands behind the command with which it begins."""
    return _COMMAND.sub("", said, count=1)


def _escaped(one: MessageEntity) -> MessageEntity:
    return MessageEntity(
        one.type,
        one.offset,
        one.length,
        url=escape(one.url) if one.url else None,
        user=one.user,
        language=f"language-{escape(one.language)}" if one.language else None,
        custom_emoji_id=one.custom_emoji_id,
    )
