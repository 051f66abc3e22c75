"""What is done each time the bot starts: what has to be planned, and what has to be counted."""

from bot.services import figures_month, holiday_due, leaver, morning_letter, retention, series
from bot.services.unit_of_work import UnitOfWork
from storage import community as communities
from storage import meta, roll_up

RULES = 1  # of the figures: one more whenever they change, and all is counted anew
_COUNTED = "figures"


async def prepare(uow: UnitOfWork) -> None:
    """Plan what comes again and again, and bring the figures up to the rules."""
    for recurring in (leaver, morning_letter, holiday_due, figures_month, series, retention):
        await recurring.plan_all(uow)
    if await meta.get(uow, _COUNTED) == RULES:
        return
    for community_id in await communities.codes(uow):
        await roll_up.rebuild(uow, community_id)
    await meta.put(uow, _COUNTED, RULES)
