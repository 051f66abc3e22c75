"""Letters on their way out: which may go, which are going, what became of them.

As few statements as possible, each for a whole batch: sending is where durability costs most.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Integer,
    Row,
    Text,
    bindparam,
    delete,
    exists,
    func,
    literal_column,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.budget import PROGRESS
from bot.domain.letter import IDEMPOTENT_KINDS, SECRET_KINDS, Letter, LetterClass
from storage import survey_cards
from storage.tables import cards, cases, outbox
from storage.unit_of_work import UnitOfWork

QUEUED, SENDING, SENT, DEAD, UNKNOWN = "queued", "sending", "sent", "dead", "unknown"
SUPERSEDED = "superseded"
PAUSED, STOPPED = "paused", "stopped"  # by whoever says it to many
TOGETHER = "together"  # one letter says it of several cases


@dataclass(frozen=True, slots=True)
class Queued:
    """A letter in the queue, as much of it as is needed to choose."""

    id: int
    chat_id: int
    due_at: datetime
    bulk: bool = False  # one of many that say the same: it gives way to answers


@dataclass(frozen=True, slots=True)
class Going:
    """A letter that is marked as being sent, and the message it redraws, None for a new one."""

    letter: Letter
    over: int | None

    @property
    def letter_class(self) -> LetterClass:
        """Return how often it may be sent now: an edit freely, what turned out new, not."""
        if self.over is not None or self.letter.kind in IDEMPOTENT_KINDS:
            return LetterClass.IDEMPOTENT
        known = self.letter.letter_class
        return LetterClass.MUST_ARRIVE if known is LetterClass.IDEMPOTENT else known

    @property
    def shows_card(self) -> bool:
        """Say whether its message is the live card."""
        return self.letter.card_id is not None and self.letter.message_id is None


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one attempt; `due_at` (UTC) is when a queued letter is tried again."""

    going: Going
    status: str
    due_at: datetime
    attempts: int
    copies: int
    message_id: int | None = None  # that shows the letter now
    anew: bool = False  # the message it redrew is gone: a new one has to be sent
    error: str | None = None
    sent_at: datetime | None = None
    blocked: bool = False  # nobody can be reached in this chat
    reply: Mapping[str, Any] | None = None  # what Telegram answered to a question


# Written out, not bound: SQLite prepares a statement again for every value bound to a column
# that the condition of a partial index names.
_IS_QUEUED = outbox.c.status == literal_column(f"'{QUEUED}'")
_IS_SENDING = outbox.c.status == literal_column(f"'{SENDING}'")
# As text, because the tables' names are lost on the way when SQLAlchemy writes RETURNING.
_SHOWN_BY = literal_column(
    "(SELECT cards.message_id FROM cards WHERE cards.community_id = outbox.community_id"
    " AND cards.id = outbox.card_id)",
    BigInteger,
).label("shown_by")
# What was lost of earlier drawings of a card counts for the next one: in the chat they are alike.
_LOST = literal_column(
    "(SELECT cards.copies FROM cards WHERE cards.community_id = outbox.community_id"
    " AND cards.id = outbox.card_id)",
    Integer,
).label("lost")
# The words of a broadcast stand once, with the broadcast: what is corrected goes out corrected.
SAID = literal_column(
    "(SELECT broadcasts.shown FROM broadcasts"
    " WHERE broadcasts.community_id = outbox.community_id"
    " AND broadcasts.id = outbox.broadcast_id)",
    JSON,
).label("said")
# Where its poll stands, of which everybody gets the same: chat and message.
_POLL_AT = literal_column(
    "(SELECT p.chat_id || ' ' || p.message_id FROM broadcast_polls p"
    " WHERE p.community_id = outbox.community_id AND p.broadcast_id = outbox.broadcast_id)",
    Text,
).label("poll_at")
_QUEUED = select(outbox.c.id, outbox.c.chat_id, outbox.c.due_at, outbox.c.bulk)
_PAGE = (
    _QUEUED.where(
        _IS_QUEUED,
        outbox.c.bulk == bindparam("in_bulk"),
        outbox.c.chat_id.not_in(bindparam("but", expanding=True)),
    )
    .order_by(outbox.c.due_at, outbox.c.id)
    .limit(bindparam("most", type_=Integer))
)
_MARK = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), _IS_QUEUED)
    .values(status=SENDING)
    .returning(outbox, _SHOWN_BY, _LOST, SAID, _POLL_AT)
)
_LEFT = select(outbox, _SHOWN_BY, _LOST, SAID, _POLL_AT).where(_IS_SENDING).order_by(outbox.c.id)
_WAITING = (  # an attempt has failed: later letters of the chat wait for it
    _QUEUED.where(_IS_QUEUED, outbox.c.error.is_not(None)).order_by(outbox.c.id.desc())
)
_ANY_DUE = select(
    exists().where(
        _IS_QUEUED,
        outbox.c.due_at <= bindparam("now"),
        outbox.c.chat_id.not_in(bindparam("but", expanding=True)),
    )
)
_NEXT = select(func.min(outbox.c.due_at)).where(_IS_QUEUED, outbox.c.due_at > bindparam("now"))
_RESULT = (
    update(outbox)
    .where(outbox.c.id == bindparam("letter"), _IS_SENDING)
    .values(
        status=bindparam("to"),
        due_at=bindparam("again_at"),
        attempts=bindparam("tried"),
        copies=bindparam("possible"),
        message_id=bindparam("message"),
        error=bindparam("why"),
        sent_at=bindparam("at"),
    )
)
_TAKE_OUT = delete(outbox).where(outbox.c.id == bindparam("letter"))
_CARD = (
    update(cards)
    .where(cards.c.community_id == bindparam("community"), cards.c.id == bindparam("card"))
    .values(message_id=bindparam("shown_by"), copies=bindparam("lost"))
)
# By these is counted how often somebody was told about a case, and found where they were asked.
_COUNTS = outbox.c.kind.in_((*PROGRESS, "survey.result", "survey.q1"))
_GOES_ON = exists().where(
    cases.c.community_id == outbox.c.community_id,
    cases.c.number == outbox.c.subject,
    cases.c.closed_at.is_(None) | (cases.c.closed_at >= bindparam("before")),
)
# Ended, and written `before`; what was told about a case and asked about it stays as long
# after its end.
OLD = (
    outbox.c.status.in_((SENT, DEAD, UNKNOWN, SUPERSEDED, TOGETHER, STOPPED))
    & (outbox.c.created_at < bindparam("before"))
    & ~(_COUNTS & _GOES_ON)
)


