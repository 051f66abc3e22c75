"""What somebody does with a notice that they got: read it, say so, want fewer of them."""

from typing import Any

from bot.domain.broadcast import IN_THE_NEWS, SHOWN, Broadcast
from bot.domain.budget import Notices
from bot.domain.person import Person
from bot.domain.refusal import Refusal
from bot.services import addressees, settings
from bot.services.broadcast_shown import find, shown
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import broadcast_poll as polls

MOST, PAGE = 60, 6  # notices that are looked at, and that are shown at a time


async def receive(uow: UnitOfWork, who: Person, id_: int) -> bool:
    """Note that the person has read it; False when they had said so.

    Of somebody who joined later it is not counted, for it was not sent to them.
    """
    one = await find(uow, who, id_)
    if await broadcasts.receive(uow, one, who.id):
        return True
    return not await broadcasts.has_got(uow, one, who.id)


async def want_less(uow: UnitOfWork, who: Person, id_: int) -> Notices:
    """Let notices of this kind ring one step less, each, daily, weekly; return how often."""
    return settings.want_fewer(uow, who, (await find(uow, who, id_)).sort, id_)


async def current(uow: UnitOfWork, who: Person) -> list[dict[str, Any]]:
    """Return the notices that still count and mean this person, whoever joined later too."""
    since = uow.now - SHOWN
    found = await broadcasts.latest(uow, who.community_id, IN_THE_NEWS, since, MOST)
    mine = [one for one in found if await _means(uow, one, who)]
    return [
        {"broadcast": one.id, "title": one.title, "at": one.send_at.isoformat()} for one in mine
    ]


async def page(uow: UnitOfWork, who: Person, number: int) -> dict[str, Any]:
    """Return a page of them; behind the last comes the first again. Raises Refusal for none."""
    found = await current(uow, who)
    if not found:
        raise Refusal("toast.stale")
    pages = -(-len(found) // PAGE)
    at = number % pages
    items = found[at * PAGE : (at + 1) * PAGE]
    return {"items": items, "n": len(found), "page": at, "pages": pages}


async def _means(uow: UnitOfWork, one: Broadcast, who: Person) -> bool:
    return await broadcasts.has_got(uow, one, who.id) or await addressees.means(uow, one.whom, who)


async def read(uow: UnitOfWork, who: Person, id_: int) -> dict[str, Any]:
    """Return a notice in full; raises Refusal for one that is over, or was not meant for them."""
    one = await find(uow, who, id_)
    if one.status not in IN_THE_NEWS or not await _means(uow, one, who):
        raise Refusal("toast.stale")
    facts = {**await shown(uow, one), "broadcast": one.id}
    if facts["receipts"] and not await broadcasts.has_got(uow, one, who.id):
        facts["receipts"] = False  # nobody counts them
    if one.body.poll is None:
        return facts
    stands = await polls.find(uow, one)
    if stands is None:  # it has not been sent to anybody
        raise Refusal("toast.stale")
    return {**facts, "poll_at": [stands.chat_id, stands.message_id]}
