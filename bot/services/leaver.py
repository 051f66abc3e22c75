"""Every 90 days somebody looks whether those who hold roles still serve.

Source: "Roles" of people and places; whoever has moved away must not keep what they held.
"""

from datetime import timedelta

from bot.domain.grant import GIVERS
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import community, due
from storage import person as people
from storage.due import Due

CHECK = "people.check"
EVERY = timedelta(days=90)


async def plan_all(uow: UnitOfWork) -> None:
    """Plan the first look in every community that has none planned yet."""
    for community_id in await community.codes(uow):
        first = Due(community_id, CHECK, "", "0", uow.now + EVERY)
        if not await due.is_known(uow, first):
            due.plan_new(uow, first)


async def look(uow: UnitOfWork, planned: Due) -> None:
    """Ask those who give roles to look through who holds one, and plan the next time."""
    serving = await people.named(uow, planned.community_id, "")
    gone = sum(one.blocked_at is not None for one in serving)
    for giver in await people.holders(uow, planned.community_id, GIVERS):
        tell(uow, giver, CHECK, n=len(serving), gone=gone)
    following = str(int(planned.occurrence) + 1)
    due.plan_new(uow, Due(planned.community_id, CHECK, "", following, planned.due_at + EVERY))
