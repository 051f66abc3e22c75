"""Words that a button has asked for: the next text of the person, within half an hour.

What the words are for stands in the conversation's state, with the instant from which on it
counts. A command, a picture or another person's words are none.
"""

import re
from collections.abc import Callable, Coroutine
from datetime import UTC, datetime, timedelta
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler
from telegram.ext.filters import BaseFilter

from bot.services import conversation
from bot.services.unit_of_work import open_unit_of_work
from bot.texts import words
from handlers.context import Context
from handlers.turn import Step, Turn, on
from handlers.words import WORDS, pattern

PATIENCE = timedelta(minutes=30)
AGAIN = "again"  # what a step returns that waits on under the same name
Hearing = Callable[[Turn, str], Coroutine[Any, Any, str | None]]
_NAMES: set[str] = set()  # of everything that words are waited for
_STOP = re.compile(pattern(*words()["cancel"]), re.IGNORECASE)


def wait(turn: Turn, name: str, about: str) -> None:
    """Let the next words of the person be `about` something."""
    conversation.move(name, _key(turn.who.telegram_id), f"{int(turn.now.timestamp())} {about}")


def awaited(telegram_id: int, name: str) -> str | None:
    """Return what the person's words are about; None when none are waited for any more."""
    since, _, about = (conversation.state(name, _key(telegram_id)) or "").partition(" ")
    if not since:
        return None
    waited = open_unit_of_work().now - datetime.fromtimestamp(int(since), UTC)
    return about if waited <= PATIENCE else None


def wait_no_more(turn: Turn, name: str) -> None:
    """Let the next words be like any others."""
    conversation.move(name, _key(turn.who.telegram_id), None)


def end_for_report(name: str) -> None:
    """Let a conversation that asks for words end, too, when somebody goes to report."""
    _NAMES.add(name)


def wait_for_nothing(turn: Turn) -> None:
    """Let the next words be like any others, whatever they were waited for."""
    for name in sorted(_NAMES):
        wait_no_more(turn, name)


def stops(turn: Turn) -> bool:
    """Say whether the person would rather leave it."""
    return _STOP.search(turn.words) is not None


def hearing(name: str, left: str, step: Hearing, takes: BaseFilter = WORDS) -> "Awaited":
    """Return the handler of words that are waited for: `step` is told what they are about.

    Who would rather leave it reads `left`; words that are refused are waited for once more, until
    the step has gone through.
    """

    async def hear(turn: Turn) -> None:
        about = awaited(turn.who.telegram_id, name) or ""
        if stops(turn):
            wait_no_more(turn, name)
            turn.tell(left)
        elif await step(turn, about) is not AGAIN:
            wait_no_more(turn, name)

    hear.__name__ = step.__name__
    return Awaited(name, hear, takes)


def _key(telegram_id: int) -> tuple[int, int]:
    return telegram_id, telegram_id


class Awaited(BaseHandler[Any, Context, Any]):
    """The handler of words that are waited for under a name; `takes` lets in more than words."""

    def __init__(self, name: str, step: Step, takes: BaseFilter = WORDS) -> None:
        super().__init__(on(step))
        self._name, self._takes = name, takes
        _NAMES.add(name)

    def check_update(self, update: object) -> bool:
        """Say whether somebody wrote words while some are waited for from them."""
        if not isinstance(update, Update) or update.effective_user is None:
            return False
        if not self._takes.check_update(update):
            return False
        return awaited(update.effective_user.id, self._name) is not None
