"""Keeping the figures right: counted anew once, when the rules or the tables have changed."""

from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import meta, roll_up

RULES = 1  # one more whenever the rules of the figures change
_COUNTED = "figures"


async def count_anew_when_needed(uow: UnitOfWork) -> None:
    """Count every case anew unless the sums were made by these rules."""
    if await meta.get(uow, _COUNTED) == RULES:
        return
    for community_id in await communities.codes(uow):
        await roll_up.rebuild(uow, community_id)
    await meta.put(uow, _COUNTED, RULES)
