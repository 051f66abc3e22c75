"""The one poll of a broadcast: where it stands, and how its votes stand, without names.

Telegram tells of votes by its own number of the poll, which belongs to one community alone.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Row, bindparam, insert, select, update

from bot.domain.broadcast import Broadcast
from bot.domain.poll import Votes
from storage.tables import broadcast_polls
from storage.unit_of_work import UnitOfWork

_ADD = insert(broadcast_polls)
_OF_IT = (broadcast_polls.c.community_id == bindparam("community")) & (
    broadcast_polls.c.broadcast_id == bindparam("wanted")
)
_ONE = select(broadcast_polls).where(_OF_IT)
_NUMBERED = (
    select(broadcast_polls)
    .where(broadcast_polls.c.poll_id == bindparam("number"))
    .order_by(broadcast_polls.c.community_id)
)
_COUNT = (
    update(broadcast_polls)
    .where(_OF_IT)
    .values(
        counts=bindparam("new_counts", type_=JSON),
        voters=bindparam("new_voters"),
        closed_at=bindparam("new_closed_at"),
    )
)


@dataclass(frozen=True, slots=True)
class Stands:
    """Where the poll of a broadcast stands, Telegram's number of it, and its votes."""

    community_id: int
    broadcast_id: int
    author_id: int
    chat_id: int
    message_id: int
    poll_id: str
    votes: Votes


def _stands(row: Row[Any]) -> Stands:
    votes = Votes(tuple(row.counts), row.voters, row.closed_at)
    return Stands(
        community_id=row.community_id,
        broadcast_id=row.broadcast_id,
        author_id=row.author_id,
        chat_id=row.chat_id,
        message_id=row.message_id,
        poll_id=row.poll_id,
        votes=votes,
    )


def add(uow: UnitOfWork, one: Stands) -> None:
    """Keep where the poll stands, known to be new."""
    uow.write(
        _ADD,
        {
            **{name: getattr(one, name) for name in Stands.__slots__ if name != "votes"},
            "counts": list(one.votes.counts),
            "voters": one.votes.voters,
            "closed_at": one.votes.closed_at,
        },
    )


async def find(uow: UnitOfWork, one: Broadcast) -> Stands | None:
    """Return where the poll of the broadcast stands; None while it was not sent."""
    row = await uow.first(_ONE, {"community": one.community_id, "wanted": one.id})
    return None if row is None else _stands(row)


async def numbered(uow: UnitOfWork, poll_id: str) -> Stands | None:
    """Return the poll with this number of Telegram's, in whichever community it is."""
    row = await uow.first(_NUMBERED, {"number": poll_id})
    return None if row is None else _stands(row)


def count(
    uow: UnitOfWork, one: Stands, counts: Sequence[int], voters: int, closed_at: datetime | None
) -> None:
    """Keep how the votes stand now; `closed_at` (UTC) is when it was closed."""
    votes = {"new_counts": list(counts), "new_voters": voters, "new_closed_at": closed_at}
    uow.write(_COUNT, {"community": one.community_id, "wanted": one.broadcast_id, **votes})
