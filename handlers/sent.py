"""What a message brings: its words, and the picture, voice, film, paper or place it carries."""

from typing import Any

from telegram import Message

from bot.services.sent import LOCATION, Sent
from handlers.turn import Turn


def sent_in(turn: Turn) -> Sent:
    """Return what the message brings."""
    message = turn.message
    if message is None:
        return Sent(turn.words)
    if message.location is not None:
        where = f"{message.location.latitude:.5f},{message.location.longitude:.5f}"
        return Sent(turn.words, where, where, LOCATION, message.message_id)
    for kind, one in _carried(message).items():
        if one is not None:
            return Sent(turn.words, one.file_id, one.file_unique_id, kind, message.message_id)
    return Sent(turn.words, message_id=message.message_id)


def _carried(message: Message) -> dict[str, Any]:
    return {
        "photo": message.photo[-1] if message.photo else None,
        "voice": message.voice,
        "video": message.video,
        "document": message.document,
    }
