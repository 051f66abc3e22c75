"""What waited for the end of somebody's quiet hours: several pieces of progress become one message.

Questions, results and offers keep a message of their own, since each has buttons that are meant
for it alone. What waits alone is sent as it is.
"""

from typing import Any

from bot.services.budget import AFTER
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import person as people
from storage import told
from storage.due import Due

MOST = 3  # cases in one message: a resident's card is five lines long at most


async def merge(uow: UnitOfWork, one: Due) -> None:
    """Merge what waited for the person."""
    await _merge(uow, one.community_id, int(one.subject))


async def merge_late(uow: UnitOfWork) -> None:
    """Merge what waited while the bot was away: before any of it is sent."""
    for community_id, chat_id in await told.held_since(uow):
        await _merge(uow, community_id, chat_id)


async def _merge(uow: UnitOfWork, community_id: int, chat_id: int) -> None:
    who = await people.in_community(uow, community_id, chat_id)
    waiting = await told.held_progress(uow, community_id, chat_id, uow.now + AFTER)
    if who is None:
        return
    zone = (await community_of(uow, community_id)).zone
    for at in range(0, len(waiting), MOST):
        together = waiting[at : at + MOST]
        if len(together) > 1:  # one alone is sent as it is
            facts: list[dict[str, Any]] = [facts["case"] for _, facts in together]
            tell(uow, who, "case.morning", cases=facts, zone=zone)
            told.merge(uow, community_id, [id_ for id_, _ in together])
