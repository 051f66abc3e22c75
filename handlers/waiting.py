"""What somebody is about to type about a home: its door, or the word for it.

Only what looks like a number is taken, and only for an hour: whatever else is sent meanwhile is
a report as always.
"""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import MessageHandler

from bot.services import conversation
from bot.services.unit_of_work import open_unit_of_work
from bot.texts import words
from handlers.context import Context
from handlers.turn import Step, Turn, on
from handlers.words import STOP, WORDS

NAME = "residence"
DOOR, WORD, MAKE = "door", "word", "make"
_LASTS = timedelta(hours=1)
_PLACE = words()["place"]
_FIGURES = "0-9" + re.escape("".join(_PLACE["digits"]))
_NAMES = re.escape("".join(one for name in ("building", "unit", "door") for one in _PLACE[name]))
_NUMBER = re.compile(rf"(?=.*[{_FIGURES}])[A-Za-z{_FIGURES}{_NAMES}\s.\-]{{1,24}}")


@dataclass(frozen=True, slots=True)
class Awaited:
    """What is waited for (a door, a word, the door of a home that gets one), and of where."""

    what: str
    where: str  # "3-2", or "3-2-501" while a word is waited for


def begin(turn: Turn, what: str, where: str) -> None:
    """Wait for it from now on."""
    conversation.move(NAME, _key(turn), f"{what}|{where}|{turn.now.isoformat()}")


def end(turn: Turn) -> None:
    """Wait no more."""
    conversation.move(NAME, _key(turn), None)


def awaited(turn: Turn) -> Awaited | None:
    """Return what is waited for."""
    return _awaited(_key(turn))


def _key(turn: Turn) -> tuple[int, int]:
    return turn.who.telegram_id, turn.who.telegram_id


def _awaited(key: tuple[int, int]) -> Awaited | None:
    what, _, rest = (conversation.state(NAME, key) or "").partition("|")
    where, _, since = rest.rpartition("|")
    if not where or open_unit_of_work().now - datetime.fromisoformat(since) > _LASTS:
        return None
    return Awaited(what, where)


def looks_like_number(said: str) -> bool:
    """Say whether it may be a door or a word, and is nothing that one reports."""
    return _NUMBER.fullmatch(unicodedata.normalize("NFKC", said).strip()) is not None


class Waiting(MessageHandler[Context, Any]):
    """The handler of what is typed while it is waited for; all else is passed by."""

    def __init__(self, step: Step) -> None:
        super().__init__(WORDS | STOP, on(step))

    def check_update(self, update: object) -> Any:
        """Return what PTB returns for what is waited for, None for everything else."""
        if not isinstance(update, Update) or update.effective_user is None:
            return None
        message = update.message
        if message is None or not message.text:
            return None
        user = update.effective_user.id
        if _awaited((user, user)) is None:
            return None
        fits = STOP.check_update(update) or looks_like_number(message.text)
        return super().check_update(update) if fits else None
