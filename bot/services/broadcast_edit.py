"""Puts right what was said to many, or takes it back: the messages are changed, silently.

A page of messages after the other, as they were sent; what was not sent yet goes out put right.
"""

from dataclasses import replace
from datetime import timedelta
from math import ceil
from typing import Any

from bot.domain.broadcast import AT_WORK, OVER, Broadcast, moved
from bot.domain.draft import Draft
from bot.domain.outage_said import Announced
from bot.domain.person import Person
from bot.services import broadcast_draft, broadcast_due, broadcast_poll, outage_announced
from bot.services.broadcast import allowed
from bot.services.broadcast_shown import save, show, shown
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import broadcast_letters as letters
from storage import due
from storage.due import Due

KIND = "broadcast.edit"
_REST = timedelta(seconds=4)  # for which a page is enough
_UNPACED = 500  # messages changed at once when nothing limits them


async def as_put_right(uow: UnitOfWork, one: Broadcast, draft: Draft) -> dict[str, Any]:
    """Return what everybody would see, for whoever puts it right."""
    body = replace(one.body, text=draft.facts["html"])
    return await shown(uow, replace(one, body=body, corrected_at=uow.now))


async def correct(
    uow: UnitOfWork, who: Person, draft: Draft, seen: int, outage: Announced | None = None
) -> Broadcast:
    """Let everybody who got it see the new words; its pictures stay. Raises Refusal.

    `outage` is what they announce.
    """
    one = await allowed(uow, who, "correct", draft.facts["corrects"], seen)
    body = one.body.put_right(broadcast_draft.body_of(draft).text, outage)
    made = moved(one, "correct", body=body, corrected_at=uow.now)
    await save(uow, made)
    await outage_announced.put_right(uow, made)
    broadcast_draft.done(uow, draft)
    _plan(uow, made, 0)
    await show(uow, made)
    return made


async def recall(uow: UnitOfWork, who: Person, id_: int, seen: int) -> Broadcast:
    """Take it back from everybody who got it; raises Refusal.

    Telegram deletes messages for 48 hours; later they say instead that it was taken back.
    """
    one = await allowed(uow, who, "recall", id_, seen)
    if one.status in AT_WORK:
        await letters.stop(uow, one)
    await letters.settle(uow, one)
    await broadcast_poll.end(uow, one)
    await outage_announced.take_back(uow, one)
    made = moved(one, "recall", ended_at=one.ended_at or uow.now)
    await save(uow, made)
    _plan(uow, made, 0)
    await show(uow, made)
    return made


def _plan(uow: UnitOfWork, one: Broadcast, after: int) -> None:
    """Let the messages behind the letter `after` be changed; those in flight have landed then."""
    row = Due(one.community_id, KIND, str(one.id), f"{_mark(one)} {after}", uow.now + _REST)
    due.plan_new(uow, row)


def _mark(one: Broadcast) -> str:
    """Return what tells one change from a later one."""
    kept = one.status in OVER | AT_WORK
    return one.corrected_at.isoformat() if kept and one.corrected_at else one.status.value


async def step(uow: UnitOfWork, planned: Due) -> None:
    """Change a page of messages; a later correction begins anew and overtakes this one."""
    one = await broadcasts.find(uow, planned.community_id, int(planned.subject))
    mark, _, after = planned.occurrence.rpartition(" ")
    if one is None or _mark(one) != mark:
        return
    pace = float(uow.given.get(broadcast_due.PACE, 0))
    most = ceil(pace * _REST.total_seconds()) if pace else _UNPACED
    page = await letters.sent(uow, one, int(after), most)
    kept = one.status in OVER | AT_WORK
    if not kept:
        await letters.settle(uow, one)  # what was in flight has landed by now
    kind = letters.CORRECTED if kept else letters.RECALLED
    letters.redraw(uow, one, kind, page)
    if len(page) == most:
        _plan(uow, one, page[-1].id)
    else:  # last, for they are few
        letters.redraw(uow, one, kind, await letters.copies(uow, one))
