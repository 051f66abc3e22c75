"""The poll of a broadcast: sent once, into the chat of its author, and from there sent on to all.

So there is one count, which everybody sees, and who has voted how is known to Telegram alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.domain import broadcast as rules
from bot.domain.broadcast import AT_WORK, GOING, Broadcast, moved
from bot.domain.budget import Reason
from bot.domain.letter import Letter, Notification, Recipient
from bot.domain.person import Person
from bot.domain.poll import Votes
from bot.domain.refusal import Refusal
from bot.services import broadcast_due
from bot.services.broadcast_shown import find, parties, save, show, shown
from bot.services.letter import recipient
from bot.services.unit_of_work import UnitOfWork
from storage import broadcast as broadcasts
from storage import broadcast_poll as polls
from storage import inbox
from storage import letter as letters
from storage import person as people
from storage.broadcast_poll import Stands

KIND, END = "broadcast.poll", "broadcast.poll_end"


async def send(uow: UnitOfWork, one: Broadcast) -> None:
    """Send the poll into the author's chat, at whatever hour: the others wait for it."""
    author = (await people.find(uow, one.community_id, [one.author_id]))[one.author_id]
    what = Notification(KIND, {**await shown(uow, one), "broadcast": one.id})
    letters.queue(uow, recipient(author), what, silent=True, reason=Reason.OWN)


async def is_ready(uow: UnitOfWork, one: Broadcast) -> bool:
    """Say whether it can go on to everybody; what is no poll always can."""
    return one.body.poll is None or await polls.find(uow, one) is not None


async def sent(uow: UnitOfWork, letter: Letter, answer: Mapping[str, Any]) -> None:
    """Note where it stands, and go on; without an `answer` it did not arrive: nothing goes."""
    one = await broadcasts.find(uow, letter.community_id, int(letter.facts["broadcast"]))
    if one is None or one.body.poll is None:
        return
    if answer and await polls.find(uow, one) is None:  # of two copies the first counts
        of_whom = (one.community_id, one.id, one.author_id, letter.chat_id)
        votes = Votes((0,) * len(one.body.poll.options))
        polls.add(uow, Stands(*of_whom, answer["message"], answer["poll"], votes))
    if one.status in GOING:
        await (_go_on if answer else _give_up)(uow, one)
    elif one.status not in AT_WORK:  # it was stopped, or taken back, before it stood anywhere
        await end(uow, one)


async def _give_up(uow: UnitOfWork, one: Broadcast) -> None:
    made = moved(one, "stop", ended_at=uow.now, steps=one.steps + 1)
    await save(uow, made)
    await show(uow, made)


async def _go_on(uow: UnitOfWork, one: Broadcast) -> None:
    made = replace(one, steps=one.steps + 1)
    await save(uow, made)
    broadcast_due.plan(uow, made, uow.now)


async def count(
    uow: UnitOfWork, poll_id: str, counts: Sequence[int], voters: int, *, closed: bool
) -> None:
    """Keep how its votes stand; its card is drawn when it has been closed.

    Nothing is kept of the update: from many in a row could be read who voted when.
    """
    inbox.blank(uow)
    stands = await polls.numbered(uow, poll_id)
    if stands is None:
        return
    closed_at = stands.votes.closed_at or (uow.now if closed else None)
    polls.count(uow, stands, counts, voters, closed_at)
    one = await broadcasts.find(uow, stands.community_id, stands.broadcast_id)
    if closed and one is not None:
        await show(uow, one)


async def close(uow: UnitOfWork, who: Person, id_: int, seen: int) -> Broadcast:
    """Close the poll everywhere; raises Refusal."""
    one = await find(uow, who, id_)
    rules.check(one, "close", await parties(uow, one, who))
    stands = await polls.find(uow, one)
    if one.version != seen or stands is None or stands.votes.closed_at is not None:
        raise Refusal("toast.stale")
    made = moved(one, "close")
    await save(uow, made)
    await end(uow, made)
    await show(uow, made)
    return made


async def end(uow: UnitOfWork, one: Broadcast) -> None:
    """Let nobody vote any more, if there is a poll that goes on."""
    stands = await polls.find(uow, one)
    if stands is None or stands.votes.closed_at is not None:
        return
    votes = stands.votes
    polls.count(uow, stands, votes.counts, votes.voters, uow.now)
    author = (await people.find(uow, one.community_id, [one.author_id]))[one.author_id]
    to = Recipient(one.community_id, stands.chat_id, author.language)
    what = Notification(END, {**await shown(uow, one), "broadcast": one.id})
    letters.queue(uow, to, what, message_id=stands.message_id, silent=True, reason=Reason.EDIT)
