"""The table of methods that this Telegram knows; Telegram ignores the case of their names."""

from collections.abc import Callable
from typing import Any

from bot.sandbox import methods_chat, methods_media, methods_poll, methods_profile, methods_text
from bot.sandbox.checks import Call
from bot.sandbox.errors import Wire
from bot.sandbox.world import World

Method = Callable[[World, Call], Any]


def set_webhook(world: World, call: Call) -> bool:
    """Bring updates to an address from now on."""
    world.updates.allow(call.get("allowed_updates"))
    world.webhook.set(
        call.get("url"), call.get("secret_token", ""), call.get("max_connections", 40)
    )
    if call.get("drop_pending_updates"):
        world.updates.clear()
    return True


def delete_webhook(world: World, call: Call) -> bool:
    """Let updates be fetched again. May drop what waits."""
    world.webhook.delete()
    if call.get("drop_pending_updates"):
        world.updates.clear()
    return True


def get_webhook_info(world: World, _call: Call) -> Wire:
    """Tell where updates are brought and how many wait."""
    info: Wire = {
        "url": world.webhook.url,
        "has_custom_certificate": False,
        "pending_update_count": len(world.updates),
    }
    if world.webhook.url:
        info |= {"max_connections": world.webhook.most} | world.webhook.last_error
    if world.updates.allowed:
        info["allowed_updates"] = world.updates.allowed
    return info


GET_UPDATES = "get_updates"
_TABLE: tuple[Method, ...] = (
    set_webhook,
    delete_webhook,
    get_webhook_info,
    methods_text.send_message,
    methods_text.send_chat_action,
    methods_text.edit_message_text,
    methods_text.edit_message_caption,
    methods_text.edit_message_reply_markup,
    methods_text.delete_message,
    methods_text.delete_messages,
    methods_text.set_message_reaction,
    methods_text.answer_callback_query,
    methods_media.send_photo,
    methods_media.send_document,
    methods_media.send_voice,
    methods_media.send_video,
    methods_media.send_media_group,
    methods_media.edit_message_media,
    methods_media.send_location,
    methods_media.get_file,
    methods_poll.send_poll,
    methods_poll.forward_message,
    methods_poll.stop_poll,
    methods_profile.get_me,
    methods_profile.set_my_commands,
    methods_profile.get_my_commands,
    methods_profile.delete_my_commands,
    methods_profile.set_my_description,
    methods_profile.get_my_description,
    methods_profile.set_my_short_description,
    methods_profile.get_my_short_description,
    methods_profile.set_chat_menu_button,
    methods_profile.get_chat_menu_button,
    *methods_chat.METHODS,
)


def camel(name: str) -> str:
    """Return `send_message` as `sendMessage`."""
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


METHODS: dict[str, Method] = {method.__name__: method for method in _TABLE}
NAMES: dict[str, str] = {camel(name).lower(): name for name in (*METHODS, GET_UPDATES)}
"""Lower-case wire name -> Python name."""
