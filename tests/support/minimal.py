"""A community in minimal mode, and everything that its bot has written into chats."""

import json
from pathlib import Path
from typing import Any

from tests.support.sandbox import unhurried
from tests.support.town import Town

TOAST = "answerCallbackQuery"  # the one answer that no chat keeps
_WORDS = ("text", "caption", "reply_markup", "media", "description", "commands")


def minimal(folder: Path) -> str:
    """Write the example organisation with minimal mode on; return where it is."""
    file = Path(unhurried(folder))
    mine = file.with_name("minimal.toml")
    usual = file.read_text("utf-8")
    assert usual.count("minimal = false") == 1
    mine.write_text(usual.replace("minimal = false", "minimal = true"), "utf-8")
    return str(mine)


def written(town: Town) -> str:
    """Return all words of every call to Telegram since the start, but those of toasts."""
    calls: list[dict[str, Any]] = town.sandbox.get("/sim/calls")
    kept = [one["parameters"] for one in calls if one["method"] != TOAST]
    said = [one.get(name) for one in kept for name in _WORDS]
    return "\n".join(
        one if isinstance(one, str) else json.dumps(one, ensure_ascii=False) for one in said if one
    )
