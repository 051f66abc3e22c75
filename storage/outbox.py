"""Letters on their way out: which may go, which are going, what became of them."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Row, and_, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.letter import Letter, LetterClass
from storage.tables import cards, outbox
from storage.unit_of_work import UnitOfWork

QUEUED, SENDING, SENT, DEAD, UNKNOWN = "queued", "sending", "sent", "dead", "unknown"


@dataclass(frozen=True, slots=True)
class Result:
    """What became of one attempt; `due_at` (UTC) for a letter that is tried again."""

    letter: Letter
    status: str
    due_at: datetime
    attempts: int
    copies: int
    message_id: int | None = None  # that shows the letter now
    anew: bool = False  # its message is gone: a new one has to be sent
    error: str | None = None
    sent_at: datetime | None = None


_READY = (
    select(outbox)
    .where(outbox.c.status == QUEUED, outbox.c.due_at <= bindparam("now"))
    .order_by(outbox.c.id)
    .limit(bindparam("most"))
)
_LEFT = select(outbox).where(outbox.c.status == SENDING).order_by(outbox.c.id)
_HELD = (
    select(outbox.c.chat_id, func.max(outbox.c.due_at))
    .where(outbox.c.status == QUEUED, outbox.c.attempts > 0)
    .group_by(outbox.c.chat_id)
)
_NEXT = select(func.min(outbox.c.due_at)).where(outbox.c.status == QUEUED)
_MARK = (
    update(outbox)
    .where(outbox.c.id.in_(bindparam("ids", expanding=True)), outbox.c.status == QUEUED)
    .values(status=SENDING)
    .returning(outbox.c.id)
)
_RESULT = (
    update(outbox)
    .where(outbox.c.id == bindparam("letter"))
    .values(
        status=bindparam("to"),
        due_at=bindparam("again_at"),
        attempts=bindparam("tried"),
        copies=bindparam("possible"),
        message_id=bindparam("over"),
        error=bindparam("why"),
        sent_at=bindparam("at"),
    )
)
_CARD = (
    update(cards)
    .where(cards.c.community_id == bindparam("community"), cards.c.id == bindparam("card"))
    .values(message_id=bindparam("shown_by"))
)
_CARDS = select(cards.c.community_id, cards.c.id, cards.c.message_id).where(
    and_(cards.c.id.in_(bindparam("ids", expanding=True)), cards.c.message_id.is_not(None))
)


def _letter(row: Row[Any]) -> Letter:
    return Letter(
        id=row.id,
        community_id=row.community_id,
        chat_id=row.chat_id,
        language=row.language,
        kind=row.kind,
        facts=row.facts,
        letter_class=LetterClass(row.letter_class),
        silent=row.silent,
        due_at=row.due_at,
        attempts=row.attempts,
        copies=row.copies,
        card_id=row.card_id,
        message_id=row.message_id,
        reply_to=row.reply_to,
    )


async def ready(connection: AsyncConnection, now: datetime, most: int) -> list[Letter]:
    """Return up to `most` queued letters that are due at `now` (UTC), in their order."""
    rows = await connection.execute(_READY, {"now": now, "most": most})
    return [_letter(row) for row in rows]


async def left_sending(connection: AsyncConnection) -> list[Letter]:
    """Return what was in flight when a former run was ended."""
    return [_letter(row) for row in await connection.execute(_LEFT)]


async def held_chats(connection: AsyncConnection) -> dict[int, datetime]:
    """Return the chats whose earliest letter waits for another attempt, and until when (UTC)."""
    return {row[0]: row[1] for row in await connection.execute(_HELD)}


async def next_due(connection: AsyncConnection) -> datetime | None:
    """Return when the next queued letter is due (UTC); it may be past."""
    found: datetime | None = (await connection.execute(_NEXT)).scalar_one_or_none()
    return found


async def mark_sending(uow: UnitOfWork, letters: Sequence[Letter]) -> set[int]:
    """Mark letters as in flight; return the ids of those that were still queued."""
    rows = await uow.fetch_now(_MARK, {"ids": [letter.id for letter in letters]})
    return {row.id for row in rows}


async def shown_by(
    uow: UnitOfWork, letters: Collection[Letter]
) -> dict[tuple[int, int | None], int]:
    """Return which message shows the live card of each letter, by community and card."""
    wanted = [letter.card_id for letter in letters if letter.card_id is not None]
    if not wanted:
        return {}
    rows = await uow.read(_CARDS, {"ids": wanted})
    return {(row.community_id, row.id): row.message_id for row in rows}


def settle(uow: UnitOfWork, results: Sequence[Result]) -> None:
    """Write what became of letters, and which messages show the live cards now."""
    for one in results:
        letter = one.letter
        uow.write(
            _RESULT,
            {
                "letter": letter.id,
                "to": one.status,
                "again_at": one.due_at,
                "tried": one.attempts,
                "possible": one.copies,
                "over": None if one.anew else one.message_id or letter.message_id,
                "why": one.error,
                "at": one.sent_at,
            },
        )
        shows_card = letter.card_id is not None and letter.message_id is None
        if shows_card and (one.anew or one.message_id is not None):
            uow.write(
                _CARD,
                {
                    "community": letter.community_id,
                    "card": letter.card_id,
                    "shown_by": one.message_id,
                },
            )
