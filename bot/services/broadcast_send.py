"""Sends a broadcast: a page of letters after the other, its progress, and at the end the report.

Woken by due rows, one after the other: each writes as many letters as go out until the next,
together with how far it has come. Killed anywhere, the next step goes on exactly there.
"""

from dataclasses import replace
from math import ceil

from bot.domain.broadcast import ENDED, ENDING, GOING, WAITS, Broadcast, Way, moved
from bot.services import (
    addressees,
    broadcast_agree,
    broadcast_poll,
    budget,
    digest,
    outage_announced,
)
from bot.services.broadcast_due import EVERY, PACE, STALLED, plan
from bot.services.broadcast_shown import save, show
from bot.services.community import community_of
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import broadcast_letters as letters
from storage.broadcast_letters import Waiting
from storage.due import Due

AHEAD = 8  # seconds for which letters are written ahead, so that a late step makes no gap
_UNPACED = 500  # letters written at once when nothing limits them


async def step(uow: UnitOfWork, planned: Due) -> None:
    """Begin, go on or end; a step that was overtaken by a press does nothing."""
    one = await broadcasts.find(uow, planned.community_id, int(planned.subject))
    if one is None or str(one.steps) != planned.occurrence:
        return
    if one.status in WAITS:
        count = await addressees.count(uow, one.community_id, one.whom)
        if not await broadcast_agree.is_vouched_for(uow, one):
            await broadcast_agree.ask_instead(uow, one, count.reached)
            return
        one = await _begin(uow, one, count.reached)
    if one.status in GOING and not one.whole and await broadcast_poll.is_ready(uow, one):
        one = await _hand_on(uow, one, await letters.waiting(uow, one))
    if one.status in ENDING:
        one = await _go_on(uow, one)
    await save(uow, one)
    await show(uow, one)


async def _begin(uow: UnitOfWork, one: Broadcast, total: int) -> Broadcast:
    if one.body.poll is not None:
        await broadcast_poll.send(uow, one)
    await outage_announced.begin(uow, one)
    return moved(one, "start", started_at=uow.now, total=total)


async def _hand_on(uow: UnitOfWork, one: Broadcast, left: Waiting) -> Broadcast:
    """Write the letters of the next people; each is decided about now, by the budget."""
    most = _most(uow, one, left)
    if most <= 0:
        return one
    people = await addressees.page(uow, one.community_id, one.whom, after=one.reached, most=most)
    community = await community_of(uow, one.community_id)
    shares = await budget.shares(uow, community, one, people)
    letters.hand_on(uow, one, shares)
    for at in sorted({share.due_at for share in shares if share.way is Way.DIGEST}):
        await digest.plan(uow, one.community_id, at)
    reached = people[-1].id if people else one.reached
    return replace(one, reached=reached, whole=len(people) < most)


def _most(uow: UnitOfWork, one: Broadcast, left: Waiting) -> int:
    """Return how many letters to write now; an album is several messages, and goes slower."""
    pace = float(uow.given.get(PACE, 0)) / one.body.messages
    return (ceil(pace * AHEAD) if pace else _UNPACED) - left.n


async def _go_on(uow: UnitOfWork, one: Broadcast) -> Broadcast:
    """Plan the next step, or end it when nothing is on its way any more."""
    left = await letters.waiting(uow, one)
    if left.n == 0 and (one.whole or one.status not in GOING):
        await letters.settle(uow, one)
        if one.status in GOING:
            return moved(one, "finish", ended_at=uow.now)
        return replace(one, ended_at=uow.now)
    fates = await letters.fates(uow, one)
    settled = sum(n for fate, n in fates.items() if fate in ENDED)
    rest = EVERY if settled != one.settled or settled == 0 else STALLED
    at = uow.now + rest
    if one.whole and left.first is not None and not left.going:
        at = max(at, left.first + EVERY)  # the rest waits for people's mornings
    one = replace(one, settled=settled, steps=one.steps + 1)
    plan(uow, one, at)
    return one
