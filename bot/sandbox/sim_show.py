"""What phones show: a chat as the person side tells it."""

from typing import Any

from bot.sandbox.errors import Wire
from bot.sandbox.media import KINDS
from bot.sandbox.sim_poll import show_poll
from bot.sandbox.world import Chat, Kept, Toast, World

_PLACED = ("location", "contact", "sticker")
_SERVICE = (
    "forum_topic_created",
    "forum_topic_edited",
    "forum_topic_closed",
    "forum_topic_reopened",
)
_TOLD = ("latitude", "longitude", "phone_number", "first_name", "last_name", "emoji")


def show_chat(world: World, chat: Chat, after: int) -> Wire:
    """Return the messages and toasts of a chat with a number above `after`, in chat order."""
    return {
        "seq": chat.seq,
        "title": chat.wire.get("title"),
        "topics": [
            {"id": topic.id, "name": topic.name, "closed": topic.closed}
            for topic in chat.topics.values()
        ],
        "messages": [
            show_message(world, kept) for kept in chat.messages.values() if kept.seq > after
        ],
        "toasts": [_show_toast(toast) for toast in chat.toasts if toast.seq > after],
    }


def show_message(world: World, kept: Kept) -> Wire:
    """Return one message as a phone shows it; instants in the community's zone."""
    wire = kept.wire
    return {
        "seq": kept.seq,
        "message_id": kept.id,
        "from": kept.sender,
        "text": wire.get("text", wire.get("caption", "")),
        "entities": wire.get("entities", wire.get("caption_entities", [])),
        "media": _show_media(wire),
        "poll": show_poll(world, kept) if "poll" in wire else None,
        "album": wire.get("media_group_id"),
        "buttons": [[_show_button(button) for button in row] for row in buttons(kept)],
        "keyboard": kept.keyboard,
        "edited": "edit_date" in wire,
        "deleted": kept.deleted,
        "silent": kept.silent,
        "reactions": kept.reactions,
        "reply_to": _replied(wire),
        "topic": wire.get("message_thread_id"),
        "service": next(({"type": kind, **wire[kind]} for kind in _SERVICE if kind in wire), None),
        "force_reply": {"placeholder": kept.placeholder} if kept.forces_reply else None,
        "date": world.local(wire["date"]),
    }


def _replied(wire: Wire) -> int | None:
    # What replies to nothing in a topic hangs on the message that opened it; phones hide that.
    replied: int | None = wire.get("reply_to_message", {}).get("message_id")
    return None if replied == wire.get("message_thread_id") else replied


def buttons(kept: Kept) -> list[list[Wire]]:
    """Return the inline keyboard that is on a message now."""
    rows: list[list[Wire]] = kept.wire.get("reply_markup", {}).get("inline_keyboard", [])
    return rows


def _show_button(button: Wire) -> Wire:
    shown = {
        "label": button["text"],
        "data": button.get("callback_data"),
        "url": button.get("url"),
    }
    return shown | {"style": button["style"]} if "style" in button else shown


def _show_media(wire: Wire) -> list[Wire]:
    shown = [_show_file(kind, wire[kind]) for kind in KINDS if kind in wire]
    placed = [
        {"type": kind, "file_id": None, "url": None, **_told(wire[kind])}
        for kind in _PLACED
        if kind in wire
    ]
    return shown + placed


def _show_file(kind: str, part: Any) -> Wire:
    file = part[-1] if kind == "photo" else part
    extra = {key: file[key] for key in ("file_name", "duration") if key in file}
    file_id = file["file_id"]
    return {"type": kind, "file_id": file_id, "url": f"/sim/files/{file_id}", **extra}


def _told(part: Wire) -> Wire:
    return {key: part[key] for key in _TOLD if key in part}


def _show_toast(toast: Toast) -> Wire:
    return {"seq": toast.seq, "to": toast.to, "text": toast.text, "alert": toast.alert}
