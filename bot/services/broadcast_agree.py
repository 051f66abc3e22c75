"""The second person: who could agree to a notice, how they are asked, and what if nobody does."""

from bot.domain.broadcast import AGREE_WITHIN, SENDERS, Broadcast, moved, waits_for_second
from bot.domain.person import Person
from bot.services import broadcast_due
from bot.services.broadcast_draft import may_reach
from bot.services.broadcast_shown import save, show, shown
from bot.services.community import community_of
from bot.services.letter import tell
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import due
from storage import person as people
from storage.due import Due


async def seconds(uow: UnitOfWork, one: Broadcast) -> list[Person]:
    """Return who could agree: somebody else who may say something to these people."""
    held = await people.holders(uow, one.community_id, SENDERS)
    community = await community_of(uow, one.community_id)
    able = [who for who in held if who.id != one.author_id and who.blocked_at is None]
    return [who for who in able if may_reach(community, who, one.whom)]


async def ask(uow: UnitOfWork, one: Broadcast, reached: int) -> None:
    """Ask all of them; the first answer counts, and after a while none does."""
    shows = {**await shown(uow, one), "urgent": one.urgent}
    author = (await people.find(uow, one.community_id, [one.author_id]))[one.author_id]
    asks = {
        "broadcast": one.id,
        "version": one.version,
        "name": author.name,
        "n": reached,
        "at": one.send_at.isoformat(),
        "zone": shows["zone"],
        "urgent": one.urgent,
    }
    for other in await seconds(uow, one):
        tell(uow, other, "broadcast.preview", **shows)
        tell(uow, other, "broadcast.agree", **asks)
    until = max(one.send_at, uow.now) + AGREE_WITHIN
    due.plan_new(
        uow, Due(one.community_id, broadcast_due.LAPSE, str(one.id), str(one.version), until)
    )


async def is_vouched_for(uow: UnitOfWork, one: Broadcast) -> bool:
    """Say whether who wrote it, or who agreed to it, may still say it to these people."""
    ids = [id_ for id_ in (one.author_id, one.decided_by) if id_ is not None]
    community = await community_of(uow, one.community_id)
    found = (await people.find(uow, one.community_id, ids)).values()
    return any(
        who.holds_somewhere(*SENDERS) and may_reach(community, who, one.whom) for who in found
    )


async def ask_instead(uow: UnitOfWork, one: Broadcast, reached: int) -> None:
    """Let somebody else agree to what its author may not send any more; else it does not go."""
    made = moved(one, "ask", steps=one.steps + 1)
    if await seconds(uow, made):
        await ask(uow, made, reached)
    else:
        made = moved(made, "lapse")
    await save(uow, made)
    await show(uow, made, anew=True)


async def lapse(uow: UnitOfWork, planned: Due) -> None:
    """Let what nobody has agreed to never go, and say so to who wrote it."""
    one = await broadcasts.find(uow, planned.community_id, int(planned.subject))
    if one is None or str(one.version) != planned.occurrence or not waits_for_second(one):
        return
    made = moved(one, "lapse")
    await save(uow, made)
    await show(uow, made, anew=True)
