"""Parameters of a call: names as `telegram.Bot` has them, values of the right sort.

Names come from the signatures of python-telegram-bot, limits from `telegram.constants`, so
that the sandbox refuses what the library could never have meant. It knows no chat.
"""

import inspect
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import telegram

from bot.sandbox.errors import Wire, bad_request
from bot.sandbox.fields import finite, parse_json

_NOT_ON_THE_WIRE = frozenset(
    {
        "self",
        "api_kwargs",
        "filename",
        "allow_sending_without_reply",
        "reply_to_message_id",
        "disable_web_page_preview",
    }
)
_NOT_OF_ALBUMS = frozenset({"caption", "caption_entities", "parse_mode"})
_MISSING = {
    "chat_id": "chat_id is empty",
    "text": "message text is empty",
    "message_id": "message identifier is not specified",
    "photo": "there is no photo in the request",
    "document": "there is no document in the request",
    "voice": "there is no voice in the request",
    "video": "there is no video in the request",
    "media": "there is no media in the request",
    "question": "poll question must be non-empty",
    "options": "poll must have at least 2 option",
    "from_chat_id": "from_chat_id is empty",
    "action": "wrong parameter action in request",
    "file_id": "invalid file_id specified",
    "user_id": "invalid user_id specified",
    "callback_query_id": "query is too old and response timeout expired or query ID is invalid",
}
_WHOLE = re.compile(r"-?\d{1,19}")
_TRUTH = {"true": True, "1": True, "yes": True, "false": False, "0": False, "no": False}


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime: str


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the Bot API with converted parameters; `bot` is the caller as a `User`."""

    method: str
    given: Wire
    uploads: Mapping[str, Upload]
    bot: Wire

    def get(self, name: str, default: Any = None) -> Any:
        """Return a parameter; absent and null are the same."""
        value = self.given.get(name)
        return default if value is None else value


@cache
def kinds(method: str) -> Mapping[str, str]:
    """Return parameter -> kind (file json flag chat whole number text) of a `telegram.Bot` method.

    `method` is its Python name.
    """
    found = {}
    for name, parameter in inspect.signature(getattr(telegram.Bot, method)).parameters.items():
        if name in _NOT_ON_THE_WIRE or name.endswith("_timeout"):
            continue
        if method == "send_media_group" and name in _NOT_OF_ALBUMS:
            continue
        found[name] = "text" if name == "file_id" else _kind(str(parameter.annotation))
    return found


@cache
def needed(method: str) -> tuple[str, ...]:
    """Return the parameters that a method cannot do without."""
    parameters = inspect.signature(getattr(telegram.Bot, method)).parameters
    return tuple(
        name for name in kinds(method) if parameters[name].default is inspect.Parameter.empty
    )


def _kind(annotation: str) -> str:
    words = set(re.findall(r"[A-Za-z]+", annotation))
    for kind, marks in (
        ("file", {"FileInput"}),
        ("json", {"Sequence", "ReplyMarkup", "InlineKeyboardMarkup"}),
        ("flag", {"bool"}),
        ("number", {"float"}),
    ):
        if words & marks:
            return kind
    if {"int", "str"} <= words:
        return "chat"
    if words & {"int", "timedelta"}:
        return "whole"
    return "text" if "str" in words else "json"


def check(method: str, raw: Wire, uploads: Mapping[str, Upload]) -> Wire:
    """Return the converted parameters of a method (Python name); raises ApiError 400."""
    known = kinds(method)
    attached = set(re.findall(r"attach://([^\"\s]+)", " ".join(map(_as_text, raw.values()))))
    for name in (*raw, *uploads):
        if name not in known and name not in attached:
            raise bad_request(f'there is no parameter "{name}" in {method}')
    given = {name: _convert(name, known[name], value) for name, value in raw.items()}
    for name in needed(method):
        if given.get(name) in (None, "") and name not in uploads:
            raise bad_request(_MISSING.get(name, f"{name} is not specified"))
    return given


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value)


def _convert(name: str, kind: str, value: Any) -> Any:
    if value is None or (value == "" and kind not in ("text", "file")):
        return None
    try:
        return _CONVERT[kind](value)
    except (ValueError, KeyError, TypeError):
        raise bad_request(f'parameter "{name}" has a wrong value') from None


def _whole(value: Any) -> int:
    if isinstance(value, bool) or not _WHOLE.fullmatch(str(value)):
        raise ValueError
    return int(value)


def _flag(value: Any) -> bool:
    return value if isinstance(value, bool) else _TRUTH[str(value).lower()]


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError
    return value


def _chat(value: Any) -> int | str:
    return str(value) if str(value).startswith("@") else _whole(value)


def _json(value: Any) -> Any:
    return parse_json(value) if isinstance(value, str) else value


_CONVERT: dict[str, Callable[[Any], Any]] = {
    "file": _text,
    "json": _json,
    "flag": _flag,
    "number": finite,
    "chat": _chat,
    "whole": _whole,
    "text": _text,
}
