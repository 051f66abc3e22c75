"""What an update is before it is kept: raw JSON, and the lane in which its order counts."""

from typing import Any

from bot import as_json
from storage.inbox import Taken

KINDS = ("message", "edited_message", "callback_query", "my_chat_member", "poll")


def taken(bot_id: int, raw: dict[str, Any]) -> Taken:
    """Return the update as it is kept."""
    # All ASCII: half a surrogate pair, which no database takes, must not stop the rest.
    return Taken(bot_id, raw["update_id"], lane_of(raw), as_json.written(raw))


def lane_of(raw: dict[str, Any]) -> str:
    """Return in whose order the update stands: a person (private chat, press), a chat or a poll.

    What is not built as it should be stands alone: it is kept all the same, and set aside later.
    """
    try:
        return _lane(raw)
    except (KeyError, TypeError, AttributeError):
        return "nobody"


def _lane(raw: dict[str, Any]) -> str:
    press = raw.get("callback_query")
    if press:
        return f"person:{press['from']['id']}"
    if "poll" in raw:
        return f"poll:{raw['poll']['id']}"
    for kind in KINDS:
        chat = raw.get(kind, {}).get("chat")
        if chat:
            return f"{'person' if chat['type'] == 'private' else 'chat'}:{chat['id']}"
    return "nobody"
