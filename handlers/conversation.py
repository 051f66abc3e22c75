"""The one file that knows PTB's inside: conversations whose state lives in the database.

`ConversationHandler` keeps where everybody stands in one private mapping. Ours reads and
writes the open unit of work instead, so that the state commits, and rolls back, together
with everything else. tests/unit/test_conversation.py holds PTB to that.
"""

import warnings
from collections.abc import Iterator, MutableMapping
from typing import Any

from telegram import Update
from telegram.ext import BaseHandler, ConversationHandler
from telegram.warnings import PTBUserWarning

from bot.services import conversation
from handlers.awaited import end_for_report
from handlers.context import Context
from handlers.turn import Presses, noun_of

Handlers = list[BaseHandler[Any, Context, Any]]
END = ConversationHandler.END
REPORT = "report"  # the one dialogue that goes on when somebody says that they have a problem


class _StoredStates(MutableMapping[tuple[int, int], str]):
    def __init__(self, name: str) -> None:
        self._name = name

    def __getitem__(self, key: tuple[int, int]) -> str:
        found = conversation.state(self._name, key)
        if found is None:
            raise KeyError(key)
        return found

    def __setitem__(self, key: tuple[int, int], state: str) -> None:
        conversation.move(self._name, key, state)

    def __delitem__(self, key: tuple[int, int]) -> None:
        conversation.move(self._name, key, None)

    def __iter__(self) -> Iterator[tuple[int, int]]:
        raise NotImplementedError("the states of everybody are never listed")

    def __len__(self) -> int:
        raise NotImplementedError("the states of everybody are never counted")


class Dialogue(ConversationHandler[Context]):
    """A conversation of several steps; `name` is its key in the database."""

    def __init__(self, name: str, *, entry: Handlers, steps: dict[object, Handlers]) -> None:
        with warnings.catch_warnings():
            # PTB warns that presses are not tracked by message; tracking by person is meant.
            warnings.simplefilter("ignore", PTBUserWarning)
            super().__init__(
                entry_points=entry,
                states=steps,
                fallbacks=entry,  # also for a step that an older version has stored
                allow_reentry=False,  # a step's own handlers come first
                name=name,
                block=True,
            )
        self._conversations = _StoredStates(name)  # type: ignore[assignment]
        if name != REPORT:
            end_for_report(name)
        every = [*entry, *(one for handlers in steps.values() for one in handlers)]
        self._nouns = {one.noun for one in every if isinstance(one, Presses)}
        self._begins_with_words = not all(isinstance(one, Presses) for one in entry)

    def check_update(self, update: object) -> Any:
        """Look closely only at what a step could take: of many dialogues one or none is open."""
        if not isinstance(update, Update) or update.effective_user is None:
            return None
        if update.callback_query is not None:
            could_be = noun_of(update) in self._nouns
        else:
            could_be = self._begins_with_words or self._get_key(update) in self._conversations
        return super().check_update(update) if could_be else None

    def _get_key(self, update: Update) -> tuple[int, int]:  # what began in a group goes on here
        user = update.effective_user
        if user is None:
            raise RuntimeError("nobody is behind this update")
        return user.id, user.id
