"""What a handler is handed beside the update: the open unit of work and the time."""

from datetime import datetime
from typing import Any

from telegram import Update
from telegram.ext import Application, CallbackContext, ExtBot

from bot.services.unit_of_work import UnitOfWork, open_unit_of_work
from handlers.twin import as_press


class Context(CallbackContext[ExtBot[None], dict[Any, Any], dict[Any, Any], dict[Any, Any]]):
    """PTB's context without its own memory: truth is in the database."""

    @property
    def uow(self) -> UnitOfWork:
        """The unit of work that is open around this update."""
        return open_unit_of_work()

    @property
    def now(self) -> datetime:
        """The instant of this update, UTC."""
        return open_unit_of_work().now


class ChatApplication(Application[Any, Context, Any, Any, Any, Any]):
    """PTB's application without its habit of swallowing what handlers raise."""

    async def process_update(self, update: object) -> None:
        """Handle one update; whatever a handler raises comes out here."""
        # PTB only logs when a context cannot be built; built here first, the failure is heard.
        self.context_types.context.from_update(update, self)
        if isinstance(update, Update):
            uow = open_unit_of_work()
            uow.acting = chats_of(update)
            update = await as_press(uow, update)
        await super().process_update(update)

    async def process_error(
        self, update: object, error: Exception, job: Any = None, coroutine: Any = None
    ) -> bool:
        """Raise `error`, so that the worker rolls back."""
        del update, job, coroutine
        raise error


def chats_of(update: Update) -> set[int]:
    """Return the chats in which an answer to the update is expected."""
    return {one.id for one in (update.effective_user, update.effective_chat) if one is not None}