def facts_of(row: Row[Any]) -> dict[str, Any]:
    """Return the facts of a letter, with the words of the broadcast that it carries."""
    facts: dict[str, Any] = row.facts
    if not row.said:
        return facts
    stands = getattr(row, "poll_at", None)
    at = {"poll_at": [int(part) for part in stands.split()]} if stands else {}
    return {**row.said, **at, **facts}


def _queued(row: Row[Any]) -> Queued:
    return Queued(row.id, row.chat_id, row.due_at, row.bulk)


def _going(row: Row[Any]) -> Going:
    shows_card = row.card_id is not None and row.message_id is None
    over = row.shown_by if shows_card else row.message_id
    letter = Letter(
        id=row.id,
        community_id=row.community_id,
        chat_id=row.chat_id,
        language=row.language,
        kind=row.kind,
        facts=facts_of(row),
        letter_class=LetterClass(row.letter_class),
        silent=row.silent,
        due_at=row.due_at,
        attempts=row.attempts,
        copies=max(row.copies, row.lost or 0) if shows_card and over is None else row.copies,
        card_id=row.card_id,
        message_id=row.message_id,
        reply_to=row.reply_to,
        large=row.large,
        topic=row.topic,
        bulk=row.bulk,
    )
    return Going(letter, over)


async def page(
    uow: UnitOfWork, but: Collection[int], most: int, *, bulk: bool = False
) -> list[Queued]:
    """Return the first `most` queued letters by due time, planned ones too, without chats `but`.

    Those in `bulk` are looked up apart from all others.
    """
    rows = await uow.read(_PAGE, {"but": tuple(but), "most": most, "in_bulk": bulk})
    return [_queued(row) for row in rows]


async def mark_sending(uow: UnitOfWork, ids: Collection[int]) -> dict[int, Going]:
    """Mark letters as being sent and return those that were still queued, by id."""
    rows = await uow.fetch_now(_MARK, {"ids": tuple(ids)})
    return {row.id: _going(row) for row in rows}


async def left_sending(uow: UnitOfWork) -> list[Going]:
    """Return what was being sent when a former run was ended."""
    return [_going(row) for row in await uow.read(_LEFT)]


async def waiting(uow: UnitOfWork) -> list[Queued]:
    """Return the letters that are to be tried again, latest first; their chats wait for them."""
    rows = await uow.read(_WAITING)
    return [_queued(row) for row in rows]


async def any_due(connection: AsyncConnection, now: datetime, but: Collection[int]) -> bool:
    """Say whether a letter is due at `now` (UTC) in a chat other than `but`."""
    found = await connection.execute(_ANY_DUE, {"now": now, "but": tuple(but)})
    return bool(found.scalar_one())


async def next_due(connection: AsyncConnection, now: datetime) -> datetime | None:
    """Return when the next letter falls due after `now` (UTC)."""
    found: datetime | None = (await connection.execute(_NEXT, {"now": now})).scalar_one_or_none()
    return found


def settle(uow: UnitOfWork, results: Sequence[Result]) -> None:
    """Write what became of letters, and which messages show the live cards now."""
    for one in results:
        letter = one.going.letter
        uow.write(
            _RESULT,
            {
                "letter": letter.id,
                "to": one.status,
                "again_at": one.due_at,
                "tried": one.attempts,
                "possible": one.copies,
                "message": None if one.anew else one.message_id or letter.message_id,
                "why": one.error,
                "at": one.sent_at,
            },
        )
        if letter.kind in SECRET_KINDS and one.status != QUEUED:
            survey_cards.note(uow, letter, one.message_id or letter.message_id)
            uow.write(_TAKE_OUT, {"letter": letter.id})
            uow.leaves_no_trace = True
        if one.going.shows_card and _changes_card(one):
            uow.write(
                _CARD,
                {
                    "community": letter.community_id,
                    "card": letter.card_id,
                    "shown_by": one.message_id,
                    "lost": 0 if one.anew or one.message_id is not None else one.copies,
                },
            )


def _changes_card(one: Result) -> bool:
    """Say whether it is shown by another message now, or one more may show it."""
    if one.message_id is not None:
        return one.message_id != one.going.over
    return one.anew or (one.going.over is None and one.copies > one.going.letter.copies)
