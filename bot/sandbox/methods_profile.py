"""Methods about the bot itself: who am I, commands, descriptions, menu buttons."""

import re
from typing import Any

from telegram.constants import BotCommandLimit, BotCommandScopeType, BotDescriptionLimit

from bot.sandbox.checks import Call
from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.profile import ScopeKey
from bot.sandbox.world import World
from bot.sandbox.writing import find_chat

_COMMAND = re.compile(rf"[a-z0-9_]{{1,{BotCommandLimit.MAX_COMMAND}}}")
_LANGUAGE = re.compile(r"([a-z]{2})?")
_SCOPES = frozenset(str(scope.value) for scope in BotCommandScopeType)


def get_me(_world: World, call: Call) -> Wire:
    """Return the bot itself."""
    return call.bot | {
        "can_join_groups": True,
        "can_read_all_group_messages": True,
        "supports_inline_queries": False,
        "can_connect_to_business": False,
        "has_main_web_app": False,
    }


def _language(call: Call) -> str:
    code = str(call.get("language_code", ""))
    if not _LANGUAGE.fullmatch(code):
        raise bad_request("invalid language code specified")
    return code


def _scope(world: World, call: Call) -> ScopeKey:
    scope = call.get("scope", {"type": "default"})
    if not isinstance(scope, dict) or scope.get("type") not in _SCOPES:
        raise bad_request("unsupported type specified")
    if not scope["type"].startswith("chat"):
        return scope["type"], 0, 0
    chat = find_chat(world, scope.get("chat_id"))
    if scope["type"] != "chat_member":
        return scope["type"], chat.id, 0
    if scope.get("user_id") not in world.people:
        raise bad_request("invalid user_id specified")
    return scope["type"], chat.id, scope["user_id"]


def set_my_commands(world: World, call: Call) -> bool:
    """Set the commands of one scope and language."""
    commands = call.get("commands")
    if not isinstance(commands, list) or len(commands) > BotCommandLimit.MAX_COMMAND_NUMBER:
        raise bad_request("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check_command(command)
    world.profile.commands[_scope(world, call), _language(call)] = commands
    return True


def _check_command(command: Any) -> None:
    if not isinstance(command, dict) or not _COMMAND.fullmatch(str(command.get("command"))):
        raise bad_request("BOT_COMMAND_INVALID")
    length = len(str(command.get("description", "")).strip())
    if not BotCommandLimit.MIN_DESCRIPTION <= length <= BotCommandLimit.MAX_DESCRIPTION:
        raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")


def get_my_commands(world: World, call: Call) -> list[Wire]:
    """Return the commands of exactly this scope and language."""
    return world.profile.commands.get((_scope(world, call), _language(call)), [])


def delete_my_commands(world: World, call: Call) -> bool:
    """Forget the commands of this scope and language."""
    world.profile.commands.pop((_scope(world, call), _language(call)), None)
    return True


def set_my_description(world: World, call: Call) -> bool:
    """Set what an empty chat shows, at most 512 letters."""
    text = call.get("description", "")
    if len(text) > BotDescriptionLimit.MAX_DESCRIPTION_LENGTH:
        raise bad_request("description is too long")
    world.profile.descriptions[_language(call)] = text
    return True


def get_my_description(world: World, call: Call) -> Wire:
    """Return the description in a language, else the one for all."""
    texts = world.profile.descriptions
    return {"description": texts.get(_language(call), texts.get("", ""))}


def set_my_short_description(world: World, call: Call) -> bool:
    """Set what the bot's profile shows, at most 120 letters."""
    text = call.get("short_description", "")
    if len(text) > BotDescriptionLimit.MAX_SHORT_DESCRIPTION_LENGTH:
        raise bad_request("short description is too long")
    world.profile.short_descriptions[_language(call)] = text
    return True


def get_my_short_description(world: World, call: Call) -> Wire:
    """Return the short description in a language, else the one for all."""
    texts = world.profile.short_descriptions
    return {"short_description": texts.get(_language(call), texts.get("", ""))}


def set_chat_menu_button(world: World, call: Call) -> bool:
    """Set the menu button of one private chat or of all."""
    chat_id = call.get("chat_id")
    if chat_id is not None:
        find_chat(world, chat_id)
    button = call.get("menu_button", {"type": "default"})
    if not isinstance(button, dict) or button.get("type") not in ("default", "commands", "web_app"):
        raise bad_request("unsupported menu button type specified")
    world.profile.menu_buttons[chat_id or 0] = button
    return True


def get_chat_menu_button(world: World, call: Call) -> Wire:
    """Return the menu button of one private chat or the default one."""
    buttons = world.profile.menu_buttons
    fallback = buttons.get(0, {"type": "commands"})
    return buttons.get(call.get("chat_id", 0), fallback)
