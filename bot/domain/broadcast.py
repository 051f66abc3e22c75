"""Something said to many at once: its statuses, and the one table of moves between them.

Who may make a move, and which buttons there are, is derived from the table; no status of a
broadcast is named outside this file.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from bot.domain.addressees import Addressees
from bot.domain.broadcast_body import Body
from bot.domain.budget import Sort
from bot.domain.calendar import Calendar
from bot.domain.refusal import Refusal
from bot.domain.role import Role

SENDERS = (Role.ORGANIZER, Role.ADMIN)
MANY = 500  # people beyond whom a second person has to agree
MOST_PHONES = 5  # that are told at once, where no message shows them
AGREE_WITHIN = timedelta(hours=12)  # of its time; then what it says is old
CHANGED_WITHIN = timedelta(days=29)  # of its end; then nobody knows any more which messages it was
SHOWN = timedelta(days=14)  # for which it stands among the news
_EVENING, _MORNING = time(19), time(8)  # local
_SOON, _DAY = timedelta(minutes=15), timedelta(days=1)


class Status(StrEnum):
    """Where a broadcast stands."""

    ASKED = "asked"  # waits for the second person
    PLANNED = "planned"  # waits for its time
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    STOPPED = "stopped"
    REFUSED = "refused"
    LAPSED = "lapsed"  # nobody agreed in time
    CANCELLED = "cancelled"
    RECALLED = "recalled"


S = Status
WAITS, AT_WORK = frozenset({S.ASKED, S.PLANNED}), frozenset({S.SENDING, S.PAUSED})
GOING = frozenset({S.SENDING})
ENDING = frozenset({S.SENDING, S.STOPPED})  # what is on its way is still to be settled
OVER = frozenset({S.SENT, S.STOPPED})
# Of these there is still something to be done or read.
LISTED = WAITS | AT_WORK | OVER | {S.RECALLED}
IN_THE_NEWS = frozenset({S.SENDING, S.PAUSED, S.SENT})


class Party(StrEnum):
    """How somebody stands to a broadcast."""

    SENDER = "sender"  # may say something to these people: its author, and whoever else may
    SECOND = "second"  # the same, and is not its author
    CLOCK = "clock"


P = Party


@dataclass(frozen=True, slots=True)
class Move:
    """One row of the table; without `to` the status stays."""

    name: str
    from_: frozenset[Status]
    to: Status | None
    needs: Party


def _from(*statuses: Status) -> frozenset[Status]:
    return frozenset(statuses)


_TABLE = (
    Move("approve", _from(S.ASKED), S.PLANNED, P.SECOND),
    Move("refuse", _from(S.ASKED), S.REFUSED, P.SECOND),
    Move("lapse", _from(S.ASKED), S.LAPSED, P.CLOCK),
    Move("ask", _from(S.PLANNED), S.ASKED, P.CLOCK),  # who wrote it may not send any more
    Move("cancel", _from(S.ASKED, S.PLANNED), S.CANCELLED, P.SENDER),
    Move("start", _from(S.PLANNED), S.SENDING, P.CLOCK),
    Move("pause", _from(S.SENDING), S.PAUSED, P.SENDER),
    Move("resume", _from(S.PAUSED), S.SENDING, P.SENDER),
    Move("stop", _from(S.SENDING, S.PAUSED), S.STOPPED, P.SENDER),
    Move("finish", _from(S.SENDING), S.SENT, P.CLOCK),
    Move("correct", _from(S.SENT, S.STOPPED, S.PAUSED), None, P.SENDER),
    Move("close", _from(S.SENT, S.STOPPED, S.PAUSED), None, P.SENDER),  # of a poll
    Move("recall", _from(S.SENT, S.STOPPED, S.PAUSED), S.RECALLED, P.SENDER),
)
_CHANGES_MESSAGES = frozenset({"correct", "recall"})
_NO_POLL, _POLL_ALONE = frozenset({"correct"}), frozenset({"close"})
MOVES: Mapping[str, Move] = MappingProxyType({one.name: one for one in _TABLE})


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast. Instants are UTC; `version` grows with each move.

    `reached` is the last person to whom it was handed on, `steps` how often the clock came by,
    `settled` how many letters had come to an end then, `total` how many were meant at the start.
    """

    community_id: int
    id: int
    version: int
    author_id: int
    status: Status
    body: Body
    whom: Addressees
    urgent: bool
    silent: bool
    receipts: bool
    send_at: datetime
    created_at: datetime
    decided_by: int | None = None
    started_at: datetime | None = None
    ended_at: datetime | None = None
    corrected_at: datetime | None = None
    reached: int = 0
    whole: bool = False  # everybody has been reached
    steps: int = 0
    settled: int = 0
    total: int = 0
    series_id: int | None = None  # of what comes again and again

    @property
    def sort(self) -> Sort:
        """Return of which kind it is, of which people may want fewer."""
        return Sort.NOTICE if self.series_id is None else Sort.RECURRING

    @property
    def title(self) -> str:
        """Return its first words, for a list; empty for pictures alone."""
        return self.body.title


