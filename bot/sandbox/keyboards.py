"""Keyboards that the bot sends: checked as Telegram does, and read for what phones show.

Field names come from the signatures of python-telegram-bot. It knows no message.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import telegram
from telegram.constants import (
    InlineKeyboardButtonLimit,
    InlineKeyboardMarkupLimit,
    KeyboardButtonStyle,
    ReplyLimit,
)

from bot.sandbox.errors import Wire, bad_request

_STYLES = frozenset(str(style.value) for style in KeyboardButtonStyle)
_DECORATION = frozenset({"text", "style", "icon_custom_emoji_id"})


def _fields(of: Callable[..., Any]) -> frozenset[str]:
    return frozenset(inspect.signature(of).parameters) - {"api_kwargs"}


_INLINE_BUTTON = _fields(telegram.InlineKeyboardButton)
_REPLY_BUTTON = _fields(telegram.KeyboardButton)
_FORCE_REPLY = _fields(telegram.ForceReply) | {"force_reply"}
_REMOVE = _fields(telegram.ReplyKeyboardRemove) | {"remove_keyboard"}
_REPLY_MARKUP = _fields(telegram.ReplyKeyboardMarkup)


@dataclass(frozen=True, slots=True)
class Markup:
    """One `reply_markup`: at most one of its parts is there."""

    inline: Wire | None = None
    keyboard: list[list[str]] | None = None
    removes: bool = False
    placeholder: str = ""
    forced: bool = False


def read_markup(value: Any, *, inline_only: bool = False) -> Markup:
    """Check a `reply_markup`; raises ApiError 400 as Telegram words it where it does."""
    if value is None:
        return Markup()
    if not isinstance(value, dict):
        raise bad_request("object expected as reply markup")
    if "inline_keyboard" in value:
        return Markup(inline=_inline(value))
    if inline_only and value:
        raise bad_request("inline keyboard expected")
    if "keyboard" in value:
        return _reply(value)
    removes, forced = value.get("remove_keyboard") is True, value.get("force_reply") is True
    if value and not removes and not forced:
        raise bad_request("can't parse reply keyboard markup JSON object")
    if unknown := sorted(set(value) - (_FORCE_REPLY if forced else _REMOVE)):
        raise bad_request(f'can\'t parse reply markup: there is no field "{unknown[0]}"')
    return Markup(removes=removes, forced=forced, placeholder=_placeholder(value))


def _rows(value: Any) -> list[list[Any]]:
    if not isinstance(value, list) or not all(isinstance(row, list) for row in value):
        raise bad_request("field of the keyboard must be of type Array of Arrays")
    return [row for row in value if row]


def _inline(value: Wire) -> Wire | None:
    if set(value) != {"inline_keyboard"}:
        raise bad_request("an inline keyboard has no other fields")
    rows = _rows(value["inline_keyboard"])
    if sum(map(len, rows)) > InlineKeyboardMarkupLimit.TOTAL_BUTTON_NUMBER:
        raise bad_request("REPLY_MARKUP_TOO_LONG")
    for row in rows:
        if len(row) > InlineKeyboardMarkupLimit.BUTTONS_PER_ROW:
            raise bad_request("REPLY_MARKUP_TOO_LONG")
        for button in row:
            _check_inline_button(button)
    return {"inline_keyboard": rows} if rows else None


def _check_inline_button(button: Any) -> None:
    _check_button(button, _INLINE_BUTTON)
    does = set(button) - _DECORATION
    if len(does) != 1:
        raise bad_request("can't parse inline keyboard button: exactly one action is allowed")
    if "callback_data" in does:
        data = button["callback_data"]
        size = len(data.encode()) if isinstance(data, str) else 0
        limit = InlineKeyboardButtonLimit
        if not limit.MIN_CALLBACK_DATA <= size <= limit.MAX_CALLBACK_DATA:
            raise bad_request("BUTTON_DATA_INVALID")
    if "url" in does:
        address = urlsplit(str(button["url"]))
        web = address.scheme in ("http", "https") and bool(address.netloc)
        if not (web or address.scheme in ("tg", "tel")):
            raise bad_request("BUTTON_URL_INVALID")


def _check_button(button: Any, known: frozenset[str]) -> None:
    if not isinstance(button, dict):
        raise bad_request("can't parse keyboard button: object expected")
    if unknown := sorted(set(button) - known):
        raise bad_request(f'can\'t parse keyboard button: there is no field "{unknown[0]}"')
    if not isinstance(button.get("text"), str) or not button["text"].strip():
        raise bad_request("can't parse keyboard button: text buttons must have a non-empty text")
    if button.get("style", "primary") not in _STYLES:
        raise bad_request("BUTTON_STYLE_INVALID")


def _placeholder(value: Wire) -> str:
    placeholder = str(value.get("input_field_placeholder") or "")
    if len(placeholder) > ReplyLimit.MAX_INPUT_FIELD_PLACEHOLDER:
        raise bad_request("input field placeholder is too long")
    return placeholder


def _reply(value: Wire) -> Markup:
    if unknown := sorted(set(value) - _REPLY_MARKUP):
        raise bad_request(f'can\'t parse reply keyboard: there is no field "{unknown[0]}"')
    placeholder = _placeholder(value)
    labels: list[list[str]] = []
    for row in _rows(value["keyboard"]):
        buttons = [{"text": item} if isinstance(item, str) else item for item in row]
        for button in buttons:
            _check_button(button, _REPLY_BUTTON)
        labels.append([button["text"] for button in buttons])
    if not labels:
        raise bad_request("reply keyboard must not be empty")
    return Markup(keyboard=labels, placeholder=placeholder)
