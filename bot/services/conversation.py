"""Where a person stands in a conversation, within the open unit of work."""

from collections.abc import Collection

from bot.services.unit_of_work import UnitOfWork, open_unit_of_work
from storage import conversation

Key = tuple[int, int]  # chat id, user id


async def load(uow: UnitOfWork, users: Collection[int]) -> None:
    """Read where `users` stand; before any of their updates is handled."""
    await conversation.load(uow, users)


def state(name: str, key: Key) -> str | None:
    """Return the state of the conversation of `key`, None when there is none."""
    return conversation.state(open_unit_of_work(), name, key)


def move(name: str, key: Key, to: str | None) -> None:
    """Set the state of the conversation; None ends it."""
    conversation.move(open_unit_of_work(), name, key, to)