def times_offered(calendar: Calendar, now: datetime) -> dict[str, datetime]:
    """Return the times (UTC) that are offered beside now, by their names."""
    local = calendar.local(now)
    evening = datetime.combine(local.date(), _EVENING, calendar.zone)
    morning = datetime.combine(local.date(), _MORNING, calendar.zone)
    if morning - local < _SOON:
        morning = datetime.combine(local.date() + _DAY, _MORNING, calendar.zone)
    offered = (("evening", evening), ("morning", morning))
    return {name: at.astimezone(UTC) for name, at in offered if at - local >= _SOON}


def first_status(*, second: bool) -> Status:
    """Return where a broadcast begins; `second` says that somebody else has to agree."""
    return S.ASKED if second else S.PLANNED


def needs_second(*, urgent_at_night: bool, reached: int) -> bool:
    """Say whether a second person has to agree."""
    return urgent_at_night or reached > MANY


def waits_for_second(one: Broadcast) -> bool:
    """Say whether a second person has still to agree."""
    return one.status is S.ASKED


def moves_for(one: Broadcast, parties: Collection[Party]) -> tuple[str, ...]:
    """Return the moves that somebody may make now, in the order of the table."""
    not_for = _POLL_ALONE if one.body.poll is None else _NO_POLL
    return tuple(
        move.name
        for move in _TABLE
        if one.status in move.from_ and move.needs in parties and move.name not in not_for
    )


def check(one: Broadcast, name: str, parties: Collection[Party]) -> None:
    """Raise Refusal unless the move is theirs to make, and possible now."""
    move = MOVES[name]
    if move.needs not in parties:
        raise Refusal("refusal.own_broadcast" if P.SENDER in parties else "refusal.not_a_sender")
    if one.body.poll is not None and name in _NO_POLL:
        raise Refusal("refusal.poll_is_fixed")
    if one.status not in move.from_ or (one.body.poll is None and name in _POLL_ALONE):
        raise Refusal("toast.stale")


def check_age(one: Broadcast, name: str, now: datetime) -> None:
    """Raise Refusal when the move changes messages and is too late for that."""
    ended = one.ended_at or now
    if name in _CHANGES_MESSAGES and now - ended > CHANGED_WITHIN:
        raise Refusal("refusal.notice_too_old")


def moved(one: Broadcast, name: str, **changes: Any) -> Broadcast:
    """Return the broadcast after the move, with `changes` to other fields."""
    to = MOVES[name].to
    return replace(one, status=to or one.status, version=one.version + 1, **changes)


class Way(StrEnum):
    """How somebody gets it."""

    LETTER = "letter"
    DIGEST = "digest"


class Fate(StrEnum):
    """What became of it for one person; every one of them stands in the report."""

    DELIVERED = "delivered"
    BLOCKED = "blocked"
    DELETED = "deleted"
    FAILED = "failed"
    UNKNOWN = "unknown"
    STOPPED = "stopped"
    WAITING = "waiting"  # to be sent, or for the person's morning
    DIGEST = "digest"


MISSED = (Fate.BLOCKED, Fate.DELETED, Fate.FAILED, Fate.UNKNOWN)
ENDED = frozenset(Fate) - {Fate.WAITING, Fate.DIGEST}
