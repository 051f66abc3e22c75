"""What Telegram answers to a letter that had to be answered: who goes on with it."""

from collections.abc import Mapping
from typing import Any

from bot.domain.letter import Letter
from bot.services import broadcast_poll, group
from bot.services.unit_of_work import UnitOfWork

_GOES_ON = {"group.place": group.answered, broadcast_poll.KIND: broadcast_poll.sent}


async def answered(uow: UnitOfWork, letter: Letter, answer: Mapping[str, Any]) -> None:
    """Go on with the answer, which is empty when the letter never arrived."""
    await _GOES_ON[letter.kind](uow, letter, answer)
