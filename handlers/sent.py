"""What a message brings: its words, and the picture, voice, film, paper or place it carries."""

from dataclasses import replace
from typing import Any

from telegram import Message

from bot.domain.picture import PIXELS_LIMIT, SIZE_LIMIT
from bot.domain.refusal import Refusal
from bot.services.sent import LOCATION, Sent
from handlers.turn import Turn

MEGA = 1_000_000


def sent_in(turn: Turn) -> Sent:
    """Return what the message brings; a file beyond the limits is left out, and that is said.

    Raises Refusal when the message brings nothing but such a file.
    """
    message = turn.message
    if message is None:
        return Sent(turn.words)
    if message.location is not None:
        where = f"{message.location.latitude:.5f},{message.location.longitude:.5f}"
        return Sent(turn.words, where, where, LOCATION, message.message_id)
    for kind, one in _carried(message).items():
        if one is not None and not _left_out(turn, one):
            sent = Sent(turn.words, one.file_id, one.file_unique_id, kind, message.message_id)
            return replace(sent, seconds=_seconds(message))
    return Sent(turn.words, message_id=message.message_id)


def _seconds(message: Message) -> int:
    """Return how long a voice message is; asked of its JSON, the attribute's type is changing."""
    return int(message.voice.to_dict().get("duration", 0)) if message.voice else 0


def _left_out(turn: Turn, one: Any) -> bool:
    """Say so and return True when a file declares more bytes or pixels than are handed on.

    Raises Refusal when the message brings nothing else.
    """
    if (one.file_size or 0) > SIZE_LIMIT:
        refusal = Refusal("common.file_too_big", limit=SIZE_LIMIT // (1024 * 1024))
    elif getattr(one, "width", 0) * getattr(one, "height", 0) > PIXELS_LIMIT:
        refusal = Refusal("common.too_many_pixels", limit=PIXELS_LIMIT // MEGA)
    else:
        return False
    if not turn.words:
        raise refusal
    turn.tell(refusal.key, **refusal.facts)
    return True


def _carried(message: Message) -> dict[str, Any]:
    return {
        "photo": message.photo[-1] if message.photo else None,
        "voice": message.voice,
        "video": message.video,
        "document": message.document,
    }
